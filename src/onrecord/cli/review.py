"""`onrecord review`: a person's verdicts."""

import getpass
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.state import state, write_out
from onrecord.model.errors import BadInput, OnRecordError

if TYPE_CHECKING:
    from onrecord.editing.reviewing import Item
    from onrecord.workspace import Workspace

EDITED = ("relation", "object", "gist")
KEYS = "a accept, r reject, e edit, s skip, u undo, q quit"


def review(
    context: typer.Context,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write what waits as a sheet (CSV).")
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option("--import", help="Read verdicts from a filled sheet.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(help="Who reviews; else the name of this computer's user."),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite a sheet that onrecord did not write."),
    ] = False,
) -> None:
    """Accept, reject or edit what waits for review: in the terminal, or by a sheet."""
    from onrecord.editing import reviewing as room  # noqa: PLC0415  rdflib, for this command alone

    where = state(context).workspace()
    if export is not None:
        items = room.waiting(where)
        write_out([room.sheet(items).encode()], export, force=force)
    elif sheet is not None:
        count = room.judge(room.verdicts(_read(sheet), by or _user(), where), where)
        print(f"{count} statement{'s' * (count != 1)} reviewed")
    else:
        _Talk(where, by or _user()).all()


def _read(sheet: Path) -> str:
    try:
        return sheet.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{sheet}: cannot be read: {error}"
        raise BadInput(message) from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "a reviewer"


class _Talk:
    """Asks about one statement after the other; each answer is on disk before the next question."""

    def __init__(self, where: "Workspace", by: str) -> None:
        from onrecord.editing import reviewing as room  # noqa: PLC0415

        self.room, self.where, self.by = room, where, by
        self.items = room.waiting(where)
        self.width = min(shutil.get_terminal_size().columns, 100)
        self.done: list[int] = []

    def all(self) -> None:
        """Goes through what waits, until it is done or the person leaves."""
        if not self.items:
            print("nothing waits for review")
            return
        at = 0
        while at < len(self.items):
            self._show(at)
            answer = self._ask("verdict")
            if answer in {None, "q"}:
                break
            at = self._act(at, answer or "")
        print(f"{len(self.done)} reviewed, {len(self.items) - len(self.done)} wait")

    def _act(self, at: int, answer: str) -> int:
        if answer in {"a", "r"}:
            return self._judge(at, "accepted" if answer == "a" else "rejected")
        if answer == "e":
            return self._edit(at)
        if answer == "u" and self.done:
            last = self.done.pop()
            value = self.items[last].statement
            self._write(
                last,
                "unreviewed",
                {each: getattr(value, each) for each in (*EDITED, "negated")},
            )
            return last
        if answer != "s":
            print(KEYS)
        return at + (answer == "s")

    def _judge(
        self, at: int, status: str, edits: dict[str, object] | None = None
    ) -> int:
        self._write(at, status, edits or {})
        self.done.append(at)
        return at + 1

    def _write(self, at: int, status: str, edits: dict[str, object]) -> None:
        key = self.items[at].statement.id or ""
        self.room.judge([self.room.Verdict(key, status, self.by, edits)], self.where)

    def _edit(self, at: int) -> int:
        value = self.items[at].statement
        edits: dict[str, object] = {}
        for field in EDITED:
            old = getattr(value, field)
            answer = self._ask(f"{field} [{old}]")
            if answer:
                edits[field] = answer
        answer = self._ask(f"negated [{'yes' if value.negated else 'no'}] (yes, no)")
        if answer in {"yes", "no"}:
            edits["negated"] = answer == "yes"
        try:
            return self._judge(at, "accepted", edits)
        except OnRecordError as error:
            print(error)
            return at

    def _show(self, at: int) -> None:
        item = self.items[at]
        value = item.statement
        print(
            f"\n{at + 1} of {len(self.items)} · {item.document.id} · sure {value.confidence:.2f}"
        )
        print(textwrap.fill(item.says, self.width))
        print(
            textwrap.fill(
                f"{value.gist} [{value.stance or 'no stance'}]",
                self.width,
                initial_indent="  ",
            )
        )
        if value.evidence is not None:
            print(
                textwrap.fill(
                    _marked(item),
                    self.width,
                    initial_indent="  | ",
                    subsequent_indent="  | ",
                )
            )

    @staticmethod
    def _ask(what: str) -> str | None:
        """The answer to a question; None at the end of the input."""
        print(f"{what}? ", end="", flush=True)
        line = sys.stdin.readline()
        return line.strip() if line else None


def _marked(item: "Item") -> str:
    """The passage with its span between marks."""
    words = item.statement.evidence.exact if item.statement.evidence else ""
    line = item.before.rpartition("\n")[2]
    before = f"… {line.partition(' ')[2]}" if line == item.before and line else line
    return f"{before}>>>{words}<<<{item.after.partition(chr(10))[0]}"
