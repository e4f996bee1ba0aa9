"""Where each node stands: computed once and seeded, so that the same network gives the same map."""

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.networks import graph_library
from onrecord.networks.packing import Point, packed
from onrecord.networks.spacing import push_apart

Pairs = Mapping[tuple[str, str], float]

GRID_FROM = 500
"""From so many nodes on, Fruchterman and Reingold's repulsion is worked out on a grid."""
GAP = 10.0
ROOMY = 1.5
"""How much more room a part gets than its boxes take."""
TRIED_TO, TRIES = 150, 16
"""A part of so many nodes at most is drawn several times, and the best is kept."""
TRIED_IN = 1000
"""In a map of more nodes no part is: it would take minutes, and is read part by part."""
SMALLNESS = 1.5
"""How much being small counts against one crossing for each line."""
EVEN_FROM = 12
"""From so many nodes on, crowded and empty stretches of a part are evened out."""


def layout(
    boxes: Mapping[str, Point],
    pairs: Pairs,
    *,
    given: Mapping[str, Point] | None = None,
    wide: float = 1.4,
    tries: int = TRIES,
) -> dict[str, Point]:
    """A place for each node, rounded to 0.1, so that no two boxes overlap and linked nodes stand near.

    `boxes` holds width and height of each node with its label, `pairs` how strongly two are linked. Nodes that are
    `given` a place keep it, and new ones stand beside those they are linked to. The map is about `wide` times as wide
    as high. A small part is drawn as often as `tries` says, and the best is kept.

    Method: Fruchterman and Reingold, "Graph Drawing by Force-directed Placement" (1991), each connected part by
    itself, overlaps pushed apart, then the parts packed.
    """
    order = sorted(boxes)
    if not order:
        return {}
    kept = {node: given[node] for node in order if given and node in given}
    if kept:
        placed = push_apart(
            _beside(order, pairs, kept), boxes, gap=GAP, fixed=frozenset(kept)
        )
    else:
        many = len(order) > TRIED_IN
        placed = _parts(order, pairs, boxes, wide, 1 if many else tries)
    return {
        node: (round(x, 1) + 0.0, round(y, 1) + 0.0)
        for node, (x, y) in sorted(placed.items())
    }


def _parts(
    order: Sequence[str],
    pairs: Pairs,
    boxes: Mapping[str, Point],
    wide: float,
    tries: int,
) -> dict[str, Point]:
    """Each connected part laid out by itself, the largest in the middle, the others around it."""
    igraph = graph_library.igraph()

    number = {node: at for at, node in enumerate(order)}
    ends = sorted(
        pair
        for pair in pairs
        if pair[0] in number and pair[1] in number and pair[0] != pair[1]
    )
    graph = igraph.Graph(len(order), [(number[one], number[two]) for one, two in ends])
    graph.es["weight"] = [pairs[pair] for pair in ends]
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    drawn = [
        _best(
            [order[at] for at in part],
            graph.induced_subgraph(part),
            boxes,
            wide,
            tries,
        )
        for part in parts
    ]
    return packed(drawn, boxes, wide, GAP)


def _best(
    names: Sequence[str],
    graph: Any,  # noqa: ANN401  igraph comes without types
    boxes: Mapping[str, Point],
    wide: float,
    tries: int,
) -> dict[str, Point]:
    """The part's map; of a small part, the best of several, each from another start."""
    ends = [(names[one], names[two]) for one, two in graph.get_edgelist()]
    if not 3 < len(names) <= TRIED_TO:  # noqa: PLR2004  three nodes are a triangle
        tries = 1
    found = []
    for seed in range(tries):
        spread = _spread(graph, seed)
        scaled = _scaled(dict(zip(names, spread, strict=True)), boxes, wide)
        found.append(_framed(push_apart(scaled, boxes, gap=GAP), boxes, wide))
    return (
        min(found, key=lambda places: _trouble(places, ends, boxes, wide))
        if tries > 1
        else found[0]
    )


def _trouble(
    places: Mapping[str, Point],
    ends: Sequence[tuple[str, str]],
    boxes: Mapping[str, Point],
    wide: float,
) -> float:
    """How hard a map is to read: its crossings for each line, and how small it must be drawn to fit its frame."""
    lines = [(places[one], places[two]) for one, two in ends]
    crossings = sum(_cross(one, two) for one, two in itertools.combinations(lines, 2))
    across, down = _reach(places, boxes)
    high = max(across / wide, down)
    room = math.sqrt(
        sum(width * height for width, height in (boxes[node] for node in places)) / wide
    )
    return crossings / len(lines) + SMALLNESS * high / room


def _cross(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Whether two lines cross between their ends; lines that share an end do not."""
    if one[0] in two or one[1] in two:
        return False
    return _side(*one, two[0]) != _side(*one, two[1]) and _side(*two, one[0]) != _side(
        *two, one[1]
    )


def _side(start: Point, end: Point, point: Point) -> bool:
    return (end[0] - start[0]) * (point[1] - start[1]) > (end[1] - start[1]) * (
        point[0] - start[0]
    )


def _spread(graph: Any, seed: int) -> list[Point]:  # noqa: ANN401  igraph comes without types
    """Fruchterman and Reingold's places for one connected part, from a seeded start on a circle."""
    igraph = graph_library.igraph()

    chance = random.Random(seed)  # noqa: S311  a seed, no secret
    igraph.set_random_number_generator(chance)
    count = graph.vcount()
    wide = math.sqrt(
        count
    )  # a narrow start would put all into one cell of the grid, and take twenty times as long
    turns = [2 * math.pi * at / count for at in range(count)]
    if seed:
        chance.shuffle(turns)
    start = [(wide * math.cos(turn), wide * math.sin(turn)) for turn in turns]
    found = graph.layout_fruchterman_reingold(
        weights="weight", niter=500, seed=start, grid=count >= GRID_FROM
    )
    return [(float(x), float(y)) for x, y in found]


def _scaled(
    places: Mapping[str, Point], boxes: Mapping[str, Point], wide: float
) -> dict[str, Point]:
    """The part turned so that its longest way lies across, and stretched to the room that its boxes need."""
    level = _levelled(places)
    high = math.sqrt(
        ROOMY
        * sum((boxes[node][0] + GAP) * (boxes[node][1] + GAP) for node in level)
        / wide
    )
    across = _even({node: x for node, (x, _) in level.items()})
    down = _even({node: y for node, (_, y) in level.items()})
    return {node: (across[node] * high * wide, down[node] * high) for node in level}


def _even(axis: Mapping[str, float]) -> dict[str, float]:
    """One coordinate stretched to 0..1; of many nodes, half by place and half by rank, so that crowds spread out."""
    least, span = min(axis.values()), max(axis.values()) - min(axis.values())
    if not span:
        return dict.fromkeys(axis, 0.0)
    share = 0.5 if len(axis) >= EVEN_FROM else 0.0
    rank = {
        node: at / (len(axis) - 1)
        for at, node in enumerate(sorted(axis, key=lambda node: (axis[node], node)))
    }
    return {
        node: (1 - share) * (value - least) / span + share * rank[node]
        for node, value in axis.items()
    }


def _levelled(places: Mapping[str, Point]) -> dict[str, Point]:
    """The places around their middle, turned by their principal axis."""
    middle_x, middle_y = (
        sum(axis) / len(places) for axis in zip(*places.values(), strict=True)
    )
    around = {node: (x - middle_x, y - middle_y) for node, (x, y) in places.items()}
    across = sum(x * y for x, y in around.values())
    turn = 0.5 * math.atan2(2 * across, sum(x * x - y * y for x, y in around.values()))
    cos, sin = math.cos(turn), math.sin(turn)
    return {
        node: (x * cos + y * sin, y * cos - x * sin) for node, (x, y) in around.items()
    }


def _framed(
    places: Mapping[str, Point], boxes: Mapping[str, Point], wide: float
) -> dict[str, Point]:
    """The map around its middle, and drawn out to its frame: pushing wide boxes apart makes it higher than meant."""
    middle = [
        (min(axis) + max(axis)) / 2 for axis in zip(*places.values(), strict=True)
    ]
    found = {node: (x - middle[0], y - middle[1]) for node, (x, y) in places.items()}
    if len(found) < EVEN_FROM:
        return found
    across, down = _reach(found, boxes)
    by_x, by_y = max(1.0, wide * down / across), max(1.0, across / wide / down)
    return {node: (x * by_x, y * by_y) for node, (x, y) in found.items()}


def _reach(places: Mapping[str, Point], boxes: Mapping[str, Point]) -> Point:
    """How far the boxes reach from the middle, across and down."""
    across = max(abs(x) + boxes[node][0] / 2 for node, (x, _) in places.items())
    return across, max(abs(y) + boxes[node][1] / 2 for node, (_, y) in places.items())


def _beside(
    order: Sequence[str], pairs: Pairs, kept: Mapping[str, Point]
) -> dict[str, Point]:
    """The given places, and new nodes at the middle of those they are linked to, or below all."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one, two in sorted(pairs):
        near[one].append(two)
        near[two].append(one)
    placed = dict(kept)
    below = max(y for _, y in kept.values()) + 4 * GAP
    for at, node in enumerate(each for each in order if each not in kept):
        known = [placed[other] for other in near[node] if other in placed]
        # A little off the middle, each in another direction: what stands exactly on another cannot be pushed apart.
        x, y = (
            (sum(axis) / len(known) for axis in zip(*known, strict=True))
            if known
            else (at * 4 * GAP, below)
        )
        placed[node] = (x + math.cos(at + 1), y + math.sin(at + 1))
    return placed
