"""What a workspace sent to a store and got from it, by graph, so that the next time only what changed is moved.

Each line is written before a graph is sent and again when it is there, so that a push that is killed leaves the truth:
a graph that may be there, or one that is there as its fingerprint says.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from onrecord.workspace import Workspace


class Ledger:
    """The fingerprints of the graphs that a workspace and a store last had in common, None for one sent in doubt.

    Kept in a line a change below `$XDG_STATE_HOME/onrecord/sync`; where nothing can be kept there, nothing is known the
    next time, and so nothing is deleted.
    """

    def __init__(self, workspace: Workspace, address: str) -> None:
        key = f"{workspace.graphs[0].resolve()}\0{address}"
        self._path = _home() / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.jsonl"
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
            self._path.parent.mkdir(parents=True, exist_ok=True)
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


def _home() -> Path:
    told = Path(os.environ.get("XDG_STATE_HOME") or "")
    return (told if told.is_absolute() else Path.home() / ".local" / "state") / "onrecord" / "sync"
