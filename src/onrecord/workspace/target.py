"""Writes a file that a person asked for: whole or not at all, and never over one that onrecord did not write."""

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from onrecord.model.errors import NotWritten
from onrecord.workspace.homes import state_home

MOST_REMEMBERED = 500


def write_file(pieces: Iterable[bytes], target: Path, *, force: bool = False) -> Path:
    """Writes beside the target and renames into its place; returns the target's full path.

    Raises NotWritten for a folder, and for a file that stands there and is not, unchanged, what onrecord wrote, unless
    `force`.
    """
    refuse_folder(target)
    target = target.absolute()
    if (
        target.exists()
        and not force
        and _remembered().get(str(target)) != _state(target)
    ):
        message = f"{target} is there already and was not written by onrecord, or was changed since; --force overwrites it"  # noqa: E501
        raise NotWritten(message)
    try:
        _replace(pieces, target)
    except OSError as error:
        message = f"{target}: {error.strerror}; nothing was changed"
        raise NotWritten(message) from error
    _remember(target)
    return target


def refuse_folder(target: Path) -> None:
    """Raises NotWritten where the target is a folder."""
    if target.is_dir():
        message = f"{target} is a folder; name a file in it"
        raise NotWritten(message)


def _replace(pieces: Iterable[bytes], target: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _ledger() -> Path:
    """Where it is noted what was written."""
    return state_home() / "written.json"


def _remembered() -> dict[str, list[int]]:
    try:
        found = json.loads(_ledger().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(target: Path) -> None:
    """Notes size and time of what was written; where that cannot be kept, the next time asks for --force."""
    kept = {**_remembered(), str(target): _state(target)}
    try:
        _ledger().parent.mkdir(parents=True, exist_ok=True)
        _replace(
            [json.dumps(dict(list(kept.items())[-MOST_REMEMBERED:])).encode()],
            _ledger(),
        )
    except OSError:
        return


def _state(target: Path) -> list[int]:
    found = target.stat()
    return [found.st_size, found.st_mtime_ns]
