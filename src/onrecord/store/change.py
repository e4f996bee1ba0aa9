"""A kept store made from an older one: only the graphs whose files changed are taken out and put in."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.store.blocks import changed_blocks
from onrecord.store.branching import branch
from onrecord.store.build import load
from onrecord.store.files import Snapshot
from onrecord.store.manifest import (
    Entry,
    changed_graphs,
    kept_copy,
    manifest,
    read_manifest,
    write_manifest,
)
from onrecord.store.touched import Touched, is_structural
from onrecord.workspace import Workspace

MOST_CHANGED = 0.5
"""From this share of the bytes on, reading everything is quicker."""


def fill_from(
    old: Path, folder: Path, workspace: Workspace, files: Snapshot
) -> bool:
    """Fills a folder with the store that files make, beginning with another store of theirs.

    False, with nothing done that counts, where all must be read: the ontology changed, or too much did. Raises
    BadGraph, OSError and RuntimeError.
    """
    before = read_manifest(old)
    after = manifest(workspace, files, before)
    graphs = changed_graphs(before, after)
    if not before or not graphs.isdisjoint(
        {"", GRAPHS["ontology"], GRAPHS["edges"]}
    ):
        return False
    if _size(after, graphs) > MOST_CHANGED * _size(after, None):
        return False
    branch(old, folder)
    store = ox.Store(str(folder))
    states = _States(old, before, after)
    if not _change(store, graphs, states, workspace):
        return False
    store.flush()
    del store
    write_manifest(folder, after)
    return True


def _size(entries: Iterable[Entry], graphs: frozenset[str] | None) -> int:
    """Bytes of the files of some graphs, or of all."""
    chosen = (row for row in entries if graphs is None or row.graph in graphs)
    return sum(int(row.state.partition(" ")[0]) for row in chosen)


def _change(
    store: ox.Store,
    graphs: frozenset[str],
    states: "_States",
    workspace: Workspace,
) -> bool:
    removed, added = states.differences(store, graphs)
    if is_structural(removed | added):
        return False
    touched = Touched()
    touched.note(store, removed)
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    for graph in graphs:
        _drop_empty(store, ox.NamedNode(graph))
    touched.note(store, removed | added)
    touched.derive(store, workspace)
    return True


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of N-Triples of one graph that go and come."""

    graph: str
    gone: set[bytes]
    come: set[bytes]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.gone) + len(self.come)


@dataclass(frozen=True, slots=True)
class _States:
    """The files of a kept store, in its folder's manifest, and the files as they are now."""

    folder: Path
    before: Sequence[Entry]
    after: Sequence[Entry]

    def differences(
        self, store: ox.Store, graphs: frozenset[str]
    ) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """What goes and what comes."""
        removed: set[ox.Quad] = set()
        added: set[ox.Quad] = set()
        for graph in graphs:
            gone, come = self._by_blocks(graph) or self._by_lines(store, graph)
            removed |= gone - come
            added |= come - gone
        return removed, added

    def _by_blocks(
        self, graph: str
    ) -> tuple[set[ox.Quad], set[ox.Quad]] | None:
        """The quads of the blocks of lines that differ; None where no copy tells what the file was."""
        old = [entry for entry in self.before if entry.graph == graph]
        new = [entry for entry in self.after if entry.graph == graph]
        if len(old) != 1 or len(new) != 1:
            return None
        was = kept_copy(self.folder, old[0])
        content = Path(new[0].path).read_bytes() if was else b""
        is_sure = hashlib.sha256(content).hexdigest() == new[0].digest
        blocks = changed_blocks(was, content) if was and is_sure else None
        if blocks is None:
            return None
        try:
            gone, come = (
                _quads(part, graph, ox.RdfFormat.TURTLE) for part in blocks
            )
        except SyntaxError:
            return None
        return gone, come

    def _by_lines(
        self, store: ox.Store, graph: str
    ) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """The quads of the lines that differ, of the graph as the engine writes it."""
        files = [
            Path(entry.path) for entry in self.after if entry.graph == graph
        ]
        return quads_of(differing_lines(store, _loaded(files, graph), [graph]))


def differing_lines(
    before: ox.Store, after: ox.Store, graphs: Iterable[str]
) -> list[Lines]:
    """The lines of some graphs, "" for the unnamed one, that only the one and only the other of two stores writes."""
    rows = []
    for graph in graphs:
        old, new = _lines(before, graph), _lines(after, graph)
        rows.append(Lines(graph, old - new, new - old))
    return rows


def quads_of(rows: Iterable[Lines]) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """What goes and what comes."""
    removed: set[ox.Quad] = set()
    added: set[ox.Quad] = set()
    form = ox.RdfFormat.N_TRIPLES
    for row in rows:
        removed |= _quads(b"\n".join(row.gone), row.graph, form)
        added |= _quads(b"\n".join(row.come), row.graph, form)
    return removed, added


def differing_graphs(before: ox.Store, after: ox.Store) -> frozenset[str]:
    """The graphs that two stores do not hold alike, "" for the unnamed one.

    Each is compared as the engine writes it, in the order in which it keeps it, which is the same in a branch.
    """
    names = {"", *_names(before), *_names(after)}
    return frozenset(
        name for name in names if _text(before, name) != _text(after, name)
    )


def _names(store: ox.Store) -> Iterator[str]:
    for graph in store.named_graphs():
        if isinstance(graph, ox.NamedNode):
            yield graph.value


def _loaded(files: Iterable[Path], graph: str) -> ox.Store:
    store = ox.Store()
    for file in files:
        load(store, file, graph)
    return store


def _lines(store: ox.Store, graph: str) -> set[bytes]:
    """A graph as N-Triples, which the engine writes without making an object of each term."""
    return set(_text(store, graph).split(b"\n"))


def _text(store: ox.Store, graph: str) -> bytes:
    text = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=_name(graph))
    assert text is not None  # noqa: S101  there is no file that it would go to
    return text


def _quads(content: bytes, graph: str, form: ox.RdfFormat) -> set[ox.Quad]:
    name = _name(graph)
    return {
        ox.Quad(quad.subject, quad.predicate, quad.object, name)
        for quad in ox.parse(content, form)
    }


def _name(graph: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


def _drop_empty(store: ox.Store, name: ox.NamedNode) -> None:
    """Takes the name of a graph out that holds nothing any more."""
    if next(store.quads_for_pattern(None, None, None, name), None) is None:
        store.remove_graph(name)
