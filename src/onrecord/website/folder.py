"""The folder of a static site: written beside, swapped in; what did not change is the same file as before."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.model.errors import NotWritten

RECORD = ".onrecord-site.json"
"""What was written, and from what: the mark of a folder that onrecord made."""


@dataclass(slots=True)
class Written:
    """What the folder holds: for each unit of work its fingerprint and its files, by name and hash.

    `graphs` tells of each named graph what changes with the files that it was made of.
    """

    prints: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    graphs: dict[str, str] = field(default_factory=dict)


def record_of(target: Path) -> Written:
    """What the folder holds from the last time.

    Raises NotWritten where something stands there that onrecord did not make.
    """
    if not target.exists():
        return Written()
    try:
        record = json.loads((target / RECORD).read_text(encoding="utf-8"))
        return Written(
            record["prints"], record["files"], record.get("graphs", {})
        )
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
    now = digest(content)
    if now != before or not keep(target, folder, {name: now}):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return now


def sizes(folder: Path, names: Iterable[str]) -> Iterator[int]:
    """The size of each file, in bytes."""
    for name in names:
        # Plain text, as above.
        yield os.stat(f"{folder}/{name}").st_size  # noqa: PTH116


def digest(content: bytes) -> str:
    """The hash by which the content of a file is told."""
    return hashlib.sha256(content).hexdigest()[:32]


def save(folder: Path, written: Written) -> None:
    """Writes down what the folder holds, a unit of work to a line."""
    parts: Mapping[str, Mapping[str, object]] = {
        "files": written.files,
        "graphs": written.graphs,
        "prints": written.prints,
    }
    blocks = (f"{json.dumps(key)}: {_lines(parts[key])}" for key in parts)
    text = ",\n".join(blocks)
    (folder / RECORD).write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


def _lines(part: Mapping[str, object]) -> str:
    """A part of the record, a line each: `json` is slow where it breaks lines itself."""
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    lines = (f"{encode(key)}: {encode(part[key])}" for key in sorted(part))
    return "{\n" + ",\n".join(lines) + "\n}"
