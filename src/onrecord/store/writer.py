"""What the writing worker of a writable store does: changes a branch of the published generation, and its edges.

Both works leave a store that is closed and on disk; that it is published is the server's business.
"""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.store.build import EDGES, edges
from onrecord.store.generations import Generations
from onrecord.store.limits import Send
from onrecord.workspace import Workspace

Change = Callable[[ox.Store], object]


def prepare(new: str, generations: Generations) -> list[ox.Store]:
    """A branch of the published generation, opened to be changed once; raises NotWritten.

    One that is there already was changed, by another worker.
    """
    if generations.path(new).exists():
        return []
    with generations.faults_told():
        return [ox.Store(str(generations.branch(new)))]


def change(
    branch: list[ox.Store],
    send: Send,
    *,
    generations: Generations,
    new: str,
    changes: Sequence[Change],
) -> None:
    """Makes the changes and sends what they gave; raises what one of them raises, and NotWritten."""
    store = branch.pop()
    with generations.faults_told():
        given = [change(store) for change in changes]
        store.flush()
        del store
        generations.secure(new)
    send(pickle.dumps(given))


def derive(
    _: list[ox.Store],
    __: Send,
    *,
    generations: Generations,
    new: str,
    workspace: Workspace,
) -> None:
    """Makes `graph:edges` of a branch what follows from the rest, whatever the changes wrote there; raises NotWritten.

    The rule reads all graphs, so what it would read there by mistake is taken away first.
    """
    old = generations.current()
    with generations.faults_told():
        before = (
            _edges(ox.Store.read_only(str(generations.path(old)))) if old else set()
        )
        store = ox.Store(str(generations.path(new)))
        _become(store, _edges(store), before)
        _become(store, before, set(edges(store, workspace)))
        store.flush()
        del store
        generations.secure(new)


def _edges(store: ox.Store) -> set[ox.Quad]:
    return set(store.quads_for_pattern(None, None, None, EDGES))


def _become(store: ox.Store, target: set[ox.Quad], wanted: set[ox.Quad]) -> None:
    for quad in target - wanted:
        store.remove(quad)
    store.extend(wanted - target)


def add_ontology(store: ox.Store, *, files: Sequence[Path]) -> None:
    """What a new store starts with, since edges and pages stand on it; raises BadGraph."""
    for path in files:
        store.load(
            path=str(path),
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(GRAPHS["ontology"]),
        )
