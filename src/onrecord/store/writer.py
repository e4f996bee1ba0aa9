"""What the writing worker of a writable store does: changes a branch of the published generation, and its edges.

The branch stays open from one change to the next, and is closed and on disk when its edges are made; that it is
published is the server's business.
"""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.iris import GRAPHS
from onrecord.store.build import EDGES, edges
from onrecord.store.change import (
    differing_graphs,
    differing_lines,
    quads_of,
)
from onrecord.store.generations import Generations
from onrecord.store.limits import Send
from onrecord.store.touched import Touched, is_structural
from onrecord.workspace import Workspace

Change = Callable[[ox.Store], object]
Graphs = frozenset[str]
ALL_DEPEND_ON = frozenset({GRAPHS["ontology"], GRAPHS["edges"]})
"""Graphs after whose change all edges are made anew."""
FEW = 1_000
"""Triples that are touched one by one, however small the graph."""
SHARE = 8
"""From this part of all triples on, to make all edges anew takes no longer."""
OF_A_STATEMENT = 20
"""Triples that a statement has, about; a change of some may touch the statements of many others."""


def prepare(new: str, generations: Generations) -> list[ox.Store]:
    """A branch of the published generation, opened to be changed; raises NotWritten.

    One that is there already is gone on with: the worker that changed it ended between two changes.
    """
    with generations.faults_told():
        folder = generations.path(new)
        if not folder.exists():
            generations.branch(new)
        return [ox.Store(str(folder))]


def change(
    branch: list[ox.Store],
    send: Send,
    *,
    generations: Generations,
    change: Change,
) -> None:
    """Makes one of the changes of a branch and sends what it gave; raises what it raises, and NotWritten.

    A branch in which a change failed is closed, and of no use any more.
    """
    store = branch.pop()
    with generations.faults_told():
        given = change(store)
    branch.append(store)
    send(pickle.dumps(given))


def derive(
    branch: list[ox.Store],
    _: Send,
    *,
    generations: Generations,
    new: str,
    workspace: Workspace,
    graphs: Graphs | None = None,
) -> None:
    """Makes `graph:edges` of a branch what follows from the rest, whatever the changes wrote there, and closes it.

    Only the edges of what they touched are made anew, unless that is much: of the `graphs` that they may have written
    into, if these are known by name, else of all that differ from what they were. All of it is written out once, since
    each time makes files that the engine must merge with all others later. Raises NotWritten.
    """
    store = branch.pop()
    old = generations.current()
    with generations.faults_told():
        before = (
            ox.Store.read_only(str(generations.path(old)))
            if old
            else ox.Store()
        )
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
    if graphs & ALL_DEPEND_ON:
        return False
    lines = differing_lines(before, store, graphs)
    if _is_much(sum(map(len, lines)), store):
        return False
    removed, added = quads_of(lines)
    changed = removed | added
    if is_structural(changed):
        return False
    touched = Touched()
    touched.note(before, removed)
    touched.note(store, changed)
    if _is_much(len(touched.statements) * OF_A_STATEMENT, store):
        return False
    touched.derive(store, workspace)
    return True


def _is_much(triples: int, store: ox.Store) -> bool:
    """Whether so many are much of a store, whose own number takes a walk through it."""
    return triples > FEW and triples * SHARE > len(store)


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
