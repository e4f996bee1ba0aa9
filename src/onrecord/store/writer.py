"""What the writing worker of a writable store does: changes a branch of the published generation, and its edges.

Both works leave a store that is closed and on disk; that it is published is the server's business.
"""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.store.build import EDGES, edges
from onrecord.store.change import differences, differing_graphs
from onrecord.store.generations import Generations
from onrecord.store.limits import Send
from onrecord.store.touched import Touched, is_structural
from onrecord.workspace import Workspace

Change = Callable[[ox.Store], object]
Graphs = frozenset[str]
ALL_DEPEND_ON = frozenset({GRAPHS["ontology"], GRAPHS["edges"]})
"""Graphs after whose change all edges are made anew."""
MOST_CHANGED = 200
"""Graphs after whose change that takes no longer."""


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
    graphs: Graphs | None = None,
) -> None:
    """Makes `graph:edges` of a branch what follows from the rest, whatever the changes wrote there; raises NotWritten.

    Only the edges of what they touched are made anew, unless that is much: of the `graphs` that they may have written
    into, if these are known by name, else of all that differ from what they were.
    """
    old = generations.current()
    with generations.faults_told():
        before = (
            ox.Store.read_only(str(generations.path(old)))
            if old
            else ox.Store()
        )
        store = ox.Store(str(generations.path(new)))
        if not old or not _derive_touched(before, store, workspace, graphs):
            _derive_all(_edges(before), store, workspace)
        store.flush()
        del store
        generations.secure(new)


def _derive_touched(
    before: ox.Store,
    store: ox.Store,
    workspace: Workspace,
    graphs: Graphs | None,
) -> bool:
    """Makes the edges of what changed in some graphs anew; False, with nothing done, where any edge may be another."""
    if graphs is None:
        graphs = differing_graphs(before, store)
        if len(graphs) > MOST_CHANGED:
            return False
    if graphs & ALL_DEPEND_ON:
        return False
    removed, added = differences(before, store, graphs)
    changed = removed | added
    if is_structural(changed):
        return False
    touched = Touched()
    touched.note(before, changed)
    touched.note(store, changed)
    touched.derive(store, workspace)
    return True


def _derive_all(
    before: set[ox.Quad], store: ox.Store, workspace: Workspace
) -> None:
    """Makes all edges anew: the rule reads all graphs, so what it would read there by mistake is taken away first."""
    _become(store, _edges(store), before)
    _become(store, before, set(edges(store, workspace)))


def _edges(store: ox.Store) -> set[ox.Quad]:
    return set(store.quads_for_pattern(None, None, None, EDGES))


def _become(
    store: ox.Store, target: set[ox.Quad], wanted: set[ox.Quad]
) -> None:
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
