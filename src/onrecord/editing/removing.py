"""Removal for good: what is removed leaves a tombstone, so that no `add` brings it back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.editing.editor import Editor, editing
from onrecord.editing.folder import document_marks
from onrecord.editing.reconcile import fingerprint
from onrecord.editing.shared import again
from onrecord.extract.llm.kept import KeptAnswers
from onrecord.model import CONTROL, Entity, Source, Statement
from onrecord.model.errors import BadGraph, BadInput, UnknownName
from onrecord.model.iris import (
    BASE,
    OURS,
    digest,
    document_iri,
    local,
    statement_iri,
)
from onrecord.model.names import nearest
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, kept_text
from onrecord.workspace.paths import text_path


@dataclass(frozen=True, slots=True)
class Removed:
    """What `remove` took out, "statement ID" or "document ID", and the names of the entities that went with it."""

    what: str
    statements: int
    entities: tuple[str, ...] = ()


@again
def remove(
    what: str, *, reason: str = "", workspace: Workspace | None = None
) -> Removed:
    """Removes a document with its statements, or one statement, and leaves a tombstone with the reason.

    `onrecord remove 1f0c2a9b7d34 --reason "…"` is `onrecord.remove("1f0c2a9b7d34", reason="…")`. `what` is an id, an
    IRI, or a document's address. An entity that nothing names any more goes too; a statement elsewhere that disputes
    what went stays and disputes nothing. A document's text goes with it, and what a language model answered about it.
    A document whose file no longer parses goes by its id. It is for good: the log says what and when, and forgets the
    files as they were before. Raises UnknownName, BadInput for a reason with control characters, NoWorkspace and
    NotWritten; whatever it raises, nothing was changed.
    """
    if CONTROL.search(reason):
        message = "the reason holds a control character; take it out"
        raise BadInput(message)
    with editing(workspace) as editor:
        removal = _Removal(editor, reason)
        removed = removal.broken(what) or removal.of(what)
        logged = f"removal of {removed.what}"
        editor.commit_for_good(removal.changes, logged, removal.names())
        removal.forget_answers()
    return removed


class _Removal:
    """One go of `remove`: what stands, and the files that follow from taking something out."""

    def __init__(self, editor: Editor, reason: str) -> None:
        self.editor = editor
        self.reason = reason
        self.folder = editor.folder
        self.entities = editor.entities
        self.changes: dict[str, bytes | None] = {}
        self.forgotten: str | None = None
        self.gone: list[Entity] = []

    @property
    def graph(self) -> Graph:
        """The graph as the files are; raises BadGraph where one is broken."""
        return self.editor.graph

    def names(self) -> list[str]:
        """Every name of the entities that went."""
        names: list[str] = []
        for entity in self.gone:
            names += [entity.name, *entity.aliases]
        return names

    def broken(self, what: str) -> Removed | None:
        """Takes out the document with this id if its file does not parse; None where it does."""
        key = _id(what)
        if key not in self.editor.documents():
            return None
        try:
            self.folder.source(key)
        except BadGraph:
            self.changes[f"documents/{key}.ttl"] = None
            self._bury(document_iri(key), [key], [])
            return Removed(f"document {key}", 0)
        return None

    def of(self, what: str) -> Removed:
        """Takes out what is meant; raises UnknownName."""
        documents = set(self.editor.documents())
        statements = _pairs(
            self.graph, "?it a :Statement ; :document ?document"
        )
        addresses = _pairs(self.graph, "?document a :Document ; schema:url ?it")
        key = _id(what)
        if statements.get(key) in documents:
            return self._statement(key, statements[key])
        document = addresses.get(what, key)
        if document not in documents:
            near = nearest(key, documents)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            message = (
                f"no statement or document of this workspace is called {what!r}"
            )
            raise UnknownName(message + hint)
        return self._document(document)

    def _document(self, key: str) -> Removed:
        source, _ = self.folder.source(key)
        self.changes[f"documents/{key}.ttl"] = None
        self._forget_text(source.document.sha256)
        unnamed = self._forget(source.statements)
        self._bury(document_iri(key), document_marks(source.document), unnamed)
        return Removed(
            f"document {key}", len(source.statements), _names(unnamed)
        )

    def _forget_text(self, sha256: str | None) -> None:
        """Takes the kept text out, unless another document has it too."""
        table = self.graph.ask("SELECT ?it ?sha256 { ?it :sha256 ?sha256 }")
        if table.column("sha256").count(sha256) != 1:
            return
        self.forgotten = sha256
        if kept_text(self.graph.workspace.root, sha256) is not None:
            self.changes[text_path(sha256)] = None

    def forget_answers(self) -> None:
        """Takes out what a language model answered about a text that went."""
        if self.forgotten:
            KeptAnswers.of(self.graph.workspace).forget(self.forgotten)

    def _statement(self, key: str, document: str) -> Removed:
        """Its document stays, also when it was the last one, so that the next `add` knows the document."""
        source, makers = self.folder.source(document)
        by_id = {statement.id: statement for statement in source.statements}
        gone = by_id.pop(key)
        self._rewrite(replace(source, statements=tuple(by_id.values())), makers)
        unnamed = self._forget([gone])
        self._bury(
            statement_iri(key), [key, fingerprint(gone, document)], unnamed
        )
        return Removed(f"statement {key}", 1, _names(unnamed))

    def _forget(self, gone: Iterable[Statement]) -> dict[str, Entity]:
        """Loosens what disputed them, and takes the entities out that only they named."""
        ids: set[str] = set()
        candidates: set[str] = set()
        for statement in gone:
            ids.add(statement.id or "")
            candidates |= statement.references
        self._settle(ids)
        unnamed = self._take_unnamed(candidates, ids)
        self.gone += unnamed.values()
        if unnamed:
            self.changes.update(self.editor.entities_file())
        return unnamed

    def _take_unnamed(
        self, candidates: set[str], gone: set[str]
    ) -> dict[str, Entity]:
        """Takes out the entities that nothing names now, and whom they were listed with."""
        unnamed: dict[str, Entity] = {}
        while candidates:
            known = candidates & self.entities.keys()
            alone = [
                iri for iri in sorted(known) if not self._is_named(iri, gone)
            ]
            candidates = set()
            for iri in alone:
                unnamed[iri] = self.entities.pop(iri)
                candidates |= unnamed[iri].references
        return unnamed

    def _is_named(self, iri: str, gone: set[str]) -> bool:
        if any(iri in entity.references for entity in self.entities.values()):
            return True
        naming = f"?statement ?how <{iri}> . ?statement a :Statement"
        table = self.graph.ask(f"SELECT DISTINCT ?statement {{ {naming} }}")
        return any(
            local(str(iri)) not in gone for iri in table.column("statement")
        )

    def _settle(self, gone: set[str]) -> None:
        """No statement may dispute one that is not there."""
        disputes = _pairs(
            self.graph, "?it :disputes ?other ; :document ?document"
        )
        for key in sorted(set(disputes.values())):
            path = f"documents/{key}.ttl"
            if self.changes.get(path, b"") is None:
                continue
            source, makers = self.folder.source(key)
            loosened = []
            for statement in source.statements:
                if path in self.changes and statement.id in gone:
                    continue
                is_loose = statement.disputes in gone
                loose = (
                    replace(statement, disputes=None) if is_loose else statement
                )
                loosened.append(loose)
            if tuple(loosened) != source.statements:
                self._rewrite(
                    replace(source, statements=tuple(loosened)), makers
                )

    def _rewrite(self, source: Source, makers: Mapping[str, str]) -> None:
        self.changes.update(self.editor.source_file(source, makers))

    def _bury(
        self, iri: str, marks: Iterable[str], unnamed: Iterable[str]
    ) -> None:
        """A tombstone; an entity is marked by its digest, since its name may be what had to go."""
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        known_by = [*marks, *map(digest, unnamed)]
        content = self.folder.removed_file(iri, known_by, self.reason, today)
        self.changes["removed.ttl"] = content


def _id(what: str) -> str:
    """The last part of an IRI of ours, of `st:ID` or of `doc:ID`; anything else is left as it is."""
    plain = what.removeprefix("st:").removeprefix("doc:")
    return (
        local(plain) if plain.startswith((OURS["st"], OURS["doc"])) else plain
    )


def _pairs(graph: Graph, pattern: str) -> dict[str, str]:
    """From what a pattern finds as `?it`, an id or an address, to the id of its `?document`."""
    pairs = {}
    for row in graph.ask(f"SELECT ?it ?document {{ {pattern} }}"):
        it = str(row["it"])
        key = local(it) if it.startswith(BASE) else it
        pairs[key] = local(str(row["document"]))
    return pairs


def _names(entities: Mapping[str, Entity]) -> tuple[str, ...]:
    return tuple(sorted(entity.name for entity in entities.values()))
