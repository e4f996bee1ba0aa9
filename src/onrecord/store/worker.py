"""One worker of a pool: `python -m onrecord.store.worker PARENT`, the number of the process that started it.

Standard input brings frames, as `store/limits.py` has them: first what prepares, then a job each, pickled. Standard
output takes the answers back, in pieces of 64 kB, and nothing else: what a library prints goes to standard error. An
answer begins with two frames: T, the job was taken, and R, what it needs is prepared. The worker is offline from its
start. It ends when its input ends, and with its parent however that ends; Ctrl-C is for the parent.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO

from onrecord.store.limits import (
    FRAME,
    MEGABYTE,
    OUT_OF_MEMORY,
    Send,
    bounded,
    send_failure,
    send_frame,
)
from onrecord.workspace.offline import go_offline

PIECE = 1 << 16
MOST_GROWN = 256 * MEGABYTE
"""How much more memory a worker may hold after a job than when it had prepared; beyond that a new one is cheaper."""
PR_SET_PDEATHSIG = 1

Work = Callable[[object, Send], None]


def main() -> None:
    """Answers jobs until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(int(sys.argv[1]))
    go_offline()
    jobs, answers = _streams()
    payloads = _payloads(jobs)
    ready = Prepared(pickle.loads(next(payloads)))  # noqa: S301  from our own parent
    for payload in payloads:
        _answer(payload, ready, answers)


class Prepared:
    """What was prepared for one generation, and made anew for another."""

    def __init__(self, prepare: Callable[[str], object]) -> None:
        self._prepare = prepare
        self._generation: str | None = None
        self._state: object = None
        self._size = 0

    def at(self, generation: str) -> object:
        """What is prepared for this generation; what was prepared for another is closed first."""
        if generation != self._generation:
            self._generation = self._state = None
            self._state = self._prepare(generation)
            self._generation, self._size = generation, _resident()
        return self._state

    def has_grown(self) -> bool:
        """Whether jobs left much behind in memory."""
        return _resident() - self._size > MOST_GROWN


def _answer(payload: bytes, ready: Prepared, answers: int) -> None:
    try:
        send_frame(answers, b"T", b"")
        generation, work, limits = pickle.loads(payload)  # noqa: S301  from our own parent
        state = ready.at(generation)
        with bounded(limits):
            send_frame(answers, b"R", b"")
            _work(work, state, answers)
        send_frame(answers, b"L" if ready.has_grown() else b"Z", b"")
    except BrokenPipeError:  # the parent is gone
        os._exit(1)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException as error:  # noqa: BLE001  a bug keeps its traceback, and the worker goes on
        send_failure(answers, error)


def _work(work: Work, prepared: object, answers: int) -> None:
    """Sends what the work sends in pieces of one size; what is left when the work fails is not sent."""
    buffer = bytearray()

    def send(piece: bytes) -> None:
        buffer.extend(piece)
        while len(buffer) >= PIECE:
            send_frame(answers, b"D", bytes(buffer[:PIECE]))
            del buffer[:PIECE]

    work(prepared, send)
    if buffer:
        send_frame(answers, b"D", bytes(buffer))


def _streams() -> tuple[IO[bytes], int]:
    """The two streams under other numbers, where nothing that is printed or read by chance comes to them."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return jobs, answers


def _payloads(jobs: IO[bytes]) -> Iterator[bytes]:
    while len(head := jobs.read(FRAME.size)) == FRAME.size:
        _, length = FRAME.unpack(head)
        payload = jobs.read(length)
        if len(payload) < length:
            return
        yield payload


def _end_with(parent: int) -> None:
    """Has the system end this process with its parent, even in the middle of a job; only Linux can."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415  not for every system

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _resident() -> int:
    """Bytes of memory that this process holds; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  as in store/limits.py
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
