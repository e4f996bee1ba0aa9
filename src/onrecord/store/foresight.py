"""The edges that would follow if the graph of some files were changed, before it is."""

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
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
    workspace: Workspace, removed: Collection[ox.Quad], added: Collection[ox.Quad]
) -> tuple[Edges, Edges]:
    """The edges as they are, and as they would be without some quads and with others."""
    with _branch(workspace) as store:
        before = _edges(store)
        touched = Touched()
        touched.note(store, [*removed, *added])
        for quad in removed:
            store.remove(quad)
        store.extend(added)
        touched.note(store, [*removed, *added])
        touched.derive(store, workspace)
        return before, _edges(store)


@contextmanager
def _branch(workspace: Workspace) -> Iterator[ox.Store]:
    """A store of a workspace that may be changed, and is thrown away: a branch of the kept one, or in memory."""
    kept = open_store(workspace)
    place = cache_home() / snapshot(workspace).key
    if not place.is_dir():
        store = ox.Store()
        store.bulk_extend(kept)
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="branch-", dir=place.parent) as name:
        branch(place, Path(name))
        yield ox.Store(name)


def _edges(store: ox.Store) -> Edges:
    return set(store.quads_for_pattern(None, None, None, EDGES))
