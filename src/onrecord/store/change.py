"""A kept store made from an older one: only the graphs whose files changed are taken out and put in."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.store.branching import branch
from onrecord.store.build import parse
from onrecord.store.files import Snapshot
from onrecord.store.manifest import (
    Entry,
    changed_graphs,
    manifest,
    read_manifest,
    write_manifest,
)
from onrecord.store.touched import Touched, is_structural
from onrecord.workspace import Workspace

MOST_CHANGED = 0.5
"""From this share of the bytes on, reading everything is quicker."""


def fill_from(old: Path, folder: Path, workspace: Workspace, files: Snapshot) -> bool:
    """Fills a folder with the store that files make, beginning with another store of theirs.

    False, with nothing done that counts, where all must be read: the ontology changed, or too much did. Raises
    BadGraph, OSError and RuntimeError.
    """
    before = read_manifest(old)
    after = manifest(workspace, files, before)
    graphs = changed_graphs(before, after)
    if not before or not graphs.isdisjoint({"", GRAPHS["ontology"], GRAPHS["edges"]}):
        return False
    if _size(after, graphs) > MOST_CHANGED * _size(after, None):
        return False
    branch(old, folder)
    store = ox.Store(str(folder))
    if not _change(store, graphs, after, workspace):
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
    entries: Iterable[Entry],
    workspace: Workspace,
) -> bool:
    removed, added = _differences(store, graphs, entries)
    if is_structural(removed | added):
        return False
    touched = Touched()
    touched.note(store, removed | added)
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    for graph in graphs:
        _drop_empty(store, ox.NamedNode(graph))
    touched.note(store, removed | added)
    touched.derive(store, workspace)
    return True


def _differences(
    store: ox.Store, graphs: frozenset[str], entries: Iterable[Entry]
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """What goes and what comes; a number that is written otherwise than the store gives it back does both."""
    files: dict[str, list[Path]] = {graph: [] for graph in graphs}
    for entry in entries:
        if entry.graph in files:
            files[entry.graph].append(Path(entry.path))
    removed: set[ox.Quad] = set()
    added: set[ox.Quad] = set()
    for graph, paths in files.items():
        before, after = _quads(store, graph), _parsed(graph, paths)
        removed |= before - after
        added |= after - before
    return removed, added


def _quads(store: ox.Store, graph: str) -> set[ox.Quad]:
    name = ox.NamedNode(graph)
    return set(store.quads_for_pattern(None, None, None, name))


def _parsed(graph: str, files: Iterable[Path]) -> set[ox.Quad]:
    """What the files of a graph hold, numbers as they are written."""
    name = ox.NamedNode(graph)
    quads: set[ox.Quad] = set()
    for file in files:
        for quad in parse(file):
            quads.add(ox.Quad(quad.subject, quad.predicate, quad.object, name))
    return quads


def _drop_empty(store: ox.Store, name: ox.NamedNode) -> None:
    """Takes the name of a graph out that holds nothing any more."""
    if next(store.quads_for_pattern(None, None, None, name), None) is None:
        store.remove_graph(name)
