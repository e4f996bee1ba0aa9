"""Names for a shell that waits at each Tab, without typer, which alone takes as long to import as all that is needed.

The places of a line where a name may stand are few; a test holds them to what the commands declare. Whatever else is
completed, and lines with quotation marks, are left to typer.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from onrecord.model.errors import OnRecordError
from onrecord.model.iris import local
from onrecord.store.kept_names import MOST, index_place, kept_names
from onrecord.workspace import find

VARIABLE = "_ONRECORD_COMPLETE"
QUOTING = frozenset("'\"\\")


class Line(NamedTuple):
    """What stands after a command: of each argument, and of each option with a value, what kind of name it is or ""."""

    arguments: tuple[str, ...]
    options: Mapping[str, str]


class Typed(NamedTuple):
    """What a shell has of a line: the words before the cursor, and the beginning of the one that is completed."""

    before: Sequence[str]
    start: str


ABOUT = {"--about": "entity"}
ACTORS = {"--actor": "entity", **ABOUT}
CHOICE = {
    "--topic": "topic",
    **dict.fromkeys(("--relation", "--stance", "--since", "--until"), ""),
}
OUTPUT = {"--output": "", "-o": "", "--depth": ""}
LINES: Mapping[str, Line] = {
    "list": Line(("",), {**ACTORS, **CHOICE, "--limit": ""}),
    "search": Line(("",), {**ACTORS, **CHOICE, "--limit": "", "--kind": ""}),
    "show": Line(("entity",), CHOICE),
    "path": Line(("entity", "entity"), {}),
    "compare": Line(("entity", "entity"), {}),
    "view": Line(
        (), {**ABOUT, **CHOICE, **OUTPUT, "--story": "", "--positions": ""}
    ),
    "export": Line(("",), {**ABOUT, **CHOICE, **OUTPUT}),
}
"""The commands that take a name of the graph."""


def complete() -> bool:
    """Tells the shell the names that may stand there; False where that is left to typer."""
    shell = os.environ.get(VARIABLE)
    readers = {"complete_bash": _bash, "complete_zsh": _zsh}
    if shell not in readers:
        return False
    typed = readers[shell]()
    names = _names(typed) if typed else None
    if names is None:
        return False
    answer = _for_zsh(names) if shell == "complete_zsh" else _for_bash(names)
    sys.stdout.buffer.write(answer.encode())
    sys.stdout.flush()
    return True


def _bash() -> Typed | None:
    words = os.environ.get("COMP_WORDS", "")
    at = os.environ.get("COMP_CWORD", "")
    if QUOTING & {*words} or not at.isdecimal():
        return None
    parts = words.split()
    return Typed(parts[1 : int(at)], "".join(parts[int(at) : int(at) + 1]))


def _zsh() -> Typed | None:
    words = os.environ.get("_TYPER_COMPLETE_ARGS", "")
    if QUOTING & {*words}:
        return None
    parts = words.split()
    if words.endswith(" "):
        return Typed(parts[1:], "")
    return Typed(parts[1:-1], "".join(parts[1:][-1:]))


def _for_bash(names: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{local(iri)}\n" for iri, _ in names)


def _for_zsh(names: Sequence[tuple[str, str]]) -> str:
    """As zsh's `_arguments` takes them, each with its name; files where there is none."""
    if not names:
        return "_files\n"
    choices = "\n".join(
        f'"{_escaped(local(iri))}":"{_escaped(name)}"' for iri, name in names
    )
    return f"_arguments '*: :(({choices}))'\n"


def _escaped(text: str) -> str:
    for sign, written in (
        *(('"', '""'), ("'", "''"), ("$", "\\$")),
        *(("`", "\\`"), (":", r"\\:")),
    ):
        text = text.replace(sign, written)
    return text


def _names(typed: Typed) -> list[tuple[str, str]] | None:
    """The names that begin so; None where none may stand there, or no index of them is kept."""
    where, command, rest = _parted(typed.before)
    kind = _kind(LINES[command], rest, typed.start) if command in LINES else ""
    if not kind:
        return None
    import sqlite3  # noqa: PLC0415  few lines come so far

    try:
        place = index_place(find(where))
        return (
            kept_names(place, typed.start, kind, MOST)
            if place.is_file()
            else None
        )
    except (OnRecordError, OSError, sqlite3.Error):
        return None


def _parted(words: Sequence[str]) -> tuple[Path | None, str, Sequence[str]]:
    """The workspace that a line names, its command and what follows; no command after other options."""
    if len(words) > 2 and words[0] == "-C":  # noqa: PLR2004  the option, its value and the command
        return Path(words[1]), words[2], words[3:]
    if words:
        return None, words[0], words[1:]
    return None, "", ()


def _kind(line: Line, words: Sequence[str], start: str) -> str:
    """What kind of name is to stand after these words; "" for any other thing."""
    option, arguments = "", 0
    for word in words:
        if option:
            option = ""
        elif word in line.options:
            option = word
        elif not word.startswith("-"):
            arguments += 1
    if option:
        return line.options[option]
    if start.startswith("-") or arguments >= len(line.arguments):
        return ""
    return line.arguments[arguments]
