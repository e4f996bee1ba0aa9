"""A million triples pushed to Virtuoso, to Oxigraph's server and to our own, asked there, compared and pulled back.

`--triples` sets another size (ONRECORD_TRIPLES), `--stores` names some of the three (ONRECORD_STORES). Each step is a
whole command, with its seconds of CPU and the server's, the most memory that its process took, and how many processes
wanted a core in the minute before it ended: with more than there are cores, its seconds tell of the others too. The
five questions must have as many rows there as here; the comparison must find no difference. Where Virtuoso is not
installed, it is left out. What is pulled is not checked: copies of a document share its address, which is a fault.
Beside the steps stands what the engine's own bulk loader takes for the same quads, in one file, into an empty store.
"""

import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benches.engine import PROGRAM, questions
from benches.grow import grow
from benches.servers import (
    Server,
    bulk_load_oxigraph,
    bulk_load_virtuoso,
    has_virtuoso,
    onrecord,
    oxigraph,
    virtuoso,
)
from onrecord.querying.ask import Graph, ask
from onrecord.store.cache import open_store
from onrecord.workspace import Endpoint, find

TRIPLES = int(os.environ.get("ONRECORD_TRIPLES", "1000000"))
STORES = os.environ.get("ONRECORD_STORES", "virtuoso oxigraph onrecord").split()
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ran: exit code, seconds, bytes of memory at most, and the first line that it printed.

    `here` and `there` are seconds of CPU, of the command and of the server; `load` is the machine's at its end.
    """

    code: int
    seconds: float
    here: float
    there: float
    memory: int
    load: float
    said: str

    def __str__(self) -> str:
        short = "" if self.code == 0 else f"  exit {self.code}: FALLS SHORT"
        cpu = f"CPU {self.here:.1f} + {self.there:.1f} s"
        memory = f"{self.memory / MEGABYTE:,.0f} MB"
        load = f"load {self.load:.1f}"
        return f"{self.seconds:8.1f} s  {cpu:>20} {memory:>9} {load:>10}  {self.said}{short}"


def main() -> None:
    """Prints what each store takes for each step."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        workspace = grow(TRIPLES, folder / "grown")
        print(
            f"  {len(open_store(workspace)):,} quads in {len(workspace.graph_files()):,} files",
            flush=True,
        )
        for what, start in _stores():
            if what not in STORES:
                continue
            place = folder / what
            place.mkdir()
            with start(place) as server:
                _measure(what, server, folder)


def _stores() -> Iterator[
    tuple[str, Callable[[Path], AbstractContextManager[Server]]]
]:
    if has_virtuoso():
        yield "virtuoso", virtuoso
    yield "oxigraph", lambda place: oxigraph(place / "store", writable=True)
    yield "onrecord", lambda place: onrecord(place, writable=True)


def _measure(what: str, server: Server, folder: Path) -> None:
    grown, at = folder / "grown", [server.url, "--profile", server.profile]
    print(f"  {what}", flush=True)
    _bulk_load(what, folder)
    for step, words in (
        ("push", ["push", *at]),
        ("push again", ["push", *at]),
        ("push, believing", ["push", "--no-verify", *at]),
        ("diff", ["diff", ".", *at]),
        (
            "pull",
            ["pull", "--unchecked", *at, "-o", str(folder / what / "copy")],
        ),
    ):
        print(f"    {step:16}{_run(words, server, grown)}", flush=True)
    _ask(server, grown)


def _bulk_load(what: str, folder: Path) -> None:
    """Prints what the engine's own loader takes; that of Oxigraph is ours too."""
    place = folder / f"{what}-bulk"
    place.mkdir()
    file = place / "all.nq"
    store = open_store(find(folder / "grown"))
    store.dump(output=str(file), format=ox.RdfFormat.N_QUADS)
    since, before = time.perf_counter(), _ended()
    there = 0.0
    if what == "virtuoso":
        with virtuoso(place) as server:
            since, before = time.perf_counter(), _ended()
            bulk_load_virtuoso(server, file)
            there = _used(server)[1]
    else:
        bulk_load_oxigraph(place / "store", file)
    seconds, here = time.perf_counter() - since, _ended() - before
    print(
        f"    {'its own loader':16}{seconds:8.1f} s  CPU {here + there:.1f} s",
        flush=True,
    )


def _run(words: list[str], server: Server, folder: Path) -> Ran:
    since, before = time.perf_counter(), _used(server)
    with tempfile.TemporaryFile() as output:
        command = [str(PROGRAM), *words]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **server.signs},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        memory = 0
        while process.poll() is None:
            memory = max(memory, _most(process.pid))
            time.sleep(0.05)
        output.seek(0)
        said = output.read().decode(errors="replace").strip().splitlines() or [
            ""
        ]
    return Ran(
        process.returncode,
        time.perf_counter() - since,
        *(now - then for now, then in zip(_used(server), before, strict=True)),
        memory,
        os.getloadavg()[0],
        " ".join(said[0].split())[:60],
    )


def _used(server: Server) -> tuple[float, float]:
    """The seconds of CPU of the commands that have ended, and of a server with the processes that it started."""
    tree = {server.process.pid}
    ticks = 0
    for number, parent, used in sorted(_processes()):
        if number in tree or parent in tree:
            tree.add(number)
            ticks += used
    return _ended(), ticks / os.sysconf("SC_CLK_TCK")


def _ended() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _processes() -> Iterator[tuple[int, int, int]]:
    """Each process with its parent and the ticks that it and what it waited for have used (Linux)."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            yield (
                int(path.parent.name),
                int(words[1]),
                sum(map(int, words[11:15])),
            )


def _most(process: int) -> int:
    """The most memory that a process held so far; what the system tells at its end counts the starter's too (Linux)."""
    with suppress(OSError, TypeError):
        status = Path(f"/proc/{process}/status").read_text(
            encoding="ascii", errors="replace"
        )
        return (
            int(re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)[1]) * 1024
        )  # type: ignore[index]  # or it is gone
    return 0


def _ask(server: Server, grown: Path) -> None:
    os.environ.update(server.signs)
    here = find(grown)
    there = find(grown, store=Endpoint(server.url, server.profile, seconds=600))
    for asked in questions(Graph(here)):
        wanted = len(ask(asked.name, workspace=here, parameters=asked.given))
        since = time.perf_counter()
        found = len(ask(asked.name, workspace=there, parameters=asked.given))
        short = "" if found == wanted else f"  {wanted:,} here: FALLS SHORT"
        what = f"{asked.kind} {asked.name}"
        print(
            f"    {what:28}{time.perf_counter() - since:6.1f} s  {found:,} rows{short}",
            flush=True,
        )
    for name in server.signs:
        del os.environ[name]
