"""A folder of graph files ⇄ documents, entities, runs and tombstones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from onrecord.editing.registry_file import RegistryFile, read_registry
from onrecord.model import Document, Entity, Run, Source
from onrecord.model.errors import BadGraph
from onrecord.model.iris import digest, document_iri, local, mint, run_iri
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf import decode, encode, turtle
from onrecord.rdf.label import Namer
from onrecord.rdf.namespaces import DCTERMS, OWL, PROV, RDF, REC, XSD
from onrecord.store.files import state_of
from onrecord.workspace import document_file, own_file


@dataclass
class Folder:
    """The `graphs/` folder at `path`, read; what is made here are the contents of files, nothing is written.

    A source's *makers* say which run (its IRI) made each statement (its id).
    """

    path: Path
    vocabulary: Vocabulary

    def source(self, key: str) -> tuple[Source, dict[str, str]]:
        """The document with this id, its statements, and their makers; raises BadGraph, Untrusted."""
        graph = turtle.read(document_file(self.path, key))
        if {*graph.subjects(RDF.type, REC.Document)} != {
            URIRef(document_iri(key))
        }:
            file = self.path / "documents" / f"{key}.ttl"
            fault = "tells of another document than its name says"
            message = f"{file} {fault}; rename it"
            raise BadGraph(message)
        makers = {}
        for subject, run in graph.subject_objects(PROV.wasGeneratedBy):
            makers[local(str(subject))] = str(run)
        whole = decode.source(graph, self.vocabulary)
        for value in whole.statements:
            if value.id not in makers:
                message = f"documents/{key}.ttl: no run is said to have made {value.id}"
                raise BadGraph(message)
        return whole, makers

    def source_file(
        self,
        source: Source,
        makers: Mapping[str, str],
        entities: Mapping[str, Entity],
    ) -> bytes:
        """A document's file: the document, its statements with their sentences, and their evidence."""
        namer = Namer(self.vocabulary, entities)
        iri = document_iri(source.document.id or "")
        triples = [*encode.document(source.document, self.vocabulary)]
        for statement in source.statements:
            sentence = namer.sentence(statement)
            run = makers[statement.id or ""]
            triples += encode.statement(
                statement, sentence, iri, run, self.vocabulary
            )
        return turtle.write(triples)

    def is_as_stands(self, path: str, content: bytes) -> bool:
        """Whether a file of the folder holds just this."""
        file = own_file(self.path, path)
        return file.is_file() and file.read_bytes() == content

    def entities(self) -> dict[str, Entity]:
        """The registry by IRI."""
        return dict(self._registry.entities)

    def entities_file(self, entities: Iterable[Entity]) -> bytes:
        """The registry's file."""
        return self._registry.content(entities)

    @cached_property
    def _registry(self) -> RegistryFile:
        path = own_file(self.path, "entities.ttl")
        if not path.is_file():
            return read_registry(path)
        return _registry_of(path, state_of(path))

    def run_file(self, run: Run) -> tuple[str, bytes]:
        """The IRI of a run and the file with it: one that is there already if it says the same, else a new one."""
        [iri], content = self.runs_file([run])
        return iri, content

    def runs_file(self, runs: Iterable[Run]) -> tuple[list[str], bytes]:
        """The IRIs of several runs, and the file with them all."""
        graph = self._graph("runs.ttl")
        iris = [self._with_run(graph, run) for run in runs]
        return iris, turtle.write(graph)

    def _with_run(self, graph: Graph, run: Run) -> str:
        taken: set[str] = set()
        while True:
            key = mint(run.label, "run", taken).lower()
            triples = set(encode.run(run, key, self.vocabulary))
            there = set(graph.triples((URIRef(run_iri(key)), None, None)))
            if there in (set(), triples):
                break
            taken.add(key)
        for triple in triples:
            graph.add(triple)
        return run_iri(key)

    def runs(self) -> dict[str, Run]:
        """The runs of the workspace, by IRI."""
        graph = self._graph("runs.ttl")
        nodes = graph.subjects(RDF.type, REC.Run)
        return {
            str(node): decode.run(graph, node, self.vocabulary)
            for node in nodes
        }

    @cached_property
    def removed(self) -> frozenset[str]:
        """What the tombstones know the removed by: digests, ids and addresses."""
        marks = self._graph("removed.ttl").objects(None, REC.fingerprint)
        return frozenset(map(str, marks))

    def removed_file(
        self, iri: str, marks: Iterable[str], reason: str, day: str
    ) -> bytes:
        """The file of tombstones with one more: of the statement or document with this IRI.

        Where the digest of an entity is among the marks, what was merged into it is marked by its digest too.
        """
        graph, node, known_by = (
            self._graph("removed.ttl"),
            URIRef(iri),
            {*marks},
        )
        graph.add((node, RDF.type, REC.Removed))
        graph.set((node, REC.removedOn, Literal(day, datatype=XSD.date)))
        for old, new in [*graph.subject_objects(DCTERMS.isReplacedBy)]:
            if digest(str(new)) in known_by:
                graph.remove((old, None, None))
                known_by.add(digest(str(old)))
        for one, two in [*graph.subject_objects(OWL.differentFrom)]:
            if known_by & {digest(str(one)), digest(str(two))}:
                graph.remove((one, OWL.differentFrom, two))
        for mark in known_by:
            graph.add((node, REC.fingerprint, Literal(mark)))
        if reason:
            graph.set((node, REC.reason, encode.english(reason)))
        return turtle.write(graph)

    def merged(self) -> dict[str, str]:
        """What entities became, from the IRI of one that was merged to the other's."""
        graph = self._graph("removed.ttl")
        pairs = graph.subject_objects(DCTERMS.isReplacedBy)
        return {str(old): str(new) for old, new in pairs}

    def merged_file(self, old: str, new: str) -> bytes:
        """The file of tombstones, in which an entity, and whatever had become it, is replaced by another."""
        graph = self._graph("removed.ttl")
        gone, stands = URIRef(old), URIRef(new)
        for subject in [gone, *graph.subjects(DCTERMS.isReplacedBy, gone)]:
            graph.set((subject, DCTERMS.isReplacedBy, stands))
        graph.remove((stands, DCTERMS.isReplacedBy, None))
        _repoint_apart(graph, gone, stands)
        return turtle.write(graph)

    def apart(self) -> frozenset[frozenset[str]]:
        """The pairs of entities, by their IRIs, of which a person said that they are two."""
        pairs = self._graph("removed.ttl").subject_objects(OWL.differentFrom)
        return frozenset(frozenset(map(str, pair)) for pair in pairs)

    def apart_file(self, pairs: Iterable[tuple[str, str]]) -> bytes:
        """The file of tombstones, in which the two entities of each pair are kept apart."""
        graph = self._graph("removed.ttl")
        for one, two in pairs:
            graph.add(_apart(URIRef(one), URIRef(two)))
        return turtle.write(graph)

    def _graph(self, name: str) -> Graph:
        path = own_file(self.path, name)
        return (
            turtle.read(path)
            if path.is_file()
            else Graph(bind_namespaces="none")
        )


@lru_cache(maxsize=2)
def _registry_of(path: Path, _state: str) -> RegistryFile:
    """Read once as long as it stands so: the names that texts are searched for are those that are linked."""
    return read_registry(path)


def _apart(one: Node, two: Node) -> encode.Triple:
    first, second = sorted((one, two), key=str)
    return first, OWL.differentFrom, second


def _repoint_apart(graph: Graph, old: Node, new: Node) -> None:
    """Keeps from an entity what was kept from one that became it."""
    for pair in [*graph.subject_objects(OWL.differentFrom)]:
        if old not in pair:
            continue
        graph.remove(_apart(*pair))
        other = pair[0] if pair[1] == old else pair[1]
        if other != new:
            graph.add(_apart(new, other))


def document_marks(document: Document) -> list[str]:
    """What a document is known by when it comes again: its id, its address, the hash of its text."""
    return list(filter(None, (document.id, document.url, document.sha256)))
