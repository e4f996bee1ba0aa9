"""What a workspace and a store last had in common, by graph, so that only what changed is moved, and only ours goes.

Each line is written before a graph is sent and again when it is there, so that a push that is killed leaves the truth:
a graph that may be there, or one that is there as its fingerprint says. The ledger lives in the workspace, for one that
is made anew in the same place has nothing in common with any store, and must not have its graphs deleted. Each line
bears a seal, for a ledger that came with somebody's workspace must not have the graphs of others deleted.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from onrecord.workspace import (
    Workspace,
    bears_seal,
    open_plain,
    read_file,
    refuse_links,
    seal,
    state_home,
)


class Ledger:
    """The fingerprints of the graphs that both sides last had, None for one that was sent and not yet found there.

    Kept in `.onrecord/sync-HASH.jsonl`, the hash being of the store's address, and out of git. Where nothing can be
    kept, nothing is known the next time, and so nothing is deleted.
    """

    def __init__(self, workspace: Workspace, address: str) -> None:
        key = hashlib.sha256(address.encode()).hexdigest()[:32]
        self._place = workspace.root or workspace.graphs[0]
        self._address = address.encode()
        self._path = _home(workspace) / f"sync-{key}.jsonl"
        refuse_links(self._path.parents[1], self._path)
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
        """Writes a line: `mark` is a fingerprint, None for a graph about to be sent, "" for one that is gone."""
        with self._lock, suppress(OSError):
            self._take(graph, mark)
            if not self._path.exists():
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._append(self._path.with_name(".gitignore"), "*\n")
            self._append(
                self._path,
                json.dumps(
                    [graph, mark, seal(self._place, *self._parts(graph, mark))]
                )
                + "\n",
            )

    @staticmethod
    def _append(path: Path, text: str) -> None:
        with os.fdopen(
            open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "ab"
        ) as file:
            file.write(text.encode())

    def _parts(self, graph: object, mark: object) -> tuple[bytes, ...]:
        """What the seal of a line is made of."""
        return b"sync", self._address, json.dumps([graph, mark]).encode()

    def _take(self, graph: str, mark: str | None) -> None:
        """Lets the newest line on a graph hold."""
        self.marks.pop(graph, None)
        if mark != "":
            self.marks[graph] = mark

    def _lines(self) -> list[tuple[str, str | None]]:
        """The lines that bear our seal: not one that was cut when its writer was killed, nor one of another's."""
        lines: list[tuple[str, str | None]] = []
        with suppress(OSError):
            for line in (read_file(self._path) or b"").splitlines():
                with suppress(ValueError, TypeError, RecursionError):
                    graph, mark, given = json.loads(line)
                    if bears_seal(
                        given, self._place, *self._parts(graph, mark)
                    ):
                        lines.append((graph, mark))
        return lines


def _home(workspace: Workspace) -> Path:
    """In the workspace; for what ships, which is never written, in a place of the person's."""
    if workspace.root is not None:
        return workspace.root / ".onrecord"
    return (
        state_home()
        / hashlib.sha256(str(workspace.graphs[0]).encode()).hexdigest()[:32]
    )
