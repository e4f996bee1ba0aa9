"""A huge network's communities, on which its page opens."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from onrecord.networks import graph_library
from onrecord.networks.layout import layout
from onrecord.networks.model import Network
from onrecord.networks.rank import evidence, is_topic

HUGE_FROM = 2000
"""From more entities than this, the page opens on communities."""
MOST = 60
NAMED_BY = 3
"""How many of its members name a community; a smaller one has no name of its own."""
MOST_TIES = 2
"""How many ties are drawn, for each community on average."""
ROOM = 130.0
"""The width that a community takes on the map, for its name."""


@dataclass(frozen=True, slots=True)
class Community:
    """Entities that are linked more among themselves; named by those of them with most evidence."""

    name: str
    members: tuple[str, ...]


def communities(
    network: Network, pairs: Mapping[tuple[str, str], float]
) -> list[Community]:
    """The communities of a huge network, the largest first, small ones together as the last; [] for a smaller network.

    Method: Blondel et al., "Fast unfolding of communities in large networks" (2008), seeded.
    """
    entities = sorted(key for key in network.nodes if not is_topic(key))
    if len(entities) <= HUGE_FROM:
        return []
    weight = evidence(network)
    parts = _louvain(entities, pairs)
    parts.sort(key=lambda members: (-len(members), members))
    large = []
    for members in parts[: MOST - 1]:
        community = _community(members, network, weight)
        if len(members) >= NAMED_BY:
            large.append(community)
    small = tuple(sorted(chain.from_iterable(parts[len(large) :])))
    rest = [Community("in smaller groups", small)] if small else []
    return [*large, *rest]


def _louvain(
    entities: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> list[list[str]]:
    igraph = graph_library.igraph()

    number = {key: at for at, key in enumerate(entities)}
    edges = [(number[one], number[two]) for one, two in pairs]
    graph = igraph.Graph(len(entities), edges)
    igraph.set_random_number_generator(random.Random(1))  # noqa: S311  a seed, no secret
    parts = graph.community_multilevel(weights=list(pairs.values()))
    return [[entities[at] for at in part] for part in parts]


def _community(
    members: Sequence[str], network: Network, weight: Counter[str]
) -> Community:
    first = sorted(members, key=lambda key: (-weight[key], key))[:NAMED_BY]
    return Community(
        ", ".join(network.nodes[key].label for key in first),
        tuple(sorted(members)),
    )


def group_fields(
    groups: Sequence[Community],
    pairs: Mapping[tuple[str, str], float],
    numbers: Mapping[str, int],
) -> list[dict[str, object]] | None:
    """The communities as the page's script reads them, each with its place and its ties to later ones."""
    if not groups:
        return None
    home = home_of(groups)
    ties: Counter[tuple[int, int]] = Counter()
    for (one, two), strength in pairs.items():
        if home[one] != home[two]:
            first, second = sorted((home[one], home[two]))
            ties[first, second] += round(strength)
    ordered = sorted(ties.items(), key=lambda tie: (-tie[1], tie[0]))
    strongest = ordered[: MOST_TIES * len(groups)]
    names = [f"{at:03}" for at in range(len(groups))]
    near: dict[tuple[str, str], float] = {}
    links: defaultdict[int, list[list[int]]] = defaultdict(list)
    for (start, end), count in strongest:
        near[names[start], names[end]] = float(count)
        links[start].append([end, count])
    places = layout(dict.fromkeys(names, (ROOM, ROOM / 2)), near)
    fields: list[dict[str, object]] = []
    for at, community in enumerate(groups):
        members = [numbers[key] for key in community.members]
        place = places[names[at]]
        fields.append(
            {
                "label": community.name,
                "members": members,
                "at": place,
                "links": links[at],
            }
        )
    return fields


def home_of(groups: Sequence[Community]) -> dict[str, int]:
    """The number of each entity's community."""
    home: dict[str, int] = {}
    for at, community in enumerate(groups):
        home |= dict.fromkeys(community.members, at)
    return home
