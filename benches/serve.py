"""`onrecord serve` under load, beside the `oxigraph` server on the same graph: the shipped questions, 64 clients, 60 s.

ONRECORD_CLIENTS and ONRECORD_SECONDS set other numbers. Both servers and the clients share the machine; clients and
questions are the same (`benches/load.py`), each answer is compared with the engine's own, and answers are CSV. Ours is
measured twice: as it comes, and with `--cache 0`, when every answer is worked out anew. It should answer at least half
as many requests a second, and the slowest hundredth of answers should take at most three times as long.
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from benches.load import digest
from benches.servers import Server, onrecord, oxigraph
from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.bind import Names, bind
from onrecord.querying.evaluate import serialize
from onrecord.querying.question import questions
from onrecord.store import guard
from onrecord.store.remote.prefixes import declared
from onrecord.workspace import shipped

CLIENTS = os.environ.get("ONRECORD_CLIENTS", "64")
SECONDS = os.environ.get("ONRECORD_SECONDS", "60")
LEAST_ANSWERED, MOST_LATE = 0.5, 3.0


def main() -> None:
    """Prints what each server answers, and the ratios."""
    graph = Graph(shipped())
    asked = [dict(each) for each in _requests(graph)]
    print(
        f"  {len(asked)} questions of {len(graph.store):,} quads, {CLIENTS} clients, {SECONDS} s each"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with oxigraph(_kept(graph, folder)) as server:
            peer = _loaded("oxigraph server", server, "/query", asked)
        for what, words in (
            ("onrecord, no cache", ["--cache", "0"]),
            ("onrecord", []),
        ):
            with onrecord(folder, *words) as server:
                _compare(_loaded(what, server, "/sparql", asked), peer)


def _requests(graph: Graph) -> Iterator[Mapping[str, object]]:
    """Each question for rows with its defaults, as a form that is posted, and the digest of its right answer."""
    names = Names(lambda: graph.vocabulary, lambda: graph.registry)
    for question in questions(graph.workspace):
        sparql = declared(bind(question, {}, names), PREFIXES)
        if guard.form(sparql) != "SELECT":
            continue
        output = io.BytesIO()
        serialize(graph.answer(question.name), "csv", output)
        yield {
            "name": question.name,
            "method": "POST",
            "headers": {
                "content-type": "application/x-www-form-urlencoded",
                "accept": "text/csv",
            },
            "body": urlencode({"query": sparql}),
            "right": digest(output.getvalue()),
        }


def _kept(graph: Graph, folder: Path) -> Path:
    """The graph in a store on disk, as well laid out as it can be."""
    assert isinstance(graph.store, ox.Store)  # noqa: S101  it is this machine's own
    store = ox.Store(str(folder / "store"))
    store.bulk_load(
        input=graph.store.dump(format=ox.RdfFormat.N_QUADS),
        format=ox.RdfFormat.N_QUADS,
    )
    store.optimize()
    return folder / "store"


def _loaded(
    what: str, server: Server, path: str, asked: list[dict[str, object]]
) -> Mapping[str, float]:
    lines = "\n".join(json.dumps({**each, "target": path}) for each in asked)
    before = _resident(server.process.pid)
    words = [
        sys.executable,
        "-m",
        "benches.load",
        server.url,
        "--clients",
        CLIENTS,
        "--seconds",
        SECONDS,
    ]
    done = subprocess.run(
        words,
        input=lines,
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    found = json.loads(done.stdout)
    memory = f"memory {before} to {_resident(server.process.pid)} MB"
    times = f"middle {found['p50']:7.1f} ms  p99 {found['p99']:7.1f} ms"
    print(
        f"  {what:20}{found['a_second']:8.1f} a second  {times}  {memory}",
        flush=True,
    )
    for kind in ("failed", "wrong"):
        if found[kind]:
            print(f"    {kind}: {found[kind]}  FALLS SHORT", flush=True)
    return dict(found)


def _compare(ours: Mapping[str, float], peer: Mapping[str, float]) -> None:
    answered, late = (
        ours["a_second"] / peer["a_second"],
        ours["p99"] / peer["p99"],
    )
    holds = answered >= LEAST_ANSWERED and late <= MOST_LATE
    print(
        f"    {answered:.2f} of the peer's answers (at least {LEAST_ANSWERED:g}), "
        f"p99 {late:.2f} times the peer's (at most {MOST_LATE:g}){'' if holds else '  FALLS SHORT'}",
        flush=True,
    )


def _resident(parent: int) -> int:
    """Megabytes that a process and its children hold, what they share counted once a process (Linux)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            text = status.read_text(encoding="ascii", errors="replace")
            facts = dict(
                re.findall(r"^(Pid|PPid|VmRSS):\s+(\d+)", text, re.MULTILINE)
            )
            if str(parent) in {facts["Pid"], facts["PPid"]}:
                total += int(facts.get("VmRSS", 0))
    return total // 1024
