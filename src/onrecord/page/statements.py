"""The statements of a page as rows, with whatever many of them share told once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.networks.model import EdgeStatement, Link, Network
from onrecord.networks.rank import spoken_on

OWN = (
    "id",
    "sentence",
    "actors",
    "object",
    "gist",
    "quote",
    "said",
    "document",
    "made",
)
SHARED = (
    "relation",
    "topics",
    "stance",
    "via",
    "status",
    "caution",
    "stage",
    "tool",
)
"""What the page holds of a statement: its own, then what many share, which stands once and is told by number."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each node, statement and document by its id, in the order of the ids."""

    nodes: Mapping[str, int]
    proofs: Mapping[str, int]
    documents: Mapping[str, int]


def numbered(network: Network) -> Numbers:
    """Everything of a network by number."""
    documents = {proof.document for proof in network.proofs.values()}
    return Numbers(
        _count(network.nodes), _count(network.proofs), _count(documents)
    )


def _count(keys: Iterable[str]) -> dict[str, int]:
    """Each key's number in their order, from 0."""
    return {key: at for at, key in enumerate(sorted(keys))}


def statements(
    network: Network, links: Sequence[Link], numbers: Numbers
) -> dict[str, object]:
    """The statements, the strings and the documents that they point to, and the names of the fields."""
    shared, by_link = _Shared(), _relations_of_statements(network, links)
    rows = []
    for key in numbers.proofs:
        row = _row(network.proofs[key], numbers, by_link.get(key), shared)
        rows.append(row)
    documents = _documents(network, numbers)
    return {
        "own": OWN,
        "shared": SHARED,
        "statements": rows,
        "strings": list(shared),
        "documents": documents,
    }


def _documents(
    network: Network, numbers: Numbers
) -> list[tuple[str | None, ...]]:
    """Of each document publisher, title, address, date, and what it is not older than."""
    documents = {}
    for proof in network.proofs.values():
        documents[proof.document] = _document(proof)
    return [documents[key] for key in numbers.documents]


def _document(proof: EdgeStatement) -> tuple[str | None, ...]:
    dates = (proof.published, proof.not_before)
    return (proof.publisher, proof.title, proof.url, *dates)


class _Shared(dict[str, int]):
    """Strings by number, each numbered when it first comes."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


def _relations_of_statements(
    network: Network, links: Sequence[Link]
) -> dict[str, str]:
    """For each statement that bears links the sentence that the first one says: names and phrase."""
    sentences: dict[str, str] = {}
    for link in reversed(links):
        source, target = network.nodes[link.source], network.nodes[link.target]
        sentence = f"{source.label} {link.phrase} {target.label}"
        sentences |= dict.fromkeys(link.evidence, sentence)
    return sentences


def _row(
    proof: EdgeStatement, numbers: Numbers, plain: str | None, shared: _Shared
) -> list[object]:
    """A statement's fields; of those it speaks of, the ones that the page holds.

    No sentence that its line says, no gist that its words say.
    """
    known = filter(numbers.nodes.__contains__, proof.actors)
    own = {
        "id": proof.id,
        "sentence": None if proof.sentence == plain else proof.sentence,
        "actors": [numbers.nodes[actor] for actor in known],
        "object": numbers.nodes.get(proof.object),
        "gist": None if proof.is_verbatim else proof.gist,
        "quote": proof.quote,
        "said": proof.said,
        "document": numbers.documents[proof.document],
        "made": int(proof.machine_made),
    }
    common = {
        "relation": proof.relation,
        "stance": proof.stance or "",
        "via": proof.via,
        "status": proof.status,
        "caution": proof.caution,
        "stage": proof.stage,
        "tool": proof.tool,
    }
    topics = [topic.removeprefix("topic/") for topic in spoken_on(proof)]
    row: dict[str, object] = {
        **own,
        "topics": [shared[topic] for topic in topics],
    }
    for name, text in common.items():
        row[name] = None if text is None else shared[text]
    return [row[name] for name in (*OWN, *SHARED)]
