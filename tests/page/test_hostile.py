"""Data that would like to be markup or script stays text."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from onrecord.model.reading_order import unturned
from onrecord.networks import Network

Opener = Callable[..., Page]
Writer = Callable[[Network], Path]

NASTY = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "href='javascript:alert(1)'",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- <script> -->",
    "line\nbreak and\ttab",
    "\u202eright to left\u202c 🎬",
    "=HYPERLINK(1)",
    "__proto__",
]
SHOWN = list(map(unturned, NASTY))
"""With the signs that would turn what follows told, and not at work."""


def nasty_network(invent: SimpleNamespace) -> Network:
    """A studio that each hostile text urges, in hostile words, each with everything that a statement holds."""
    studio = invent.node("studio", "Studio Nine", NASTY[0])
    nodes = [
        invent.node(f"n{at}", text, aliases=(text,))
        for at, text in enumerate(NASTY)
    ]
    told = [
        invent.proof(
            f"s{at}",
            f"n{at}",
            text,
            "studio",
            **dict.fromkeys(
                (
                    "sentence",
                    "quote",
                    "title",
                    "publisher",
                    "via",
                    "stance",
                    "said",
                ),
                text,
            ),
            gist=f"In short: {text}",
            url="javascript:alert(1)",
            topics=(text,),
        )
        for at, text in enumerate(NASTY)
    ]
    links = [
        replace(invent.link(f"n{at}", text, "studio", f"s{at}"), phrase=text)
        for at, text in enumerate(NASTY)
    ]
    return invent.net([studio, *nodes], links, told, title=NASTY[0])


def test_hostile_text_stays_text_everywhere(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    found = opened(written(nasty_network(invent)), "#node=studio&topics=true")
    assert found.evaluate(
        "[document.images.length, document.scripts.length]"
    ) == [0, 6]
    assert found.locator("h1").text_content() == NASTY[0]
    gists = found.locator("#panel .gist").all_text_contents()
    assert sorted(gists) == sorted(f"In short: {text}" for text in SHOWN)
    quotes = found.locator("#panel blockquote").all_text_contents()
    assert sorted(quotes) == sorted(SHOWN)
    expect(found.locator("#panel a")).to_have_count(0)
    found.get_by_role("button", name="Table").click()
    names = found.locator("#lines tbody tr td:first-child").all_text_contents()
    assert sorted(names) == sorted(SHOWN)
    ET.fromstring(found.evaluate("window.onrecord.svg()"))  # noqa: S314  our own page's


def test_hostile_text_stays_text_without_javascript(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    found = opened(written(nasty_network(invent)), scripts=False)
    names = found.locator(
        "noscript tr:has(td) td:first-child"
    ).all_text_contents()
    assert sorted(map(str.strip, names)) == sorted(SHOWN)
    assert "\u202e" not in found.content()
    expect(found.locator("noscript a")).to_have_count(0)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        " javascript:x",
        "ftp://a.example",
    ],
)
def test_only_web_addresses_become_links(
    opened: Opener, written: Writer, invent: SimpleNamespace, url: str
) -> None:
    nodes = [invent.node("a"), invent.node("b")]
    network = invent.net(
        nodes,
        [invent.link("a", "urges", "b", "s1")],
        [invent.proof("s1", "a", "urges", "b", url=url)],
    )
    found = opened(written(network), "#node=a&table=true")
    expect(found.locator("#panel .card")).to_have_count(1)
    expect(found.locator("main a")).to_have_count(0)


def test_what_a_spreadsheet_would_run_is_defused_in_the_csv(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    found = opened(written(nasty_network(invent)))
    rows = list(
        csv.reader(
            io.StringIO(found.evaluate("window.onrecord.csv()"), newline="")
        )
    )
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}
    assert not [
        cell
        for row in rows
        for cell in row
        if cell.startswith(("=", "+", "-", "@"))
    ]
