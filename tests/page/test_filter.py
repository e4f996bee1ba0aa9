"""The legend is the filter: what a box takes away, what stays, and what the status line says."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from onrecord.networks import Network

Opener = Callable[..., Page]
Writer = Callable[[Network], Path]


def test_a_stance_box_takes_its_lines_away_and_brings_them_back(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.get_by_role("checkbox", name="critical").uncheck()
    expect(found.locator("#status")).to_contain_text("3 of 4 links")
    expect(found.locator("#status")).to_contain_text("1 filter on")
    assert "hide_stance=critical" in found.evaluate("location.hash")
    found.get_by_role("checkbox", name="critical").check()
    expect(found.locator("#status")).to_have_text(
        "4 of 4 entities, 4 of 4 links, 7 of 7 statements"
    )
    assert found.evaluate("location.hash") in {"", "#"}


LEFT = {
    "#hide_type=ai": 3,
    "#hide_type=company": 1,
    "#hide_stance=none": 3,
    "#hide_relation=urges,develops": 2,
    "#topic=deepfakes": 1,
    "#from=2025-10": 3,
    "#from=2025-11": 1,
    "#to=2024": 1,
    "#from=2022&to=2023-05": 1,
    "#least=2": 1,
    "#least=4": 0,
    "#sources=3": 1,
    "#topics=true": 6,
}


def test_each_filter_leaves_the_lines_that_pass(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    left = {}
    for view in LEFT:
        found.evaluate(
            f"location.hash = {view!r}; dispatchEvent(new Event('hashchange'))"
        )
        left[view] = int(
            found.locator("#status").inner_text().split(", ")[1].split()[0]
        )
    assert left == LEFT


def test_all_and_none_stand_beside_each_group(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.get_by_label("Stance on using AI: none").click()
    expect(found.locator("#status")).to_contain_text("0 of 4 links")
    found.get_by_label("Stance on using AI: all").click()
    expect(found.locator("#status")).to_contain_text("4 of 4 links")


def test_reset_takes_every_filter_off(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(
        written(few),
        "#hide_stance=critical&least=2&from=2025&hide_type=person&topic=deepfakes",
    )
    found.get_by_role("button", name="Reset the filters").click()
    expect(found.locator("#status")).to_have_text(
        "4 of 4 entities, 4 of 4 links, 7 of 7 statements"
    )


def test_undated_statements_that_a_time_leaves_out_are_counted(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#from=2025")
    expect(found.locator("#status")).to_contain_text("1 undated left out")


def test_a_date_that_is_none_is_not_taken(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.get_by_label("From", exact=True).fill("last year")
    found.get_by_label("From", exact=True).press("Enter")
    expect(found.locator("#status")).to_have_text(
        "4 of 4 entities, 4 of 4 links, 7 of 7 statements"
    )


def test_brushing_the_timeline_sets_from_and_to(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    chart = found.locator("#timeline svg").bounding_box()
    found.mouse.move(chart["x"] + chart["width"] - 2, chart["y"] + 20)
    found.mouse.down()
    found.mouse.move(chart["x"] + chart["width"] - 4, chart["y"] + 20)
    found.mouse.up()
    expect(found.locator("#status")).to_contain_text("1 of 4 links")
    assert "from=2025-11&to=2025-11" in found.evaluate("location.hash")
    found.get_by_role("button", name="all times").click()
    expect(found.locator("#status")).to_contain_text("4 of 4 links")


def test_the_timeline_tells_of_what_it_cannot_draw(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    expect(found.locator("#timeline")).to_contain_text("1 with a year alone")
    expect(found.locator("#timeline")).to_contain_text("1 undated")
