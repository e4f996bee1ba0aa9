"""Changes several files of a graph folder as one: all of them, or none.

The new files are first written beside the old ones, into `.stage/`; a manifest is renamed into place there, and that
is the moment of commitment; then each file is renamed to where it belongs. Whoever comes after a writer that died
finds either no manifest (and throws the stage away) or a manifest (and finishes the renames). A lock keeps writers
from each other, and readers from a folder that is between two states.
"""

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from onrecord.model.errors import NotWritten

Changes = Mapping[str, bytes | None]
"""Paths relative to the folder, each with its new content, or None for a file that goes."""

_held: set[tuple[Path, int]] = set()
"""The folders that each thread writes: flock would make it wait for itself when it reads them too."""


@contextmanager
def writing(folder: Path) -> Iterator[Callable[[Changes], None]]:
    """Holds the folder alone and gives the function that commits changes to it; raises NotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    mine = (folder, get_ident())
    with _locked(folder, fcntl.LOCK_EX):
        _recover(folder)
        _held.add(mine)
        try:
            yield lambda changes: _commit(folder, changes)
        finally:
            _held.discard(mine)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Keeps writers out while the folder is read; finishes first what a dead writer had committed."""
    if (folder, get_ident()) in _held:
        yield
        return
    if (folder / ".stage" / "manifest.json").is_file():
        with _locked(folder, fcntl.LOCK_EX):
            _recover(folder)
    if not (folder / ".lock").is_file():
        yield
        return
    with _locked(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(folder: Path, kind: int) -> Iterator[None]:
    flags = os.O_RDONLY if kind == fcntl.LOCK_SH else os.O_RDWR | os.O_CREAT
    try:
        handle = os.open(folder / ".lock", flags, 0o644)
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


def _commit(folder: Path, changes: Changes) -> None:
    stage = folder / ".stage"
    try:
        _open_places(folder, changes)
        _write_stage(stage, changes)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise _not_written(folder, error) from error
    _recover(folder)


def _open_places(folder: Path, changes: Changes) -> None:
    """Makes the folders that the files go to; one that is closed must be known before the moment of commitment."""
    for place in {(folder / target).parent for target in changes}:
        place.mkdir(parents=True, exist_ok=True)
        if not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def _write_stage(stage: Path, changes: Changes) -> None:
    stage.mkdir()
    manifest = []
    for number, (target, content) in enumerate(sorted(changes.items())):
        manifest.append([str(number) if content is not None else None, target])
        if content is not None:
            _write_through(stage / str(number), content)
    _write_through(stage / "manifest.new", json.dumps(manifest).encode())
    (stage / "manifest.new").rename(stage / "manifest.json")
    _sync_folder(stage)


def _recover(folder: Path) -> None:
    """Finishes a committed change and throws away one that was not; doing it twice does no harm."""
    stage = folder / ".stage"
    if not stage.is_dir():
        return
    manifest = stage / "manifest.json"
    try:
        if manifest.is_file():
            targets = [
                (stage / staged if staged else None, folder / path)
                for staged, path in json.loads(manifest.read_text())
            ]
            for staged, target in targets:
                _put_in_place(staged, target)
            for place in {target.parent for _, target in targets}:
                _sync_folder(place)
            manifest.unlink()
        shutil.rmtree(stage)
    except OSError as error:
        message = f"{folder}: {error.strerror or error}; a change is half in place, and the next command that can finishes it"  # noqa: E501
        raise NotWritten(message) from error


def _put_in_place(staged: Path | None, target: Path) -> None:
    if staged is None:
        target.unlink(missing_ok=True)
    elif staged.exists():
        staged.replace(target)


def _write_through(path: Path, content: bytes) -> None:
    """Writes to the disk itself, so that a full one is known before anything is renamed."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_written(folder: Path, error: OSError) -> NotWritten:
    return NotWritten(f"{folder}: {error.strerror or error}; nothing was changed")
