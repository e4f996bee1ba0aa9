"""200 changes and readings of one workspace, eight at once, some killed on the way: nothing acknowledged is lost.

Twenty seeds; `ONRECORD_SEEDS` says otherwise. Each process adds, removes, renames, merges, takes back, asks or checks.
One in eight is killed with SIGKILL at some moment. Afterwards every file must parse, `check` must find no error, and
each document that an `add` acknowledged must stand whole, unless a `remove` or an `undo` may have taken it.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NoReturn

import onrecord
from onrecord.model.errors import OnRecordError
from onrecord.store.build import build
from onrecord.workspace import Workspace, init

SEEDS = int(os.environ.get("ONRECORD_SEEDS", "20"))
OPERATIONS, AT_ONCE, KILLED = 200, 8, 1 / 8
NAMES = [f"Example Person {letter}" for letter in "ABCDEFGHIJKL"]
CHANGES = (
    ["add"] * 10 + ["remove"] * 2 + ["rename", "merge", "undo", "ask", "check"]
)
STATEMENTS = 2
"""Of each document."""
REFUSED = 3
"""The exit status of a change that was refused in words: a name that is gone, nothing to take back."""


@dataclass
class Tally:
    """What one seed came to: outcomes by kind, documents that must stand, and what may have been taken."""

    outcomes: Counter[str] = field(default_factory=Counter)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    undone: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Operation:
    """One process: what it does, to which document, and when it is killed, if it is."""

    kind: str
    document: str
    work: Callable[[], object]
    killed_after: float | None


def main() -> None:
    """Prints what each seed came to; each has a process of its own, since one that asked the engine is not to fork."""
    failed = 0
    for seed in range(SEEDS):
        child = os.fork()
        if child == 0:
            _report(seed)
        _, status = os.waitpid(child, 0)
        failed += os.waitstatus_to_exitcode(status) != 0
    print(f"{SEEDS} seeds, {failed} with faults")
    if failed:
        sys.exit(1)


def _report(seed: int) -> NoReturn:
    """Runs a seed and prints what it came to; ends this process."""
    code = 1
    try:
        since = time.perf_counter()
        tally = _seed(seed)
        seconds = time.perf_counter() - since
        print(
            f"seed {seed}: {_told(tally.outcomes)} in {seconds:.0f} s",
            flush=True,
        )
        for fault in tally.faults:
            print(f"  {fault}", flush=True)
        code = 1 if tally.faults else 0
    except Exception:  # noqa: BLE001  it is told, and this process ends here
        traceback.print_exc()
    finally:
        os._exit(code)


def _told(outcomes: Counter[str]) -> str:
    return ", ".join(
        f"{count:,} {kind}" for kind, count in sorted(outcomes.items())
    )


def _seed(seed: int) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        workspace = init(Path(folder) / "workspace")
        _run(_operations(random.Random(seed), workspace), tally)  # noqa: S311  no secret
        _judge(workspace, tally)
    return tally


def _operations(chance: random.Random, where: Workspace) -> Iterator[Operation]:
    for number in range(OPERATIONS):
        kind = chance.choice(CHANGES) if number >= AT_ONCE else "add"
        document = f"d{number if kind == 'add' else chance.randrange(number)}"
        shared = chance.choice(NAMES)
        other = _own(f"d{chance.randrange(number + 1)}")
        work = partial(_work, kind, document, shared, other, where)
        is_killed = chance.random() < KILLED
        yield Operation(
            kind, document, work, chance.uniform(0, 0.4) if is_killed else None
        )


def _own(document: str) -> str:
    """The name that one document alone brings; only such ones are renamed and merged."""
    return f"Somebody of {document}"


def _work(
    kind: str, document: str, shared: str, other: str, where: Workspace
) -> None:
    own = _own(document)
    works: dict[str, Callable[[], object]] = {
        "add": lambda: _add(document, (shared, own), where),
        "remove": lambda: onrecord.remove(_address(document), workspace=where),
        "rename": lambda: onrecord.rename(own, f"{own} again", workspace=where),
        "merge": lambda: onrecord.merge(own, other, workspace=where),
        "undo": lambda: onrecord.undo(workspace=where),
        "ask": lambda: onrecord.query(
            "SELECT * { ?s a :Statement }", workspace=where
        ),
        "check": lambda: onrecord.check(workspace=where),
    }
    works[kind]()


def _address(document: str) -> str:
    return f"https://news.example/{document}"


def _add(document: str, names: tuple[str, str], where: Workspace) -> None:
    told = {
        "url": _address(document),
        "title": document,
        "publisher": "Example News",
        "source_kind": "report",
        "published": "2025-01-02",
    }
    statements = [
        {
            "actors": [actor],
            "relation": "concernedAbout",
            "object": "job-displacement",
            "object_kind": "topic",
            "gist": f"{actor} worries in {document}",
            "anchor": f"worries in {document}",
        }
        for actor in names
    ]
    entities = [{"entity": {"name": name, "type": "Person"}} for name in names]
    lines = [{"doc": told, "statements": statements}, *entities]
    assert where.root is not None  # noqa: S101  it was made here
    file = where.root / f"{document}.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    onrecord.add([file], workspace=where)


def _run(operations: Iterator[Operation], tally: Tally) -> None:
    """Runs them eight at once, each in a process of its own."""
    running: dict[int, Operation] = {}
    deaths: dict[int, float] = {}
    for operation in operations:
        while len(running) >= AT_ONCE:
            _reap(running, deaths, tally)
        child = os.fork()
        if child == 0:
            _child(operation)
        running[child] = operation
        if operation.killed_after is not None:
            deaths[child] = time.monotonic() + operation.killed_after
    while running:
        _reap(running, deaths, tally)


def _child(operation: Operation) -> None:
    code = 1
    try:
        operation.work()
        code = 0
    except OnRecordError:
        code = REFUSED
    finally:
        if code == 1:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]  # there is one
        os._exit(code)


def _reap(
    running: dict[int, Operation], deaths: dict[int, float], tally: Tally
) -> None:
    """Kills whose moment has come, and notes who ended."""
    for child, moment in list(deaths.items()):
        if moment <= time.monotonic():
            os.kill(child, signal.SIGKILL)
            del deaths[child]
    child, status = os.waitpid(-1, os.WNOHANG)
    if child == 0:
        time.sleep(0.005)
        return
    deaths.pop(child, None)
    _note(running.pop(child), os.waitstatus_to_exitcode(status), tally)


def _note(operation: Operation, code: int, tally: Tally) -> None:
    outcome = {0: "acknowledged", REFUSED: "refused", -signal.SIGKILL: "killed"}
    tally.outcomes[outcome.get(code, "failed")] += 1
    if code not in outcome:
        tally.faults.append(
            f"{operation.kind} {operation.document}: exit {code}"
        )
    may_have_done = code in {0, -signal.SIGKILL}
    if operation.kind == "add" and code == 0:
        tally.added.add(operation.document)
    if operation.kind == "remove" and may_have_done:
        tally.removed.add(operation.document)
    if operation.kind == "undo" and may_have_done:
        tally.undone += 1


def _judge(where: Workspace, tally: Tally) -> None:
    """What must hold afterwards."""
    report = onrecord.check(workspace=where)
    errors = [row for row in report.findings if row.severity == "error"]
    tally.faults += [f"check: {row.where}: {row.message}" for row in errors]
    build(where)
    asked = "SELECT ?url (COUNT(?it) AS ?n) { ?d schema:url ?url . ?it :document ?d } GROUP BY ?url"
    rows = onrecord.query(asked, workspace=where)
    counts = {str(row["url"]): int(row["n"]) for row in rows}
    tally.faults += [
        f"{url}: {count} of {STATEMENTS} statements"
        for url, count in counts.items()
        if count != STATEMENTS
    ]
    expected = tally.added - tally.removed
    lost = sorted(name for name in expected if _address(name) not in counts)
    if len(lost) > tally.undone:
        tally.faults.append(
            f"lost: {', '.join(lost)}; taken back {tally.undone}"
        )
