"""The way in: articles, record files and coding databases → statements in the workspace."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import BadInput, BadRecord
from onrecord.graph.coding import study, study_files, text_hash
from onrecord.graph.folder import Folder, document_marks
from onrecord.graph.holdings import Holdings
from onrecord.graph.link import Linker, Shelf, shared_aliases
from onrecord.graph.merge import merge, statement_id
from onrecord.model import Document, Entity, Run, Source, Statement
from onrecord.query.ask import Graph
from onrecord.read.dna import coding
from onrecord.read.records import Batch, PlacedSource, records
from onrecord.store.build import build
from onrecord.vocabulary import digest, document_iri, local
from onrecord.workspace import Workspace, find, shipped, writing

if TYPE_CHECKING:
    from onrecord.articles import How, Read

FORMS = ("jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: how many documents, statements and entities came about in which way."""

    documents: Mapping[str, int] = field(default_factory=Counter)
    statements: Mapping[str, int] = field(default_factory=Counter)
    entities: Mapping[str, int] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()


def add(
    paths: Iterable[Path | str],
    *,
    form: str | None = None,
    workspace: Workspace | None = None,
    dry_run: bool = False,
    how: "How | None" = None,
) -> Added:
    """Adds record files (.jsonl, .csv) or coding databases (.dna); with `dry_run` only says what would be done.

    `onrecord add records.jsonl` is `onrecord.add(["records.jsonl"])`; "-" is standard input and needs `form`, jsonl or
    csv. A document that is there already is updated in place and keeps its ids and reviews. Raises BadRecord with
    every fault at once, NoWorkspace, BadInput and NotWritten; whatever it raises, nothing was changed.
    """
    sources = [str(path) for path in paths]
    where = workspace or find()
    if how is not None or any(_is_article(source, form) for source in sources):
        return add_articles(sources, where, how=how, dry_run=dry_run)
    files = [Path(source) for source in sources]
    databases = [path for path in files if form is None and path.suffix.lower() == ".dna"]
    if databases:
        if len(databases) < len(files):
            message = "coding databases (.dna) and records are added one after the other; name only one kind of file"
            raise BadInput(message)
        return _add_codings(databases, where, dry_run=dry_run)
    for path in files:
        _accept(path, form)
    home = where.home
    graph = Graph(where)
    batch = records(files, where.ontology_file("records.schema.json"), graph.vocabulary, form)
    with writing(home) as commit:
        intake = _Intake(graph, batch)
        added = intake.take()
        if intake.changes and not dry_run:
            commit(intake.changes)
    return added


def add_articles(
    sources: Sequence[str],
    where: Workspace,
    *,
    how: "How | None" = None,
    dry_run: bool = False,
) -> Added:
    """Adds articles: files, folders, addresses; `how.said` hears of each when it is read.

    An article that cannot be read keeps no other out: its fault is one of the notes. The text is kept in the
    workspace's `texts/` under its hash. Raises BadInput where not one can be read, MissingExtra, NoWorkspace.
    """
    from onrecord import articles  # noqa: PLC0415  spaCy, for articles alone

    for source in sources:
        if not articles.is_address(source) and Path(source).suffix.lower() in {".jsonl", ".csv", ".dna"}:
            message = f"{source}: articles and records are added one after the other; name only one kind of file"
            raise BadInput(message)
    settings = how or articles.How()
    home, graph = where.home, Graph(where)
    names = articles.Everybody.of(graph.registry, None if where.is_shipped else Graph(shipped()).registry)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    run = articles.run(settings.model, today)
    known = _known_texts(graph, home)
    settings = replace(settings, known=known, standing=_standing_texts(graph, run) & known.keys())
    read = articles.read_all(articles.gather(sources), names, graph.vocabulary, settings)
    notes = tuple(each.fault for each in read if each.fault)
    if len(notes) == len(read):
        raise BadInput("\n".join(notes))
    with writing(home) as commit:
        intake = _Intake(graph, _article_batch(read, run))
        added = intake.take()
        texts = _texts((each.document for each in read if each.document), home, intake.folder.removed)
        if (intake.changes or texts) and not dry_run:
            commit(intake.changes | texts)
    return replace(added, notes=notes)


def _standing_texts(graph: Graph, run: Run) -> frozenset[str]:
    """The hashes of texts that the same program, model and rules have read already.

    A text in which nothing was found names no run; it is taken for read where such a run was here at all.
    """
    table = graph.ask(
        "SELECT DISTINCT ?hash ?version ?settings { ?document :sha256 ?hash . ?run :programVersion ?version ;"
        " :settings ?settings . FILTER (EXISTS { ?statement :document ?document ; prov:wasGeneratedBy ?run }"
        " || NOT EXISTS { ?any :document ?document }) }"
    )
    same = (row for row in table if (row["version"], row["settings"]) == (run.version, run.settings))
    return frozenset(str(row["hash"]) for row in same)


def _known_texts(graph: Graph, home: Path) -> dict[str, Source]:
    """The documents of the workspace by the hash of their text, so that what is known of one is not forgotten."""
    folder = Folder(home, graph.vocabulary)
    table = graph.ask("SELECT ?document ?hash { ?document a :Document ; :sha256 ?hash }")
    found = {str(row["hash"]): local(str(row["document"])) for row in table}
    here = {digest: key for digest, key in found.items() if (home / "documents" / f"{key}.ttl").is_file()}
    return {digest: folder.source(key)[0] for digest, key in here.items()}


def _texts(documents: Iterable[Document], home: Path, removed: frozenset[str]) -> dict[str, bytes | None]:
    """The texts to keep, by path from the graphs: those that are not there yet, and of nothing that was removed."""
    wanted = [each for each in documents if removed.isdisjoint(document_marks(each))]
    texts: dict[str, bytes | None] = {f"../texts/{each.sha256}.txt": (each.text or "").encode() for each in wanted}
    return {path: text for path, text in texts.items() if not (home / path).is_file()}


def _article_batch(read: "Iterable[Read]", run: Run) -> Batch:
    """What was found in articles, as if records had brought it; a new name is taken in once."""
    good = [(each.where, each.document, each.found) for each in read if each.document and each.found is not None]
    entities = {each.name: (where, each) for where, _, found in good for each in found.entities}
    sources = tuple(
        PlacedSource(where, document, tuple((f"{where}: {each.gist}", each) for each in found))
        for where, document, found in good
    )
    return Batch(run, tuple(entities.values()), sources, ())


def _is_article(source: str, form: str | None) -> bool:
    """An address, a folder, or a file that is neither records nor a coding database."""
    if source.startswith(("http://", "https://")) or Path(source).is_dir():
        return True
    suffix = Path(source).suffix.lower()
    return form not in FORMS and source != "-" and suffix.removeprefix(".") not in {*FORMS, "dna"}


def _add_codings(databases: Iterable[Path], where: Workspace, *, dry_run: bool) -> Added:
    """Adds coding databases (.dna), each in the place of one of its name: their graphs, and the texts by hash."""
    home = where.home
    documents: Counter[str] = Counter()
    coded: Counter[str] = Counter()
    changes: dict[str, bytes | None] = {}
    notes: list[str] = []
    for path in databases:
        of = study(path.stem, coding(path))
        files = study_files(of)
        old = {f"documents/{each.name}" for each in (home / "documents").glob(f"{of.key}-[0-9]*.ttl")}
        changes |= dict.fromkeys(old - files.keys()) | files
        changes |= {f"../texts/{text_hash(each)}.txt": each.text.encode() for each in of.coding.documents}
        documents += Counter("updated" if name in old else "added" for name in files if name.startswith("documents/"))
        coded["coded"] += len(of.coding.statements)
        notes += [f"{path}: {note}" for note in of.coding.notes]
    if not dry_run:
        with writing(home) as commit:
            commit(changes)
    return Added(documents, coded, notes=tuple(notes))


def _accept(path: Path, form: str | None) -> None:
    if form is None and str(path) == "-":
        message = "-: say what standard input holds: --as text, html, jsonl or csv"
        raise BadInput(message)
    if (form or path.suffix.lower().removeprefix(".")) not in FORMS:
        message = f"{path}: is neither records (.jsonl, .csv) nor a coding database (.dna)"
        raise BadInput(message)


class _Intake:
    """One go of `add`: what is known, what came, and the files that follow from both."""

    def __init__(self, graph: Graph, batch: Batch) -> None:
        self.batch = batch
        self.graph = graph
        graph.store = build(graph.workspace)  # not from the cache, which is about to be out of date
        self.folder = Folder(graph.workspace.home, graph.vocabulary)
        self.before = self.folder.entities()
        self.linker = _linker(graph, self.before)
        self.linker.removed, self.linker.expected = self.folder.removed, batch.expected
        self.holdings = _holdings(graph, self.folder)
        self.changes: dict[str, bytes | None] = {}
        self.made_by, self.runs = self.folder.run_file(batch.run or _run_of_today())
        self.documents: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()
        self.faults: list[str] = []
        self.named: set[str] = set()
        self.unnamed: set[str] = set()
        self.seen: set[str] = set()

    def take(self) -> Added:
        """Links and merges everything; raises BadRecord with all faults, those of reading among them."""
        self.linker.entities(self.batch.entities)
        linked = [self._linked(source) for source in self.batch.sources if not self._is_withheld(source)]
        for where, name in self.batch.references:
            self.linker.iri(name, where)
        self.faults += [*self.batch.faults, *self.linker.faults, *self._entity_faults(), *self._document_faults()]
        for source in linked if not self.faults else ():
            self._merge(source)
        self.faults += self._undisputable(linked) if not self.faults else ()
        if self.faults:
            raise BadRecord(self.faults)
        self._withhold_entities()
        self._drop_leftovers()
        self._relabel()
        self._write_registry()
        return Added(self.documents, self.statements, Counter(self.linker.changed.values()))

    def _is_withheld(self, source: PlacedSource) -> bool:
        if self.folder.removed.isdisjoint(document_marks(source.document)):
            return False
        self.documents["withheld"] += 1
        self.statements["withheld"] += len(source.statements)
        return True

    def _linked(self, source: PlacedSource) -> PlacedSource:
        statements = tuple((where, self.linker.statement(where, each)) for where, each in source.statements)
        return replace(source, statements=statements)

    def _entity_faults(self) -> list[str]:
        return [f"entity :{local(iri)}: {fault}" for iri, fault in shared_aliases(self.linker.own)]

    def _document_faults(self) -> list[str]:
        """Documents that nothing tells from others, or that come twice."""
        places: dict[str, str] = {}
        unmarked = [each.where for each in self.batch.sources if not (each.document.url or each.document.sha256)]
        marked = [
            (source.where, mark)
            for source in self.batch.sources
            for mark in document_marks(source.document)
            if mark != source.document.id or mark in self.holdings.documents
        ]
        return [f"{where}: doc: needs an address (url), its text or the text's hash (sha256)" for where in unmarked] + [
            f"{where}: is the same document ({mark}) as {first}; put their statements together"
            for where, mark in marked
            if (first := places.setdefault(mark, where)) != where
        ]

    def _undisputable(self, sources: Iterable[PlacedSource]) -> list[str]:
        placed = [each for source in sources for each in source.statements]
        return [
            f"{where}: disputes: no statement has the id {each.disputes!r}"
            for where, each in placed
            if each.disputes and each.disputes not in self.holdings.statements
        ]

    def _merge(self, source: PlacedSource) -> None:
        key = self.holdings.find(source.document)
        old, makers = self.folder.source(key) if key else (Source(source.document), {})
        document = _updated(old.document, source.document, key or self.holdings.mint(source.document))
        iri = document.id or ""
        try:
            new = _reviewed_stand(old, source, iri) if self.is_by_program else source.statements
            merged = merge(old.statements, new, iri, self.folder.removed, self.holdings.disputed)
        except BadRecord as error:
            self.faults += error.faults
            return
        self.faults += self._ghosts(source.where, merged.statements)
        if self.faults:
            return
        self.holdings.forget(each.id or "" for each in old.statements)
        self.faults += self.holdings.clashes(source.where, (each.id or "" for each in merged.statements), iri)
        self.statements += Counter(merged.counts)
        self.unnamed.update(*(each.references for each in old.statements))
        self.seen.add(document_iri(iri))
        makers |= dict.fromkeys(merged.fresh, self.made_by)
        changed = self._write_source(Source(document, merged.statements), makers)
        self.documents["added" if key is None else "updated" if changed else "unchanged"] += 1
        if merged.fresh:
            self.changes["runs.ttl"] = self.runs

    def _ghosts(self, where: str, statements: Iterable[Statement]) -> list[str]:
        """Faults of names that were removed with their statements, and that no tombstone keeps out here."""
        ghosts = sorted(self.linker.ghosts & {iri for each in statements for iri in each.references})
        return [f"{where}: {local(iri)!r} was removed; to name it again, add it as an entity" for iri in ghosts]

    def _write_source(self, source: Source, makers: Mapping[str, str]) -> bool:
        """Plans the document's file, if it is not just so already."""
        self.named.update(*(each.references for each in source.statements))
        path = f"documents/{source.document.id}.ttl"
        content = self.folder.source_file(source, makers, self.linker.own)
        if self.folder.is_as_stands(path, content):
            return False
        self.changes[path] = content
        return True

    def _withhold_entities(self) -> None:
        """Leaves out a new entity that nothing names, if it was removed or only came with what is withheld."""
        changed, own = self.linker.changed, self.linker.own
        while unnamed := [iri for iri, how in changed.items() if how == "added" and not self._is_wanted(iri)]:
            for iri in unnamed:
                del own[iri]
                changed[iri] = "withheld"
        for iri in self.linker.copied & {iri for iri, how in changed.items() if how == "withheld"}:
            del changed[iri]

    def _is_wanted(self, iri: str) -> bool:
        if iri in self.named or self._is_listed(iri):
            return True
        return iri not in self.linker.copied and digest(iri) not in self.folder.removed

    @property
    def is_by_program(self) -> bool:
        """Whether a program made what came."""
        return self.batch.run is not None and self.batch.run.kind == "extraction"

    def _drop_leftovers(self) -> None:
        """Takes names out that a program had proposed, that nobody has touched, and that nothing names any more."""
        own = self.linker.own
        for iri in sorted(self.unnamed - self.named) if self.is_by_program else ():
            each = own.get(iri)
            is_bare = each == Entity(each.name, each.type, id=each.id) if each else False
            if is_bare and not self._is_listed(iri) and not self._is_named_elsewhere(iri):
                del own[iri]
                self.linker.changed[iri] = "deleted"

    def _is_named_elsewhere(self, iri: str) -> bool:
        named = self.graph.ask(f"SELECT DISTINCT ?it {{ ?statement ?how <{iri}> ; a :Statement ; :document ?it }}")
        return any(each not in self.seen for each in named.column("it"))

    def _is_listed(self, iri: str) -> bool:
        """Whether somebody is listed with an entity."""
        return any(each.affiliation == iri for each in self.linker.own.values())

    def _relabel(self) -> None:
        """Makes the sentences anew in documents that name an entity with a new name or type."""
        own = self.linker.own
        renamed = [
            f"<{iri}>"
            for iri, old in self.before.items()
            if iri in own and (own[iri].name, own[iri].type) != (old.name, old.type)
        ]
        naming = f"{{ VALUES ?it {{ {' '.join(renamed)} }} ?statement ?how ?it ; :document ?document }}"
        table = self.graph.ask(f"SELECT DISTINCT ?document {naming}")
        for key in sorted(local(str(each)) for each in table.column("document")):
            if key in self.holdings.documents and f"documents/{key}.ttl" not in self.changes:
                source, makers = self.folder.source(key)
                self.documents["updated"] += self._write_source(source, makers)

    def _write_registry(self) -> None:
        content = self.folder.entities_file(self.linker.own.values())
        if not self.folder.is_as_stands("entities.ttl", content):
            self.changes["entities.ttl"] = content


def _reviewed_stand(old: Source, new: PlacedSource, iri: str) -> tuple[tuple[str, Statement], ...]:
    """What a program finds again, as a person left it who has reviewed it."""
    reviewed = {each.id: each for each in old.statements if each.review and each.review.status != "superseded"}
    return tuple((where, reviewed.get(each.id or statement_id(each, iri), each)) for where, each in new.statements)


def _updated(old: Document, new: Document, key: str) -> Document:
    """What the record says now; an address or a hash that it leaves out stays."""
    return replace(new, id=key, url=new.url or old.url, sha256=new.sha256 or old.sha256, text=None)


def _linker(graph: Graph, own: Mapping[str, Entity]) -> Linker:
    if graph.workspace.is_shipped:
        return Linker(graph.registry, dict(own))
    ours = shipped()
    shelf = Shelf(lambda: Graph(ours).registry, Folder(ours.graphs[0], graph.vocabulary).entities)
    return Linker(graph.registry, dict(own), shelf)


def _holdings(graph: Graph, folder: Folder) -> Holdings:
    table = graph.ask(
        "SELECT ?document ?url ?hash { ?document a :Document OPTIONAL { ?document schema:url ?url }"
        " OPTIONAL { ?document :sha256 ?hash } }"
    )
    rows = [(local(str(row["document"])), row) for row in table]
    here = {key for key, _ in rows if (folder.path / "documents" / f"{key}.ttl").is_file()}
    borne = graph.ask("SELECT ?statement ?document { ?statement a :Statement ; :document ?document }")
    disputed = graph.ask("SELECT DISTINCT ?it { ?statement :disputes ?it }")
    return Holdings(
        documents=here,
        marks={str(row[name]): key for key, row in rows for name in ("url", "hash") if row[name] and key in here},
        statements={local(str(row["statement"])): local(str(row["document"])) for row in borne},
        disputed={local(str(each)) for each in disputed.column("it")},
        taken={key for key, _ in rows} | folder.removed,
    )


def _run_of_today() -> Run:
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return Run(f"Curation of {today}", "curation", ended=today)
