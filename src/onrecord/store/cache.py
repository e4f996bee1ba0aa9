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
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from onrecord.store.build import build, build_at
from onrecord.store.files import Snapshot, lineage, snapshot
from onrecord.store.manifest import Entry, manifest, write_manifest
from onrecord.store.seal import is_whole, seal
from onrecord.workspace import Workspace, reading
from onrecord.workspace.homes import cache_home

UNUSED_SECONDS = 7 * 24 * 3600
MOST_KEPT = 20
OURS = re.compile(
    r"[0-9a-f]{32}(\.[a-z0-9_]{8}|\.text(-journal)?|\.newest|\.registry|\.checked)?"
)
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
        place = _Place(cache_home() / files.key, workspace, files)
        store = _open(place.folder)
        if store is not None:
            return OpenedStore(store, files)
        if place.keep_changed() or place.keep_large():
            return OpenedStore(_open(place.folder) or build(workspace), files)
        store = build(workspace)
        entries = manifest(workspace, files)
    if not may_keep(place.folder.parent):
        return OpenedStore(store, files)
    return OpenedStore(store, files, lambda: place.keep(store, entries))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the store of a workspace's files is to be kept."""

    folder: Path
    workspace: Workspace
    files: Snapshot

    def keep(self, store: ox.Store, entries: Sequence[Entry]) -> None:
        """Keeps a store that is there in memory."""

        def fill(folder: Path) -> bool:
            _write(store, folder)
            write_manifest(folder, entries)
            return True

        self._keep(fill)

    def keep_large(self) -> bool:
        """Reads the files of a large graph into a store on the disk; False where it is small, or cannot be written."""

        def fill(folder: Path) -> bool:
            build_at(folder, self.workspace)
            write_manifest(folder, manifest(self.workspace, self.files))
            return True

        is_large = _size(self.workspace) >= LARGE
        return is_large and may_keep(self.folder.parent) and self._keep(fill)

    def keep_changed(self) -> bool:
        """Changes a branch of the newest store of the same folders; False where none will do."""
        old = self._newest()
        if old is None or not is_whole(old) or not may_keep(old.parent):
            return False
        from onrecord.store.change import fill_from  # noqa: PLC0415  only where files changed

        try:
            return self._keep(
                lambda folder: fill_from(
                    old, folder, self.workspace, self.files
                ),
                old,
            )
        except (RuntimeError, ValueError) as error:
            _say("the cache %s could not be changed (%s)", old, error)
            return False

    def _keep(
        self, fill: Callable[[Path], bool], old: Path | None = None
    ) -> bool:
        kept = _keep(self.folder, fill, old)
        if kept:
            replace(self._pointer, self.folder.name)
        return kept

    def _newest(self) -> Path | None:
        try:
            name = self._pointer.read_text(encoding="ascii")
        except (OSError, ValueError):
            return None
        is_ours = OURS.fullmatch(name) is not None
        return self.folder.with_name(name) if is_ours else None

    @property
    def _pointer(self) -> Path:
        """The file with the name of the newest store that was made from the same folders."""
        return self.folder.with_name(f"{lineage(self.workspace)}.newest")


def replace(file: Path, text: str) -> None:
    """Writes a small file beside the stores, all of it or nothing; one that cannot be written saves no time later."""
    with suppress(OSError):
        handle, name = tempfile.mkstemp(prefix=f"{file.stem}.", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as beside:
            beside.write(text)
        Path(name).replace(file)


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
    with suppress(
        OSError
    ):  # a cache that may only be read is used all the same
        os.utime(place)
    return store


def _throw_away(place: Path, reason: object) -> None:
    _say("the cache %s does not open (%s); it is made again", place, reason)
    shutil.rmtree(place, ignore_errors=True)


def kept_store(key: str) -> ox.Store | None:
    """The store that is kept under a key; None where none is, or not whole."""
    return _open(cache_home() / key) if OURS.fullmatch(key) else None


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


def _keep(place: Path, fill: Callable[[Path], bool], old: Path | None) -> bool:
    """Fills a folder beside the place and renames it there; a cache that cannot be written is only a slower one."""
    try:
        _throw_away_unused(place.parent.iterdir())
        beside = Path(
            tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent)
        )
        try:
            if not fill(beside):
                return False
            seal(beside, old)
            beside.rename(place)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        _say("no cache is kept in %s: %s", place.parent, error)
        return place.is_dir()
    return True


def _write(store: ox.Store, folder: Path) -> None:
    kept = ox.Store(str(folder))
    kept.bulk_load(
        input=store.dump(format=ox.RdfFormat.N_QUADS),
        format=ox.RdfFormat.N_QUADS,
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
