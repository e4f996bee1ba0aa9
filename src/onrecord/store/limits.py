"""Runs a query under limits of time and memory, in a child process that can be killed.

pyoxigraph can neither be cancelled nor bounded, and Ctrl-C does not reach a running query, so the query runs in a
forked child. The child sends frames through a pipe: a letter, a length of 8 bytes, the payload. A child that ends
without its last frame was killed, and what it sent before is no answer. A server, which has threads and may not fork,
keeps the same limits in `store/pool.py`.
"""

import os
import pickle
import select
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from onrecord.model.errors import BadInput, LimitReached, OnRecordError
from onrecord.workspace.offline import go_offline, run_offline

FRAME = struct.Struct("!cQ")
MEGABYTE = 1 << 20
MOST_MEMORY = MEGABYTE << 30
MOST_SECONDS = 365 * 24 * 3600
OUT_OF_MEMORY = 6
QUERY = "query"
ALONE = 3
"""Links of /proc/self/task in a process of one thread: two as every folder has, and one a thread."""

T = TypeVar("T")
Prepare = Callable[[], tuple[T, Callable[[], None] | None]]
"""Gives what the work needs, and what is left to do when the work is done."""
Send = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take, None for any: `seconds` waited for, bytes of `memory` beyond what the process has."""

    seconds: float | None = 30.0
    memory: int | None = 2048 * MEGABYTE

    def __post_init__(self) -> None:
        """Raises BadInput for a number that can be no limit."""
        if self.seconds is not None and not 0 <= self.seconds <= MOST_SECONDS:
            message = (
                f"a time limit of {self.seconds:g} s: write "
                f"a number from 0 to {MOST_SECONDS} (a year)"
            )
            raise BadInput(message)
        if self.memory is not None and not 0 < self.memory <= MOST_MEMORY:
            message = (
                f"a memory limit of {self.memory // MEGABYTE} "
                f"MB: write from 1 to {MOST_MEMORY // MEGABYTE}"
            )
            raise BadInput(message)


def unkept() -> str | None:
    """Which limits this system cannot keep, in words; None where it keeps all."""
    if not hasattr(os, "fork"):
        return "this system knows no fork, so a query runs without limits of time and memory"
    return (
        None
        if sys.platform == "linux"
        else "this system bounds no memory, so --memory-limit is of no effect"
    )


def run(
    prepare: Prepare[T],
    work: Callable[[T, Send], None],
    limits: Limits,
    *,
    offline: bool = True,
    what: str = QUERY,
) -> Iterator[bytes]:
    """Gives the pieces that `work` sends, as they come; `prepare` (open the store) comes first and is not bounded.

    Both open no socket where they are `offline`.

    What `prepare` leaves to do is done when all is answered, and nobody waits for it; where this process has threads,
    which the command line has not, it is not done. Raises what either raised if that is an OnRecordError, and
    LimitReached when time or memory ran out.
    """
    if not hasattr(os, "fork"):
        yield from _unbounded(prepare, work, offline=offline)
        return
    reader, writer = os.pipe()
    sys.stdout.flush()
    is_alone = not _has_threads()
    # Ctrl-C in the moment of the fork would leave a child behind, or lead one into the parent's code.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    child = os.fork()
    if child == 0:
        os.close(reader)
        if offline:
            go_offline()
        _child(
            lambda: _answer(prepare, work, writer, limits, may_leave=is_alone),
            writer,
            blocked,
        )
    answered = None
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        os.close(writer)
        answered = yield from _frames(reader, limits, what)
    finally:
        os.close(reader)
        if not answered:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if not answered:
        code = os.waitstatus_to_exitcode(status)
        advice = " (--memory-limit gives it more)" if what == QUERY else ""
        raise died(code, limits, advice, what)


def _unbounded(
    prepare: Prepare[T], work: Callable[[T, Send], None], *, offline: bool
) -> list[bytes]:
    """All pieces, in this process."""

    def answer() -> list[bytes]:
        prepared, left = prepare()
        pieces: list[bytes] = []
        work(prepared, pieces.append)
        if left:
            left()
        return pieces

    return run_offline(answer) if offline else answer()


def _has_threads() -> bool:
    """Whether threads run here besides this one; a forked child lacks them, and an engine that counts on them waits."""
    try:
        return os.stat("/proc/self/task").st_nlink > ALONE  # noqa: PTH116  a path object would cost an import
    except OSError:
        return threading.active_count() > 1


def _answer(
    prepare: Prepare[T],
    work: Callable[[T, Send], None],
    writer: int,
    limits: Limits,
    *,
    may_leave: bool,
) -> None:
    prepared, left = prepare()
    with bounded(limits):
        send_frame(writer, b"R", b"")
        work(prepared, lambda piece: send_frame(writer, b"D", piece))
        send_frame(writer, b"Z", b"")
    # An engine that began threads here, or tried to open a store, is not to be forked.
    if left and may_leave and not _has_threads() and os.fork() == 0:
        _leave(left)


def _leave(left: Callable[[], None]) -> None:
    """Does what is left in a process of its own, which neither a terminal nor a pipe of the command hears of."""
    os.setsid()
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    left()


def _child(
    answer: Callable[[], None], writer: int, blocked: Iterable[int]
) -> NoReturn:
    """Never returns into the parent's code: whatever happens, the child ends here with these signals blocked."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    code = 1
    try:
        answer()
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException as error:  # noqa: BLE001  a bug keeps its traceback, and the child still ends here
        send_failure(writer, error)
    finally:
        os._exit(code)


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Bounds this process while it works; the time only for one whose parent, which keeps it, was killed."""
    if limits.seconds is not None:
        signal.setitimer(signal.ITIMER_PROF, limits.seconds + 1)
    # Out of memory the engine aborts, with a word on standard error that the parent says better.
    errors, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    _bound_memory(limits.memory)
    try:
        yield
    finally:
        _bound_memory(None)
        os.dup2(errors, 2)
        os.close(errors)
        os.close(nothing)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _bound_memory(extra: int | None) -> None:
    """Bounds the address space, on top of what is mapped now, or unbounds it; only Linux keeps to it."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415  not on every system

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if extra is None:
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        return
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  a path object would cost an import
        most = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + extra
    resource.setrlimit(
        resource.RLIMIT_AS,
        (most if hard == resource.RLIM_INFINITY else min(most, hard), hard),
    )
    resource.setrlimit(
        resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1])
    )


def send_frame(writer: int, kind: bytes, payload: bytes) -> None:
    """Writes a frame, all of it."""
    view = memoryview(FRAME.pack(kind, len(payload)) + payload)
    while view:
        view = view[os.write(writer, view) :]


def send_failure(writer: int, error: BaseException) -> None:
    """Writes the last frame of a work that failed: an error of ours as it is, a bug's traceback."""
    if isinstance(error, OnRecordError):
        send_frame(writer, b"E", pickle.dumps(error))
    else:
        send_frame(
            writer, b"B", "".join(traceback.format_exception(error)).encode()
        )


def _frames(
    reader: int, limits: Limits, what: str
) -> Generator[bytes, None, bool]:
    """The pieces of the answer; True once all came, False where the child ended before that.

    Only the time that the child is waited for counts: a pager that stands still costs the query nothing.
    """
    left: float | None = None
    buffer = bytearray()
    while True:
        since = time.monotonic()
        piece = _read(reader, left)
        if piece is None:
            advice = "; --time-limit gives it more" if what == QUERY else ""
            message = f"{late(limits, what)}{advice}"
            raise LimitReached(message)
        if not piece:
            return False
        left = (
            None
            if left is None
            else max(0.0, left - (time.monotonic() - since))
        )
        buffer += piece
        while len(buffer) >= FRAME.size:
            kind, length = FRAME.unpack_from(buffer)
            end = FRAME.size + length
            if len(buffer) < end:
                break
            payload = bytes(buffer[FRAME.size : end])
            del buffer[:end]
            if kind == b"R":
                left = limits.seconds
            elif kind == b"Z":
                return True
            elif kind == b"D":
                yield payload
            else:
                raise failure(kind, payload)


def failure(kind: bytes, payload: bytes) -> Exception:
    """What a frame of `send_failure` tells."""
    if kind == b"E":
        error = pickle.loads(payload)  # noqa: S301  from our own child
        assert isinstance(error, OnRecordError)  # noqa: S101
        return error
    return RuntimeError(payload.decode())


def _read(reader: int, left: float | None) -> bytes | None:
    """The next bytes, b"" at the end, None when time is up."""
    ready, _, _ = select.select([reader], [], [], left)
    return os.read(reader, MEGABYTE) if ready else None


def late(limits: Limits, what: str = QUERY) -> str:
    """Says that time was up."""
    return f"the {what} took more than {limits.seconds:g} s and was stopped"


def died(
    code: int, limits: Limits, advice: str = "", what: str = QUERY
) -> Exception:
    """Why a process that worked under limits ended before it had answered, by its exit code."""
    if (
        code == -signal.SIGKILL
    ):  # no limit of ours ends a process so, without its parent
        who = "by a person, or by a system that is short of memory"
        return LimitReached(
            f"the process that worked on the {what} was killed from outside: {who}; try again"
        )
    if (
        code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV}
        and limits.memory
    ):
        # A stack that overflows ends the process with the same signal.
        most = f"{limits.memory // MEGABYTE} MB of memory{advice}"
        return LimitReached(
            f"the {what} needed more than {most}, or is nested too deep, and was stopped"
        )
    return RuntimeError(
        f"the process that worked on the {what} ended without a word (exit {code})"
    )
