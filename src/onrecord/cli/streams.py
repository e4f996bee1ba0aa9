"""The program's three streams: fit to be used from the first word, and emptied after the last."""

import io
import os
import sys

STREAMS = 3


def open_all() -> None:
    """Opens on nothing what the caller closed, and lets all be written in UTF-8, whatever the locale.

    The number of a closed stream would go to the next file that is opened, and what is printed would go into it.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) < STREAMS:
        pass
    os.close(handle)
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115  open until the program ends
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115
    for stream, errors in (
        (sys.stdout, "surrogateescape"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a program that calls ours may have put another thing there
            stream.reconfigure(encoding="utf-8", errors=errors)


def give_up_output() -> None:
    """Sends what is still to be printed nowhere, since Python would try once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
