"""The folder of a static site: written beside, swapped in; what did not change is the same file as before."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.model.errors import NotWritten

RECORD = ".onrecord-site.json"
"""What was written, and from what: the mark of a folder that onrecord made."""


@dataclass(slots=True)
class Written:
    """What the folder holds: for each unit of work its fingerprint and its files, by name and hash."""

    prints: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)


def record_of(target: Path) -> Written:
    """What the folder holds from the last time.

    Raises NotWritten where something stands there that onrecord did not make.
    """
    if not target.exists():
        return Written()
    try:
        record = json.loads((target / RECORD).read_text(encoding="utf-8"))
        return Written(record["prints"], record["files"])
    except FileNotFoundError:
        if target.is_dir() and not any(target.iterdir()):
            return Written()
    except (OSError, ValueError, KeyError, TypeError):
        pass
    message = f"{target} is there and was not made by `onrecord site`; name another folder, or move it away"
    raise NotWritten(message)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A new folder that takes the target's place if all goes well, and vanishes if not."""
    target = target.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(
            tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.")
        )
        made.chmod(0o755)
    except OSError as error:
        message = f"{target}: {error.strerror}; nothing was changed"
        raise NotWritten(message) from error
    try:
        yield made
        _swap(made, target)
    except OSError as error:
        message = (
            f"{target}: {error.strerror}; the site that was there is unchanged"
        )
        raise NotWritten(message) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _swap(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    aside = made.with_name(f"{made.name}.old")
    target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def keep(target: Path, folder: Path, files: Mapping[str, str]) -> bool:
    """Takes files over from the target as they are; False where one is not there."""
    return all(_is_taken(target, folder, name) for name in files)


def _is_taken(target: Path, folder: Path, name: str) -> bool:
    """Takes one file over; most lie in a folder that is there already."""
    with suppress(OSError):
        # Plain text: to make two paths takes longer than the link.
        os.link(f"{target}/{name}", f"{folder}/{name}")
        return True
    source, copy = target / name, folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, copy)
    except OSError:
        with suppress(OSError):
            shutil.copy2(source, copy)
    return copy.is_file()


def put(
    target: Path, folder: Path, name: str, content: bytes, before: str | None
) -> str:
    """Writes a file, or keeps the target's where that held the same; returns the hash of what it holds."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    if digest != before or not keep(target, folder, {name: digest}):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return digest


def save(folder: Path, written: Written) -> None:
    """Writes down what the folder holds."""
    record = {"files": written.files, "prints": written.prints}
    text = json.dumps(record, sort_keys=True, indent=0, ensure_ascii=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
