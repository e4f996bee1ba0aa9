"""A cold command on the shipped graph, beside bare scripts.

The bare script imports typer and pyoxigraph and loads the whole graph from one N-Quads file; the other one does with
rdflib alone what the command does.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from benches.measure import Timed, at_most, command, faster, in_turns
from onrecord.querying.ask import Graph
from onrecord.querying.question import question
from onrecord.workspace import shipped

RUNS = 7
PROGRAM = Path(sys.executable).with_name("onrecord")
BARE = """
import sys
import typer
import pyoxigraph
pyoxigraph.Store().load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
"""
RDFLIB = """
import sys
from rdflib import Graph
graph = Graph()
with open(sys.argv[1], encoding="utf-8") as file:
    graph.parse(file, format="nt")
print(graph.query(open(sys.argv[2], encoding="utf-8").read()).serialize(format="csv").decode())
"""


def main() -> None:
    """Prints the second and the first call, and the imports of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _dump(folder)
        _commands(folder)
        _imports(folder)


def _dump(folder: Path) -> None:
    graph = Graph(shipped())
    graph.store.dump(str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    triples = (
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for quad in graph.store
    )
    ox.serialize(triples, str(folder / "graph.nt"), ox.RdfFormat.N_TRIPLES)
    (folder / "asked.rq").write_text(
        question("who-urges-whom", shipped()).sparql, encoding="utf-8"
    )


def _commands(folder: Path) -> None:
    env = os.environ | {"XDG_CACHE_HOME": str(folder / "kept")}
    fresh = os.environ | {"XDG_CACHE_HOME": str(folder / "fresh")}
    words = [PROGRAM, "query", "who-urges-whom", "--format", "csv"]
    bare = command(
        [sys.executable, "-c", BARE, folder / "graph.nq"], env, folder
    )
    second = command(words, env, folder)
    second()
    _wait_for_cache(folder / "kept")

    def forget() -> None:
        if (folder / "fresh").exists():
            _wait_for_cache(folder / "fresh")
            shutil.rmtree(folder / "fresh")

    first = command(words, fresh, folder)
    slow = command(
        [
            sys.executable,
            "-c",
            RDFLIB,
            folder / "graph.nt",
            folder / "asked.rq",
        ],
        env,
        folder,
    )
    taken = in_turns(
        RUNS, bare=bare, second=second, forget=forget, first=first, slow=slow
    )
    _wait_for_cache(folder / "fresh")
    at_most(
        Timed("second call", taken["second"]),
        Timed("a bare script", taken["bare"]),
        1.5,
    )
    at_most(
        Timed("first call, cache built", taken["first"]),
        Timed("a bare script", taken["bare"]),
        2,
    )
    faster(
        Timed("second call", taken["second"]),
        Timed("rdflib alone", taken["slow"]),
        5,
    )


def _wait_for_cache(home: Path) -> None:
    """The cache is kept after the answer; the next call comes when it is there."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        names = [path.name for path in home.glob("onrecord/*")]
        if names and not any("." in name for name in names):
            return
        time.sleep(0.05)


def _imports(folder: Path) -> None:
    env = dict(os.environ)
    lines = {
        "python": "pass",
        "onrecord": "import onrecord",
        "typer": "import typer",
        "command": "import onrecord.cli.query, typer",
    }
    taken = in_turns(
        RUNS,
        **{
            name: command([sys.executable, "-c", line], env, folder)
            for name, line in lines.items()
        },
    )
    at_most(
        Timed("import onrecord", taken["onrecord"]),
        Timed("bare Python", taken["python"]),
        2,
    )
    at_most(
        Timed("import the command `query`", taken["command"]),
        Timed("typer alone", taken["typer"]),
        2,
    )
