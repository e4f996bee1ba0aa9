"""RDF in our own terms → rows of records, so that it is checked as every record is.

A graph that was pulled, exported or written by hand: its documents with their
statements, and the entities. Edges, runs and what the ontology says are made anew.
RDF in other terms is refused with what would be needed.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, URIRef

from onrecord.ingest.rows import Row
from onrecord.model import Document, Entity, Statement
from onrecord.model.errors import BadInput, LimitReached
from onrecord.model.iris import local
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf import decode
from onrecord.rdf.namespaces import RDF, REC
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
UNSTATED = frozenset({"revisions"})


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
    entities = sorted(
        (node, cls)
        for cls in vocabulary.classes
        for node in graph.subjects(RDF.type, REC[cls])
        if vocabulary.classes[cls].assignable
    )
    if not documents and not entities:
        message = (
            f"{path}: holds no statements in the terms of onrecord's ontology: a :Document, "
            "and each :Statement with its :document, :actor, :relation and :object; "
            "what it says in other terms is first to be put in these"
        )
        raise BadInput(message)
    for node, _ in entities:
        yield Row.of(
            f"{path}: :{local(str(node))}",
            {"entity": _entity(decode.entity(graph, node))},
        )
    for place in documents:
        node = URIRef(place)
        statements = [
            _statement(decode.statement(graph, URIRef(stated), vocabulary))
            for stated in sorted(map(str, graph.subjects(REC.document, node)))
        ]
        record = _document(decode.document(graph, node, vocabulary), statements)
        yield Row.of(f"{path}: doc:{local(place)}", record)


def _graph(path: Path) -> Graph:
    """The union of a file's graphs."""
    try:
        if path.stat().st_size > MOST_BYTES:
            message = (
                f"{path}: more than {MOST_BYTES // 1_000_000} MB; push it to a store"
            )
            raise BadInput(message)
        with path.open("rb") as file:
            quads = ox.parse(file, FORMATS[path.suffix.lower()], base_iri="urn:base:")
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


def _entity(entity: Entity) -> dict[str, Any]:
    return _given(asdict(entity))


def _document(document: Document, statements: list[dict[str, Any]]) -> dict[str, Any]:
    told = _given(asdict(document))
    return {"doc": told, "statements": statements}


def _statement(statement: Statement) -> dict[str, Any]:
    told = asdict(statement)
    evidence, review = told.pop("evidence"), told.pop("review")
    is_topic = told.pop("object_is_topic")
    record = {key: value for key, value in _given(told).items() if key not in UNSTATED}
    record["object_kind"] = "topic" if is_topic else "entity"
    record["negated"] = statement.negated
    if evidence:
        record["quote"] = _given(evidence)
    if review:
        record["review"] = {
            key: review[key] for key in ("status", "by", "on") if review.get(key)
        }
    return record


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something, lists for tuples."""
    said: Iterable[tuple[str, Any]] = (
        (key, list(value) if isinstance(value, tuple) else value)
        for key, value in fields.items()
    )
    return {key: value for key, value in said if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    """Whether a field says nothing; the number nought says something."""
    return value is None or value is False or value in ([], "")
