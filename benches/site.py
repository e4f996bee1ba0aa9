"""The static site of a large graph: what it takes to write, and to write again after one statement changed.

ONRECORD_SIZES sets other sizes than 100,000 and a million triples. Each is one whole command on all cores; the cache of
the graph is made before. The memory is that of the largest process, of which there are as many as cores, and one.
"""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benches.engine import PROGRAM
from benches.grow import grown
from onrecord.model.iris import BASE
from onrecord.store.cache import open_store
from onrecord.workspace import Workspace

SIZES = "100000 1000000"
GIST = f'<{BASE}gist> "'


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, seconds of all processors, and the memory of the largest process in kilobytes."""

    seconds: float
    cpu: float
    memory: int

    def __str__(self) -> str:
        return (
            f"{self.seconds:.1f} s, {self.cpu:.1f} s of CPU,"
            f" {self.memory / 1024:,.0f} MB"
        )


def main() -> None:
    """Prints for each size what both writings take."""
    for _, workspace, folder in grown(SIZES):
        _measure(workspace, folder)


def _measure(workspace: Workspace, folder: Path) -> None:
    print(f"  {len(open_store(workspace)):,} quads", flush=True)
    target = folder / "public"
    first = _written(workspace, target)
    print(f"    all: {first}", flush=True)
    _change(workspace)
    again = _written(workspace, target)
    print(f"    after one changed statement: {again}", flush=True)


def _written(workspace: Workspace, target: Path) -> Taken:
    """Writes the site by the command, which says itself how many files and bytes it has."""
    words = [PROGRAM, "-C", str(workspace.root), "site", str(target)]
    since = time.perf_counter()
    process = subprocess.Popen(words)
    # The usage of the command with that of its workers, which `subprocess` does not tell.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - since
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0  # noqa: S101  a site that failed took no time
    cpu = usage.ru_utime + usage.ru_stime
    return Taken(seconds, cpu, usage.ru_maxrss)


def _change(workspace: Workspace) -> None:
    """Says one gist in other words."""
    path = min(workspace.graphs[-1].glob("documents/*.ttl"))
    text = path.read_text(encoding="utf-8")
    changed = text.replace(GIST, f"{GIST}Once more: ", 1)
    path.write_text(changed, encoding="utf-8")
