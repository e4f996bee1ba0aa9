"""What was changed by hand in a workspace, so that it can be read and taken back: `log.jsonl` beside the graphs.

A line holds when and what, and each file as it was before (null for one that was not there). It is committed together
with the change itself, so that there is never one without the other. A removal is for good: its line holds no file, and
the lines before it lose theirs, or what was removed would still stand there.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.model.errors import BadInput

LOG = "../log.jsonl"
"""Its place, from the folder of the graphs."""
Changes = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One logged change: `before` holds the files' texts as they were, `after` the hashes of what they became.

    One that is `for_good` cannot be taken back.
    """

    on: str
    what: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    for_good: bool = False


def logged(home: Path, changes: Changes, what: str) -> dict[str, bytes | None]:
    """The changes, and the log with one more line about them."""
    before = {path: _text(home / path) for path in changes}
    after = {path: _hash(content) for path, content in changes.items()}
    return {**changes, LOG: _log(home) + _line(Entry(_now(), what, before, after))}


def logged_for_good(
    home: Path, changes: Changes, what: str, names: Iterable[str]
) -> dict[str, bytes | None]:
    """The changes, and the log with a line that cannot be taken back, nor can those before it: no file is in them.

    Of a change that told one of the `names`, only the first word is kept: what kind of change it was.
    """
    gone = [name.casefold() for name in names]
    before = [Entry(**json.loads(line)) for line in _log(home).splitlines()]
    kept = [
        Entry(each.on, _without(each.what, gone), {}, {}, for_good=True)
        for each in before
    ]
    return {
        **changes,
        LOG: b"".join(map(_line, [*kept, Entry(_now(), what, {}, {}, for_good=True)])),
    }


def taken_back(home: Path) -> tuple[Entry, dict[str, bytes | None]]:
    """The last change, and the changes that undo it; raises BadInput where there is none, or files changed since."""
    lines = _log(home).splitlines(keepends=True)
    if not lines:
        message = "nothing to undo: no change was logged in this workspace"
        raise BadInput(message)
    entry = Entry(**json.loads(lines[-1]))
    if entry.for_good:
        message = f"cannot undo {entry.what!r}: a removal cannot be taken back, nor can what was changed before it"
        raise BadInput(message)
    for path, digest in entry.after.items():
        file = home / path
        if _hash(file.read_bytes() if file.is_file() else None) != digest:
            message = f"cannot undo {entry.what!r}: {file} was changed since"
            raise BadInput(message)
    changes = {
        path: text.encode() if text is not None else None
        for path, text in entry.before.items()
    }
    return entry, {**changes, LOG: b"".join(lines[:-1])}


def _without(what: str, names: Iterable[str]) -> str:
    return (
        what.partition(" ")[0]
        if any(name in what.casefold() for name in names)
        else what
    )


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")


def _line(entry: Entry) -> bytes:
    told = {
        key: value for key, value in asdict(entry).items() if key != "for_good" or value
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _log(home: Path) -> bytes:
    file = home / LOG
    return file.read_bytes() if file.is_file() else b""


def _text(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _hash(content: bytes | None) -> str | None:
    return hashlib.sha256(content).hexdigest() if content is not None else None
