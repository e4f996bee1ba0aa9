"""Keeps a filled store on disk, so that the second command does not read hundreds of Turtle files again.

The Turtle files are the truth and the cache only saves time: it is found by a hash of everything that it was made
from, built beside, sealed and renamed into place, and thrown away without loss. Two commands at once may both build
it; the second to finish drops its own.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from onrecord.store.build import build, build_at
from onrecord.store.files import Snapshot, snapshot
from onrecord.store.seal import is_whole, seal
from onrecord.workspace import Workspace, reading

UNUSED_SECONDS = 7 * 24 * 3600
MOST_KEPT = 20
OURS = re.compile(r"[0-9a-f]{32}(\.[a-z0-9_]{8}|\.text(-journal)?)?")
"""The names of caches, and of what is being made one; whatever else lies there is somebody else's."""
LARGE = 64 << 20
"""Bytes of Turtle from which a store is made on disk at once: in memory it would take ten times as much."""


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store, the files that it was made from, and what keeps it for the next time where it is not kept yet."""

    store: ox.Store
    files: Snapshot
    keep: Callable[[], None] | None = None


def open_store(workspace: Workspace) -> ox.Store:
    """The workspace's graph, ready to be asked: from the cache where that is current, else from the files.

    The store must not be written. Raises BadGraph where a file does not parse.
    """
    opened = open_workspace(workspace)
    if opened.keep:
        opened.keep()
    return opened.store


def open_workspace(workspace: Workspace) -> OpenedStore:
    """The store of `open_store`, which its caller keeps when there is time."""
    with ExitStack() as stack:
        for folder in workspace.graphs:
            stack.enter_context(reading(folder))
        files = snapshot(workspace)
        place = home() / files.key
        kept = _open(place)
        if kept is not None:
            return OpenedStore(kept, files)
        if _size(workspace) >= LARGE and may_keep(place.parent):
            _keep(place, lambda folder: build_at(folder, workspace))
            return OpenedStore(_open(place) or build(workspace), files)
        store = build(workspace)
    if not may_keep(place.parent):
        return OpenedStore(store, files)
    return OpenedStore(
        store, files, lambda: _keep(place, lambda folder: _write(store, folder))
    )


def home() -> Path:
    """Where caches are kept; a relative path is to be ignored (XDG Base Directory Specification)."""
    given = Path(os.environ.get("XDG_CACHE_HOME") or "")
    return (given if given.is_absolute() else Path.home() / ".cache") / "onrecord"


def _size(workspace: Workspace) -> int:
    return sum(path.stat().st_size for path in workspace.graph_files())


def _open(place: Path) -> ox.Store | None:
    if not place.is_dir():
        return None
    if not is_whole(place):
        _throw_away(place, "it is not as it was sealed")
        return None
    try:
        store = ox.Store.read_only(str(place))
    except (OSError, RuntimeError) as error:
        _throw_away(place, error)
        return None
    with suppress(OSError):  # a cache that may only be read is used all the same
        os.utime(place)
    return store


def _throw_away(place: Path, reason: object) -> None:
    _say("the cache %s does not open (%s); it is made again", place, reason)
    shutil.rmtree(place, ignore_errors=True)


def may_keep(home: Path) -> bool:
    """Whether caches can be written there; said at once, since who keeps one later has nobody to tell."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _say("no cache is kept in %s: %s", home, error)
        return False
    if not os.access(home, os.W_OK):
        _say("no cache is kept in %s: it may not be written", home)
        return False
    return True


def _keep(place: Path, fill: Callable[[Path], None]) -> None:
    """Fills a folder beside the place and renames it there; a cache that cannot be written is only a slower one."""
    try:
        _throw_away_unused(place.parent.iterdir())
        beside = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
        try:
            fill(beside)
            seal(beside)
            beside.rename(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        _say("no cache is kept in %s: %s", place.parent, error)


def _write(store: ox.Store, folder: Path) -> None:
    kept = ox.Store(str(folder))
    kept.bulk_load(
        input=store.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS
    )
    kept.flush()


def _throw_away_unused(entries: Iterable[Path]) -> None:
    """All but the caches last used: what nobody opened for a week, and what builders left behind that were killed."""
    with suppress(OSError):  # another command may have been quicker
        ours = (
            entry
            for entry in entries
            if OURS.fullmatch(entry.name) and not entry.is_symlink()
        )
        newest_first = sorted(
            ours, key=lambda entry: entry.stat().st_mtime, reverse=True
        )
        for number, entry in enumerate(newest_first):
            if (
                number >= MOST_KEPT
                or entry.stat().st_mtime < time.time() - UNUSED_SECONDS
            ):
                _delete(entry)


def _delete(entry: Path) -> None:
    if entry.is_dir():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def _say(message: str, *values: object) -> None:
    import logging  # noqa: PLC0415  a part of a command's start that few need

    logging.getLogger(__name__).info(message, *values)
