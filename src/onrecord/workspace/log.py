"""What was changed by hand in a workspace, so that it can be read and taken back: `log.jsonl` beside the graphs.

A line holds when and what, and how each file was before: null for one that was not there, and else where it differed
from what it became. It is committed together with the change itself, so that there is never one without the other. A
log that grows too long forgets how files were before its oldest changes. A removal is for good: its line holds no
file, and the lines before it lose theirs, or what was removed would still stand there. Each line bears a seal: a log
that came with a workspace, from whoever made it, is read by people, and never carried out.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord.model.errors import BadInput, Untrusted
from onrecord.workspace.paths import own_file, read_file
from onrecord.workspace.seal import bears_seal, seal

PURPOSE = b"log"
LOG = "../log.jsonl"
"""Its place, from the folder of the graphs."""
Changes = Mapping[str, bytes | None]
Was = str | tuple[int, int, str] | None
"""A file as it was: its text; or the characters of what it became that stand at its
beginning and at its end, and what stood between them; or None.
"""
LARGEST = 16 << 20
"""Bytes of a log, which is written anew with every change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One logged change: `before` holds the files as they were, `after` the hashes of what they became.

    One that is `for_good` cannot be taken back.
    """

    on: str
    what: str
    before: Mapping[str, Was]
    after: Mapping[str, str | None]
    for_good: bool = False


def logged(home: Path, changes: Changes, what: str) -> dict[str, bytes | None]:
    """The changes, and the log with one more line about them; raises Untrusted."""
    before: dict[str, Was] = {}
    after: dict[str, str | None] = {}
    for path, content in changes.items():
        before[path] = _was(home, path, content)
        after[path] = _hash(content)
    line = _line(home, Entry(_now(), what, before, after))
    return {**changes, LOG: _shortened(home, _log(home)) + line}


def _was(home: Path, path: str, content: bytes | None) -> Was:
    old = _text(own_file(home, path))
    if old is None or content is None:
        return old
    new = content.decode()
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return start, end, old[start : len(old) - end]


def _shared(one: str, two: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == two[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shortened(home: Path, log: bytes) -> bytes:
    """The log, whose oldest lines forget the files where it has grown too long."""
    if len(log) <= LARGEST:
        return log
    short: list[bytes] = []
    lines = log.splitlines(keepends=True)
    left = len(log)
    for line in lines:
        entry = _entry(line)[0] if left > LARGEST // 2 else None
        left -= len(line)
        if entry is None:
            short.append(line)
        else:
            forgotten = Entry(entry.on, entry.what, {}, {}, for_good=True)
            short.append(_line(home, forgotten))
    return b"".join(short)


def logged_for_good(
    home: Path, changes: Changes, what: str, names: Iterable[str]
) -> dict[str, bytes | None]:
    """The changes, and the log with a line that cannot be taken back, nor can those before it: no file is in them.

    Of a change that told one of the `names`, only the first word is kept: what kind of change it was. A line that is
    none goes, since nobody knows what it tells.
    """
    gone = [name.casefold() for name in names]
    lines = []
    for line in _log(home).splitlines():
        entry, _ = _entry(line)
        if entry is not None:
            kept = _without(entry.what, gone)
            lines.append(
                _line(home, Entry(entry.on, kept, {}, {}, for_good=True))
            )
    lines.append(_line(home, Entry(_now(), what, {}, {}, for_good=True)))
    return {**changes, LOG: b"".join(lines)}


def taken_back(
    home: Path, what: str | None = None
) -> tuple[Entry, dict[str, bytes | None]]:
    """The last change, or the last one that is called `what`, and the changes that undo it.

    Raises BadInput where there is none, or files changed since; Untrusted where it was not logged here by this user.
    """
    lines = _log(home).splitlines(keepends=True)
    place = _place(lines, what)
    entry = _own_entry(home, lines.pop(place))
    if entry.for_good:
        message = (
            f"cannot undo {entry.what!r}: a removal cannot be taken back, nor can what was changed before it, "
            "or very long ago"
        )
        raise BadInput(message)
    for path, digest in entry.after.items():
        file = own_file(home, path)
        if _hash(read_file(file)) != digest:
            message = f"cannot undo {entry.what!r}: {file} was changed since"
            raise BadInput(message)
    changes = {
        path: _as_it_was(home, path, was) for path, was in entry.before.items()
    }
    return entry, {**changes, LOG: b"".join(lines)}


def _place(lines: Sequence[bytes], what: str | None) -> int:
    """Where the change stands that is meant."""
    for place in reversed(range(len(lines))):
        entry, _ = _entry(lines[place])
        if what is None or (entry and entry.what == what):
            return place
    message = "nothing to undo: no change was logged in this workspace"
    raise BadInput(
        message if what is None else f"nothing to undo is called {what!r}"
    )


def _as_it_was(home: Path, path: str, was: Was) -> bytes | None:
    if was is None or isinstance(was, str):
        return None if was is None else was.encode()
    text = _text(own_file(home, path)) or ""
    start, end, between = was
    return (text[:start] + between + text[len(text) - end :]).encode()


def _own_entry(home: Path, line: bytes) -> Entry:
    entry, given = _entry(line)
    if entry is None or not bears_seal(
        given, home.parent, PURPOSE, _bytes(entry)
    ):
        message = (
            f"cannot undo: the last line of {own_file(home, LOG)} was not written by you for the workspace in this "
            "place; it came with it, or the workspace was moved. Take the files back from a copy, or with git"
        )
        raise Untrusted(message)
    return entry


def _entry(line: bytes) -> tuple[Entry | None, object]:
    """What a line says, and its seal; None for a line that is none."""
    try:
        fields = json.loads(line)
        given = fields.pop("seal", None)
        fields |= {"on": str(fields["on"]), "what": str(fields["what"])}
        return Entry(**fields), given
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None, None


def _without(what: str, names: Iterable[str]) -> str:
    """What a change did; of one that tells a name, only the first word."""
    is_told = any(name in what.casefold() for name in names)
    return what.partition(" ")[0] if is_told else what


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")


def _line(home: Path, entry: Entry) -> bytes:
    fields = asdict(entry)
    if not entry.for_good:
        del fields["for_good"]
    fields["seal"] = seal(home.parent, PURPOSE, _bytes(entry))
    return (
        json.dumps(fields, ensure_ascii=False).encode(errors="surrogatepass")
        + b"\n"
    )


def _bytes(entry: Entry) -> bytes:
    return json.dumps(asdict(entry), sort_keys=True).encode()


def _log(home: Path) -> bytes:
    return read_file(own_file(home, LOG)) or b""


def _text(file: Path) -> str | None:
    content = read_file(file)
    return content.decode() if content is not None else None


def _hash(content: bytes | None) -> str | None:
    return hashlib.sha256(content).hexdigest() if content is not None else None
