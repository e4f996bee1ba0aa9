"""Threads and processes that open no socket: there, queries and shapes that others wrote are evaluated.

On Linux a seccomp filter (seccomp(2)) refuses `socket`, `connect` and `io_uring_setup` to the thread that asked for it
and to every thread and process that begins there later, for good. Calls of another architecture are refused as well,
since their numbers mean other calls. What is open already stays open.
"""

import os
import struct
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import ctypes

PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
"""The instructions of classic BPF that the filter is made of."""
NUMBER, ARCHITECTURE = 0, 4
"""Where `struct seccomp_data` holds the number of the call and its architecture."""
REFUSED = 0x00050000 | 13
"""SECCOMP_RET_ERRNO with EACCES."""
ALLOWED = 0x7FFF0000
X32 = 0x40000000
"""From this number on, x86_64 has the calls of programs with pointers of 32 bits."""
CALLS = {
    "x86_64": (0xC000003E, (41, 42, 425)),
    "aarch64": (0xC00000B7, (198, 203, 425)),
}
"""The architecture's number, and those of `socket`, `connect` and `io_uring_setup`, by machine."""

T = TypeVar("T")


class _Thread(threading.local):
    """What a thread knows of itself."""

    is_offline = False


_thread = _Thread()


def is_offline() -> bool:
    """Whether this thread was told to go offline, whether or not the system enforces it."""
    return _thread.is_offline


def go_offline() -> bool:
    """Takes the network from this thread and from all that begins in it, for good; False where the system cannot."""
    _thread.is_offline = True
    if not is_kept():
        return False
    import ctypes  # noqa: PLC0415  some milliseconds, for those alone who need it

    return _install(ctypes.CDLL(None).prctl, _program())


def run_offline(work: Callable[[], T]) -> T:
    """Runs a function in an offline thread of its own, or in this one if it is offline; returns and raises the same."""
    if is_offline():
        return work()
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        go_offline()
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  it is the caller's
            errors.append(error)

    thread = threading.Thread(target=run, name="offline", daemon=True)
    thread.start()
    thread.join()
    if errors:
        raise errors.pop()
    return results.pop()


def is_kept() -> bool:
    """Whether the system can enforce it by a filter: Linux on the machines of CALLS, in 64 bits."""
    return (
        sys.platform == "linux"
        and os.uname().machine in CALLS
        and sys.maxsize > 1 << 32
    )


def _install(prctl: "ctypes._NamedFuncPointer", program: bytes) -> bool:
    import ctypes  # noqa: PLC0415  as above

    word = ctypes.c_ulong
    instructions = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many instructions of 8 bytes there are, and where.
    head = struct.pack("HP", len(program) // 8, ctypes.addressof(instructions))
    if prctl(PR_SET_NO_NEW_PRIVS, word(1), word(0), word(0), word(0)) != 0:
        return False
    return bool(
        prctl(PR_SET_SECCOMP, word(SECCOMP_MODE_FILTER), ctypes.c_char_p(head))
        == 0
    )


def _program() -> bytes:
    """The filter for this machine; each jump says how many instructions it leaves out."""
    architecture, calls = CALLS[os.uname().machine]
    jumps = [
        (JUMP_IF_AT_LEAST, X32),
        *((JUMP_IF_EQUAL, call) for call in calls),
    ]
    instructions = [
        _instruction(LOAD, ARCHITECTURE),
        _instruction(JUMP_IF_EQUAL, architecture, then=1),
        _instruction(RETURN, REFUSED),
        _instruction(LOAD, NUMBER),
        *_refusals(jumps),
        _instruction(RETURN, ALLOWED),
        _instruction(RETURN, REFUSED),
    ]
    return b"".join(instructions)


def _refusals(jumps: Sequence[tuple[int, int]]) -> list[bytes]:
    """Jumps to the refusal that stands last, past the others and the permission."""
    instructions = []
    for place, (code, value) in enumerate(jumps):
        past = len(jumps) - place
        instructions.append(_instruction(code, value, then=past))
    return instructions


def _instruction(code: int, value: int, then: int = 0) -> bytes:
    """`struct sock_filter`."""
    return struct.pack("HBBI", code, then, 0, value)
