"""A query ends at its limits, and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.model.errors import BadInput, BadQuery, BadRecord, LimitReached
from onrecord.store import limits
from onrecord.store.limits import MEGABYTE, Limits, Send, run

ORPHAN = """
import os, signal, sys
from onrecord.store.limits import Limits, run

def work(_, send):
    os.kill(os.getppid(), signal.SIGKILL)
    open(sys.argv[1], "w").write(str(os.getpid()))
    while True:
        pass

list(run(lambda: (None, None), work, Limits(1, None)))
"""
LEAVING = """
import sys, time
from pathlib import Path
from onrecord.store.limits import MEGABYTE, Limits, run

def left():
    while not Path(sys.argv[2]).exists():
        time.sleep(0.01)
    Path(sys.argv[1]).touch()

sys.stdout.buffer.write(b"".join(run(lambda: (None, left), lambda _, send: send(b"answer"), Limits(60, MEGABYTE))))
"""


def nothing() -> tuple[None, None]:
    return None, None


def wait_for(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end and not what():
        time.sleep(0.02)
    return what()


def is_alive(process: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):  # it ended just now
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_pieces_of_an_answer_come_in_order_and_whole() -> None:
    large = bytes(range(256)) * 20_000

    def work(_: None, send: Send) -> None:
        for piece in (b"", b"one", large, b"end"):
            send(piece)

    assert list(run(nothing, work, Limits())) == [b"", b"one", large, b"end"]


def test_what_runs_forever_is_stopped_in_time() -> None:
    def work(_: None, __: Send) -> None:
        while True:
            pass

    since = time.monotonic()
    with pytest.raises(LimitReached, match=r"more than 0\.5 s .* --time-limit"):
        list(run(nothing, work, Limits(0.5, None)))
    assert time.monotonic() - since < 60


def test_what_eats_memory_is_stopped() -> None:
    def work(_: None, send: Send) -> None:
        send(b"x" * 10 * MEGABYTE)
        held = [bytes(MEGABYTE) for _ in range(1000)]
        send(held[0])

    with pytest.raises(
        LimitReached, match=r"more than 100 MB of memory \(--memory-limit"
    ):
        list(run(nothing, work, Limits(60, 100 * MEGABYTE)))


def test_preparing_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float | None] = []
    read = limits._read  # noqa: SLF001  the one place that waits

    def watched(reader: int, left: float | None) -> bytes | None:
        waits.append(left)
        return read(reader, left)

    monkeypatch.setattr(limits, "_read", watched)

    def work(ready: bytes, send: Send) -> None:
        send(ready * MEGABYTE)  # more than one read takes

    pieces = run(lambda: (b"r", None), work, Limits(60, None))
    assert list(pieces) == [b"r" * MEGABYTE]
    assert waits[0] is None
    assert 0 < waits[-1] <= 60


def test_a_reader_that_takes_its_time_costs_the_query_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hours = count(step=3600)
    now, passed = time.monotonic, [next(hours)]
    clock = SimpleNamespace(monotonic=lambda: now() + passed[-1])
    monkeypatch.setattr(limits, "time", clock)

    def work(_: None, send: Send) -> None:
        for _ in range(3):
            send(b"x" * MEGABYTE)

    found = []
    for piece in run(nothing, work, Limits(60, None)):
        passed.append(next(hours))
        found.append(len(piece))
    assert found == [MEGABYTE] * 3


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf"), 1e12])
def test_a_time_that_is_none_is_told(seconds: float) -> None:
    with pytest.raises(
        BadInput, match=r"a time limit of .* s: write a number from 0 to"
    ):
        Limits(seconds)


@pytest.mark.parametrize("memory", [0, -MEGABYTE, 1 << 70])
def test_a_memory_that_is_none_is_told(memory: int) -> None:
    with pytest.raises(
        BadInput, match=r"a memory limit of .* MB: write from 1 to"
    ):
        Limits(None, memory)


@pytest.mark.parametrize(
    "error",
    [BadQuery("no such thing"), BadRecord(["line 1: bad", "line 2: worse"])],
)
def test_an_error_of_ours_comes_through(error: Exception) -> None:
    def work(_: None, __: Send) -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        list(run(nothing, work, Limits()))
    assert str(raised.value) == str(error)


def test_a_bug_keeps_its_traceback() -> None:
    def work(_: None, __: Send) -> None:
        message = "a bug"
        raise ZeroDivisionError(message)

    with pytest.raises(
        RuntimeError, match=r"(?s)test_limits\.py.*ZeroDivisionError: a bug"
    ):
        list(run(nothing, work, Limits()))


def test_what_is_left_is_done_when_all_is_answered_and_not_waited_for(
    tmp_path: Path,
) -> None:
    kept, go = tmp_path / "kept", tmp_path / "go"
    found = subprocess.run(
        [sys.executable, "-c", LEAVING, kept, go],
        capture_output=True,
        timeout=100,
        check=True,
    )
    assert (found.stdout, found.stderr, kept.exists()) == (
        b"answer",
        b"",
        False,
    )
    go.touch()
    assert wait_for(kept.exists)


def test_what_is_left_is_not_done_where_threads_run(tmp_path: Path) -> None:
    kept, go = tmp_path / "kept", tmp_path / "go"
    go.touch()
    threaded = (
        "import threading\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    command = [sys.executable, "-c", threaded + LEAVING, kept, go]
    found = subprocess.run(
        command, capture_output=True, timeout=100, check=True
    )
    assert found.stdout == b"answer"
    time.sleep(0.5)
    assert not kept.exists()


def test_who_stops_reading_ends_the_query(tmp_path: Path) -> None:
    def work(_: None, send: Send) -> None:
        (tmp_path / "child").write_text(str(os.getpid()), encoding="ascii")
        while True:
            send(b"more")

    pieces = run(nothing, work, Limits())
    assert next(pieces) == b"more"
    pieces.close()
    assert not is_alive(int((tmp_path / "child").read_text(encoding="ascii")))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_child_whose_parent_was_killed_ends_soon(tmp_path: Path) -> None:
    written = tmp_path / "child"
    parent = subprocess.run(
        [sys.executable, "-c", ORPHAN, written], timeout=100, check=False
    )
    assert parent.returncode == -signal.SIGKILL
    assert wait_for(
        lambda: written.exists() and bool(written.read_text(encoding="ascii"))
    )
    child = int(written.read_text(encoding="ascii"))
    assert wait_for(lambda: not is_alive(child))


INTERRUPTED = """
import os, signal
from onrecord.store.limits import Limits, run

fork = os.fork

def interrupted():
    child = fork()
    os.kill(os.getpid(), signal.SIGINT)
    return child

os.fork = interrupted
try:
    list(run(lambda: (None, None), lambda _, send: None, Limits(None, None)))
except KeyboardInterrupt:
    os.write(1, b"interrupted\\n")
try:
    os.wait()
except ChildProcessError:
    os.write(1, b"no child is left\\n")
"""


def test_ctrl_c_in_the_moment_of_the_fork_leaves_no_child_behind() -> None:
    found = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert found.stdout == b"interrupted\nno child is left\n"
    assert found.stderr == b""
