"""RDF in our own terms → rows of records, so that it is checked as every record is.

A graph that was pulled, exported or written by hand: its documents with their
statements, and the entities. Edges, runs and what the ontology says are made anew.
RDF in other terms is refused with what would be needed.
"""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.term import Node

from onrecord.ingest.plain import MARKS
from onrecord.ingest.rows import Row
from onrecord.model.as_records import (
    Record,
    apart_record,
    document_record,
    entity_record,
    statement_record,
)
from onrecord.model.errors import BadInput, LimitReached
from onrecord.model.iris import local
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf import decode
from onrecord.rdf.namespaces import OWL, PROV, RDF, REC
from onrecord.store.limits import MEGABYTE, Limits, run

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".n3": ox.RdfFormat.N3,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
MOST_BYTES = 100_000_000
LIMITS = Limits(seconds=120.0, memory=2048 * MEGABYTE)


def graph_rows(path: Path, vocabulary: Vocabulary) -> list[Row]:
    """The documents and entities of an RDF file as records; raises BadInput for RDF in other terms."""

    def work(_: None, send: Callable[[bytes], None]) -> None:
        send(pickle.dumps(list(_rows(path, vocabulary))))

    try:
        answer = b"".join(run(lambda: (None, None), work, LIMITS))
    except LimitReached as error:
        message = f"{path}: takes too long or too much memory to read; add it in parts"
        raise BadInput(message) from error
    rows: list[Row] = pickle.loads(answer)  # noqa: S301  from our own child
    return rows


def _rows(path: Path, vocabulary: Vocabulary) -> Iterator[Row]:
    graph = _graph(path)
    documents = sorted(map(str, graph.subjects(RDF.type, REC.Document)))
    entities = sorted(_entities(graph, vocabulary), key=str)
    if not documents and not entities:
        message = (
            f"{path}: holds no statements in the terms of onrecord's ontology: a :Document, "
            "and each :Statement with its :document, :actor, :relation and :object; "
            "what it says in other terms is first to be put in these"
        )
        raise BadInput(message)
    for entity in entities:
        record = entity_record(decode.entity(graph, entity))
        yield Row.of(f"{path}: :{local(str(entity))}", record)
    for pair in sorted(graph.subject_objects(OWL.differentFrom)):
        yield Row.of(f"{path}: names kept apart", apart_record(map(str, pair)))
    for place in documents:
        node = URIRef(place)
        statements = []
        for iri in sorted(map(str, graph.subjects(REC.document, node))):
            statement = _statement(graph, URIRef(iri), vocabulary)
            statements.append(statement)
        document = decode.document(graph, node, vocabulary)
        record = document_record(document, statements)
        yield Row.of(f"{path}: doc:{local(place)}", record)


def _entities(graph: Graph, vocabulary: Vocabulary) -> Iterator[Node]:
    """What is of a class that entities may have."""
    for key, cls in vocabulary.classes.items():
        if cls.assignable:
            yield from graph.subjects(RDF.type, REC[key])


def _statement(graph: Graph, node: URIRef, vocabulary: Vocabulary) -> Record:
    """A statement's record, with the run that made it and its day where the graph tells them."""
    maker = graph.value(node, PROV.wasGeneratedBy)
    is_told = maker is not None and (maker, REC.runKind, None) in graph
    run = decode.run(graph, maker, vocabulary) if maker and is_told else None
    statement = decode.statement(graph, node, vocabulary)
    return statement_record(statement, run if run and run.label else None)


def _utf8(data: bytes) -> bytes:
    """The bytes without a byte order mark, in the character set that parsers of RDF take."""
    for mark, charset in MARKS.items():
        if data.startswith(mark):
            return data.decode(charset, errors="replace").encode()
    return data


def _graph(path: Path) -> Graph:
    """The union of a file's graphs."""
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"{path}: more than {MOST_BYTES // 1_000_000} MB; push it to a store"
            raise BadInput(message)
        data = _utf8(path.read_bytes())
        quads = ox.parse(
            data, FORMATS[path.suffix.lower()], base_iri="urn:base:"
        )
        lines = [f"{quad.triple} .\n" for quad in quads]
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise BadInput(message) from error
    except (SyntaxError, ValueError) as error:
        message = f"{path}: is no RDF that can be read: {error}"
        raise BadInput(message) from error
    graph = Graph()
    graph.parse(data="".join(lines), format="nt")
    return graph
