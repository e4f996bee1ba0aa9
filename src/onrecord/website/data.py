"""What the graph tells of an IRI as data: a bounded description in quads, and the statements in CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

import pyoxigraph as ox

from onrecord.model.dates import DATING
from onrecord.model.iris import BASE, GRAPHS, PARTS
from onrecord.model.spreadsheets import defused
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table, Value, show
from onrecord.store.limits import Send
from onrecord.website.browse import HOLDS, MEMBERS
from onrecord.website.properties import solutions
from onrecord.website.rows import rows

MOST = 2000
"""Statements that a description tells whole."""
A_TIME = 200
"""Nodes that are asked for at once."""
NODES = "SELECT ?s ?p ?o ?g { VALUES ?s { %s } GRAPH ?g { ?s ?p ?o } }"
EDGES_TO = "SELECT ?s ?p { GRAPH graph:edges { ?s ?p %s } } LIMIT 10000"
WHOLE = "SELECT ?s ?p ?o { GRAPH %s { ?s ?p ?o } }"
ROWS = """
SELECT ?statement ?sentence ?actors ?relation ?object ?negated ?stance ?gist ?words ?date ?dated ?publisher ?title ?url
  ?review WHERE {
  %(only)s
  ?statement rdfs:label ?sentence ; :relation ?relation ; :object ?object ; :negated ?negated ; :gist ?gist ;
    :reviewStatus ?status ; :document ?document .
  ?status rdfs:label ?review .
  { SELECT ?statement (GROUP_CONCAT(STR(?actor); separator=" ") AS ?actors) {
    %(only)s ?statement :actor ?actor } GROUP BY ?statement }
  ?document dcterms:publisher ?publisher ; rdfs:label ?title .
  OPTIONAL { ?document schema:url ?url }
  OPTIONAL { %(only)s ?statement :stanceOnAI/rdfs:label ?stance }
  OPTIONAL { %(only)s ?statement :evidence/oa:hasSelector/oa:exact ?words }
%(dating)s
}
"""
LISTS = {"class": MEMBERS, "graph": HOLDS}
"""The tables that tell no statements, by kind."""
COLUMNS = (
    *(
        "statement",
        "sentence",
        "actors",
        "relation",
        "object",
        "negated",
        "stance",
        "gist",
        "words",
    ),
    *("date", "dated", "publisher", "title", "url", "review"),
)


def description(kind: str, iri: str, graph: Graph) -> list[ox.Quad]:
    """What the graph tells of an IRI: its own description, its edges, and its statements whole.

    A statement comes with its evidence and its document; at most 2,000 statements, the newest. A document, which names
    a graph of its own, and a named graph are told as they are.
    """
    if kind in {"graph", "document"}:
        name = ox.NamedNode(iri)
        triples = solutions(graph, WHOLE % name, "spo")
        return [ox.Quad(s, p, o, name) for s, p, o in triples]
    statements = _statements(graph, kind, iri)
    parts = [statement + part for statement in statements for part in PARTS]
    described = _quads_of(graph, [iri, *statements, *parts])
    documents: set[str] = set()
    for quad in described:
        if quad.predicate.value == f"{BASE}document":
            documents.add(str(quad.object).strip("<>"))
    documented = _quads_of(graph, sorted(documents))
    return [*described, *documented, *_edges_to(graph, iri)]


def _edges_to(graph: Graph, iri: str) -> Iterator[ox.Quad]:
    """The derived edges that end at an IRI."""
    node, edges = ox.NamedNode(iri), ox.NamedNode(GRAPHS["edges"])
    for subject, predicate in solutions(graph, EDGES_TO % node, "sp"):
        yield ox.Quad(subject, predicate, node, edges)


def _statements(graph: Graph, kind: str, iri: str) -> list[str]:
    """The statements that are told with an IRI."""
    if kind == "statement":
        return [iri]
    if kind in {"class", "graph"}:
        return []
    return [row.statement for row in rows(graph, kind, iri)[:MOST]]


def _all_statements(graph: Graph, kind: str, iri: str) -> list[str]:
    """The statements that a table tells of an IRI, however many."""
    if kind == "statement":
        return [iri]
    return [row.statement for row in rows(graph, kind, iri, whole=True)]


def _quads_of(graph: Graph, nodes: Sequence[str]) -> list[ox.Quad]:
    """All that any graph tells of nodes."""
    quads: list[ox.Quad] = []
    for at in range(0, len(nodes), A_TIME):
        listed = _listed(nodes[at : at + A_TIME])
        quads += starmap(ox.Quad, solutions(graph, NODES % listed, "spog"))
    return quads


def _listed(iris: Iterable[str]) -> str:
    """IRIs as a query lists them."""
    return " ".join(map(str, map(ox.NamedNode, iris)))


def rows_data(kind: str, iri: str, graph: Graph, send: Send) -> None:
    """Sends all statements of an IRI as CSV, as they are read; of a class its entities, of a named graph its nodes."""
    if kind in LISTS:
        members = graph.ask(LISTS[kind] % ox.NamedNode(iri))
        send(comma_separated([members.columns, *_lines(members)]))
        return
    send(comma_separated([COLUMNS]))
    statements = _all_statements(graph, kind, iri)
    for at in range(0, len(statements), A_TIME):
        part = _table(graph, statements[at : at + A_TIME])
        send(comma_separated(_lines(part)))


def _lines(table: Table) -> Iterator[list[str]]:
    """The rows of a table as texts."""
    for row in table:
        yield [show(row[name]) for name in table.columns]


def _table(graph: Graph, statements: Sequence[str]) -> Table:
    """What a table tells of some statements, in their order."""
    only = f"VALUES ?statement {{ {_listed(statements)} }}"
    by_statement: dict[object, dict[str, Value]] = {}
    for row in graph.ask(ROWS % {"only": only, "dating": DATING}):
        by_statement[row["statement"]] = row
    known = filter(by_statement.__contains__, statements)
    return Table(COLUMNS, [by_statement[statement] for statement in known])


def comma_separated(lines: Iterable[Sequence[str]]) -> bytes:
    """CSV for spreadsheets: a cell that one would take for a formula is preceded by an apostrophe, as in exports."""
    text = io.StringIO()
    writer = csv.writer(text)
    for line in lines:
        writer.writerow(map(defused, line))
    return text.getvalue().encode()
