"""The page without a mouse, and for those who listen to it."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from onrecord.networks import Network

Opener = Callable[..., Page]
Writer = Callable[[Network], Path]


def test_a_slash_leads_to_the_search_and_escape_out_of_it(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.keyboard.press("/")
    expect(found.get_by_label("Search")).to_be_focused()
    expect(found.get_by_label("Search")).to_have_value("")


def test_arrows_walk_the_neighbours_enter_opens_escape_closes(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#node=Ada-Example")
    found.locator("#map canvas").focus()
    found.keyboard.press("ArrowRight")
    expect(found.locator("#said")).to_have_text(
        "Studio Nine, company, 1 of 2: Ada Example urges Studio Nine"
    )
    found.keyboard.press("ArrowRight")
    expect(found.locator("#said")).to_contain_text(
        "Guild of Makers, guild, 2 of 2"
    )
    found.keyboard.press("ArrowLeft")
    found.keyboard.press("Enter")
    expect(found.locator("#panel h2")).to_have_text("Studio Nine")
    found.keyboard.press("Escape")
    expect(found.locator("#panel h2")).to_have_text("How to read this")


def test_without_a_chosen_name_arrows_walk_all_names(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.locator("#map canvas").focus()
    found.keyboard.press("ArrowLeft")
    expect(found.locator("#said")).to_contain_text("4 of 4")


def test_every_control_has_a_name(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#node=Ada-Example&table=true")
    unnamed = found.evaluate(
        """[...document.querySelectorAll('button, input, select, [tabindex="0"]')]
           .filter((each) => !(each.textContent.trim() || each.getAttribute('aria-label') || each.closest('label')))
           .map((each) => each.outerHTML)"""
    )
    assert unnamed == []


def test_the_tab_key_goes_from_search_to_filter_to_map_to_panel(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few), "#node=Ada-Example")
    order = []
    for _ in range(80):
        found.keyboard.press("Tab")
        order.append(
            found.evaluate(
                "document.activeElement.closest('#tools, #legend, #map, #panel')?.id || ''"
            )
        )
    firsts = [order.index(part) for part in ("tools", "legend", "map", "panel")]
    assert firsts == sorted(firsts)


def test_focus_can_be_seen(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.keyboard.press("Tab")
    assert (
        found.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        == "solid"
    )


def test_the_map_tells_what_it_is_and_the_status_is_live(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    expect(found.get_by_role("application")).to_have_attribute(
        "aria-label",
        "Map. Arrow keys walk from name to name, Enter opens, Escape closes.",
    )
    expect(found.get_by_role("status")).to_have_count(1)


def test_nothing_moves_for_those_who_want_no_motion(
    opened: Opener, written: Writer, few: Network
) -> None:
    found = opened(written(few))
    found.emulate_media(reduced_motion="reduce")
    durations = "[...document.querySelectorAll('*')].map((each) => getComputedStyle(each).transitionDuration)"
    assert set(found.evaluate(durations)) == {"0s"}
