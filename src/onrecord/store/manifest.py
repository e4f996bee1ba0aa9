"""What a kept store was made from: each file with its graph, its state and the digest of its content."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onrecord.model.iris import GRAPHS
from onrecord.store.build import graph_namer
from onrecord.store.files import FileState, Snapshot, state_of
from onrecord.workspace import Workspace

NAME = "onrecord.files"
COPY = "onrecord.copy-"
"""Begins the names of files that are kept as they were, so that the next state is compared with them."""
KEPT = frozenset({GRAPHS["entities"]})
"""Graphs whose files are kept: the registry, which every addition may change a little."""
WORTH_A_COPY = 1 << 18
"""Bytes of a file of which a copy is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: the graph that it makes, none for the rule of edges; no digest where it changed while it was read."""

    path: str
    graph: str
    state: str
    digest: str


def manifest(
    workspace: Workspace, files: Snapshot, old: Iterable[Entry] = ()
) -> list[Entry]:
    """The entries of a snapshot; a file that stands as in old ones is not read again."""
    known = {(entry.path, entry.state): entry for entry in old if entry.digest}
    name = graph_namer(workspace)
    entries = []
    for file in files.files:
        path = str(file.path)
        entry = known.get((path, file.state))
        entries.append(entry or _entry(file, name(file.path)))
    return entries


def _entry(file: FileState, graph: str) -> Entry:
    digest = _digest(file.path, file.state)
    return Entry(str(file.path), graph, file.state, digest)


def write_manifest(folder: Path, entries: Sequence[Entry]) -> None:
    """Puts entries into the folder of a store."""
    rows = [[row.path, row.graph, row.state, row.digest] for row in entries]
    (folder / NAME).write_text(json.dumps(rows), encoding="utf-8")
    _keep_copies(folder, entries)


def _keep_copies(folder: Path, entries: Iterable[Entry]) -> None:
    wanted = {
        _copy(entry): entry for entry in entries if _is_worth_a_copy(entry)
    }
    for file in folder.glob(f"{COPY}*"):
        if file.name not in wanted:
            file.unlink()
    for name, entry in wanted.items():
        target = folder / name
        with suppress(FileNotFoundError):  # gone meanwhile
            if not target.exists():
                target.write_bytes(Path(entry.path).read_bytes())


def _is_worth_a_copy(entry: Entry) -> bool:
    size = int(entry.state.partition(" ")[0])
    return bool(entry.digest) and entry.graph in KEPT and size >= WORTH_A_COPY


def _copy(entry: Entry) -> str:
    return f"{COPY}{entry.digest[:32]}"


def kept_copy(folder: Path, entry: Entry) -> bytes | None:
    """A file as it was when a store was made of it; None where no copy is kept."""
    with suppress(OSError):
        content = (folder / _copy(entry)).read_bytes()
        if hashlib.sha256(content).hexdigest() == entry.digest:
            return content
    return None


def read_manifest(folder: Path) -> list[Entry]:
    """The entries in the folder of a store, none where there are none; raises OSError."""
    try:
        rows = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Entry(*row) for row in rows]


def changed_graphs(
    old: Iterable[Entry], new: Iterable[Entry]
) -> frozenset[str]:
    """The graphs that have other content now, "" among them where the rule of edges has."""
    before = {(row.path, row.graph, row.digest) for row in old}
    after = {(row.path, row.graph, row.digest) for row in new}
    unsure = {row.graph for row in new if not row.digest}
    return frozenset(graph for _, graph, _ in before ^ after) | unsure


def _digest(path: Path, state: str) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return digest if state_of(path) == state else ""
