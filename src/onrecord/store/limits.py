"""Runs a query under limits of time and memory, in a child process that can be killed.

pyoxigraph can neither be cancelled nor bounded, and Ctrl-C does not reach a running query, so the query runs in a
forked child. The child sends frames through a pipe: a letter, a length of 8 bytes, the payload. A child that ends
without its last frame was killed, and what it sent before is no answer.
"""

import os
import pickle
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from onrecord.errors import LimitReached, OnRecordError

FRAME = struct.Struct("!cQ")
MEGABYTE = 1 << 20
OUT_OF_MEMORY = 6

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take: `seconds` of wall time, `memory` in bytes beyond what the process has; None for any."""

    seconds: float | None = 30.0
    memory: int | None = 2048 * MEGABYTE


def run(
    prepare: Callable[[], T], work: Callable[[T, Callable[[bytes], None]], None], limits: Limits
) -> Iterator[bytes]:
    """Gives the pieces that `work` sends, as they come; `prepare` (open the store) comes first and is not bounded.

    Raises what either raised if that is an OnRecordError, and LimitReached when time or memory ran out.
    """
    if not hasattr(os, "fork"):
        print("onrecord: no limits of time and memory on this system", file=sys.stderr)
        pieces: list[bytes] = []
        work(prepare(), pieces.append)
        yield from pieces
        return
    reader, writer = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _child(lambda: _answer(prepare, work, writer, limits), writer)
    os.close(writer)
    try:
        yield from _frames(reader, child, limits)
    finally:
        os.close(reader)
        _end(child)


def _answer(
    prepare: Callable[[], T], work: Callable[[T, Callable[[bytes], None]], None], writer: int, limits: Limits
) -> None:
    prepared = prepare()
    _bound_memory(limits.memory)
    _send(writer, b"R", b"")
    work(prepared, lambda piece: _send(writer, b"D", piece))
    _send(writer, b"Z", b"")


def _child(answer: Callable[[], None], writer: int) -> NoReturn:
    """Never returns into the parent's code: whatever happens, the child ends here."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = 1
    try:
        answer()
        code = 0
    except OnRecordError as error:
        _send(writer, b"E", pickle.dumps(error))
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001  a bug keeps its traceback, and the child still ends here
        _send(writer, b"B", traceback.format_exc().encode())
    finally:
        os._exit(code)


def _bound_memory(extra: int | None) -> None:
    """Bounds the address space, on top of what is mapped now; only Linux keeps to it."""
    if extra is None or sys.platform != "linux":
        return
    import resource  # noqa: PLC0415  not on every system

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  a path object would cost an import
        mapped = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (mapped + extra, mapped + extra))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Out of memory the engine aborts, with a word on standard error that the parent says better.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _send(writer: int, kind: bytes, payload: bytes) -> None:
    view = memoryview(FRAME.pack(kind, len(payload)) + payload)
    while view:
        view = view[os.write(writer, view) :]


def _frames(reader: int, child: int, limits: Limits) -> Iterator[bytes]:
    deadline: float | None = None
    buffer = b""
    while True:
        piece = _read(reader, deadline)
        if piece is None:
            message = f"the query took more than {limits.seconds:g} s and was stopped; --time-limit gives it more"
            raise LimitReached(message)
        if not piece:
            raise _died(child, limits)
        buffer += piece
        while len(buffer) >= FRAME.size:
            kind, length = FRAME.unpack_from(buffer)
            if len(buffer) < FRAME.size + length:
                break
            payload, buffer = buffer[FRAME.size : FRAME.size + length], buffer[FRAME.size + length :]
            if kind == b"R" and limits.seconds is not None:
                deadline = time.monotonic() + limits.seconds
            elif kind == b"Z":
                return
            elif kind == b"D":
                yield payload
            else:
                _raise(kind, payload)


def _raise(kind: bytes, payload: bytes) -> None:
    if kind == b"E":
        raise pickle.loads(payload)  # noqa: S301  from our own child
    if kind == b"B":
        raise RuntimeError(payload.decode())


def _read(reader: int, deadline: float | None) -> bytes | None:
    """The next bytes, b"" at the end, None when time is up."""
    left = None if deadline is None else max(0.0, deadline - time.monotonic())
    ready, _, _ = select.select([reader], [], [], left)
    return os.read(reader, MEGABYTE) if ready else None


def _died(child: int, limits: Limits) -> Exception:
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL} and limits.memory:
        return LimitReached(f"the query needed more than {limits.memory // MEGABYTE} MB of memory and was stopped")
    return RuntimeError(f"the process that answered the query ended without a word (exit {code})")


def _end(child: int) -> None:
    """Kills the child if it still runs, and takes its remains away."""
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        pass
