"""Where the page's nodes stand, and how big they are: three maps of one network."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from onrecord.networks.layout import layout
from onrecord.networks.model import Network, Node
from onrecord.networks.packing import Point
from onrecord.networks.rank import (
    best_evidenced,
    evidence,
    is_topic,
    spoken_on,
    strengths,
)
from onrecord.page.groups import Community, home_of

Places = Mapping[str, Sequence[Point | None]]
"""For each node its place on each of the three maps."""

EVERYTHING_TO = 150
"""A network of so many nodes at most is shown whole."""
LONG, INITIALS = 34, 6
"""A label of more letters is told on the map by its initials, where it has any, of so many letters at most."""
LETTER, LINE, MOST_LETTERS = 6.2, 13.0, 20
"""A label on the map, in pixels: the width of a letter, the height of a line, and the letters to a line."""
AROUND_A_MARK = 14.0
TOPIC_PULL = 0.5
"""How much a statement on a topic draws actor and topic together, against one between two entities."""


def opening_of(network: Network) -> list[str]:
    """What the map opens on: all of a small network, else the best evidenced entities."""
    if len(network.nodes) <= EVERYTHING_TO:
        return sorted(network.nodes)
    return best_evidenced(between_entities(network))


def between_entities(network: Network) -> dict[tuple[str, str], float]:
    """How many statements link each pair of entities, or would if they were reviewed."""
    links = (*network.links, *network.proposed)
    return strengths(link for link in links if not is_topic(link.target))


def maps_of(
    network: Network,
    opening: Sequence[str],
    groups: Sequence[Community],
    places: Places,
) -> list[dict[str, Point]]:
    """Three maps: of the opening with room for names, of all entities, and of entities and topics.

    Of a huge network, each community by itself, in the place of the second, and no third.
    """
    between = between_entities(network)
    if groups:
        boxes = boxes_of(network, names=False)
        return [{}, _apart(boxes, between, groups, _given(places, 1)), {}]
    linked = set(chain.from_iterable(between))
    is_small = len(network.nodes) <= EVERYTHING_TO
    named, marked = (
        boxes_of(network, names=True),
        boxes_of(network, names=is_small),
    )
    first = {key: named[key] for key in opening if not is_topic(key)}
    entities = [key for key in marked if not is_topic(key)]
    second = {key: marked[key] for key in entities if is_small or key in linked}
    spoken = {**between, **_spoken(network)}
    wanted = ((first, between), (second, between), (marked, spoken))
    maps = []
    for at, (boxes, pairs) in enumerate(wanted):
        maps.append(layout(boxes, pairs, given=_given(places, at)))
    return maps


def _apart(
    boxes: Mapping[str, Point],
    pairs: Mapping[tuple[str, str], float],
    groups: Sequence[Community],
    given: Mapping[str, Point],
) -> dict[str, Point]:
    """Each community's members on a map of their own."""
    home = home_of(groups)
    inside: defaultdict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    for pair, strength in pairs.items():
        if home[pair[0]] == home[pair[1]]:
            inside[home[pair[0]]][pair] = strength
    placed: dict[str, Point] = {}
    for at, community in enumerate(groups):
        room = {key: boxes[key] for key in community.members}
        placed |= layout(room, inside[at], given=given, tries=1)
    return placed


def _given(places: Places, at: int) -> dict[str, Point]:
    """The places of one of the maps."""
    given = {}
    for key, on_maps in places.items():
        place = on_maps[at] if at < len(on_maps) else None
        if place is not None:
            given[key] = place
    return given


def _spoken(network: Network) -> dict[tuple[str, str], float]:
    """How often each actor speaks on each topic."""
    pulls: dict[tuple[str, str], float] = {}
    for proof in network.proofs.values():
        for topic in spoken_on(proof):
            for actor in proof.actors if topic in network.nodes else ():
                pair = (min(actor, topic), max(actor, topic))
                pulls[pair] = pulls.get(pair, 0) + TOPIC_PULL
    return pulls


def boxes_of(network: Network, *, names: bool) -> dict[str, Point]:
    """The room that each node takes, with or without its name."""
    weight = evidence(network)
    return {
        key: _box(node, weight[key], names=names)
        for key, node in network.nodes.items()
    }


def _box(node: Node, weight: int, *, names: bool) -> Point:
    """The room that a node takes, with its name below it if that is to be read."""
    across = 2 * size(weight)
    if not names:
        return across + AROUND_A_MARK, across + AROUND_A_MARK
    letters = len(short_name(node))
    wide = min(letters, MOST_LETTERS) * LETTER
    high = math.ceil(letters / MOST_LETTERS) * LINE
    return max(across, wide), across + high


def short_name(node: Node) -> str:
    """The name on the map: initials, where the label is long and has an alias that looks like them."""
    initials = [
        alias
        for alias in node.aliases
        if len(alias) <= INITIALS and alias.isupper() and alias.isalpha()
    ]
    return initials[0] if len(node.label) > LONG and initials else node.label


def size(weight: int) -> float:
    """A node's radius by the count of its statements; its area grows with the count."""
    return round(min(24.0, 4.5 + 1.6 * math.sqrt(weight)), 1)
