"""What was changed by hand in a workspace, so that it can be read and taken back: `log.jsonl` beside the graphs.

A line holds when and what, and each file as it was before (null for one that was not there). It is committed together
with the change itself, so that there is never one without the other.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import BadInput

LOG = "../log.jsonl"
"""Its place, from the folder of the graphs."""
Changes = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One logged change: `before` holds the files' texts as they were, `after` the hashes of what they became."""

    on: str
    what: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


def logged(home: Path, changes: Changes, what: str) -> dict[str, bytes | None]:
    """The changes, and the log with one more line about them."""
    before = {path: _text(home / path) for path in changes}
    after = {path: _hash(content) for path, content in changes.items()}
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    line = json.dumps({"on": now, "what": what, "before": before, "after": after}, ensure_ascii=False)
    return {**changes, LOG: _log(home) + line.encode() + b"\n"}


def taken_back(home: Path) -> tuple[Entry, dict[str, bytes | None]]:
    """The last change, and the changes that undo it; raises BadInput where there is none, or files changed since."""
    lines = _log(home).splitlines(keepends=True)
    if not lines:
        message = "nothing to undo: no change was logged in this workspace"
        raise BadInput(message)
    entry = Entry(**json.loads(lines[-1]))
    for path, digest in entry.after.items():
        file = home / path
        if _hash(file.read_bytes() if file.is_file() else None) != digest:
            message = f"cannot undo {entry.what!r}: {file} was changed since"
            raise BadInput(message)
    changes = {path: text.encode() if text is not None else None for path, text in entry.before.items()}
    return entry, {**changes, LOG: b"".join(lines[:-1])}


def _log(home: Path) -> bytes:
    file = home / LOG
    return file.read_bytes() if file.is_file() else b""


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _hash(content: bytes | None) -> str | None:
    return hashlib.sha256(content).hexdigest() if content is not None else None
