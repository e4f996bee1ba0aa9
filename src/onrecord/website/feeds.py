"""Atom feeds of statements (RFC 4287): of all, of an entity, of a topic, of a question; the newest that have a date."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator

from onrecord.model.errors import UnknownName
from onrecord.model.iris import BASE, OURS
from onrecord.querying.ask import Graph
from onrecord.querying.question import Question, named_question
from onrecord.querying.table import Table
from onrecord.store.limits import Send
from onrecord.website.address import asked, href
from onrecord.website.cards import Card, ordered_cards
from onrecord.website.memo import memo
from onrecord.website.properties import labels
from onrecord.website.publication import publication
from onrecord.website.rows import rows
from onrecord.website.static_links import file_of

NEWEST = 50
MOST = 10_000
"""Rows of an answer that a page counts; all of them are in the downloads."""
VARIABLE = re.compile(r"\?(\w+)")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated."""


def feed(kind: str, iri: str, graph: Graph, send: Send) -> None:
    """Sends the feed of a subject's statements; of kind "all" that of the whole graph."""
    dated = [row for row in rows(graph, kind, iri) if row.date][:NEWEST]
    shown = ordered_cards(graph, [row.statement for row in dated])
    title = publication().name
    if kind != "all":
        title = f"{labels(graph, {iri}).get(iri, iri)} · {title}"
    send(_atom(iri, _place(iri), title, shown))


def question_feed(
    name: str, given: Mapping[str, str], graph: Graph, send: Send
) -> None:
    """Sends the feed of a question's statements; raises UnknownName for one whose answer names none."""
    asked_of = named_question(name, graph.workspace)
    if not lists_statements(asked_of):
        message = (
            f"the question {name} answers with no statements, so it has no feed"
        )
        raise UnknownName(message)
    filled = {key: value for key, value in given.items() if value}
    dated = [row for row in asked_once(graph, asked_of, filled) if row["date"]]
    dated.sort(key=lambda row: str(row["date"]), reverse=True)
    iris = dict.fromkeys(str(row["statement"]) for row in dated)
    shown = ordered_cards(graph, list(iris)[:NEWEST])
    by = publication()
    suffix = ".html" if by.is_static else ""
    page = asked(f"/-/questions/{name}{suffix}", filled)
    place = by.absolute(page) or BASE + page.removeprefix("/")
    title = f"{asked_of.title} · {by.name}"
    send(_atom(place, place, title, shown))


def asked_once(
    graph: Graph, question: Question, filled: Mapping[str, str]
) -> Table:
    """The answer to a question; on a static site asked once for its page and its feed."""
    if filled or not publication().is_static:
        return graph.ask(question, filled, most=MOST)
    key = f"answer {question.name}"
    return memo(graph, key, lambda graph: graph.ask(question, {}, most=MOST))


def lists_statements(question: Question) -> bool:
    """Whether each row of a question's answer bears a statement and its date."""
    head = question.sparql.partition("WHERE")[0]
    return {"statement", "date"} <= {*VARIABLE.findall(head)}


def _atom(iri: str, place: str, title: str, shown: list[Card]) -> bytes:
    made = FeedGenerator()
    made.id(iri)
    made.title(title)
    made.author({"name": "the sources that each entry names"})
    made.link(href=place, rel="alternate")
    made.updated(max((_moment(card.date) for card in shown), default=NEVER))
    made.generator("onrecord")
    for card in shown:
        _add(made, card)
    return bytes(made.atom_str())


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
    """The full address that an entry links to: on this site, if its address is known, else the IRI."""
    by = publication()
    if iri == BASE:
        return by.base or BASE
    address = href(iri) or ""
    place = file_of(address) if by.is_static else address
    return by.absolute(place or "") or iri


def _moment(date: str | None) -> datetime:
    """The first moment of a date, however precise."""
    year, month, day = (*(date or "1970").split("-"), "01", "01")[:3]
    return datetime(int(year), int(month), int(day), tzinfo=UTC)
