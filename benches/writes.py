"""What a change at a writable server takes, in seconds of CPU, at the shipped size and at a million triples.

Each change inserts a triple into the graph of one document, as an update does that names it: a branch of the published
generation, the change, the edges of what it touched, and the disk that holds it. The median of five, after one that
does not count; asked is at most twice the smallest size's. Beside it one change that may write into any graph.
ONRECORD_SIZES sets other sizes.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import pyoxigraph as ox

from benches.grow import grown
from benches.measure import Timed, at_most
from onrecord.model.iris import OURS
from onrecord.store import writer
from onrecord.store.cache import open_store
from onrecord.store.generations import Generations, held
from onrecord.workspace import Workspace

SIZES = "64000 1000000"
RUNS = 5


def main() -> None:
    """Prints for each size what a change takes, beside the smallest."""
    first: Timed | None = None
    for _, workspace, folder in grown(SIZES):
        taken = measured(workspace, folder)
        first = first or taken
        at_most(taken, first, 2)


def measured(workspace: Workspace, folder: Path) -> Timed:
    """A change that names its graph, in a store of what a workspace holds."""
    store = open_store(workspace)
    with held(folder / "data") as generations:
        publish(generations, partial(_take, source=store), workspace)
        documents = islice(cycle(_documents(store)), RUNS + 1)
        taken = [
            publish(generations, _insertion(graph, number), workspace, {graph})
            for number, graph in enumerate(documents)
        ]
        any_graph = _insertion(next(_documents(store)), RUNS + 1)
        whole = publish(generations, any_graph, workspace)
    print(f"  {len(store):,} quads: where it may touch all {whole:.2f} s")
    return Timed("change of one graph", statistics.median(taken[1:]))


def publish(
    generations: Generations,
    change: writer.Change,
    workspace: Workspace,
    graphs: set[str] | None = None,
) -> float:
    """Changes the published store as the server's writer does; gives the seconds."""
    new = generations.next()
    named = None if graphs is None else frozenset(graphs)
    since = time.process_time()
    branch = writer.prepare(new, generations)
    writer.change(branch, _unheard, generations=generations, change=change)
    writer.derive(
        branch,
        _unheard,
        generations=generations,
        new=new,
        workspace=workspace,
        graphs=named,
    )
    generations.publish(new)
    return time.process_time() - since


def _unheard(_: bytes) -> None:
    """Takes what a writer sends to its server."""


def _take(store: ox.Store, *, source: ox.Store) -> None:
    store.bulk_extend(source)


def _insertion(graph: str, number: int) -> Callable[[ox.Store], None]:
    triple = f'<{graph}> <urn:bench> "{number}"'
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} }} }}"
    return partial(_update, text=text)


def _update(store: ox.Store, *, text: str) -> None:
    store.update(text)


def _documents(store: ox.Store) -> Iterator[str]:
    names = (graph.value for graph in store.named_graphs())
    return (name for name in names if name.startswith(OURS["doc"]))
