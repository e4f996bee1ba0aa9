"""The review in the terminal: one key a verdict, each on disk before the next statement is shown."""

import shutil
import sys
import textwrap

from onrecord.cli.keys import read_key
from onrecord.cli.streams import styled
from onrecord.editing import reviewing
from onrecord.editing.editor import undo
from onrecord.editing.fields import FIELDS, shown
from onrecord.editing.reviewing import Item, Verdict
from onrecord.model.errors import OnRecordError
from onrecord.workspace import Workspace

KEYS = "a accept, r reject, e edit, f flag, s skip, u undo, q quit"
VERDICTS = {"a": "accepted", "r": "rejected"}
DETAILS = (
    "topics",
    "stance",
    "modality",
    "basis",
    "date",
    "recipient",
    "instrument",
)
MOST_WIDE = 100
ENDS = frozenset({"\x03", "\x04", ""})
"""Ctrl-C, Ctrl-D, and the end of the input."""


class Talk:
    """Asks about one statement after the other."""

    def __init__(self, where: Workspace, by: str) -> None:
        self.where, self.by = where, by
        self.items = reviewing.waiting(where)
        self.width = min(shutil.get_terminal_size().columns, MOST_WIDE)
        self.done: list[int] = []

    def all(self) -> None:
        """Goes through the statements that wait for review, until none is left or the person quits."""
        if not self.items:
            print("nothing waits for review")
            return
        print(KEYS)
        at = 0
        while at < len(self.items):
            self._show(at)
            answer = _key("verdict")
            if answer in {None, "q"}:
                break
            at = self._act(at, answer or "")
        print(
            f"{len(self.done)} reviewed, {len(self.items) - len(self.done)} wait"
        )

    def _act(self, at: int, answer: str) -> int:
        """Does what a key says; returns the index of the statement to show next."""
        if answer in VERDICTS:
            return self._judge(at, VERDICTS[answer])
        if answer == "e":
            return self._edit(at)
        if answer == "f":
            return self._flag(at)
        if answer == "u":
            return self._undo(at)
        if answer == "s":
            return at + 1
        print(KEYS)
        return at

    def _judge(
        self,
        at: int,
        status: str,
        edits: dict[str, object] | None = None,
        note: str | None = None,
    ) -> int:
        item = self.items[at]
        key, document = item.statement.id or "", item.document.id
        verdict = Verdict(key, status, self.by, edits or {}, note, document)
        try:
            reviewing.judge([verdict], self.where)
        except OnRecordError as error:
            print(error)
            return at
        self.done.append(at)
        return at + 1

    def _flag(self, at: int) -> int:
        note = _line("note")
        return self._judge(at, "unreviewed", note=note) if note else at

    def _undo(self, at: int) -> int:
        if not self.done:
            print("nothing to take back")
            return at
        try:
            undo(workspace=self.where)
        except OnRecordError as error:
            print(error)
            return at
        return self.done.pop()

    def _edit(self, at: int) -> int:
        """Asks for one field after the other; Enter keeps its value, "-" empties it."""
        statement = self.items[at].statement
        names = ", ".join(FIELDS)
        print(self._wrapped(f"fields: {names}; Enter when done"))
        edits: dict[str, object] = {}
        while name := _line("field"):
            if name not in FIELDS:
                print(f"no field is called {name}")
                continue
            answer = _line(f"{name} [{shown(statement, name)}]")
            if answer:
                edits[name] = "" if answer == "-" else answer
        return self._judge(at, "accepted", edits)

    def _show(self, at: int) -> None:
        item = self.items[at]
        document, statement = item.document, item.statement
        print(
            f"\n{at + 1} of {len(self.items)} · sure {statement.confidence:.2f}"
        )
        title = document.title or document.publisher
        dated = f" · {document.published}" if document.published else ""
        print(self._wrapped(f"{title}{dated}"))
        if document.url:
            print(document.url)
        styled(self._wrapped(item.says), "1")
        print(
            self._wrapped(
                f"{statement.gist} [{statement.stance or 'no stance'}]", "  "
            )
        )
        print(self._wrapped(_details(item), "  "))
        if statement.evidence is not None:
            print(self._wrapped(_marked(item), "  | "))
        if statement.review and statement.review.note:
            print(self._wrapped(f"flagged: {statement.review.note}", "  ! "))

    def _wrapped(self, text: str, indent: str = "") -> str:
        return textwrap.fill(
            text, self.width, initial_indent=indent, subsequent_indent=indent
        )


def _details(item: Item) -> str:
    statement = item.statement
    fields = [(name, shown(statement, name)) for name in DETAILS]
    return " · ".join(f"{name} {text}" for name, text in fields if text)


def _key(question: str) -> str | None:
    """One key, without Enter where there is a terminal; None at the end."""
    if not sys.stdin.isatty():
        return _line(question)
    print(f"{question}? ", end="", flush=True)
    try:
        key = read_key()
    except (KeyboardInterrupt, EOFError):
        return None
    print(key)
    return None if key in ENDS else key.lower()


def _line(question: str) -> str | None:
    """The answer to a question; None at the end of the input."""
    print(f"{question}? ", end="", flush=True)
    line = sys.stdin.readline()
    return line.strip() if line else None


def _marked(item: Item) -> str:
    """The line that holds the quoted words, with these between >>> and <<<."""
    words = item.statement.evidence.exact if item.statement.evidence else ""
    line = item.before.rpartition("\n")[2]
    cut = line == item.before and line
    before = f"… {line.partition(' ')[2]}" if cut else line
    return f"{before}>>>{words}<<<{item.after.partition(chr(10))[0]}"
