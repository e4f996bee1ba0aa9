"""Statements of the graph as records for an assistant."""

from collections.abc import Iterable, Sequence

from onrecord.assistant.results import MOST_TEXT, StatementRecord
from onrecord.model.iris import OURS, compact
from onrecord.networks.model import TOLD_BY_THE_SENTENCE
from onrecord.querying.ask import Graph
from onrecord.website.address import node_iri
from onrecord.website.cards import Card, cards, name

LONGEST_LINK = 500
"""Characters of an address."""


def records(
    graph: Graph, statements: Sequence[str]
) -> tuple[StatementRecord, ...]:
    """The records of statements by IRI, in their order, without those rejected, superseded or incomplete."""
    by_iri = cards(graph, set(statements))
    return tuple(
        _record(graph, by_iri[iri]) for iri in statements if iri in by_iri
    )


def statement_iri_of(key: str) -> str:
    """The IRI of a statement that is named by its IRI, as `st:…`, or by its last part."""
    return (
        key if key.startswith("http") else OURS["st"] + key.removeprefix("st:")
    )


def _record(graph: Graph, card: Card) -> StatementRecord:
    proof = card.proof
    texts = {"gist": proof.gist, "words": proof.quote, "title": proof.title}
    return StatementRecord(
        id=f"st:{proof.id}",
        sentence=cut(proof.sentence),
        who=tuple(_names(graph, proof.actors)),
        gist=cut(proof.gist),
        words=cut(proof.quote) if proof.quote else None,
        stance=proof.stance,
        date=card.date,
        dated=card.dated,
        publisher=cut(proof.publisher),
        title=cut(proof.title),
        link=_link(card),
        document=f"doc:{proof.document}",
        reviewed=card.review,
        caution=_caution(card),
        cut=tuple(field for field, text in texts.items() if is_long(text)),
    )


def _names(graph: Graph, nodes: Iterable[str]) -> Iterable[str]:
    for node in nodes:
        iri = node_iri(node)
        yield name(graph, iri) or compact(iri)


def _link(card: Card) -> str | None:
    """The address with a fragment that leads to the quoted words, or without one where that grows too long."""
    if card.address and len(card.address) > LONGEST_LINK:
        return card.proof.url
    return card.address


def _caution(card: Card) -> str:
    """Why the statement is not to be taken at face value, in words; `reviewed` says how it was reviewed."""
    reason = card.proof.caution
    reasons = [reason] if reason and reason not in TOLD_BY_THE_SENTENCE else []
    if card.proof.negated and "negated" not in reasons:
        reasons.append("negated")
    return ", ".join(reason for reason in reasons if reason != card.review)


def is_long(text: str | None, most: int = MOST_TEXT) -> bool:
    """Whether a text is too long to be given whole."""
    return len(text or "") > most


def cut(text: str, most: int = MOST_TEXT) -> str:
    """A text in one line, of a long one the beginning, with how much is missing."""
    line = " ".join(text.split())
    if not is_long(line, most):
        return line
    return f"{line[:most].rstrip()} … [{len(line) - most:,} more characters]"
