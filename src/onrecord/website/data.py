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
    """Sends the statements of an IRI as CSV; of a class its entities, of a named graph its nodes."""
    if kind == "class":
        members = graph.ask(MEMBERS % ox.NamedNode(iri))
    elif kind == "graph":
        members = graph.ask(HOLDS % ox.NamedNode(iri))
    else:
        members = _table(graph, _statements(graph, kind, iri))
    columns = members.columns
    lines = ([show(row[name]) for name in columns] for row in members)
    send(comma_separated(columns, lines))


def _table(graph: Graph, statements: Sequence[str]) -> Table:
    by_statement: dict[object, dict[str, Value]] = {}
    for at in range(0, len(statements), A_TIME):
        listed = _listed(statements[at : at + A_TIME])
        only = f"VALUES ?statement {{ {listed} }}"
        for row in graph.ask(ROWS % {"only": only, "dating": DATING}):
            by_statement[row["statement"]] = row
    known = filter(by_statement.__contains__, statements)
    return Table(COLUMNS, [by_statement[statement] for statement in known])


def comma_separated(
    columns: Sequence[str], lines: Iterable[Sequence[str]]
) -> bytes:
    """CSV for spreadsheets: a cell that one would take for a formula is preceded by an apostrophe, as in exports."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for line in lines:
        writer.writerow(map(defused, line))
    return text.getvalue().encode()
