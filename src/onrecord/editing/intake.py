"""One batch → the changes that a workspace's files need: linked, merged with what is there, written anew."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onrecord.editing.coding import is_coding
from onrecord.editing.committing import NOTHING, Changes
from onrecord.editing.editor import Editor
from onrecord.editing.folder import document_marks
from onrecord.editing.holdings import Disputed, Holdings
from onrecord.editing.joining import Joining
from onrecord.editing.reconcile import fingerprint, merge, statement_id
from onrecord.ingest.records import Batch, PlacedSource
from onrecord.model import Document, Entity, Run, Source, Statement
from onrecord.model.errors import BadRecord
from onrecord.model.iris import digest, document_iri, local
from onrecord.model.registry import shared_aliases


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


MOST_ALIASES = 10
"""Faults of aliases that are told one by one: two registries that were put together may have thousands."""


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
        self.linker.removed, self.linker.expected = self.folder.removed, batch.expected
        self.holdings = Holdings(editor.store, self.folder.path, self.folder.removed)
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
        self.linker.entities(self.batch.entities)
        coming = [row for row in self.batch.sources if not self._is_withheld(row)]
        linked = list(filter(None, map(self._linked, coming)))
        for where, name in self.batch.references:
            self.linker.iri(name, where)
        apart = [self._pair(*line) for line in self.batch.apart]
        self.faults += [
            *self.batch.faults,
            *self.linker.faults,
            *self._entity_faults(),
            *self._document_faults(),
        ]
        joining = Joining(self.folder, self.holdings)
        if self.is_by_program and not self.faults:
            linked = joining.join(linked, self.graph)
        for source in linked if not self.faults else ():
            self._merge(source)
        self.faults += self._undisputable(linked) if not self.faults else ()
        if self.faults:
            raise BadRecord(self.faults)
        for key in sorted(joining.links):
            self._write_source(*joining.linked(key))
        self._withhold_entities()
        self._drop_leftovers()
        self._relabel()
        self._write_registry()
        self._keep_apart(apart)
        entities = Counter(self.linker.changed.values())
        notes = (joining.note,) if joining.note else ()
        left_out = tuple(self._reasons())
        return Added(
            self.documents, self.statements, entities, notes, left_out=left_out
        )

    @property
    def taken(self) -> list[Document]:
        """The documents that came, without those left out."""
        return [
            source.document
            for source in self.batch.sources
            if source.where not in self.left_out
        ]

    def commit(self, texts: Changes = NOTHING, beside: Changes = NOTHING) -> None:
        """Writes what follows, and the texts that came; nothing where nothing does.

        What is `beside` is written together with it, and is not taken back with it.
        """
        changes = {**self.changes, **texts}
        if changes or beside:
            count = len(self.taken)
            what = f"addition of {count} document{'s' * (count != 1)}"
            self.editor.commit(changes, what, beside)

    def _is_withheld(self, source: PlacedSource) -> bool:
        if self.folder.removed.isdisjoint(document_marks(source.document)):
            return False
        self.documents["withheld"] += 1
        self.statements["withheld"] += len(source.statements)
        return True

    def _linked(self, source: PlacedSource) -> PlacedSource | None:
        """A source whose statements name by IRIs; None for one that is left out."""
        before = len(self.linker.faults)
        statements = tuple(
            (where, self.linker.statement(where, statement))
            for where, statement in source.statements
        )
        linked = replace(source, statements=statements)
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

    def _reasons(self) -> list[str]:
        """Why documents were left out."""
        return [
            f"{where}: left out, since a name changed while it was read; add it again: "
            + faults[0].removeprefix(f"{where}: ")
            for where, faults in self.left_out.items()
        ]

    def _entity_faults(self) -> list[str]:
        faults = [
            f"entity :{local(iri)}: {fault}"
            for iri, fault in shared_aliases(self.linker.own)
        ]
        shown, more = faults[:MOST_ALIASES], len(faults) - MOST_ALIASES
        rest = [f"entities: {more:,} more aliases belong to two entities or more"]
        return shown + rest if more > 0 else shown

    def _document_faults(self) -> list[str]:
        """Documents that nothing tells from others, or that come twice."""
        places: dict[str, str] = {}
        unmarked = [
            source.where
            for source in self.batch.sources
            if not (source.document.url or source.document.sha256)
        ]
        marked = [
            (source.where, mark)
            for source in self.batch.sources
            for mark in document_marks(source.document)
            if mark != source.document.id or self.holdings.has(mark)
        ]
        return [
            f"{where}: doc: needs an address (url), its text or the text's hash (sha256)"
            for where in unmarked
        ] + [
            f"{where}: is the same document ({mark}) as {first}; put their statements together"
            for where, mark in marked
            if (first := places.setdefault(mark, where)) != where
        ]

    def _pair(self, where: str, names: tuple[str, str]) -> tuple[str, str]:
        one, two = (self.linker.iri(name, where) for name in names)
        if one == two:
            self.faults.append(f"{where}: apart: both names are of one entity")
        return one, two

    def _keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Plans the note on entities that are two, of those that stay."""
        known = self.folder.apart()
        fresh = [
            pair
            for pair in pairs
            if frozenset(pair) not in known and self.linker.own.keys() >= {*pair}
        ]
        if fresh:
            self.changes["removed.ttl"] = self.folder.apart_file(fresh)

    def _undisputable(self, sources: Iterable[PlacedSource]) -> list[str]:
        placed = [statement for source in sources for statement in source.statements]
        return [
            f"{where}: disputes: no statement has the id {statement.disputes!r}"
            for where, statement in placed
            if statement.disputes and not self.holdings.bearer(statement.disputes)
        ]

    def _merge(self, source: PlacedSource) -> None:
        key = self.holdings.find(source.document)
        old, makers = self.folder.source(key) if key else (Source(source.document), {})
        document = _updated(
            old.document, source.document, key or self.holdings.mint(source.document)
        )
        iri = document.id or ""
        try:
            new = (
                _reviewed_stand(old, source, iri)
                if self.is_by_program
                else source.statements
            )
            apart = _coded_apart(old, makers, new)
            rest = [value for value in old.statements if value not in apart]
            disputed = Disputed(self.holdings)
            merged = merge(rest, new, iri, self.folder.removed, disputed)
        except BadRecord as error:
            self.faults += error.faults
            return
        statements = tuple(sorted((*merged.statements, *apart), key=_key))
        ghosts = self._ghosts(source.where, statements)
        if ghosts and self.leaves_out:
            self._leave_out(source, ghosts)
            return
        self.faults += ghosts
        if self.faults:
            return
        self.holdings.forget(statement.id or "" for statement in old.statements)
        self.faults += self.holdings.clashes(source.where, map(_key, statements), iri)
        self.statements += Counter(merged.counts)
        self.unnamed.update(*(statement.references for statement in old.statements))
        self.seen.add(document_iri(iri))
        makers |= {key: self._maker(source, key) for key in merged.fresh}
        changed = self._write_source(Source(document, statements), makers)
        self.documents[
            "added" if key is None else "updated" if changed else "unchanged"
        ] += 1
        if merged.fresh:
            self.changes["runs.ttl"] = self.runs

    def _maker(self, source: PlacedSource, key: str) -> str:
        run = source.makers.get(key)
        return self.makers[run] if run else self.made_by

    def _ghosts(self, where: str, statements: Iterable[Statement]) -> list[str]:
        """A fault for each removed entity that a statement names which is not itself removed."""
        ghosts = sorted(
            self.linker.ghosts
            & {iri for statement in statements for iri in statement.references}
        )
        return [
            f"{where}: {local(iri)!r} was removed; to name it again, add it as an entity"
            for iri in ghosts
        ]

    def _write_source(self, source: Source, makers: Mapping[str, str]) -> bool:
        """Plans the document's file, if it is not just so already."""
        self.named.update(*(statement.references for statement in source.statements))
        path = f"documents/{source.document.id}.ttl"
        content = self.folder.source_file(source, makers, self.linker.own)
        if self.folder.is_as_stands(path, content):
            return False
        self.changes[path] = content
        return True

    def _withhold_entities(self) -> None:
        """Leaves out a new entity that nothing names, if it was removed or only came with what is withheld."""
        changed, own = self.linker.changed, self.linker.own
        while unnamed := [
            iri
            for iri, how in changed.items()
            if how == "added" and not self._is_wanted(iri)
        ]:
            for iri in unnamed:
                del own[iri]
                changed[iri] = "withheld"
        for iri in self.linker.copied & {
            iri for iri, how in changed.items() if how == "withheld"
        }:
            del changed[iri]

    def _is_wanted(self, iri: str) -> bool:
        if iri in self.named or self._is_listed(iri):
            return True
        if iri in self.names_left_out:
            return False
        return iri not in self.linker.copied and digest(iri) not in self.folder.removed

    @property
    def is_by_program(self) -> bool:
        """Whether a program made what came."""
        return self.batch.run is not None and self.batch.run.kind == "extraction"

    def _drop_leftovers(self) -> None:
        """Takes names out that a program had proposed, that nobody has touched, and that nothing names any more."""
        own = self.linker.own
        for iri in sorted(self.unnamed - self.named) if self.is_by_program else ():
            entity = own.get(iri)
            is_bare = (
                entity == Entity(entity.name, entity.type, id=entity.id)
                if entity
                else False
            )
            if (
                is_bare
                and not self._is_listed(iri)
                and not self._is_named_elsewhere(iri)
            ):
                del own[iri]
                self.linker.changed[iri] = "deleted"

    def _is_named_elsewhere(self, iri: str) -> bool:
        named = self.graph.ask(
            f"SELECT DISTINCT ?it {{ ?statement ?how <{iri}> ; a :Statement ; :document ?it }}"
        )
        return any(iri not in self.seen for iri in named.column("it"))

    def _is_listed(self, iri: str) -> bool:
        """Whether another entity's record names an entity."""
        return any(iri in entity.references for entity in self.linker.own.values())

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
        for key in sorted(local(str(iri)) for iri in table.column("document")):
            if self.holdings.has(key) and f"documents/{key}.ttl" not in self.changes:
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


def _coded_apart(
    old: Source,
    makers: Mapping[str, str],
    new: Iterable[tuple[str, Statement]],
) -> list[Statement]:
    """What coders made by hand and nothing new bears the id of: nobody else takes it out."""
    coming = {value.id for _, value in new}
    return [
        value
        for value in old.statements
        if is_coding(makers.get(_key(value), "")) and value.id not in coming
    ]


def _reviewed_stand(
    old: Source, new: PlacedSource, iri: str
) -> tuple[tuple[str, Statement], ...]:
    """What a program finds again, as a person left it who has reviewed it.

    Where the words have changed, a statement is known by what it says, if it alone
    says so; then its evidence is where the words stand now.
    """
    reviewed = {
        statement.id: statement
        for statement in old.statements
        if statement.review and statement.review.status != "superseded"
    }
    before = Counter(fingerprint(statement, iri) for statement in reviewed.values())
    now = Counter(fingerprint(statement, iri) for _, statement in new.statements)
    alike = {
        key: statement
        for statement in reviewed.values()
        if before[key := fingerprint(statement, iri)] == now[key] == 1
    }

    def left(statement: Statement) -> Statement:
        same = reviewed.get(statement.id or statement_id(statement, iri))
        if same is not None:
            return same
        said = alike.get(fingerprint(statement, iri))
        if said is None:
            return statement
        return replace(said, evidence=statement.evidence)

    return tuple((where, left(statement)) for where, statement in new.statements)


def _updated(old: Document, new: Document, key: str) -> Document:
    """What the record says now; an address or a hash that it leaves out stays."""
    return replace(
        new, id=key, url=new.url or old.url, sha256=new.sha256 or old.sha256, text=None
    )


def _run_of_today() -> Run:
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return Run(f"Curation of {today}", "curation", ended=today)
