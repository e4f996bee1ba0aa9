"""A huge network opens on its communities, then on one of them, then on anybody."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from onrecord.model.vocabulary import Vocabulary
from onrecord.networks import Network
from onrecord.page.groups import HUGE_FROM, communities
from onrecord.page.maps import between_entities
from onrecord.page.view import page

Opener = Callable[..., Page]
CIRCLES, EACH = 70, 30


@pytest.fixture(scope="module")
def huge(invent: SimpleNamespace) -> Network:
    """Circles of thirty who each urge the first of theirs, and the firsts each other."""
    names = [
        [f"Circle-{circle:02}-{at:02}" for at in range(EACH)]
        for circle in range(CIRCLES)
    ]
    ends = [(name, circle[0]) for circle in names for name in circle[1:]]
    ends += [(one[0], two[0]) for one, two in pairwise(names)]
    proofs = [
        invent.proof(f"s{at:05}", one, "urges", two)
        for at, (one, two) in enumerate(ends)
    ]
    links = [
        invent.link(one, "urges", two, f"s{at:05}")
        for at, (one, two) in enumerate(ends)
    ]
    return invent.net(
        [invent.node(name) for circle in names for name in circle],
        links,
        proofs,
    )


@pytest.fixture(scope="module")
def huge_page(
    huge: Network, words: Vocabulary, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    target = tmp_path_factory.mktemp("huge") / "page.html"
    target.write_text(page(huge, words), encoding="utf-8")
    return target


def test_circles_are_found_and_named_by_their_best_evidenced(
    huge: Network,
) -> None:
    found = communities(huge, between_entities(huge))
    assert len(huge.nodes) > HUGE_FROM
    assert sorted(key for each in found for key in each.members) == sorted(
        huge.nodes
    )
    assert all(each.name.startswith("Circle") for each in found[:-1])
    assert communities(huge, between_entities(huge)) == found


def test_a_smaller_network_has_no_communities(whole: Network) -> None:
    assert communities(whole, between_entities(whole)) == []


def test_a_huge_page_opens_on_communities_then_on_one_of_them(
    opened: Opener, huge_page: Path
) -> None:
    found = opened(huge_page)
    expect(found.locator("#status")).to_contain_text(
        "communities of 2,100 entities"
    )
    first = found.locator("#panel details li").first
    members = first.locator(".number").inner_text()
    first.get_by_role("button").click()
    expect(found.locator("#status")).to_contain_text(
        f"{members} of 2,100 entities"
    )
    found.locator("#back").click()
    expect(found.locator("#status")).to_contain_text("communities of")


def test_anybody_of_a_huge_network_is_found_and_shown_with_neighbours(
    opened: Opener, huge_page: Path
) -> None:
    found = opened(huge_page)
    found.keyboard.press("/")
    found.keyboard.type("Circle 44 07")
    found.keyboard.press("Enter")
    expect(found.locator("#panel h2")).to_have_text("Circle 44 07")
    expect(found.locator("#status")).to_contain_text(
        "2 of 2,100 entities, 1 of 2,099 links"
    )


def test_a_click_on_a_community_opens_it(
    opened: Opener, huge_page: Path
) -> None:
    found = opened(huge_page)
    frame = found.locator("#map").bounding_box()
    label = found.evaluate("window.onrecord.labels()")[0]
    point = found.evaluate(
        "({ left, right, top, bottom }) => window.onrecord.at({ x: (left + right) / 2, y: (top + bottom) / 2 })",
        label,
    )
    assert frame["x"] < point["x"] < frame["x"] + frame["width"]
    found.mouse.click(point["x"], point["y"])
    group = f"group={label['name'].removeprefix('g')}"
    found.wait_for_url(lambda url: group in url)
