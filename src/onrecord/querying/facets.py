"""Statements by what they have in common: who, about whom, on what, with which stance, when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

import pyoxigraph as ox

from onrecord.model.dates import DATING, is_date, is_within
from onrecord.model.errors import BadInput
from onrecord.model.iris import BASE, topic_iri
from onrecord.model.standing import STANDING
from onrecord.querying.ask import Graph
from onrecord.querying.bind import key_of
from onrecord.querying.table import Table
from onrecord.workspace import Workspace, find

LISTED = """
SELECT DISTINCT ?statement ?date WHERE {
  %(facets)s
  ?statement a :Statement ; :reviewStatus ?status ; :document ?document .
  STANDING
  %(dating)s
}
""".replace("STANDING", STANDING)
FACETS = {
    "actor": "?statement :actor %s .",
    "about": "?statement :object|:recipient|:instrument|:accordingTo %s .",
    "topic": "?statement (:topic|:object)/skos:broader? %s .",
    "relation": "?statement :relation %s .",
    "stance": "?statement :stanceOnAI %s .",
}
ROWS = """
SELECT ?statement ?sentence ?negated ?stance ?gist ?words ?date ?dated ?publisher ?title ?url WHERE {
  VALUES ?statement { %(statements)s }
  ?statement rdfs:label ?sentence ; :negated ?negated ; :gist ?gist ; :document ?document .
  ?document dcterms:publisher ?publisher ; rdfs:label ?title .
  OPTIONAL { ?statement :stanceOnAI/rdfs:label ?stance }
  OPTIONAL { ?document schema:url ?url }
  OPTIONAL { VALUES ?statement { %(statements)s } ?statement :evidence/oa:hasSelector/oa:exact ?words }
  %(dating)s
} ORDER BY DESC(?date) ?statement
"""
"""VALUES stands in the OPTIONAL path too, since the engine would otherwise match that path in the whole graph."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What the statements of a list have in common; None for any."""

    actor: str | None = None
    about: str | None = None
    topic: str | None = None
    relation: str | None = None
    stance: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def given(self) -> list[str]:
        """The names of the facets that are set."""
        names = [field.name for field in fields(self)]
        return [name for name in names if getattr(self, name) is not None]


@dataclass(frozen=True, slots=True)
class Listed:
    """The statements that have all facets, the newest first; `undated` counts those that a time left out."""

    statements: tuple[str, ...]
    undated: int


def statements(  # noqa: PLR0913  a facet each
    *,
    actor: str | None = None,
    about: str | None = None,
    topic: str | None = None,
    relation: str | None = None,
    stance: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    workspace: Workspace | None = None,
) -> Table:
    """The statements that have all of this in common, the newest first and undated ones last.

    `onrecord list statements --since 2026-01 --actor "SAG-AFTRA"` is
    `onrecord.statements(since="2026-01", actor="SAG-AFTRA")`. `about` is object, recipient, tool or accuser; a topic
    may be a family of topics. Raises UnknownName, AmbiguousName, and BadInput for what is no date.
    """
    facets = Facets(actor, about, topic, relation, stance, since, until)
    graph = Graph(workspace or find())
    return statement_rows(graph, listed(graph, facets), limit)


def statement_rows(
    graph: Graph, chosen: Listed, limit: int | None = None
) -> Table:
    """Statements as rows, the first `limit` of them."""
    shown = chosen.statements[:limit]
    if not shown:
        return graph.ask(ROWS % {"statements": "", "dating": DATING})
    terms = " ".join(str(ox.NamedNode(iri)) for iri in shown)
    table = graph.ask(ROWS % {"statements": terms, "dating": DATING})
    rows = {str(row["statement"]): row for row in table}
    ordered = [rows[iri] for iri in shown if iri in rows]
    has_more = len(shown) < len(chosen.statements)
    return Table(table.columns, ordered, more=has_more)


def listed(graph: Graph, facets: Facets) -> Listed:
    """The statements of an opened graph that have all facets; raises UnknownName, AmbiguousName and BadInput."""
    for day in (facets.since, facets.until):
        _check_date(day)
    rows = graph.ask(
        LISTED % {"facets": _patterns(graph, facets), "dating": DATING}
    )
    dates = {str(row["statement"]): str(row["date"] or "") for row in rows}
    undated = 0
    if facets.since or facets.until:
        undated = list(dates.values()).count("")
        dates = dict(_dated_within(dates, facets))
    ordered = sorted(dates)
    ordered.sort(key=lambda iri: dates[iri], reverse=True)
    return Listed(tuple(ordered), undated)


def _dated_within(
    dates: Mapping[str, str], facets: Facets
) -> Iterator[tuple[str, str]]:
    """The statements that are dated within the time of the facets, with their dates."""
    for iri, date in dates.items():
        if date and is_within(date, facets.since, facets.until):
            yield iri, date


def _check_date(date: str | None) -> None:
    if date is not None and not is_date(date):
        message = f"{date!r} is no date like 2025, 2025-10 or 2025-10-21"
        raise BadInput(message)


def _patterns(graph: Graph, facets: Facets) -> str:
    patterns = []
    for facet, pattern in FACETS.items():
        term = _term(graph, facet, getattr(facets, facet))
        if term:
            patterns.append(pattern % term)
    return "\n".join(patterns)


def _term(graph: Graph, facet: str, value: str | None) -> str | None:
    """The RDF term that a value of a facet stands for."""
    if not value:
        return None
    if facet in {"actor", "about"}:
        return str(ox.NamedNode(graph.registry.find(value).iri))
    key = key_of(facet, value, graph.vocabulary)
    iris = {"topic": topic_iri(key), "relation": BASE + key}
    iri = iris.get(facet) or graph.vocabulary.code("stanceOnAI", key)
    return str(ox.NamedNode(iri))
