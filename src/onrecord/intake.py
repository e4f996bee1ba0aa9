"""The way in: record files → statements in the workspace, all of them or none."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rdflib import Graph as RdfGraph

from onrecord.errors import BadInput, BadRecord
from onrecord.graph import decode, encode, turtle
from onrecord.graph.label import Namer
from onrecord.graph.link import Linker, shared_aliases
from onrecord.graph.merge import merge
from onrecord.graph.names import PROV, RDF
from onrecord.model import Document, Entity, Run, Source
from onrecord.query.ask import Graph
from onrecord.read.records import Batch, PlacedSource, records
from onrecord.vocabulary import Vocabulary, document_iri, local, mint, run_iri, slug
from onrecord.workspace import Workspace, find, shipped, writing

RECORD_SUFFIXES = {".jsonl", ".csv"}


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: how many documents, statements and entities came about in which way."""

    documents: Mapping[str, int] = field(default_factory=Counter)
    statements: Mapping[str, int] = field(default_factory=Counter)
    entities: Mapping[str, int] = field(default_factory=Counter)


def add(paths: Iterable[Path | str], *, workspace: Workspace | None = None, dry_run: bool = False) -> Added:
    """Adds record files (.jsonl, .csv) to the workspace; with `dry_run` only says what would be done.

    A document that is there already is updated in place and keeps its ids and reviews. Raises BadRecord with every
    fault at once, NoWorkspace, BadInput and NotWritten; whatever it raises, nothing was changed.
    """
    files = [Path(path) for path in paths]
    for path in files:
        if path.suffix.lower() not in RECORD_SUFFIXES:
            message = f"{path}: no record file; records end in {' or '.join(sorted(RECORD_SUFFIXES))}"
            raise BadInput(message)
    where = workspace or find()
    home = where.home
    graph = Graph(where)
    batch = records(files, where.ontology_file("records.schema.json"), graph.vocabulary)
    with writing(home) as commit:
        intake = _Intake(graph, batch)
        added = intake.take()
        if intake.changes and not dry_run:
            commit(intake.changes)
    return added


class _Intake:
    """One go of `add`: what is known, what came, and the files that follow from both."""

    def __init__(self, graph: Graph, batch: Batch) -> None:
        self.batch = batch
        self.home = graph.workspace.home
        self.vocabulary: Vocabulary = graph.vocabulary
        self.linker = _linker(graph)
        self.index = _documents(graph)
        self.removed = _tombstones(graph)
        self.run = batch.run or Run(f"Curation of {_today()}", "curation", ended=_today())
        self.changes: dict[str, bytes | None] = {}
        self.documents: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()

    def take(self) -> Added:
        """Links and merges everything; raises BadRecord with all faults, those of reading among them."""
        self.linker.entities(self.batch.entities)
        linked = [self._linked(source) for source in self.batch.sources]
        faults = [*self.batch.faults, *self.linker.faults, *self._entity_faults()]
        for source in linked if not faults else ():
            try:
                self._merge(source)
            except BadRecord as error:
                faults += error.faults
        if faults:
            raise BadRecord(faults)
        self._write_registry()
        return Added(self.documents, self.statements, Counter(self.linker.changed.values()))

    def _linked(self, source: PlacedSource) -> PlacedSource:
        statements = tuple((where, self.linker.statement(where, each)) for where, each in source.statements)
        return replace(source, statements=statements)

    def _entity_faults(self) -> list[str]:
        return [f"entity :{local(iri)}: {fault}" for iri, fault in shared_aliases(self.linker.own)]

    def _merge(self, source: PlacedSource) -> None:
        key = self.index.find(source.document)
        if key in self.removed or (source.document.url or "") in self.removed:
            self.documents["withheld"] += 1
            self.statements["withheld"] += len(source.statements)
            return
        old, made_by = self._standing(key)
        document = replace(source.document, id=key or self.index.mint(source.document), text=None)
        merged = merge(old.statements if old else (), source.statements, document.id or "", self.removed)
        self.statements += Counter(merged.counts)
        changed = old is None or document != old.document or merged.counts.keys() - {"unchanged", "withheld"}
        self.documents["added" if old is None else "updated" if changed else "unchanged"] += 1
        if changed:
            made_by |= dict.fromkeys(merged.fresh, run_iri(self._run_slug()))
            self._write_source(Source(document, merged.statements), made_by)

    def _standing(self, key: str | None) -> tuple[Source | None, dict[str, str]]:
        """The document as it stands, and which run made each of its statements."""
        if key is None:
            return None, {}
        graph = turtle.read(self.home / "documents" / f"{key}.ttl")
        made_by = {local(str(each)): str(run) for each, run in graph.subject_objects(PROV.wasGeneratedBy)}
        return decode.source(graph, self.vocabulary), made_by

    def _write_source(self, source: Source, made_by: Mapping[str, str]) -> None:
        self.changes[f"documents/{source.document.id}.ttl"] = source_turtle(
            source, made_by, self.vocabulary, self.linker.own
        )

    def _write_registry(self) -> None:
        if self.linker.changed or not (self.home / "entities.ttl").is_file():
            triples = (triple for each in self.linker.own.values() for triple in encode.entity(each))
            self.changes["entities.ttl"] = turtle.write(triples)
        if any(path.startswith("documents/") for path in self.changes):
            runs = _read_if_there(self.home / "runs.ttl")
            for triple in encode.run(self.run, self._run_slug(), self.vocabulary):
                runs.add(triple)
            self.changes["runs.ttl"] = turtle.write(runs)

    def _run_slug(self) -> str:
        return slug(self.run.label).lower()


def source_turtle(
    source: Source, made_by: Mapping[str, str], vocabulary: Vocabulary, entities: Mapping[str, Entity]
) -> bytes:
    """A document's file: the document, its statements with their sentences, and their evidence."""
    namer = Namer(vocabulary, entities)
    iri = document_iri(source.document.id or "")
    triples = [*encode.document(source.document, vocabulary)]
    for each in source.statements:
        triples += encode.statement(each, namer.sentence(each), iri, made_by[each.id or ""], vocabulary)
    return turtle.write(triples)


def _linker(graph: Graph) -> Linker:
    own = _entities(graph.workspace.home / "entities.ttl")
    ours = shipped()
    if graph.workspace.is_shipped:
        return Linker(graph.registry, own)
    other = Graph(ours)
    return Linker(graph.registry, own, other.registry, _entities(ours.graphs[0] / "entities.ttl"))


def _entities(path: Path) -> dict[str, Entity]:
    graph = _read_if_there(path)
    return {str(node): decode.entity(graph, node) for node in graph.subjects(RDF.type, unique=True)}


def _read_if_there(path: Path) -> RdfGraph:
    return turtle.read(path) if path.is_file() else RdfGraph(bind_namespaces="none")


@dataclass(slots=True)
class _Documents:
    """The documents of the workspace by address and by hash of the text."""

    known: dict[str, str]
    slugs: set[str]

    def find(self, document: Document) -> str | None:
        """The id of the document that this is: by its id in the graph, its address, or the hash of its text."""
        if document.id in self.slugs:
            return document.id
        return self.known.get(document.url or "") or self.known.get(document.sha256 or "")

    def mint(self, document: Document) -> str:
        """Publisher, date, and the first words of the title or the last part of the address."""
        title = document.title or (document.url or "").rstrip("/").rpartition("/")[2]
        words = " ".join(slug(title).split("-")[:4])
        found = mint(
            f"{slug(document.publisher)} {document.published or 'undated'} {words}".lower(), "document", self.slugs
        )
        self.slugs.add(found)
        for key in filter(None, (document.url, document.sha256)):
            self.known[key] = found
        return found


def _documents(graph: Graph) -> _Documents:
    table = graph.ask(
        "SELECT ?document ?url ?hash { ?document a :Document OPTIONAL { ?document schema:url ?url }"
        " OPTIONAL { ?document :sha256 ?hash } }"
    )
    rows = [
        row for row in table if (graph.workspace.home / "documents" / f"{local(str(row['document']))}.ttl").is_file()
    ]
    known = {str(row[key]): local(str(row["document"])) for row in rows for key in ("url", "hash") if row[key]}
    return _Documents(known, {local(str(row["document"])) for row in table})


def _tombstones(graph: Graph) -> set[str]:
    return {str(mark) for mark in graph.ask("SELECT ?mark { ?removed a :Removed ; :fingerprint ?mark }").column("mark")}


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()
