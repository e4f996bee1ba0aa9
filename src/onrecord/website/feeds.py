"""Atom feeds of statements (RFC 4287): of all, of an entity, of a topic; the newest that have a date."""

from datetime import UTC, datetime

from feedgen.feed import FeedGenerator

from onrecord.model.iris import BASE, OURS
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.address import href
from onrecord.website.cards import Card, cards
from onrecord.website.properties import labels
from onrecord.website.publication import publication
from onrecord.website.statements import rows

NEWEST = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed(kind: str, iri: str, graph: Graph, send: Send) -> None:
    """Sends the feed of a subject's statements; of kind "all" that of the whole graph."""
    dated = [row for row in rows(graph, kind, iri) if row.date][:NEWEST]
    told = cards(graph, {row.statement for row in dated})
    shown = [told[row.statement] for row in dated if row.statement in told]
    title = publication().name
    if kind != "all":
        title = f"{labels(graph, {iri}).get(iri, iri)} · {title}"
    send(_atom(iri, title, shown))


def _atom(iri: str, title: str, shown: list[Card]) -> bytes:
    made = FeedGenerator()
    made.id(iri)
    made.title(title)
    made.author({"name": "the sources that each entry names"})
    made.link(href=_place(iri), rel="alternate")
    made.updated(max((_moment(card.date) for card in shown), default=NEVER))
    made.generator("onrecord")
    for card in shown:
        _add(made, card)
    return bytes(made.atom_str(pretty=True))


def _add(made: FeedGenerator, card: Card) -> None:
    iri = OURS["st"] + card.proof.id
    entry = made.add_entry(order="append")
    entry.id(iri)
    entry.title(card.proof.sentence)
    entry.link(href=_place(iri))
    entry.summary(f"{card.proof.gist} ({card.proof.publisher}; {card.review})")
    entry.updated(_moment(card.date))
    entry.published(_moment(card.date))


def _place(iri: str) -> str:
    """Where a page stands for who reads the feed elsewhere: on this site, if its address is known."""
    by = publication()
    if iri == BASE:
        return by.base or BASE
    suffix = ".html" if by.is_static else ""
    return by.absolute((href(iri) or "") + suffix) or iri


def _moment(date: str | None) -> datetime:
    """The first moment of a date, however precise."""
    year, month, day = (*(date or "1970").split("-"), "01", "01")[:3]
    return datetime(int(year), int(month), int(day), tzinfo=UTC)
