"""What is taken away from the page: SVG, PNG and CSV of what is shown."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from playwright.sync_api import Page

from onrecord.networks import Network

Opener = Callable[..., Page]
Writer = Callable[[Network], Path]
SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_says_what_it_shows_when_it_was_taken_and_from_where(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = opened(written(few), "#stance=critical&from=2025&to=2025")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    name = "onrecord-critical-of-ai-2025.svg"
    assert download.value.suggested_filename == name
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "critical of AI, 2025</text>" in text
    assert "Source: An invented network · facts · taken on 20" in text


def saved(found: Page, name: str) -> Path:
    with found.expect_download() as download:
        found.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path())


def test_the_svg_is_well_formed_and_has_every_node_that_is_shown(
    opened: Opener, written: Writer, few: Network
) -> None:
    tree = ET.fromstring(  # noqa: S314  our own page's
        saved(opened(written(few)), "SVG").read_text(encoding="utf-8")
    )
    shown = {
        each.get("data-node")
        for each in tree.iter(f"{SVG}g")
        if each.get("data-node")
    }
    assert shown == {"Ada-Example", "Studio-Nine", "Guild-of-Makers", "Dreamer"}
    texts = {each.text for each in tree.iter(f"{SVG}text")}
    assert {"An invented network", "Ada Example", "urges"} <= texts


def test_the_svg_shows_what_the_filter_left(
    opened: Opener, written: Writer, few: Network
) -> None:
    tree = ET.fromstring(  # noqa: S314
        opened(written(few), "#hide_type=ai").evaluate("window.onrecord.svg()")
    )
    assert "Dreamer" not in {
        each.get("data-node") for each in tree.iter(f"{SVG}g")
    }


def test_the_png_is_a_picture_of_more_than_five_kilobytes(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = saved(opened(written(few)), "PNG").read_bytes()
    assert found.startswith(b"\x89PNG")
    assert len(found) > 5000


def test_the_csv_has_a_row_for_every_piece_of_evidence(
    opened: Opener, written: Writer, few: Network
) -> None:
    text = saved(opened(written(few)), "CSV").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 7
    assert {row["in short"] for row in rows} == {
        f"The gist of s{at}." for at in range(1, 8)
    }
