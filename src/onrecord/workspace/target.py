"""Writes a file that a person asked for: whole or not at all, and never over one that onrecord did not write."""

import errno
import json
import os
import stat
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from onrecord.model.errors import NotWritten
from onrecord.workspace.homes import state_home

MOST_REMEMBERED = 500
OFFICE = frozenset({".xlsx", ".xls", ".ods", ".docx", ".odt"})
ZIP = b"PK"


def write_file(
    pieces: Iterable[bytes],
    target: Path,
    *,
    force: bool = False,
    beside: Path | None = None,
) -> Path:
    """Writes beside the target and renames into its place; returns the target's full path.

    A link is followed; a pipe or a device that stands there is written to, never replaced. `beside` is the file that
    this one belongs to. Raises NotWritten for a folder, for a suffix of files that onrecord does not write, and, unless
    `force`, for a file that stands there and is not, unchanged, what onrecord wrote for the same purpose.
    """
    refuse_folder(target)
    content = iter(pieces)
    first = next(content, b"")
    _refuse_suffix(target, first)
    try:
        if target.exists() and not target.is_file():
            _write_to(chain([first], content), target)
            return target
        target = Path(os.path.realpath(target))
        owner = str((beside or target).absolute())
        if not force:
            _refuse_strangers(target, owner)
        put_in_place(chain([first], content), target)
    except OSError as error:
        message = f"{target}: {error.strerror}; nothing was changed"
        raise NotWritten(message) from error
    _remember(target, owner)
    return target


def _refuse_suffix(target: Path, first: bytes) -> None:
    """Raises NotWritten where the name promises an office file and the content is none."""
    suffix = target.suffix.lower()
    if suffix in OFFICE and not first.startswith(ZIP):
        message = (
            f"{target}: this is no {suffix} file; name "
            "it .csv, which every spreadsheet opens"
        )
        raise NotWritten(message)


def _refuse_strangers(target: Path, owner: str) -> None:
    """Raises NotWritten where a file stands that onrecord did not write, or wrote with another."""
    if not target.exists():
        return
    *state, wrote = [*_remembered().get(str(target), []), ""][:3]
    if state != _state(target):
        message = (
            f"{target} is there already and was not written by onrecord, or was changed since; "
            "--force overwrites it"
        )
        raise NotWritten(message)
    if wrote not in {"", owner}:
        message = (
            f"{target} belongs to {wrote}; take "
            "another name, or --force overwrites it"
        )
        raise NotWritten(message)


def _write_to(pieces: Iterable[bytes], target: Path) -> None:
    """Writes to what is no plain file: a device, or a pipe that somebody reads from."""
    try:
        handle = os.open(target, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        message = (
            f"{target} is a pipe that nobody reads from; "
            "name a file, or start its reader first"
        )
        raise NotWritten(message) from error
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            file.write(piece)


def refuse_folder(target: Path) -> None:
    """Raises NotWritten where the target is a folder."""
    if target.is_dir():
        message = f"{target} is a folder; name a file in it"
        raise NotWritten(message)


def put_in_place(pieces: Iterable[bytes], target: Path) -> None:
    """Writes a file beside, under a name that nobody foresees, and puts it in place whole; raises OSError."""
    import tempfile  # noqa: PLC0415  some milliseconds, for what writes

    handle, name = tempfile.mkstemp(
        prefix=f".{target.name}.", dir=target.parent
    )
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_mode(target))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """The mode of the file that is overwritten; of a new one what the umask leaves."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _ledger() -> Path:
    """Where it is noted what was written."""
    return state_home() / "written.json"


def _remembered() -> dict[str, list[int | str]]:
    try:
        remembered = json.loads(_ledger().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


def _remember(target: Path, owner: str) -> None:
    """Notes size, time and purpose of what was written; where that cannot be kept, the next time asks for --force."""
    kept = {**_remembered(), str(target): [*_state(target), owner]}
    try:
        _ledger().parent.mkdir(parents=True, exist_ok=True)
        put_in_place(
            [json.dumps(dict(list(kept.items())[-MOST_REMEMBERED:])).encode()],
            _ledger(),
        )
    except OSError:
        return


def _state(target: Path) -> list[int | str]:
    status = target.stat()
    return [status.st_size, status.st_mtime_ns]
