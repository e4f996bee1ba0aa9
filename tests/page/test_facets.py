"""Filters act on the whole graph, counts follow, "only" leaves one, Back takes each step back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from onrecord.networks import Network
from onrecord.networks.model import EdgeStatement

Seen = Callable[..., Page]


def sues_in_2025(proof: EdgeStatement) -> bool:
    return proof.relation == "sues" and (proof.date or "").startswith("2025")


def statement_count(page: Page) -> int:
    parts = page.locator("#status").inner_text().split(", ")
    return int(parts[2].split()[0].replace(",", ""))


def test_all_lawsuits_of_2025_are_two_clicks_away_with_a_short_address(
    seen: Seen, whole: Network
) -> None:
    page = seen()
    page.locator("summary", has_text="What they do").click()
    page.get_by_role("button", name="Only sues", exact=True).click()
    page.get_by_role("button", name="Only 2025").click()
    suits = [proof for proof in whole.proofs.values() if sues_in_2025(proof)]
    expect(page.locator("#panel .card")).to_have_count(len(suits))
    assert statement_count(page) == len(suits) > 5
    expect(page.locator("#status")).not_to_contain_text("60 of")
    assert page.evaluate("location.hash") == "#relation=sues&from=2025&to=2025"


def test_back_takes_each_step_back(seen: Seen) -> None:
    page = seen()
    start = page.locator("#status").inner_text()
    page.get_by_role("button", name="Only ▼ critical of AI").click()
    critical = page.locator("#status").inner_text()
    page.get_by_role("button", name="Only 2025").click()
    page.go_back()
    expect(page.locator("#status")).to_have_text(critical)
    page.go_back()
    expect(page.locator("#status")).to_have_text(start)
    page.go_forward()
    expect(page.locator("#status")).to_have_text(critical)


def test_back_takes_back_a_date_whose_field_has_the_focus(seen: Seen) -> None:
    page = seen()
    field = page.locator("#from")
    field.press_sequentially("2025")
    field.press("Enter")
    expect(page).to_have_url(re.compile("#from=2025$"))
    page.go_back()
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_what_somebody_is_typing_stays_when_the_page_is_drawn_anew(
    seen: Seen,
) -> None:
    page = seen()
    field = page.locator("#from")
    field.press_sequentially("202")
    page.evaluate("dispatchEvent(new Event('popstate'))")
    expect(field).to_have_value("202")


def test_counts_beside_boxes_and_menus_follow_the_other_filters(
    seen: Seen, whole: Network
) -> None:
    page = seen("#relation=sues")
    suits = [
        proof for proof in whole.proofs.values() if proof.relation == "sues"
    ]
    critical = [proof for proof in suits if proof.stance == "critical"]
    box = page.locator(".choice", has=page.locator("[data-key=critical]"))
    expect(box.locator(".number")).to_have_text(str(len(critical)))
    training = [proof for proof in suits if "training-on-works" in proof.topics]
    option = page.locator("#topic option[value=training-on-works]")
    expect(option).to_contain_text(f"({len(training)})")


def test_what_is_critical_of_somebody_is_drawn_whole(
    seen: Seen, whole: Network
) -> None:
    page = seen("#stance=critical&node=Sora-2")
    critics = {
        link.source
        for link in whole.links
        for key in link.evidence
        if link.target == "Sora-2" and whole.proofs[key].stance == "critical"
    }
    places = page.evaluate(
        "[...document.querySelectorAll('#panel .card')].length"
    )
    assert places >= len(critics)
    drawn = page.evaluate("window.onrecord.svg()")
    assert not [key for key in critics if f'data-node="{key}"' not in drawn]


def test_show_all_shows_every_entity_that_the_filters_find(seen: Seen) -> None:
    page = seen("#stance=critical")
    whole = page.locator("#all").inner_text().split("(")[1].rstrip(")")
    page.locator("#all").click()
    expect(page.locator("#status")).to_contain_text(f"{whole} of")


def test_what_is_new_since_a_date_is_listed_newest_first(
    seen: Seen, whole: Network
) -> None:
    page = seen()
    page.get_by_label("From", exact=True).fill("2026-03")
    page.get_by_label("From", exact=True).press("Enter")
    dates = sorted(
        (
            date
            for proof in whole.proofs.values()
            if (date := proof.date or "") >= "2026-03"
        ),
        reverse=True,
    )
    year = dates[0][:4]
    expect(page.locator("#panel .card").first).to_contain_text(year)
    assert statement_count(page) >= len(dates) > 0


ADDRESSES = {
    "#type=person": "#type=person",
    "#hide_stance=critical,none": "#hide_stance=critical,none",
    "#find=dubbing%20voices": "#find=dubbing%20voices",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_says_what_it_was_asked(seen: Seen, address: str) -> None:
    page = seen(address)
    page.get_by_label("From", exact=True).fill("2025")
    page.get_by_label("From", exact=True).press("Enter")
    parts = page.evaluate("location.hash").removeprefix("#").split("&")
    assert {ADDRESSES[address].removeprefix("#"), "from=2025"} == set(parts)
