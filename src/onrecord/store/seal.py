"""A seal on a folder of a store: what each file was when the store was whole, so that no other is opened.

The engine itself takes a cut list of its files for the whole, and finds a changed block when it reads it. A file that
has its size, inode and change time is the one that was sealed; another one is read and compared by its digest, since a
folder may have been copied.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SEAL = "onrecord.seal"
UNSEALED = frozenset({SEAL, "LOCK", "LOG"})
"""Files that hold nothing of the store."""


def seal(folder: Path, branched: Path | None = None) -> None:
    """Has the disk hold a store that is closed, and seals it; raises OSError.

    Of a store that branched off another one, the files that both share are not read again; the other's seal is made
    anew, since to share a file is a change of it.
    """
    known = _digests(branched) if branched else {}
    lines = [_line(file, known) for file in _files(folder)]
    for file in _files(folder):
        if file.stat().st_nlink == 1:  # the others are on the disk already
            sync(file)
    _write(folder, lines)
    if branched:
        _write(branched, [_line(file, known) for file in _files(branched)])


def _write(folder: Path, lines: Iterable[str]) -> None:
    handle, name = tempfile.mkstemp(prefix=f"{SEAL}.", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as beside:
        beside.writelines(lines)
    sync(Path(name))
    Path(name).replace(folder / SEAL)
    sync(folder)


def _digests(folder: Path) -> dict[int, str]:
    """The digests of a sealed folder's files by inode."""
    lines = (folder / SEAL).read_text(encoding="utf-8").splitlines()
    rows = [line.rsplit(" ", 4) for line in lines]
    return {int(inode): digest for _, _, inode, _, digest in rows}


def is_whole(folder: Path) -> bool:
    """Whether a folder holds the files that were sealed there, and no others."""
    try:
        lines = (folder / SEAL).read_text(encoding="utf-8").splitlines()
        sealed = [line.rsplit(" ", 4) for line in lines]
        if {file.name for file in _files(folder)} != {
            entry[0] for entry in sealed
        }:
            return False
        return all(_is_same(folder / name, *state) for name, *state in sealed)
    except (OSError, ValueError, TypeError, IndexError):
        return False


def _is_same(
    file: Path, size: str, inode: str, changed: str, digest: str
) -> bool:
    state = file.stat()
    if state.st_size != int(size):
        return False
    if (state.st_ino, state.st_ctime_ns) == (int(inode), int(changed)):
        return True
    return _digest(file) == digest


def _line(file: Path, known: Mapping[int, str]) -> str:
    state = file.stat()
    numbers = f"{state.st_size} {state.st_ino} {state.st_ctime_ns}"
    is_shared = file.suffix == ".sst" and state.st_ino in known
    digest = known[state.st_ino] if is_shared else _digest(file)
    return f"{file.name} {numbers} {digest}\n"


def _files(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in folder.iterdir()
        if path.name not in UNSEALED and not path.name.startswith(f"{SEAL}.")
    )


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Has the disk hold a file, or the names in a folder; raises OSError."""
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
