"""Network → the data that the page's script reads: numbers for ids, each document once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.network.layout import Point
from onrecord.network.model import Link, Network, Node, Proof
from onrecord.network.rank import evidence, spoken_on
from onrecord.page.look import look
from onrecord.page.maps import Places, maps_of, opening_of, short_name, size
from onrecord.page.terms import relations, ringed, topics
from onrecord.vocabulary import Vocabulary

FIELDS = (
    *("id", "sentence", "actors", "relation", "object", "topics", "stance", "gist", "quote", "wording"),
    *("said", "via", "document", "status", "made", "caution", "stage", "tool"),
)
"""What the page holds of a statement, in this order."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What the page holds: nodes and edges as pyvis keeps them, and all the rest."""

    nodes: list[dict[str, object]]
    edges: list[dict[str, object]]
    rest: dict[str, object]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each node, statement and document by its id, in the order of the ids."""

    nodes: Mapping[str, int]
    proofs: Mapping[str, int]
    documents: Mapping[str, int]


def payload(network: Network, words: Vocabulary, places: Places | None = None) -> Payload:
    """The page's data, sorted throughout; `places` are those of an earlier page, to be kept."""
    numbers = numbered(network)
    opening = opening_of(network)
    maps = maps_of(network, opening, places or {})
    weight, rings = evidence(network), ringed(words)
    return Payload(
        nodes=[_node(network.nodes[key], at, weight, maps, rings) for key, at in numbers.nodes.items()],
        edges=[_edge(link, numbers) for link in sorted(network.links, key=_by_ends)],
        rest={
            "title": network.title,
            "facts": network.facts,
            "look": look(),
            "relations": relations(network, words),
            "topics": topics(network, words),
            "open": [numbers.nodes[key] for key in opening],
            "fields": FIELDS,
            "statements": [_row(network.proofs[key], numbers) for key in numbers.proofs],
            "documents": _documents(network, numbers),
            "groups": None,
            "story": None,
        },
    )


def numbered(network: Network) -> Numbers:
    """Everything of a network by number."""
    return Numbers(
        _count(network.nodes), _count(network.proofs), _count({proof.document for proof in network.proofs.values()})
    )


def _count(keys: Iterable[str]) -> dict[str, int]:
    return {key: at for at, key in enumerate(sorted(keys))}


def _by_ends(link: Link) -> tuple[str, str, str]:
    return link.source, link.relation, link.target


def _node(
    node: Node, number: int, weight: Counter[str], maps: Sequence[Mapping[str, Point]], rings: set[str]
) -> dict[str, object]:
    """A node as pyvis keeps it; what is as usual is left out."""
    told = {
        "id": number,
        "key": node.id,
        "label": node.label,
        "short": short if (short := short_name(node)) != node.label else None,
        "type": node.type,
        "kind": node.drawn_as,
        "size": size(weight[node.id]),
        "ring": 1 if node.type in rings else None,
        "aliases": node.aliases,
        "description": node.description or None,
        "at": [each.get(node.id) for each in maps],
    }
    return {name: value for name, value in told.items() if value is not None}


def _edge(link: Link, numbers: Numbers) -> dict[str, object]:
    return {
        "from": numbers.nodes[link.source],
        "to": numbers.nodes[link.target],
        "relation": link.relation,
        "phrase": link.phrase,
        "evidence": [numbers.proofs[key] for key in link.evidence],
    }


def _documents(network: Network, numbers: Numbers) -> list[tuple[str, str, str | None, str | None]]:
    """Publisher, title, address and date of each document."""
    found = {
        proof.document: (proof.publisher, proof.title, proof.url, proof.published) for proof in network.proofs.values()
    }
    return [found[key] for key in numbers.documents]


def _row(proof: Proof, numbers: Numbers) -> list[object]:
    """A statement's fields; of those it speaks of, the ones that the page holds."""
    told = {
        "id": proof.id,
        "sentence": proof.sentence,
        "actors": [numbers.nodes[actor] for actor in proof.actors if actor in numbers.nodes],
        "relation": proof.relation,
        "object": numbers.nodes.get(proof.object),
        "topics": [topic.removeprefix("topic/") for topic in spoken_on(proof)],
        "stance": proof.stance or "",
        "gist": proof.gist,
        "quote": proof.quote,
        "wording": proof.wording,
        "said": proof.said,
        "via": proof.via,
        "document": numbers.documents[proof.document],
        "status": proof.status,
        "made": int(proof.machine_made),
        "caution": proof.caution,
        "stage": proof.stage,
        "tool": proof.tool,
    }
    return [told[field] for field in FIELDS]
