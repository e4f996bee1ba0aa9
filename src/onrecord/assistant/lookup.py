"""Searches, entities and lists of statements, asked of an opened graph."""

from collections.abc import Sequence

import pyoxigraph as ox

from onrecord.assistant.records import cut, records, statement_iri_of
from onrecord.assistant.results import (
    A_PAGE,
    EntityResult,
    Hit,
    SearchResult,
    StatementList,
    StatementRecord,
)
from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.iris import OURS, compact
from onrecord.model.registry import Known
from onrecord.querying.ask import Graph
from onrecord.querying.bind import is_topic
from onrecord.querying.dossier import WHO, facts_of
from onrecord.querying.facets import Facets, listed
from onrecord.querying.search import find_matches
from onrecord.store.text_match import Match, unmarked
from onrecord.website.rows import rows

OF_A_SIDE = A_PAGE // 2
DOCUMENT = """
SELECT ?title ?publisher ?url ?issued ?event WHERE {
  VALUES ?document { %s }
  ?document a :Document ; rdfs:label ?title .
  OPTIONAL { ?document dcterms:publisher ?publisher }
  OPTIONAL { ?document schema:url ?url }
  OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document :notBefore ?event }
}
"""


def search(
    graph: Graph, text: str, kind: str | None, page: int
) -> SearchResult:
    """A page of what a text is found in; raises BadInput for no text."""
    if not text.strip():
        message = (
            "nothing to search for: give a few words, such as: digital replica"
        )
        raise BadInput(message)
    kinds = [kind] if kind else []
    matches = find_matches(graph, text, kinds, page * A_PAGE + 1)
    statements: list[str] = []
    others: list[Hit] = []
    for match in matches[(page - 1) * A_PAGE : page * A_PAGE]:
        if match.kind == "statement":
            statements.append(match.iri)
        else:
            others.append(_hit(match))
    return SearchResult(
        text=text,
        page=page,
        has_more=len(matches) > page * A_PAGE,
        others=tuple(others),
        statements=records(graph, statements),
    )


def _hit(match: Match) -> Hit:
    snippet = cut(unmarked(match.snippet))
    return Hit(match.kind, compact(match.iri), match.label, snippet)


def entity(graph: Graph, name: str) -> EntityResult:
    """Who or what an entity is; raises UnknownName and AmbiguousName."""
    known = find_entity(graph, name)
    who = graph.ask(WHO.replace("UNDEF", f"<{known.iri}>"))[0]
    statements = rows(graph, "entity", known.iri)
    by = [row for row in statements if row.how == "actor"]
    about = [row for row in statements if row.how != "actor"]
    return EntityResult(
        id=compact(known.iri),
        name=known.label,
        kind=graph.vocabulary.classes[known.cls].label,
        aliases=tuple(sorted(known.aliases)),
        facts={name: cut(text) for name, text in facts_of(who).items()},
        number_by=len(by),
        number_about=len(about),
        acts_by=len({row.act for row in by}),
        acts_about=len({row.act for row in about}),
        by=records(graph, [row.statement for row in by[:OF_A_SIDE]]),
        about=records(graph, [row.statement for row in about[:OF_A_SIDE]]),
    )


def find_entity(graph: Graph, name: str) -> Known:
    """The entity of a name; of a topic, which is none, the error says so."""
    try:
        return graph.registry.find(name)
    except UnknownName:
        if not is_topic(name.removeprefix("topic:"), graph.vocabulary):
            raise
        hint = f"call statements with topic={name!r}"
        message = f"{name!r} is a topic and no entity; {hint}"
        raise UnknownName(message) from None


def statements(graph: Graph, facets: Facets, page: int) -> StatementList:
    """A page of the statements that have all facets, the newest first; raises UnknownName and BadInput."""
    for name in filter(None, (facets.actor, facets.about)):
        find_entity(graph, name)
    chosen = listed(graph, facets)
    return _listed(graph, chosen.statements, page, chosen.undated)


def _listed(
    graph: Graph, ordered: Sequence[str], page: int, undated: int = 0
) -> StatementList:
    pages = max(1, -(-len(ordered) // A_PAGE))
    page = min(page, pages)
    shown = ordered[(page - 1) * A_PAGE : page * A_PAGE]
    return StatementList(
        len(ordered), page, pages, undated, records(graph, shown)
    )


def statement(graph: Graph, key: str) -> StatementRecord:
    """One statement by its id; raises UnknownName."""
    iri = statement_iri_of(key)
    try:
        described = records(graph, [str(ox.NamedNode(iri).value)])
    except ValueError:
        described = ()
    if not described:
        message = f"no statement is called {key!r}; search and statements give their ids"
        raise UnknownName(message)
    return described[0]


def document(graph: Graph, key: str) -> tuple[dict[str, str], StatementList]:
    """What is known of a document, with the first page of its statements; raises UnknownName."""
    iri = OURS["doc"] + key.removeprefix("doc:")
    try:
        known = graph.ask(DOCUMENT % ox.NamedNode(iri))
    except ValueError:
        known = None
    if not known:
        message = (
            f"no document is called {key!r}; every statement names its own"
        )
        raise UnknownName(message)
    ordered = [row.statement for row in rows(graph, "document", iri)]
    return facts_of(known[0]), _listed(graph, ordered, 1)
