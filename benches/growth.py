"""Growth from 10,000 to 10 million triples: load, peak memory and five questions, beside bare pyoxigraph and rdflib.

ONRECORD_SIZES sets other sizes. Each load runs in a process of its own, whose peak memory is what the system counted.
Ours reads the Turtle files, derives the edges and keeps the store on disk; bare pyoxigraph bulk-loads the same quads,
edges and all, from one file of N-Quads into a store on disk; rdflib parses that file, and is left out above a million.
"""

import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benches.engine import PROGRAM, in_process, questions
from benches.grow import grown
from benches.measure import command, in_turns
from onrecord.querying.ask import Graph
from onrecord.store.cache import open_store
from onrecord.store.files import snapshot
from onrecord.workspace import find
from onrecord.workspace.homes import cache_home

SIZES = "10000 100000 1000000 10000000"
MOST_FOR_RDFLIB = 1_000_000
RUNS = 3
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load took: seconds, and the most memory in bytes."""

    seconds: float
    memory: int

    def __str__(self) -> str:
        return f"{self.seconds:8.1f} s {self.memory / MEGABYTE:7,.0f} MB"

    def beside(self, peer: "Loaded") -> str:
        """The ratios to a peer, in words."""
        time_, memory = self.seconds / peer.seconds, self.memory / peer.memory
        return (
            f"   ours takes {time_:.2f} of the time, {memory:.2f} of the memory"
        )


def main() -> None:
    """Prints for each size what loading and asking take."""
    for size, workspace, folder in grown(SIZES):
        _measure(size, workspace.root, folder)


def _measure(size: int, root: Path | None, folder: Path) -> None:
    assert root is not None  # noqa: S101  it was grown there
    ours = _alone(_load, root)
    graph = Graph(find(root))
    count = len(graph.store)
    with (folder / "all.nq").open("wb") as file:
        graph.store.dump(file, ox.RdfFormat.N_QUADS)
    bare = _alone(_load_bare, folder)
    print(
        f"  {count:,} quads\n    onrecord, first call{ours}\n    bare pyoxigraph     {bare}{ours.beside(bare)}",
        flush=True,
    )
    if size <= MOST_FOR_RDFLIB:
        slow = _alone(_load_rdflib, folder)
        print(f"    rdflib              {slow}{ours.beside(slow)}", flush=True)
    place = cache_home() / snapshot(graph.workspace).key
    for asked in questions(graph):
        in_process(asked, graph, place, RUNS)
    words = [PROGRAM, "query", "SELECT (COUNT(*) AS ?n) { ?s a :Agreement }"]
    taken = in_turns(RUNS, again=command(words, dict(os.environ), root))
    print(
        f"  a whole command, the store kept: {taken['again'] * 1000:.0f} ms",
        flush=True,
    )


def _alone(work: Callable[[Path], object], where: Path) -> Loaded:
    """Runs work in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_timed, work, where).result()


def _timed(work: Callable[[Path], object], where: Path) -> Loaded:
    since = time.perf_counter()
    kept = work(where)
    taken = time.perf_counter() - since
    del kept
    return Loaded(
        taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    )


def _load(root: Path) -> object:
    return open_store(find(root))


def _load_bare(folder: Path) -> object:
    store = ox.Store(str(folder / "bare"))
    store.bulk_load(path=str(folder / "all.nq"), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return store


def _load_rdflib(folder: Path) -> object:
    return rdflib.Dataset().parse(folder / "all.nq", format="nquads")
