"""Five questions of 100,000 triples in the shipped shape, beside bare pyoxigraph and rdflib.

ONRECORD_TRIPLES sets another size. Bare pyoxigraph opens the same cache read-only and is asked the same SPARQL.
"""

import io
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benches.grow import grow
from benches.measure import Timed, at_most, command, faster, in_turns, once
from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.bind import Names, bind
from onrecord.querying.evaluate import serialize
from onrecord.querying.question import question
from onrecord.store.cache import open_store
from onrecord.store.files import snapshot
from onrecord.workspace.homes import cache_home

TRIPLES = int(os.environ.get("ONRECORD_TRIPLES", "100000"))
RUNS = 7
COMMAND_RUNS = 5
PATIENCE = 20
"""Seconds that rdflib is given for one question."""
PROGRAM = Path(sys.executable).with_name("onrecord")
BARE = """
import sys
import typer
import pyoxigraph
store = pyoxigraph.Store.read_only(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    answer = store.query(file.read(), use_default_graph_as_union=True)
answer.serialize(sys.stdout.buffer, pyoxigraph.QueryResultsFormat.CSV)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters, and how many times faster than rdflib it should be."""

    kind: str
    name: str
    given: dict[str, str]
    least: float


def main() -> None:
    """Prints each question's times: in one process, as a whole command, and rdflib's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        since = time.perf_counter()
        workspace = grow(TRIPLES, folder / "grown")
        open_store(workspace)
        graph = Graph(
            workspace
        )  # opened from the cache, as by a second command
        print(
            f"  {len(graph.store):,} quads grown and opened in {time.perf_counter() - since:.1f} s"
        )
        place = cache_home() / snapshot(workspace).key
        plain = _plain(graph.store)
        for asked in questions(graph):
            _measure(asked, graph, place, plain)


def questions(graph: Graph) -> list[Asked]:
    """A lookup, two joins, counts and a text search."""
    busiest = "SELECT ?actor { ?x :actor ?actor } GROUP BY ?actor ORDER BY DESC(COUNT(?x)) ?actor LIMIT 1"
    actor = str(graph.ask(busiest)[0]["actor"])
    return [
        Asked("lookup", "statements-by", {"actor": actor}, 4),
        Asked("join", "who-urges-whom", {}, 5),
        Asked("join", "who-uses-ai-where", {}, 5),
        Asked("counts", "stances-by-kind", {}, 5),
        Asked("text", "search", {"text": "likeness"}, 5),
    ]


def _plain(store: ox.Store) -> rdflib.Graph:
    """The union of all graphs as rdflib is quickest with."""
    output = io.BytesIO()
    ox.serialize(
        (ox.Triple(q.subject, q.predicate, q.object) for q in store),
        output,
        ox.RdfFormat.N_TRIPLES,
    )
    return rdflib.Graph().parse(data=output.getvalue(), format="nt")


def _measure(
    asked: Asked, graph: Graph, place: Path, plain: rdflib.Graph
) -> None:
    what, taken, sparql = in_process(asked, graph, place, RUNS)
    _whole_command(asked, sparql, graph, place)
    slow = once(lambda: list(plain.query(sparql)), PATIENCE)
    faster(Timed(what, taken), Timed("rdflib", slow), asked.least)


def in_process(
    asked: Asked, graph: Graph, place: Path, runs: int
) -> tuple[str, float, str]:
    """Prints a question's time in this process beside bare pyoxigraph's; gives its name, seconds and SPARQL."""
    text = question(asked.name, graph.workspace)
    sparql = bind(
        text,
        asked.given,
        Names(lambda: graph.vocabulary, lambda: graph.registry),
    )
    bare_store = ox.Store.read_only(str(place))

    def engine() -> None:
        serialize(graph.answer(asked.name, asked.given), "csv", io.BytesIO())

    def bare() -> None:
        found = bare_store.query(
            sparql, prefixes=PREFIXES, use_default_graph_as_union=True
        )
        found.serialize(io.BytesIO(), ox.QueryResultsFormat.CSV)

    taken = in_turns(runs, engine=engine, bare=bare)
    what = f"{asked.kind} {asked.name}"
    at_most(
        Timed(what, taken["engine"]), Timed("pyoxigraph", taken["bare"]), 1.1
    )
    return what, taken["engine"], sparql


def _whole_command(
    asked: Asked, sparql: str, graph: Graph, place: Path
) -> None:
    root = graph.workspace.root
    assert root is not None  # noqa: S101  it was grown there
    (root / "asked.rq").write_text(sparql, encoding="utf-8")
    given = [
        word
        for name, value in asked.given.items()
        for word in ("--param", f"{name}={value}")
    ]
    words = [PROGRAM, "query", asked.name, "--format", "csv", *given]
    bare = [sys.executable, "-c", BARE, place, root / "asked.rq"]
    env = dict(os.environ)
    taken = in_turns(
        COMMAND_RUNS,
        whole=command(words, env, root),
        bare=command(bare, env, root),
    )
    at_most(
        Timed("  the whole command", taken["whole"]),
        Timed("a bare script", taken["bare"]),
        1.1,
        0.040,
    )
