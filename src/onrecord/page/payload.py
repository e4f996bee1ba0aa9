"""Network → the data that the page's script reads: numbers for ids, each document once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model.vocabulary import Vocabulary
from onrecord.networks.model import Link, Network, Node
from onrecord.networks.packing import Point
from onrecord.networks.rank import evidence
from onrecord.page.groups import communities, group_fields
from onrecord.page.look import look
from onrecord.page.maps import (
    Places,
    between_entities,
    maps_of,
    opening_of,
    short_name,
    size,
)
from onrecord.page.statements import Numbers, numbered, statements
from onrecord.page.story import Story, story_fields
from onrecord.page.terms import relations, ringed, topics
from onrecord.workspace import shipped
from onrecord.workspace.texts import FieldTexts

TEXTS = ("stance", "stage", "reading")
"""What the page's script says of the field, by its key in `texts.toml`."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What the page holds: nodes as pyvis keeps them, links as rows, and all the rest."""

    nodes: list[dict[str, object]]
    edges: list[list[object]]
    rest: dict[str, object]


def payload(
    network: Network,
    words: Vocabulary,
    *,
    texts: FieldTexts | None = None,
    story: Story | None = None,
    places: Places | None = None,
) -> Payload:
    """The page's data, sorted throughout; `places` are those of an earlier page, to be kept.

    `texts` are what the field says; without them those that ship.
    """
    speaking = texts or shipped().texts()
    numbers = numbered(network)
    links = sorted(network.links, key=_order)
    opening = opening_of(network)
    between = between_entities(network)
    groups = communities(network, between)
    maps = maps_of(network, opening, groups, places or {})
    weight, rings = evidence(network), ringed(words)
    nodes = []
    for key, number in numbers.nodes.items():
        node = _node(network.nodes[key], number, weight, maps, rings)
        nodes.append(node)
    return Payload(
        nodes=nodes,
        edges=list(_edges(network, links, numbers)),
        rest={
            "title": network.title,
            "facts": network.facts,
            "subtitle": network.subtitle,
            "start": network.start,
            "look": look(speaking),
            "texts": {key: speaking.page[key] for key in TEXTS},
            "relations": relations(network, words),
            "topics": topics(network, words),
            "open": [numbers.nodes[key] for key in opening],
            "groups": group_fields(groups, between, numbers.nodes),
            "story": story_fields(story, network, numbers) if story else None,
        }
        | statements(network, links, numbers),
    )


def _order(link: Link) -> tuple[str, str, str]:
    return link.source, link.relation, link.target


def _node(
    node: Node,
    number: int,
    weight: Counter[str],
    maps: Sequence[Mapping[str, Point]],
    rings: set[str],
) -> dict[str, object]:
    """A node as pyvis keeps it; what is as usual is left out."""
    short = short_name(node)
    fields = {
        "id": number,
        "key": node.id if node.id != key_of(node.label) else None,
        "label": node.label,
        "short": short if short != node.label else None,
        "type": node.type,
        "kind": node.drawn_as,
        "size": size(weight[node.id]),
        "ring": 1 if node.type in rings else None,
        "aliases": node.aliases or None,
        "description": node.description or None,
        "at": [drawing.get(node.id) for drawing in maps],
    }
    return {name: value for name, value in fields.items() if value is not None}


def key_of(label: str) -> str:
    """The key that most labels have; where it is another, the page holds it."""
    return label.replace(" ", "-")


def _edges(
    network: Network, links: Sequence[Link], numbers: Numbers
) -> Iterator[list[object]]:
    """The links as rows, then those that are only proposed."""
    for link in links:
        yield _edge(link, numbers)
    for link in sorted(network.proposed, key=_order):
        yield _edge(link, numbers, proposed=True)


def _edge(
    link: Link, numbers: Numbers, *, proposed: bool = False
) -> list[object]:
    """A link as a row: from, relation, to, evidence; then its phrase, where that is not the relation's label.

    One that is only proposed ends with a one. Rows, since there are thousands, and each name of a field would stand in
    all of them.
    """
    row: list[object] = [
        numbers.nodes[link.source],
        link.relation,
        numbers.nodes[link.target],
        [numbers.proofs[key] for key in link.evidence],
    ]
    phrase = None if link.phrase == link.label else link.phrase
    if proposed:
        return [*row, phrase, 1]
    return [*row, phrase] if phrase else row
