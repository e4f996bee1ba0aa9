"""What a workspace and a store last had in common, by graph, so that only what changed is moved, and only ours goes.

Each line is written before a graph is sent and again when it is there, so that a push that is killed leaves the truth:
a graph that may be there, or one that is there as its fingerprint says. The ledger lives in the workspace, for one that
is made anew in the same place has nothing in common with any store, and must not have its graphs deleted.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from onrecord.workspace import Workspace


class Ledger:
    """The fingerprints of the graphs that both sides last had, None for one that was sent and not yet found there.

    Kept in `.onrecord/sync-HASH.jsonl`, the hash being of the store's address, and out of git. Where nothing can be
    kept, nothing is known the next time, and so nothing is deleted.
    """

    def __init__(self, workspace: Workspace, address: str) -> None:
        key = hashlib.sha256(address.encode()).hexdigest()[:32]
        self._path = _home(workspace) / f"sync-{key}.jsonl"
        self._lock = Lock()
        self.marks: dict[str, str | None] = {}
        for graph, mark in self._lines():
            self._take(graph, mark)

    def sends(self, graph: str) -> None:
        """Notes that a graph is about to be sent."""
        if self.marks.get(graph, "") is not None:
            self._note(graph, None)

    def holds(self, graph: str, mark: str) -> None:
        """Notes that both sides have a graph of this fingerprint."""
        if self.marks.get(graph) != mark:
            self._note(graph, mark)

    def lost(self, graph: str) -> None:
        """Notes that a graph is no longer there."""
        if graph in self.marks:
            self._note(graph, "")

    def _note(self, graph: str, mark: str | None) -> None:
        with self._lock, suppress(OSError):
            self._take(graph, mark)
            if not self._path.exists():
                self._path.parent.mkdir(parents=True, exist_ok=True)
                (self._path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([graph, mark]) + "\n")

    def _take(self, graph: str, mark: str | None) -> None:
        self.marks.pop(graph, None)
        if mark != "":
            self.marks[graph] = mark

    def _lines(self) -> list[tuple[str, str | None]]:
        """A line that was cut when its writer was killed is left out."""
        found: list[tuple[str, str | None]] = []
        with suppress(OSError, UnicodeDecodeError):
            for line in self._path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):
                    graph, mark = json.loads(line)
                    found.append((graph, mark))
        return found


def _home(workspace: Workspace) -> Path:
    """In the workspace; for what ships, which is never written, in a place of the person's."""
    if workspace.root is not None:
        return workspace.root / ".onrecord"
    told = Path(os.environ.get("XDG_STATE_HOME") or "")
    state = told if told.is_absolute() else Path.home() / ".local" / "state"
    return (
        state
        / "onrecord"
        / hashlib.sha256(str(workspace.graphs[0]).encode()).hexdigest()[:32]
    )
