"""Statements as a page tells them: a card each, in groups, so many to a page."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model.iris import OURS, local
from onrecord.model.standing import HIDDEN
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.model import EdgeStatement
from onrecord.querying.ask import Graph
from onrecord.website.address import node_href, node_iri, passage
from onrecord.website.memo import memo
from onrecord.website.publication import publication

A_PAGE = 50
"""Statements to a page."""


@dataclass(frozen=True, slots=True)
class Card:
    """A statement with what a page says about it; `sentence` is in pieces, those with an address are links."""

    proof: EdgeStatement
    sentence: tuple[tuple[str, str | None], ...]
    date: str | None
    dated: str
    address: str | None
    review: str
    caution: str


@dataclass(frozen=True, slots=True)
class Group:
    """Statements under one heading; `key` is what the address of the group ends in."""

    key: str
    title: str
    statements: tuple[str, ...]
    section: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """A group in the table of contents: how many statements, and on which page it begins."""

    group: Group
    page: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of a group stands on a page; `continued` where it began on an earlier one."""

    group: Group
    cards: tuple[Card, ...]
    continued: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of statements in groups, with the number of all, of pages, and where each group begins."""

    total: int
    page: int
    pages: int
    parts: tuple[Part, ...]
    jumps: tuple[Jump, ...]

    @property
    def first(self) -> int:
        """The number of the first statement on this page."""
        return min(self.total, (self.page - 1) * A_PAGE + 1)

    @property
    def last(self) -> int:
        """The number of the last one."""
        return min(self.total, self.page * A_PAGE)


def listing(graph: Graph, groups: Sequence[Group], page: int) -> Listing:
    """The statements of a page; a page that there is not is the nearest one."""
    total = sum(len(group.statements) for group in groups)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    start, end = (page - 1) * A_PAGE, page * A_PAGE
    spans = [*_spans(groups, start, end)]
    shown: set[str] = set()
    for group, first, last in spans:
        shown.update(group.statements[first:last])
    by_iri = cards(graph, shown)
    parts = []
    for group, first, last in spans:
        known = _in_order(by_iri, group.statements[first:last])
        parts.append(Part(group, tuple(known), first > 0))
    return Listing(total, page, pages, tuple(parts), tuple(_jumps(groups)))


def _spans(
    groups: Sequence[Group], start: int, end: int
) -> Iterator[tuple[Group, int, int]]:
    at = 0
    for group in groups:
        first, last = max(0, start - at), min(len(group.statements), end - at)
        if first < last:
            yield group, first, last
        at += len(group.statements)


def _jumps(groups: Sequence[Group]) -> Iterator[Jump]:
    at = 0
    for group in groups:
        yield Jump(group, at // A_PAGE + 1)
        at += len(group.statements)


def ordered_cards(graph: Graph, statements: Sequence[str]) -> list[Card]:
    """The cards of statements in the order of these; one that lacks what a card needs has none."""
    return _in_order(cards(graph, {*statements}), statements)


def _in_order(
    by_iri: Mapping[str, Card], statements: Iterable[str]
) -> list[Card]:
    return [by_iri[iri] for iri in statements if iri in by_iri]


def cards(graph: Graph, statements: Collection[str]) -> dict[str, Card]:
    """The cards of statements, by IRI."""
    known: dict[str, Card] = {}
    if publication().is_static:
        known = memo(graph, "cards", lambda _: {})
    missing = [iri for iri in statements if iri not in known]
    for key, proof in _proofs(graph, missing).items():
        known[OURS["st"] + key] = card(graph, proof)
    return {iri: known[iri] for iri in statements if iri in known}


def _proofs(
    graph: Graph, statements: Sequence[str]
) -> Mapping[str, EdgeStatement]:
    """Statements by id; a static site, which tells all of them, reads those that stand at once."""
    if not publication().is_static:
        return edge_statements(graph, statements) if statements else {}
    standing = standing_statements(graph)
    known: dict[str, EdgeStatement] = {}
    hidden: list[str] = []
    for iri in statements:
        proof = standing.get(local(iri))
        if proof is None:
            hidden.append(iri)
        else:
            known[local(iri)] = proof
    return known | (edge_statements(graph, hidden) if hidden else {})


def standing_statements(graph: Graph) -> Mapping[str, EdgeStatement]:
    """Every statement that stands, by id, read once of a graph."""
    return memo(graph, "standing statements", edge_statements)


def card(graph: Graph, proof: EdgeStatement) -> Card:
    """A statement's card."""
    names: dict[str, str] = {}
    for node in (*proof.actors, proof.object):
        label = name(graph, node_iri(node))
        if label:
            names[label] = node_href(node)
    return Card(
        proof=proof,
        sentence=tuple(linked(proof.sentence, names)),
        date=proof.date,
        dated=proof.dated.kind,
        address=passage(proof.url, proof.quote),
        review=review(proof),
        caution=caution(proof),
    )


def review(proof: EdgeStatement) -> str:
    """Whether somebody compared it with its source, in words."""
    if proof.status == "accepted":
        return "checked against the source"
    if proof.status in HIDDEN:
        return (
            f"{proof.status} in review"
            if proof.status == "rejected"
            else "superseded by a later reading"
        )
    return (
        "found by a program, not reviewed"
        if proof.machine_made
        else "not reviewed"
    )


def caution(proof: EdgeStatement) -> str:
    """Why a statement makes no line on the map, in words; one on a topic needs none."""
    if proof.status in HIDDEN or proof.caution in {"", "on a topic"}:
        return ""
    return f"{proof.caution}: no line on the map"


def name(graph: Graph, iri: str) -> str:
    """What an entity, a topic or a term of the ontology is called; "" for what has no name there."""
    known = graph.registry.entities.get(iri)
    return known.label if known else graph.vocabulary.labels.get(iri, "")


def linked(
    sentence: str, names: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """The sentence in pieces; the first place of each name is a link."""
    at, left = 0, dict(names)
    for start, label in _places(sentence, filter(None, names)):
        address = left.pop(label, None)
        if address:
            yield sentence[at:start], None
            yield label, address
            at = start + len(label)
    yield sentence[at:], None


def _places(sentence: str, labels: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where names stand, from left to right; where several begin, the longest.

    A pattern of the names would do the same, but is compiled anew for nearly every statement.
    """
    at, wanted = 0, list(labels)
    while True:
        places = [
            (sentence.find(label, at), -len(label), label) for label in wanted
        ]
        ahead = [place for place in places if place[0] >= 0]
        if not ahead:
            return
        start, _, label = min(ahead)
        yield start, label
        at = start + len(label)
