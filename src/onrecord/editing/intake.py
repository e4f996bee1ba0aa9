"""One batch → the changes that a workspace's files need: linked, merged with what is there, written anew."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from onrecord.editing.coding import coded_apart
from onrecord.editing.committing import NOTHING, Changes
from onrecord.editing.editor import Editor
from onrecord.editing.folder import document_marks
from onrecord.editing.holdings import Disputed, Holdings
from onrecord.editing.intake_faults import (
    dispute_faults,
    document_faults,
    shared_alias_faults,
)
from onrecord.editing.joining import Joining
from onrecord.editing.reconcile import merge, reviewed_stand
from onrecord.ingest.records import Batch, PlacedSource
from onrecord.model import Document, Entity, Run, Source, Statement
from onrecord.model.errors import BadRecord
from onrecord.model.iris import digest, document_iri, local


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: how many documents, statements and entities came about in which way.

    `left_out` tells which documents were, and why; `interrupted` that somebody pressed
    Ctrl-C, so that not all is done; `pages` what became of the pages and pieces of a corpus.
    """

    documents: Mapping[str, int] = field(default_factory=Counter)
    statements: Mapping[str, int] = field(default_factory=Counter)
    entities: Mapping[str, int] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    interrupted: bool = False
    failed: bool = False
    pages: Mapping[str, int] = field(default_factory=Counter)
    left_out: tuple[str, ...] = ()


class Intake:
    """One go of `add`: what is known, what came, and the files that follow from both.

    With `leaves_out` a document whose names do not link any more keeps no other out: it is left out, with a note.
    """

    def __init__(
        self, editor: Editor, batch: Batch, *, leaves_out: bool = False
    ) -> None:
        self.batch = batch
        self.leaves_out = leaves_out
        self.editor = editor
        self.graph = editor.graph
        self.folder = editor.folder
        self.before = dict(editor.entities)
        self.linker = editor.linker()
        self.linker.removed, self.linker.expected = (
            self.folder.removed,
            batch.expected,
        )
        self.holdings = Holdings(
            editor.store, self.folder.path, self.folder.removed
        )
        self.changes: dict[str, bytes | None] = {}
        runs = [batch.run or _run_of_today(), *_runs(batch)]
        iris, self.runs = self.folder.runs_file(runs)
        self.made_by, self.makers = iris[0], dict(zip(runs, iris, strict=True))
        self.documents: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()
        self.faults: list[str] = []
        self.named: set[str] = set()
        self.unnamed: set[str] = set()
        self.seen: set[str] = set()
        self.left_out: dict[str, list[str]] = {}
        self.names_left_out: set[str] = set()

    def take(self) -> Added:
        """Links and merges everything; raises BadRecord with all faults, those of reading among them."""
        linked = self._all_linked()
        apart = [self._pair(*line) for line in self.batch.apart]
        self._gather_faults()
        self._refuse_faults()
        joining = Joining(self.folder, self.holdings)
        if self.is_by_program:
            linked = joining.join(linked, self.graph)
        for source in linked:
            self._merge(source)
        self._refuse_faults()
        self.faults += dispute_faults(linked, self.holdings)
        self._refuse_faults()
        for key in sorted(joining.links):
            self._write_source(*joining.linked(key))
        self._withhold_entities()
        if self.is_by_program:
            self._drop_leftovers()
        self._relabel()
        self._write_registry()
        self._keep_apart(apart)
        entities = Counter(self.linker.changed.values())
        notes = (joining.note,) if joining.note else ()
        return Added(
            self.documents,
            self.statements,
            entities,
            notes,
            left_out=tuple(self._reasons()),
        )

    @property
    def taken(self) -> list[Document]:
        """The documents that came, without those left out."""
        sources = self.batch.sources
        return [
            row.document for row in sources if row.where not in self.left_out
        ]

    def _refuse_faults(self) -> None:
        """Raises BadRecord with all faults until now."""
        if self.faults:
            raise BadRecord(self.faults)

    def commit(
        self, texts: Changes = NOTHING, beside: Changes = NOTHING
    ) -> None:
        """Writes what follows, and the texts that came; nothing where nothing does.

        What is `beside` is written together with it, and is not taken back with it.
        """
        changes = {**self.changes, **texts}
        if changes or beside:
            count = len(self.taken)
            what = f"addition of {count} document{'s' * (count != 1)}"
            self.editor.commit(changes, what, beside)

    def _all_linked(self) -> list[PlacedSource]:
        """The sources that nobody removed and none that is left out, with IRIs for names."""
        self.linker.entities(self.batch.entities)
        linked = []
        for source in self.batch.sources:
            if self._is_withheld(source):
                continue
            named = self._linked(source)
            if named is not None:
                linked.append(named)
        for where, name in self.batch.references:
            self.linker.iri(name, where)
        return linked

    def _gather_faults(self) -> None:
        """Puts together what is wrong with what was read, with names, entities and documents."""
        self.faults += self.batch.faults
        self.faults += self.linker.faults
        self.faults += shared_alias_faults(self.linker.own)
        self.faults += document_faults(self.batch.sources, self.holdings)

    def _is_withheld(self, source: PlacedSource) -> bool:
        if self.folder.removed.isdisjoint(document_marks(source.document)):
            return False
        self.documents["withheld"] += 1
        self.statements["withheld"] += len(source.statements)
        return True

    def _linked(self, source: PlacedSource) -> PlacedSource | None:
        """A source whose statements name by IRIs; None for one that is left out."""
        before = len(self.linker.faults)
        statements = []
        for where, statement in source.statements:
            named = self.linker.statement(where, statement)
            statements.append((where, named))
        linked = replace(source, statements=tuple(statements))
        faults = self.linker.faults[before:]
        if not faults or not self.leaves_out:
            return linked
        del self.linker.faults[before:]
        self._leave_out(linked, faults)
        return None

    def _leave_out(self, source: PlacedSource, faults: list[str]) -> None:
        self.left_out[source.where] = faults
        for _, statement in source.statements:
            self.names_left_out |= statement.references

    def _reasons(self) -> Iterator[str]:
        """Why documents were left out."""
        why = "left out, since a name changed while it was read; add it again"
        for where, faults in self.left_out.items():
            yield f"{where}: {why}: {faults[0].removeprefix(f'{where}: ')}"

    def _pair(self, where: str, names: tuple[str, str]) -> tuple[str, str]:
        one, two = names
        pair = self.linker.iri(one, where), self.linker.iri(two, where)
        if pair[0] == pair[1]:
            self.faults.append(f"{where}: apart: both names are of one entity")
        return pair

    def _keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Plans the note on entities that are two, of those that stay."""
        known = self.folder.apart()
        fresh = []
        for pair in pairs:
            are_here = self.linker.own.keys() >= {*pair}
            if are_here and frozenset(pair) not in known:
                fresh.append(pair)
        if fresh:
            self.changes["removed.ttl"] = self.folder.apart_file(fresh)

    def _merge(self, source: PlacedSource) -> None:
        key = self.holdings.find(source.document)
        old, makers = (
            self.folder.source(key) if key else (Source(source.document), {})
        )
        iri = key or self.holdings.mint(source.document)
        document = _updated(old.document, source.document, iri)
        new = source.statements
        if self.is_by_program:
            new = reviewed_stand(old.statements, new, iri)
        apart = coded_apart(old.statements, makers, new)
        rest = [value for value in old.statements if value not in apart]
        disputed = Disputed(self.holdings)
        try:
            merged = merge(rest, new, iri, self.folder.removed, disputed)
        except BadRecord as error:
            self.faults += error.faults
            return
        statements = tuple(sorted((*merged.statements, *apart), key=_key))
        ghosts = list(self._ghosts(source.where, statements))
        if ghosts and self.leaves_out:
            self._leave_out(source, ghosts)
            return
        self.faults += ghosts
        if self.faults:
            return
        self.holdings.forget(map(_key, old.statements))
        self.faults += self.holdings.clashes(
            source.where, map(_key, statements), iri
        )
        self.statements += Counter(merged.counts)
        self.unnamed |= _references(old.statements)
        self.seen.add(document_iri(iri))
        for fresh in merged.fresh:
            makers[fresh] = self._maker(source, fresh)
        changed = self._write_source(Source(document, statements), makers)
        came = "updated" if changed else "unchanged"
        self.documents[came if key else "added"] += 1
        if merged.fresh:
            self.changes["runs.ttl"] = self.runs

    def _maker(self, source: PlacedSource, key: str) -> str:
        run = source.makers.get(key)
        return self.makers[run] if run else self.made_by

    def _ghosts(
        self, where: str, statements: Iterable[Statement]
    ) -> Iterator[str]:
        """A fault for each removed entity that a statement names which is not itself removed."""
        for iri in sorted(self.linker.ghosts & _references(statements)):
            gone = f"{local(iri)!r} was removed"
            yield f"{where}: {gone}; to name it again, add it as an entity"

    def _write_source(self, source: Source, makers: Mapping[str, str]) -> bool:
        """Plans the document's file, if it is not just so already."""
        self.named |= _references(source.statements)
        path = f"documents/{source.document.id}.ttl"
        content = self.folder.source_file(source, makers, self.linker.own)
        if self.folder.is_as_stands(path, content):
            return False
        self.changes[path] = content
        return True

    def _withhold_entities(self) -> None:
        """Leaves out a new entity that nothing names, if it was removed or only came with what is withheld."""
        changed, own = self.linker.changed, self.linker.own
        while unwanted := self._unwanted():
            for iri in unwanted:
                del own[iri]
                changed[iri] = "withheld"
        for iri in self.linker.copied:
            if changed.get(iri) == "withheld":
                del changed[iri]

    def _unwanted(self) -> list[str]:
        """The new entities that nothing wants, as long as others do not go."""
        changed = self.linker.changed
        new = [iri for iri, how in changed.items() if how == "added"]
        return [iri for iri in new if not self._is_wanted(iri)]

    def _is_wanted(self, iri: str) -> bool:
        if iri in self.named or self._is_listed(iri):
            return True
        if iri in self.names_left_out:
            return False
        return (
            iri not in self.linker.copied
            and digest(iri) not in self.folder.removed
        )

    @property
    def is_by_program(self) -> bool:
        """Whether a program made what came."""
        return (
            self.batch.run is not None and self.batch.run.kind == "extraction"
        )

    def _drop_leftovers(self) -> None:
        """Takes names out that a program had proposed, that nobody has touched, and that nothing names any more."""
        own = self.linker.own
        for iri in sorted(self.unnamed - self.named):
            entity = own.get(iri)
            if entity is None or self._is_listed(iri):
                continue
            is_bare = entity == Entity(entity.name, entity.type, id=entity.id)
            if is_bare and not self._is_named_elsewhere(iri):
                del own[iri]
                self.linker.changed[iri] = "deleted"

    def _is_named_elsewhere(self, iri: str) -> bool:
        named = self.graph.ask(
            f"SELECT DISTINCT ?it {{ ?statement ?how <{iri}> ; a :Statement ; :document ?it }}"
        )
        return any(iri not in self.seen for iri in named.column("it"))

    def _is_listed(self, iri: str) -> bool:
        """Whether another entity's record names an entity."""
        return any(
            iri in entity.references for entity in self.linker.own.values()
        )

    def _relabel(self) -> None:
        """Makes the sentences anew in documents that name an entity with a new name or type."""
        renamed = []
        for iri, old in self.before.items():
            entity = self.linker.own.get(iri, old)
            if (entity.name, entity.type) != (old.name, old.type):
                renamed.append(f"<{iri}>")
        values = " ".join(renamed)
        naming = f"{{ VALUES ?it {{ {values} }} ?statement ?how ?it ; :document ?document }}"
        table = self.graph.ask(f"SELECT DISTINCT ?document {naming}")
        for key in sorted(local(str(iri)) for iri in table.column("document")):
            if (
                self.holdings.has(key)
                and f"documents/{key}.ttl" not in self.changes
            ):
                source, makers = self.folder.source(key)
                self.documents["updated"] += self._write_source(source, makers)

    def _write_registry(self) -> None:
        content = self.folder.entities_file(self.linker.own.values())
        if not self.folder.is_as_stands("entities.ttl", content):
            self.changes["entities.ttl"] = content


def _runs(batch: Batch) -> dict[Run, None]:
    """The runs that single statements name, each once."""
    runs: dict[Run, None] = {}
    for source in batch.sources:
        runs |= dict.fromkeys(source.makers.values())
    return runs


def _key(value: Statement) -> str:
    return value.id or ""


def _references(statements: Iterable[Statement]) -> set[str]:
    """The IRIs of all whom statements name."""
    references: set[str] = set()
    for statement in statements:
        references |= statement.references
    return references


def _updated(old: Document, new: Document, key: str) -> Document:
    """What the record says now; an address or a hash that it leaves out stays."""
    return replace(
        new,
        id=key,
        url=new.url or old.url,
        sha256=new.sha256 or old.sha256,
        text=None,
    )


def _run_of_today() -> Run:
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return Run(f"Curation of {today}", "curation", ended=today)
