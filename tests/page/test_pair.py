"""Two names: how they are linked, step by step with evidence, and what both say on each topic."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.networks import Network

Opener = Seen = Callable[..., Page]
Writer = Callable[[Network], Path]


def test_two_picked_names_are_linked_step_by_step_with_evidence(
    seen: Seen,
) -> None:
    page = seen("#node=Bryan-Cranston")
    page.get_by_label("Another name").fill("Netflix")
    page.get_by_role("button", name="How linked?").click()
    expect(page.locator("#panel h2")).to_contain_text("are linked")
    expect(page.locator("#panel h3").first).to_have_text("Step 1")
    assert page.locator("#panel .card").count() >= 2
    assert page.evaluate("location.hash") == "#linked=Bryan-Cranston~Netflix"
    drawn = page.evaluate("window.onrecord.svg()")
    assert 'data-node="Bryan-Cranston"' in drawn
    assert 'data-node="Netflix"' in drawn


def test_every_step_leads_from_one_column_to_the_next(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = opened(written(few), "#linked=Guild-of-Makers~Dreamer")
    steps = page.locator("#panel h3").all_inner_texts()
    assert steps == ["Step 1", "Step 2"]
    expect(page.locator("#panel")).to_contain_text(
        "Studio Nine develops Dreamer"
    )


def test_two_that_nothing_links_are_told_so(
    opened: Opener, written: Writer, few: Network
) -> None:
    page = opened(
        written(few), "#linked=Ada-Example~Dreamer&hide_relation=develops"
    )
    expect(page.locator("#panel")).to_contain_text(
        "No lines on the map link these two"
    )


def test_two_stand_side_by_side_by_topic_those_of_both_first(
    seen: Seen, whole: Network
) -> None:
    page = seen("#beside=James-Cameron~Ben-Affleck")
    sides = [
        {
            topic
            for proof in whole.proofs.values()
            for topic in proof.topics
            if name in proof.actors
        }
        for name in ("James-Cameron", "Ben-Affleck")
    ]
    rows = page.locator("#panel .beside tbody tr")
    expect(rows).to_have_count(len(sides[0] | sides[1]))
    both = [
        row
        for row in rows.all()
        if row.locator("td", has_text="–").count() == 0
    ]
    assert len(both) >= len(sides[0] & sides[1]) > 0


@pytest.mark.parametrize(
    "address", ["#linked=Nobody~Netflix", "#beside=Netflix"]
)
def test_a_pair_that_an_address_names_amiss_is_no_error(
    seen: Seen, address: str
) -> None:
    page = seen(address)
    expect(page.locator("#status")).to_contain_text("60 of")
