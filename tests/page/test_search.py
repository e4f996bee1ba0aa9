"""One search finds names, topics, relations, gists and words, with a typo, and marks them."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from onrecord.networks import Network

Opener = Seen = Callable[..., Page]
Writer = Callable[[Network], Path]


def ready(page: Page) -> Page:
    page.locator("html[data-ready]").wait_for()
    return page


@pytest.mark.parametrize(
    ("text", "name"),
    [("netflx", "Netflix"), ("lawsuit", "v. "), ("deepfak", "deepfakes")],
)
def test_a_name_or_topic_is_offered_for_a_stem_a_prefix_or_a_typo(
    seen: Seen, text: str, name: str
) -> None:
    page = seen()
    page.get_by_label("Search").fill(text)
    expect(page.locator("#offers li").first).to_contain_text(name)


def test_two_words_find_statements_that_hold_both_and_mark_them(
    seen: Seen,
) -> None:
    page = seen()
    page.get_by_label("Search").fill("sarandos jobs")
    expect(page.locator("#offers li").first).to_contain_text("statements")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("“sarandos jobs”")
    first = page.locator("#panel .card").first
    expect(first.locator("mark").first).to_have_text("Sarandos")
    assert page.evaluate("location.hash") == "#find=sarandos%20jobs"
    for card in page.locator("#panel .card").all_inner_texts():
        assert "Sarandos" in card


def test_a_search_stands_beside_filters_and_is_cleared(
    seen: Seen,
) -> None:
    page = seen("#find=lawsuit&from=2025&to=2025")
    expect(page.locator("#status")).to_contain_text("3 filters on")
    page.get_by_role("button", name="Clear the search").click()
    expect(page.locator("#status")).to_contain_text("2 filters on")


def test_a_phrase_in_quotes_is_found_as_it_stands(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    nodes = [invent.node("A"), invent.node("B")]
    gists = {"s1": "Machines replace people.", "s2": "People replace machines."}
    proofs = [
        invent.proof(key, "A", "urges", "B", gist=gist)
        for key, gist in gists.items()
    ]
    network = invent.net(
        nodes, [invent.link("A", "urges", "B", *gists)], proofs
    )
    page = ready(opened(written(network)))
    page.get_by_label("Search").fill('"people replace"')
    expect(page.locator("#offers li", has_text="1 statement")).to_be_visible()


def test_what_a_search_finds_in_hostile_words_stays_text(
    opened: Opener, written: Writer, invent: SimpleNamespace
) -> None:
    gist = "<img src=x onerror=alert(1)> dreams"
    nodes = [invent.node("A"), invent.node("B")]
    proofs = [invent.proof("s1", "A", "urges", "B", gist=gist)]
    network = invent.net(nodes, [invent.link("A", "urges", "B", "s1")], proofs)
    page = ready(opened(written(network)))
    page.get_by_label("Search").fill("dreams")
    expect(page.locator("#offers")).to_contain_text("<img src=x")
    assert page.locator("#offers img").count() == 0


def test_a_statement_has_a_permanent_link_topics_and_ways_to_cite_it(
    opened: Opener, ship: Path
) -> None:
    page = ready(opened(ship, "#find=sarandos%20jobs"))
    card = page.locator("#panel .card").first
    name = card.get_attribute("data-statement")
    assert "undefined" not in page.locator("#panel").inner_text()
    card.locator("summary", has_text="cite").click()
    expect(card.locator("pre").nth(1)).to_contain_text(
        f"@misc{{onrecord-{name},"
    )
    expect(card.locator("pre").nth(2)).to_contain_text("TY  - NEWS")
    card.get_by_role("button", name="link", exact=True).click()
    expect(page.locator("#panel h2")).to_have_text("One statement")
    assert page.locator("#panel .card").get_attribute("data-statement") == name
    page.locator(".tag").first.click()
    expect(page.locator("#status")).to_contain_text("2 filters on")
