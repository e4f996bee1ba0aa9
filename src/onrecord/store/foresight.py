"""The edges that would follow if the graph of some files were changed, before it is."""

import tempfile
from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from onrecord.store.branching import branch
from onrecord.store.build import EDGES
from onrecord.store.cache import open_store
from onrecord.store.files import snapshot
from onrecord.store.touched import Touched
from onrecord.workspace import Workspace
from onrecord.workspace.homes import cache_home

Edges = set[ox.Quad]


def foreseen_edges(
    workspace: Workspace,
    removed: Collection[ox.Quad],
    added: Collection[ox.Quad],
) -> tuple[Edges, Edges]:
    """The edges as they are, and as they would be without some quads and with others."""
    kept = open_store(workspace)
    place = cache_home() / snapshot(workspace).key
    if not place.is_dir():
        copy = ox.Store()
        copy.bulk_extend(kept)
        return _changed(copy, workspace, removed, added)
    with _beside(place) as folder:
        branch(place, Path(folder))
        return _changed(ox.Store(folder), workspace, removed, added)


def _beside(place: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for a branch; named as a cache in the making is, so that what a fault leaves is thrown away later."""
    return tempfile.TemporaryDirectory(
        prefix=f"{place.name}.", dir=place.parent, ignore_cleanup_errors=True
    )


def _changed(
    store: ox.Store,
    workspace: Workspace,
    removed: Collection[ox.Quad],
    added: Collection[ox.Quad],
) -> tuple[Edges, Edges]:
    """The edges before and after a change; no caller holds the store, so at the end it is closed and writes no more."""
    before = _edges(store)
    touched = Touched()
    touched.note(store, removed)
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    touched.note(store, [*removed, *added])
    touched.derive(store, workspace)
    return before, _edges(store)


def _edges(store: ox.Store) -> Edges:
    return set(store.quads_for_pattern(None, None, None, EDGES))
