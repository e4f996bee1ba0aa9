"""Changes several files of a graph folder as one: all of them, or none.

The new files are first written beside the old ones, into `.stage/`; a manifest is renamed into place there, and that
is the moment of commitment; then each file is renamed to where it belongs. Whoever comes after a writer that died
finds either no manifest (and throws the stage away) or a manifest (and finishes the renames). A lock keeps writers
from each other, and readers from a folder that is between two states. A manifest bears a seal, and one that was not
sealed here by this user is never carried out.
"""

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import NamedTuple

from onrecord.model.errors import BadInput, NotWritten, Untrusted
from onrecord.workspace.paths import (
    open_plain,
    own_file,
    read_file,
    refuse_link,
)
from onrecord.workspace.seal import bears_seal, seal

STAGE = ".stage"
MANIFEST = "manifest.json"
PURPOSE = b"stage"
Changes = Mapping[str, bytes | None]
"""Paths relative to the folder, each with its new content, or None for a file that goes."""


class Move(NamedTuple):
    """One line of a manifest: the number of the staged file, where it goes, its SHA-256; None for a file that goes."""

    number: int
    path: str
    digest: str | None


_held: set[tuple[Path, int]] = set()
"""The folders that each thread writes: flock would make it wait for itself when it reads them too."""


@contextmanager
def writing(folder: Path) -> Iterator[Callable[[Changes], None]]:
    """Holds the folder alone and gives the function that commits changes to it; raises NotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    held = (folder, get_ident())
    with _locked(folder, fcntl.LOCK_EX):
        _recover(folder)
        _held.add(held)
        try:
            yield lambda changes: _commit(folder, changes)
        finally:
            _held.discard(held)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Keeps writers out while the folder is read; finishes first what a dead writer had committed.

    Also one that died while this waited for it. Raises Untrusted for a change that was not committed here.
    """
    if (folder, get_ident()) in _held:
        yield
        return
    while True:
        if _is_committed(folder):
            with _locked(folder, fcntl.LOCK_EX):
                _recover(folder)
        if not (folder / ".lock").is_file():
            yield
            return
        with _locked(folder, fcntl.LOCK_SH):
            if not _is_committed(folder):
                yield
                return


def set_aside(folder: Path) -> Path:
    """Moves away a change that is committed and bears no seal of ours, so that the folder can be used as it stands.

    Raises BadInput where there is none, NotWritten.
    """
    with _locked(folder, fcntl.LOCK_EX):
        try:
            _recover(folder)
        except Untrusted:
            return _move_aside(folder)
    message = f"{folder} has no unfinished change of another"
    raise BadInput(message)


def _move_aside(folder: Path) -> Path:
    place = _free_place(folder)
    try:
        return (folder / STAGE).rename(place)
    except OSError as error:
        raise _not_written(folder, error) from error


def _free_place(folder: Path) -> Path:
    """A name that nothing has in the folder yet."""
    number = 1
    while os.path.lexists(folder / f".set-aside-{number}"):
        number += 1
    return folder / f".set-aside-{number}"


def _is_committed(folder: Path) -> bool:
    return os.path.lexists(folder / STAGE / MANIFEST)


@contextmanager
def _locked(folder: Path, kind: int) -> Iterator[None]:
    refuse_link(folder)
    flags = os.O_RDONLY if kind == fcntl.LOCK_SH else os.O_RDWR | os.O_CREAT
    try:
        handle = open_plain(folder / ".lock", flags)
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


def _commit(folder: Path, changes: Changes) -> None:
    targets = {path: own_file(folder, path) for path in changes}
    stage = folder / STAGE
    try:
        _open_places(targets.values())
        moves = _write_stage(stage, changes)
    except OSError as error:
        _remove_stage(stage, ignore_errors=True)
        raise _not_written(folder, error) from error
    _finish(folder, moves)


def _remove_stage(stage: Path, *, ignore_errors: bool = False) -> None:
    import shutil  # noqa: PLC0415  some milliseconds, which a shell that completes names has not

    shutil.rmtree(stage, ignore_errors=ignore_errors)


def _open_places(targets: Iterable[Path]) -> None:
    """Makes the folders that the files go to; one that is closed must be known before the moment of commitment."""
    for place in {target.parent for target in targets}:
        place.mkdir(parents=True, exist_ok=True)
        if not os.access(place, os.W_OK):
            raise PermissionError(
                errno.EACCES, os.strerror(errno.EACCES), str(place)
            )


def _write_stage(stage: Path, changes: Changes) -> list[Move]:
    stage.mkdir()
    moves = []
    for number, (path, content) in enumerate(sorted(changes.items())):
        moves.append(Move(number, path, _digest(content)))
        if content is not None:
            _write_through(stage / str(number), content)
    listed = json.dumps(moves)
    manifest = {
        "changes": listed,
        "seal": seal(stage.parent, PURPOSE, listed.encode()),
    }
    _write_through(stage / "manifest.new", json.dumps(manifest).encode())
    (stage / "manifest.new").rename(stage / MANIFEST)
    _sync_folder(stage)
    return moves


def _recover(folder: Path) -> None:
    """Finishes a committed change and throws away one that was not; doing it twice does no harm."""
    stage = folder / STAGE
    if not os.path.lexists(stage):
        return
    if stage.is_symlink() or not stage.is_dir():
        raise _anothers(folder)
    try:
        moves = _committed(folder)
        are_ours = all(_is_as_sealed(stage, move) for move in moves)
    except OSError as error:
        raise _half_in_place(folder, error) from error
    if not are_ours:
        raise _anothers(folder)
    _finish(folder, moves)


def _is_as_sealed(stage: Path, move: Move) -> bool:
    """Whether a staged file is what the manifest says, unless it is in its place already."""
    content = read_file(stage / str(move.number))
    return content is None or _digest(content) == move.digest


def _committed(folder: Path) -> list[Move]:
    """What the manifest says, nothing where there is none; raises Untrusted where it bears no seal of ours."""
    raw = read_file(folder / STAGE / MANIFEST)
    if raw is None:
        return []
    try:
        manifest = json.loads(raw)
        listed, given = manifest["changes"], manifest["seal"]
        trusted = bears_seal(given, folder, PURPOSE, listed.encode())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        trusted = False
    if not trusted:
        raise _anothers(folder)
    return [Move(*move) for move in json.loads(listed)]


def _finish(folder: Path, moves: Iterable[Move]) -> None:
    stage = folder / STAGE
    targets = {move: own_file(folder, move.path) for move in moves}
    try:
        for move, target in targets.items():
            _put_in_place(
                stage / str(move.number) if move.digest else None, target
            )
        for place in {target.parent for target in targets.values()}:
            _sync_folder(place)
        (stage / MANIFEST).unlink(missing_ok=True)
        _remove_stage(stage)
    except OSError as error:
        raise _half_in_place(folder, error) from error


def _put_in_place(staged: Path | None, target: Path) -> None:
    if staged is None:
        target.unlink(missing_ok=True)
    elif staged.exists():
        staged.replace(target)


def _digest(content: bytes | None) -> str | None:
    return hashlib.sha256(content).hexdigest() if content is not None else None


def _half_in_place(folder: Path, error: OSError) -> NotWritten:
    message = f"{folder}: {error.strerror or error}; a change is half in place, and the next command that can finishes it"  # noqa: E501
    return NotWritten(message)


def _anothers(folder: Path) -> Untrusted:
    message = (
        f"{folder / STAGE} holds a change that was not begun here by you, and it was not carried out: it came with the "
        "workspace, or the workspace was moved meanwhile. `onrecord undo --unfinished` sets it aside and leaves the "
        "files as they stand; to finish a change of your own, move the workspace back first"
    )
    return Untrusted(message)


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
    return NotWritten(
        f"{folder}: {error.strerror or error}; nothing was changed"
    )
