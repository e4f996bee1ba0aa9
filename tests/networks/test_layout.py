"""Places: the same each time, apart from each other, near to neighbours, and kept where they were given."""

import itertools
import math

import pytest

from onrecord.networks.layout import GAP, layout
from onrecord.networks.packing import Point
from onrecord.workspace.homes import cache_home


def boxes(count: int, wide: float = 40, high: float = 20) -> dict[str, Point]:
    return {f"n{at:03}": (wide, high) for at in range(count)}


def ring(count: int) -> dict[tuple[str, str], float]:
    """A ring of neighbours, with a chord from every third."""
    names = sorted(boxes(count))
    pairs = {(names[at], names[(at + 1) % count]) for at in range(count)}
    pairs |= {
        (names[at], names[(at * 2 + 1) % count]) for at in range(0, count, 3)
    }
    return {(min(pair), max(pair)): 1.0 for pair in pairs if pair[0] != pair[1]}


def overlaps(
    places: dict[str, Point], wide: float = 40, high: float = 20
) -> list[tuple[str, str]]:
    return [
        (one, two)
        for one, two in itertools.combinations(places, 2)
        if abs(places[one][0] - places[two][0]) < wide
        and abs(places[one][1] - places[two][1]) < high
    ]


def test_nothing_has_no_places() -> None:
    assert layout({}, {}) == {}


def test_one_node_stands_in_the_middle() -> None:
    assert layout({"a": (10, 10)}, {}) == {"a": (0.0, 0.0)}


@pytest.mark.parametrize("count", [2, 12, 60, 520])
def test_every_node_has_a_place_and_no_two_overlap(count: int) -> None:
    places = layout(boxes(count), ring(count))
    assert set(places) == set(boxes(count))
    assert not overlaps(places)


def test_the_same_network_gives_the_same_map_whatever_its_order() -> None:
    one = layout(boxes(60), ring(60))
    two = layout(
        dict(reversed(boxes(60).items())), dict(reversed(ring(60).items()))
    )
    assert one == two


def test_places_are_rounded_to_a_tenth() -> None:
    assert all(
        round(value, 1) == value
        for place in layout(boxes(30), ring(30)).values()
        for value in place
    )


def test_neighbours_stand_nearer_than_strangers() -> None:
    places, pairs = layout(boxes(60), ring(60)), ring(60)
    near = [math.dist(places[one], places[two]) for one, two in pairs]
    every = [
        math.dist(places[one], places[two])
        for one, two in itertools.combinations(places, 2)
    ]
    assert sum(near) / len(near) < 0.7 * sum(every) / len(every)


def test_parts_that_are_not_linked_stand_around_the_largest() -> None:
    pairs = {(f"n{at:03}", f"n{at + 1:03}"): 1.0 for at in range(20)} | {
        ("n030", "n031"): 1.0,
        ("n032", "n033"): 1.0,
    }
    places = layout(boxes(40), pairs)
    middle = [math.hypot(*places[f"n{at:03}"]) for at in range(20)]
    outside = [math.hypot(*places[f"n{at:03}"]) for at in range(30, 40)]
    assert sum(middle) / len(middle) < sum(outside) / len(outside)
    assert overlaps(places) == []


def test_given_places_are_kept_and_a_new_node_stands_beside_its_neighbour() -> (
    None
):
    before = layout(boxes(30), ring(30))
    grown = boxes(30) | {"new": (40.0, 20.0)}
    after = layout(grown, ring(30) | {("n004", "new"): 1.0}, given=before)
    assert {key: after[key] for key in before} == before
    assert math.dist(after["new"], before["n004"]) < 6 * (40 + GAP)


def test_a_stranger_to_given_places_stands_below_them() -> None:
    after = layout(
        {"a": (10, 10), "b": (10, 10), "new": (10, 10)},
        {},
        given={"a": (0, 0), "b": (50, 30)},
    )
    assert after["new"][1] > 30


def test_a_map_that_is_kept_is_the_map_that_is_drawn() -> None:
    drawn = layout(boxes(40), ring(40))
    kept = sorted(
        (cache_home() / "maps").iterdir(), key=lambda path: path.stat().st_mtime
    )
    assert layout(boxes(40), ring(40)) == drawn
    assert layout(boxes(40), ring(40), wide=2) != drawn
    kept[-1].write_text("no map")
    assert layout(boxes(40), ring(40)) == drawn


def test_a_map_is_drawn_where_none_can_be_kept(monkeypatch, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    drawn = layout(boxes(40), ring(40))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert layout(boxes(40), ring(40)) == drawn
