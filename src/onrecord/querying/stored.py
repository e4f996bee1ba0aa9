"""Everything that a graph holds, quad by quad: of files at one moment, or of a store over HTTP."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pyoxigraph as ox

from onrecord.model.errors import StoreFailed
from onrecord.model.iris import BASE
from onrecord.querying.ask import Graph
from onrecord.store.build import EDGES
from onrecord.store.build import quads as filed
from onrecord.workspace import reading

if TYPE_CHECKING:
    from onrecord.store.remote.endpoint import Remote

Quads = list[ox.Quad]


def stored_quads(graph: Graph) -> tuple[Quads, Quads]:
    """What is said, each quad in its named graph, and the derived edges.

    Raises BadGraph, and StoreFailed where a store does not give all of it.
    """
    if isinstance(graph.store, ox.Store):
        return _files(graph)
    return _fetched(graph.store)


def _files(graph: Graph) -> tuple[Quads, Quads]:
    """What the files hold and the derived edges, both of one moment."""
    with ExitStack() as stack:
        for folder in graph.workspace.graphs:
            stack.enter_context(reading(folder))
        edges = list(graph.store.quads_for_pattern(None, None, None, EDGES))
        return list(filed(graph.workspace)), edges


def _fetched(store: "Remote") -> tuple[Quads, Quads]:
    """What a store over HTTP holds in graphs of ours, and its edges; raises StoreFailed for one that is not whole."""
    quads: Quads = []
    edges: Quads = []
    for name, count in sorted(store.graphs().items()):
        if not name.startswith(BASE):
            continue
        came = store.get(name)
        if len(came) != count:
            message = (
                f"{name}: {count:,} triples are there and {len(came):,} came; the store changed meanwhile, or "
                "it cuts its answers: try again"
            )
            raise StoreFailed(message)
        if name == EDGES.value:
            edges += came
        else:
            quads += came
    return quads, edges
