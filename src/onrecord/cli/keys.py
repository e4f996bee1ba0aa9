"""One key of a terminal, without Enter; what is typed ahead is kept, where click throws it away."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

ESCAPE = b"\x1b"
LONGEST = 32
"""Bytes of what an arrow or another key of several bytes sends."""

SOON = 0.05
"""Seconds in which the rest of such a key follows."""


def read_key() -> str:
    """The next key, "" at the end of the input; raises KeyboardInterrupt for Ctrl-C."""
    if sys.platform == "win32":
        import click  # noqa: PLC0415  its way there keeps what was typed ahead

        return click.getchar()
    terminal = sys.stdin.fileno()
    with _by_key(terminal):
        key = os.read(terminal, 1)
        if key == ESCAPE and select.select([terminal], [], [], SOON)[0]:
            key += os.read(terminal, LONGEST)
    return key.decode(errors="replace")


@contextmanager
def _by_key(terminal: int) -> Iterator[None]:
    """A terminal that hands over each key at once; as it was, afterwards."""
    import termios  # noqa: PLC0415  not on every system
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
