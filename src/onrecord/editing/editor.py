"""The one way by which files of a workspace change: alone, read back, logged, and all at once.

What adds, reviews, edits, merges, renames, removes or links says what the files shall be;
`Editor.commit` lets Oxigraph read them back, writes a line of the log, and commits both.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from onrecord.editing.committing import (
    NOTHING,
    Changes,
    read_back,
    write_logged,
)
from onrecord.editing.folder import Folder
from onrecord.editing.known import linker, own_registry
from onrecord.editing.link import Linker
from onrecord.editing.shared import again, shared
from onrecord.model import Source, Statement
from onrecord.model.errors import UnknownName
from onrecord.model.registry import Registry
from onrecord.querying.ask import Graph
from onrecord.store.cache import open_store
from onrecord.workspace import Workspace, find, has_document, read_file, writing
from onrecord.workspace.log import logged_for_good, taken_back


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did, in words, and in how many documents."""

    what: str
    documents: int


class Editor:
    """A workspace that is held alone, as its files are now."""

    def __init__(
        self, where: Workspace, write: Callable[[Changes], None]
    ) -> None:
        self.workspace = where
        self.home = where.home
        self.vocabulary = Graph(where).vocabulary
        self.folder = Folder(self.home, self.vocabulary)
        self.entities = self.folder.entities()
        self._write = write
        self._sources: dict[str, tuple[Source, dict[str, str]]] = {}

    @cached_property
    def graph(self) -> Graph:
        """The graph as the files are, from the cache, which costs what changed.

        Opened by this thread, which holds the folder: another one would wait for it.
        """
        graph = Graph(self.workspace)
        graph.store = self.store
        return graph

    @cached_property
    def store(self) -> ox.Store:
        """The store of that graph."""
        return open_store(self.workspace)

    @cached_property
    def registry(self) -> Registry:
        """The workspace's own entities, by name; read from their file alone."""
        merged = self.folder.merged()
        return own_registry(
            self.workspace, self.vocabulary, self.entities, merged
        )

    def linker(self) -> Linker:
        """Links names to entities, and takes in those that ship where one is named."""
        return linker(
            self.workspace, self.registry, self.entities, self.vocabulary
        )

    def documents(self) -> list[str]:
        """The id of every document."""
        paths = (self.home / "documents").glob("*.ttl")
        return sorted(path.stem for path in paths)

    def holder(self, statement: str, document: str | None = None) -> str:
        """The id of the document that bears a statement; `document` is looked at first.

        Raises UnknownName.
        """
        known = document and has_document(self.home, document)
        first = [document] if document and known else []
        for key in [*first, *self.documents()]:
            if self._mentions(key, statement) and self._bears(key, statement):
                return key
        message = f"no statement of this workspace is called {statement}"
        raise UnknownName(message)

    def documents_with(self, keys: Iterable[str]) -> list[str]:
        """The documents whose files hold one of some ids."""
        wanted = set(keys)
        documents = self.documents()
        return [name for name in documents if self._mentions(name, *wanted)]

    def _mentions(self, document: str, *keys: str) -> bool:
        content = read_file(self.home / "documents" / f"{document}.ttl") or b""
        return any(key.encode() in content for key in keys)

    def source(self, document: str) -> tuple[Source, dict[str, str]]:
        """A document and its makers, parsed once; raises BadGraph, Untrusted."""
        if document not in self._sources:
            self._sources[document] = self.folder.source(document)
        return self._sources[document]

    def _bears(self, document: str, statement: str) -> bool:
        source, _ = self.source(document)
        return statement in {value.id for value in source.statements}

    def change(
        self, document: str, change: Callable[[Statement], Statement]
    ) -> tuple[Changes, int]:
        """The file of a document whose statements are changed, and how many are."""
        source, makers = self.source(document)
        now = tuple(map(change, source.statements))
        pairs = zip(source.statements, now, strict=True)
        count = sum(old != new for old, new in pairs)
        if not count:
            return NOTHING, 0
        return self.source_file(replace(source, statements=now), makers), count

    def source_file(self, source: Source, makers: Mapping[str, str]) -> Changes:
        """A document's file, by its path."""
        content = self.folder.source_file(source, makers, self.entities)
        return {f"documents/{source.document.id}.ttl": content}

    def entities_file(self) -> Changes:
        """The registry's file, by its path; nothing where it stands so already."""
        content = self.folder.entities_file(self.entities.values())
        if self.folder.is_as_stands("entities.ttl", content):
            return NOTHING
        return {"entities.ttl": content}

    def commit(
        self, changes: Changes, what: str, beside: Changes = NOTHING
    ) -> Changed:
        """Writes files and a line of the log; raises BadInput, NotWritten, Untrusted.

        What is `beside` is written together with them, and in no log.
        """
        write_logged(self.home, self._write, changes, what, beside)
        return Changed(what, _documents(changes))

    def commit_for_good(
        self, changes: Changes, what: str, names: Iterable[str]
    ) -> Changed:
        """As `commit`, but nothing of it, nor of what was before, can be taken back."""
        read_back(self.home, changes)
        self._write(logged_for_good(self.home, changes, what, names))
        return Changed(what, _documents(changes))


@contextmanager
def editing(workspace: Workspace | None = None) -> Iterator[Editor]:
    """Holds a workspace alone and gives its editor; raises NoWorkspace, NotWritten."""
    where = workspace or find()
    with writing(where.home) as write, shared(where, write) as commit:
        yield Editor(where, commit)


@again
def undo(
    *, what: str | None = None, workspace: Workspace | None = None
) -> Changed:
    """Takes the last change back: what was added, a verdict, an edit, a merge, a rename.

    `onrecord undo` is `onrecord.undo()`. `what` takes back the last change that the log
    calls so, though others came after it. Raises BadInput where that cannot be done:
    nothing is logged, a file was changed since, or it was a removal; and Untrusted where
    the change was logged elsewhere or by another.
    """
    where = workspace or find()
    with writing(where.home) as write, shared(where, write) as commit:
        entry, changes = taken_back(where.home, what)
        commit(changes)
    return Changed(entry.what, _documents(entry.before))


def _documents(paths: Iterable[str]) -> int:
    return sum(path.startswith("documents/") for path in paths)
