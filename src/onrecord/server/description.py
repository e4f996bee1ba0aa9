"""The description of the service (SPARQL 1.1 Service Description), made in a worker, where the graphs' names are."""

from collections.abc import Iterable, Iterator
from typing import IO, cast

import pyoxigraph as ox

from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import GRAPH_FORMATS
from onrecord.querying.protocol import engine_of
from onrecord.store.limits import Send
from onrecord.store.pieces import Pieces

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
)
GRAPH_FORMS = ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML")


def describe(
    graph: Graph, send: Send, *, endpoint: str, writable: bool, form: str
) -> None:
    """What the endpoint speaks, and the names of its graphs, in a format for graphs."""
    output = Pieces(send)
    quads = _description(
        endpoint,
        (name for name in engine_of(graph).named_graphs()),
        writable=writable,
    )
    prefixes = PREFIXES | {"sd": SD, "formats": FORMATS}
    ox.serialize(
        quads, cast("IO[bytes]", output), GRAPH_FORMATS[form], prefixes=prefixes
    )
    output.end()


def _description(
    endpoint: str,
    graphs: Iterable[ox.NamedNode | ox.BlankNode],
    *,
    writable: bool,
) -> Iterator[ox.Triple]:
    service, dataset, union = (
        ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#union")
    )
    yield ox.Triple(service, TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    # The default graph is the union of all graphs, unless FROM or the request names graphs; nothing is dereferenced.
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for language in (
        "SPARQL11Query",
        *(("SPARQL11Update",) if writable else ()),
    ):
        yield ox.Triple(service, _sd("supportedLanguage"), _sd(language))
    for name in (*RESULTS, *GRAPH_FORMS):
        yield ox.Triple(
            service, _sd("resultFormat"), ox.NamedNode(FORMATS + name)
        )
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), union)
    yield ox.Triple(union, TYPE, _sd("Graph"))
    for graph in sorted(graphs, key=lambda graph: graph.value):
        named = ox.BlankNode()
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), graph)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
