"""Where each node stands: computed once and seeded, so that the same network gives the same map."""

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from onrecord.networks import graph_library
from onrecord.networks.kept_maps import kept
from onrecord.networks.packing import Point, packed
from onrecord.networks.spacing import push_apart

Pairs = Mapping[tuple[str, str], float]

GRID_FROM = 500
"""From so many nodes on, Fruchterman and Reingold's repulsion is worked out on a grid."""
GAP = 10.0
ROOMY = 1.5
"""How much more room a part gets than its boxes take."""
KEPT_FROM = 30
"""A map of so many nodes is kept for the next time, since it takes longer to draw than to read."""
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
    if not boxes:
        return {}
    given = given or {}
    placed = {node: given[node] for node in sorted(boxes) if node in given}
    inside = {
        pair: pairs[pair] for pair in sorted(pairs) if boxes.keys() >= set(pair)
    }
    draw = partial(_drawn, boxes, inside, placed, wide, tries)
    if len(boxes) < KEPT_FROM:
        return draw()
    parts = (sorted(boxes.items()), [*inside.items()], placed, wide, tries)
    return kept(parts, draw)


def _drawn(
    boxes: Mapping[str, Point],
    pairs: Pairs,
    given: Mapping[str, Point],
    wide: float,
    tries: int,
) -> dict[str, Point]:
    """A place for each node; those that are given one keep it."""
    order = sorted(boxes)
    if given:
        near = _beside(order, pairs, given)
        placed = push_apart(near, boxes, gap=GAP, fixed=frozenset(given))
    else:
        many = len(order) > TRIED_IN
        placed = _parts(order, pairs, boxes, wide, 1 if many else tries)
    rounded: dict[str, Point] = {}
    for node, (x, y) in sorted(placed.items()):
        rounded[node] = (round(x, 1) + 0.0, round(y, 1) + 0.0)
    return rounded


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
    graph = igraph.Graph(len(order))
    weights = []
    ends = []
    for one, two in sorted(pairs):
        if one != two:
            ends.append((number[one], number[two]))
            weights.append(pairs[one, two])
    graph.add_edges(ends)
    graph.es["weight"] = weights
    drawn = []
    for part in sorted(graph.connected_components(), key=_by_size):
        names = [order[at] for at in part]
        drawn.append(
            _best(names, graph.induced_subgraph(part), boxes, wide, tries)
        )
    return packed(drawn, boxes, wide, GAP)


def _by_size(part: list[int]) -> tuple[int, list[int]]:
    """Orders parts, the largest first."""
    return -len(part), part


def _best(
    names: Sequence[str],
    graph: Any,  # noqa: ANN401  igraph comes without types
    boxes: Mapping[str, Point],
    wide: float,
    tries: int,
) -> dict[str, Point]:
    """The part's map; of a small part, the best of several, each from another start."""
    if len(names) == 1:
        return {names[0]: (0.0, 0.0)}
    ends = [(names[one], names[two]) for one, two in graph.get_edgelist()]
    if not 3 < len(names) <= TRIED_TO:  # noqa: PLR2004  three nodes are a triangle
        tries = 1
    drawings = []
    for seed in range(tries):
        spread = _spread(graph, seed)
        scaled = _scaled(dict(zip(names, spread, strict=True)), boxes, wide)
        drawings.append(
            _framed(push_apart(scaled, boxes, gap=GAP), boxes, wide)
        )
    if tries == 1:
        return drawings[0]
    return min(drawings, key=lambda places: _trouble(places, ends, boxes, wide))


def _trouble(
    places: Mapping[str, Point],
    ends: Sequence[tuple[str, str]],
    boxes: Mapping[str, Point],
    wide: float,
) -> float:
    """How hard a map is to read: its crossings for each line, and how small it must be drawn to fit its frame."""
    lines = [(places[one], places[two]) for one, two in ends]
    crossings = 0
    for one, two in itertools.combinations(lines, 2):
        crossings += _cross(one, two)
    across, down = _reach(places, boxes)
    high = max(across / wide, down)
    room = math.sqrt(_area(places, boxes) / wide)
    return crossings / len(lines) + SMALLNESS * high / room


def _area(
    nodes: Iterable[str], boxes: Mapping[str, Point], margin: float = 0.0
) -> float:
    """The area of the nodes' boxes, each widened and heightened by a margin."""
    area = 0.0
    for node in nodes:
        width, height = boxes[node]
        area += (width + margin) * (height + margin)
    return area


def _cross(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Whether two lines cross between their ends; lines that share an end do not."""
    if one[0] in two or one[1] in two:
        return False
    parts_two = _side(*one, two[0]) != _side(*one, two[1])
    return parts_two and _side(*two, one[0]) != _side(*two, one[1])


def _side(start: Point, end: Point, point: Point) -> bool:
    across, down = end[0] - start[0], end[1] - start[1]
    return across * (point[1] - start[1]) > down * (point[0] - start[0])


def _spread(graph: Any, seed: int) -> list[Point]:  # noqa: ANN401  igraph comes without types
    """Fruchterman and Reingold's places for one connected part, from a seeded start on a circle."""
    igraph = graph_library.igraph()

    chance = random.Random(seed)  # noqa: S311  a seed, no secret
    igraph.set_random_number_generator(chance)
    count = graph.vcount()
    # A narrow start would put all into one cell of the grid, and take twenty times as long.
    wide = math.sqrt(count)
    turns = [2 * math.pi * at / count for at in range(count)]
    if seed:
        chance.shuffle(turns)
    places = graph.layout_fruchterman_reingold(
        weights="weight",
        niter=500,
        seed=_on_circle(turns, wide),
        grid=count >= GRID_FROM,
    )
    return [(float(x), float(y)) for x, y in places]


def _on_circle(turns: Sequence[float], radius: float) -> list[Point]:
    """The points of a circle that lie at some angles."""
    points = []
    for turn in turns:
        x, y = radius * math.cos(turn), radius * math.sin(turn)
        points.append((x, y))
    return points


def _scaled(
    places: Mapping[str, Point], boxes: Mapping[str, Point], wide: float
) -> dict[str, Point]:
    """The part turned so that its longest way lies across, and stretched to the room that its boxes need."""
    level = _levelled(places)
    high = math.sqrt(ROOMY * _area(level, boxes, GAP) / wide)
    all_x, all_y = zip(*level.values(), strict=True)
    across = _even(dict(zip(level, all_x, strict=True)))
    down = _even(dict(zip(level, all_y, strict=True)))
    scaled: dict[str, Point] = {}
    for node in level:
        scaled[node] = (across[node] * high * wide, down[node] * high)
    return scaled


def _even(axis: Mapping[str, float]) -> dict[str, float]:
    """One coordinate stretched to 0..1; of many nodes, half by place and half by rank, so that crowds spread out."""
    least, span = min(axis.values()), max(axis.values()) - min(axis.values())
    if not span:
        return dict.fromkeys(axis, 0.0)
    share = 0.5 if len(axis) >= EVEN_FROM else 0.0
    even = {}
    for at, node in enumerate(
        sorted(axis, key=lambda node: (axis[node], node))
    ):
        rank = at / (len(axis) - 1)
        even[node] = (1 - share) * (axis[node] - least) / span + share * rank
    return even


def _levelled(places: Mapping[str, Point]) -> dict[str, Point]:
    """The places around their middle, turned by their principal axis."""
    all_x, all_y = zip(*places.values(), strict=True)
    around = _moved(places, sum(all_x) / len(places), sum(all_y) / len(places))
    across = along = 0.0
    for x, y in around.values():
        across += x * y
        along += x * x - y * y
    turn = 0.5 * math.atan2(2 * across, along)
    cos, sin = math.cos(turn), math.sin(turn)
    level: dict[str, Point] = {}
    for node, (x, y) in around.items():
        level[node] = (x * cos + y * sin, y * cos - x * sin)
    return level


def _moved(places: Mapping[str, Point], x: float, y: float) -> dict[str, Point]:
    """The places as they are seen from a point."""
    moved: dict[str, Point] = {}
    for node, place in places.items():
        moved[node] = (place[0] - x, place[1] - y)
    return moved


def _framed(
    places: Mapping[str, Point], boxes: Mapping[str, Point], wide: float
) -> dict[str, Point]:
    """The map around its middle, and drawn out to its frame: pushing wide boxes apart makes it higher than meant."""
    all_x, all_y = zip(*places.values(), strict=True)
    middle_x = (min(all_x) + max(all_x)) / 2
    middle_y = (min(all_y) + max(all_y)) / 2
    moved = _moved(places, middle_x, middle_y)
    if len(moved) < EVEN_FROM:
        return moved
    across, down = _reach(moved, boxes)
    by_x = max(1.0, wide * down / across)
    by_y = max(1.0, across / wide / down)
    for node, (x, y) in moved.items():
        moved[node] = (x * by_x, y * by_y)
    return moved


def _reach(places: Mapping[str, Point], boxes: Mapping[str, Point]) -> Point:
    """How far the boxes reach from the middle, across and down."""
    across = down = -math.inf
    for node, (x, y) in places.items():
        width, height = boxes[node]
        across = max(across, abs(x) + width / 2)
        down = max(down, abs(y) + height / 2)
    return across, down


def _beside(
    order: Sequence[str], pairs: Pairs, kept: Mapping[str, Point]
) -> dict[str, Point]:
    """The given places, and new nodes at the middle of those they are linked to, or below all."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one, two in sorted(pairs):
        near[one].append(two)
        near[two].append(one)
    placed = dict(kept)
    _, kept_y = zip(*kept.values(), strict=True)
    below = max(kept_y) + 4 * GAP
    new = [node for node in order if node not in kept]
    for at, node in enumerate(new):
        x, y = at * 4 * GAP, below
        known = [placed[other] for other in near[node] if other in placed]
        if known:
            all_x, all_y = zip(*known, strict=True)
            x, y = sum(all_x) / len(known), sum(all_y) / len(known)
        # A little off the middle, each in another direction: what stands exactly on another cannot be pushed apart.
        placed[node] = (x + math.cos(at + 1), y + math.sin(at + 1))
    return placed
