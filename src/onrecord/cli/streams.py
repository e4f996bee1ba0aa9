"""The program's three streams: fit to be used from the first word, and emptied after the last.

What is printed may come from anybody's article: no control character of it reaches a
terminal, where it could move the cursor, change colours or forge lines.
"""

import io
import os
import re
import shlex
import shutil
import sys
from typing import IO

STREAMS = 3
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""All but tab and line feed; and what turns the direction of a line around."""
BOLD, QUIET = "1", "2"
"""Styles (ECMA-48, section 8.3.117)."""
STANCES = {
    "supportive": "34",
    "critical": "33",
    "conditional": "35",
    "neutral": QUIET,
}
TINTED = re.compile(rf"\[({'|'.join(STANCES)})\]|\bst:[0-9a-f]{{12}}\b")
"""What of an answer has a colour: the stance of a statement, and its id."""


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
    sys.stdout = _escaping(sys.stdout, "surrogateescape")
    sys.stderr = _escaping(sys.stderr, "backslashreplace")
    # The width of the terminal is asked of this one, and the stream below it is detached.
    sys.__stdout__ = sys.stdout  # type: ignore[misc, assignment]


def _escaping(stream: IO[str], errors: str) -> "IO[str]":
    """The stream, escaping; a program that calls ours may have put another thing there."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    is_line = stream.line_buffering or stream.write_through
    return Escaping(
        stream.detach(), encoding="utf-8", errors=errors, line_buffering=is_line
    )


class Escaping(io.TextIOWrapper):
    r"""A stream of text on which control characters are printed as `\x1b`.

    `is_paged` says whether a long answer goes through a pager.
    """

    is_paged = True

    def write(self, text: str, /) -> int:
        """Writes the text, escaped."""
        return super().write(escaped(text))

    def style(self, text: str, codes: str) -> None:
        """Writes a line in a style (ECMA-48, section 8.3.117) where there is a terminal."""
        line = escaped(text)
        shown = dyed(line, codes) if self.isatty() and is_coloured() else line
        super().write(f"{shown}\n")

    def answer(self, text: str) -> None:
        """Writes an answer: tinted on a terminal, and through a pager where it is longer than that."""
        shown = escaped(text)
        if not self.isatty():
            super().write(shown)
            return
        if is_coloured():
            shown = tinted(shown)
        self.flush()
        is_long = shown.count("\n") >= shutil.get_terminal_size().lines
        can_turn = self.is_paged and sys.stdin.isatty()
        if not (can_turn and is_long and paged(shown, self.fileno())):
            super().write(shown)

    def rewrite(self, text: str, end: str = "") -> None:
        """Writes over the line that the cursor stands in."""
        super().write(f"\r{escaped(text)}{end}")
        self.flush()


def rewrite(text: str, end: str = "") -> None:
    """Says a line on standard error over the one that stands there."""
    if isinstance(sys.stderr, Escaping):
        sys.stderr.rewrite(text, end)
    else:
        print(f"\r{text}", end=end, file=sys.stderr, flush=True)


def answer(text: str) -> None:
    """Prints an answer to a person."""
    if isinstance(sys.stdout, Escaping):
        sys.stdout.answer(text)
    else:
        sys.stdout.write(text)


def turn_pager_off() -> None:
    """Lets every answer run through the terminal, however long."""
    if isinstance(sys.stdout, Escaping):
        sys.stdout.is_paged = False


def is_coloured() -> bool:
    """Whether a terminal may be sent styles (no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tinted(text: str) -> str:
    """An answer with its first line in bold, stances and ids in colour."""
    head, newline, rest = text.partition("\n")
    return dyed(head, BOLD) + newline + TINTED.sub(_tint, rest)


def _tint(match: "re.Match[str]") -> str:
    return dyed(match[0], STANCES.get(match[1] or "", QUIET))


def dyed(text: str, codes: str) -> str:
    """A text in a style."""
    return f"\x1b[{codes}m{text}\x1b[0m"


def paged(text: str, handle: int) -> bool:
    """Shows a text on an open terminal in the pager that PAGER names, else in less; false where there is none."""
    import subprocess  # noqa: PLC0415  a part of every start, for long answers alone

    words = shlex.split(os.environ.get("PAGER") or "less")
    if not words or not shutil.which(words[0]):
        return False
    # As git has it: colours, and the text stays where it fits.
    settings = {"LESS": "FRX", "LESSCHARSET": "utf-8"} | os.environ
    shown = text.encode(errors="surrogateescape")
    subprocess.run(words, input=shown, stdout=handle, env=settings, check=False)  # noqa: S603  the user's own
    return True


def styled(text: str, codes: str) -> None:
    """Prints a line in a style where there is a terminal."""
    if isinstance(sys.stdout, Escaping):
        sys.stdout.style(text, codes)
    else:
        print(text)


def escaped(text: str) -> str:
    r"""The text with its control characters as `\x1b` or `\u202e`."""
    return CONTROL.sub(_escape, text)


def _escape(match: "re.Match[str]") -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"  # noqa: PLR2004  a byte


def give_up_output() -> None:
    """Sends what is still to be printed nowhere, since Python would try once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
