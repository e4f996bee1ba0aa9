"""What no shape can say: files in order, plain literals, edges derived, quotes in their texts, dates in their order."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from onrecord.model import CONTROL, Entity
from onrecord.model.dates import is_later
from onrecord.model.errors import BadGraph
from onrecord.model.iris import BASE, PLACE, WORDS, document_iri
from onrecord.model.registry import shared_aliases
from onrecord.rdf import decode
from onrecord.rdf.decode import OFFSET
from onrecord.rdf.files import Files, Finding
from onrecord.rdf.label import Namer
from onrecord.rdf.namespaces import DCTERMS, OA, RDF, RDFS, REC
from onrecord.workspace import kept_text


def audit_findings(files: Files) -> Iterator[Finding]:
    """Every finding about the files, then about entities, then about statements."""
    for path, graph in files.graphs.items():
        yield from _placed(files, path, graph)
        yield from _plain(files, graph)
        yield from _derived(files, graph)
    yield from _risen(files)
    yield from _entities(files)
    yield from _quotes(files)
    yield from _dates(files)


def _placed(files: Files, path: Path, graph: Graph) -> Iterator[Finding]:
    """One document a file, which bears its name; entities, and nothing else, in entities.ttl."""
    if path.parent.name == "documents":
        own = URIRef(document_iri(path.stem))
        for node in chain(
            graph.subjects(RDF.type, REC.Document),
            graph.objects(None, REC.document, unique=True),
        ):
            if node != own:
                yield Finding(
                    "error",
                    files.shown(path),
                    f"tells of {files.name(node)}, which has a file of its own",
                )
    elif path.stem == "entities":
        classes = {
            key for key, cls in files.vocabulary.classes.items() if cls.assignable
        }
        for node in graph.subjects(unique=True):
            kind = graph.value(node, RDF.type)
            if kind is None or str(kind).removeprefix(BASE) not in classes:
                yield files.finding(
                    "error",
                    node,
                    "is in entities.ttl and has no type that an entity can have",
                )


def _plain(files: Files, graph: Graph) -> Iterator[Finding]:
    """No blank node, and no character that an export could not carry."""
    for subject, _, value in graph:
        if isinstance(subject, BNode) or isinstance(value, BNode):
            yield files.finding(
                "error", subject, "is or has a blank node; give it an IRI"
            )
        if isinstance(value, Literal) and (match := CONTROL.search(value)):
            yield files.finding(
                "error",
                subject,
                f"holds the control character U+{ord(match[0]):04X}; take it out",
            )


def _derived(files: Files, graph: Graph) -> Iterator[Finding]:
    """Edges follow from statements; a file that holds one says what nothing bears."""
    for relation in files.vocabulary.relations:
        for subject in graph.subjects(REC[relation], unique=True):
            yield files.finding(
                "error",
                subject,
                f"has a direct edge, :{relation}; write a statement instead",
            )


def _risen(files: Files) -> Iterator[Finding]:
    """What was removed stays away, also from hands that write into the files."""
    for kind in (REC.Statement, REC.Document):
        for node in files.union.subjects(RDF.type, kind):
            if (node, RDF.type, REC.Removed) in files.union:
                yield files.finding(
                    "error",
                    node,
                    "was removed, and is there again; delete it, or its tombstone",
                )


def _entities(files: Files) -> Iterator[Finding]:
    entities: dict[str, Entity] = {}
    for path, graph in files.graphs.items():
        if path.stem == "entities":
            entities |= {
                str(node): decode.entity(graph, node)
                for node in graph.subjects(RDF.type, unique=True)
            }
    for iri, fault in shared_aliases(entities):
        yield files.finding("error", URIRef(iri), fault)
    yield from _labels(files, entities)


def _labels(files: Files, entities: dict[str, Entity]) -> Iterator[Finding]:
    """A statement's sentence is made from its parts; after a part was renamed it may lag behind."""
    namer = Namer(files.vocabulary, entities)
    for node in files.union.subjects(RDF.type, REC.Statement, unique=True):
        try:
            made = namer.sentence(decode.statement(files.union, node, files.vocabulary))
        except BadGraph:
            continue  # a part is missing or unknown, as the shapes say
        if made != str(files.union.value(node, RDFS.label)):
            yield files.finding(
                "warning", node, f"should read {made!r}; add its record again"
            )


def _quotes(files: Files) -> Iterator[Finding]:
    """A text that is kept (texts/<sha256>.txt) has that hash, and holds the words where they are said to be."""
    if files.workspace.root is None:
        return
    for document, digest in files.union.subject_objects(REC.sha256):
        raw = kept_text(files.workspace.root, digest)
        if raw is None:
            continue
        if hashlib.sha256(raw).hexdigest() != str(digest):
            yield files.finding(
                "error",
                document,
                f"texts/{digest}.txt has changed since; its hash is another",
            )
            continue
        for statement in files.union.subjects(REC.document, document):
            yield from _quote(files, statement, raw.decode("utf-8", errors="replace"))


def _quote(files: Files, statement: Node, text: str) -> Iterator[Finding]:
    exact = files.union.value(URIRef(str(statement) + WORDS), OA.exact)
    place = URIRef(str(statement) + PLACE)
    start, end = files.union.value(place, OA.start), files.union.value(place, OA.end)
    if exact is None:
        return
    is_placed = start is not None and end is not None
    if is_placed and _between(text, str(start), str(end)) != str(exact):
        yield files.finding(
            "error",
            statement,
            f"its words do not stand at {start} to {end} of the text",
        )
    elif str(exact) not in text:
        yield files.finding("error", statement, "its words do not stand in the text")


def _between(text: str, start: str, end: str) -> str | None:
    """The words at a place of a text; None for a place that is none."""
    if not (OFFSET.fullmatch(start) and OFFSET.fullmatch(end)):
        return None
    return text[int(start) : int(end)]


def _dates(files: Files) -> Iterator[Finding]:
    for statement, said in files.union.subject_objects(REC.saidOn):
        issued = files.union.value(
            files.union.value(statement, REC.document), DCTERMS.issued
        )
        if issued is not None and is_later(str(said), str(issued)):
            yield files.finding(
                "warning",
                statement,
                f"was said on {said}, after its document came out on {issued}",
            )
