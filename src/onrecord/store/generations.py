"""The folder of a writable store: every state of the graph that was published, each a folder that nobody writes again.

`generations/NAME/` is an Oxigraph store; `current` holds the name of the published one, and is renamed into place.
A new generation begins as a branch of the current one: immutable files by hard links, the others copied. Whatever is
not published is thrown away by the next start, so a writer may be killed at any moment. `lock` keeps a second server
out.
"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.model.errors import BadInput, NotWritten, NoWorkspace
from onrecord.store.branching import branch
from onrecord.store.seal import sync
from onrecord.workspace import find

FOLDERS_OF_A_WORKSPACE = ("graphs", "ontology", "queries", "texts")
TRIES, PAUSE = 20, 0.05
"""How often a folder is removed in which something is still written, and seconds between."""


@dataclass(frozen=True, slots=True)
class Generations:
    """The generations in a folder that is held by `held`."""

    folder: Path

    def path(self, name: str) -> Path:
        """Where the store of a generation is."""
        return self.folder / "generations" / name

    def current(self) -> str | None:
        """The published generation; None where nothing was published yet."""
        try:
            return (self.folder / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def next(self) -> str:
        """A name for the generation after the current one, which no generation had before."""
        number = int((self.current() or "0").partition("-")[0])
        return f"{number + 1}-{secrets.token_hex(4)}"

    def branch(self, new: str) -> Path:
        """A folder for a new generation that holds what the current one holds; raises OSError."""
        folder, old = self.path(new), self.current()
        folder.mkdir(parents=True)
        if old:
            branch(self.path(old), folder)
        return folder

    def secure(self, name: str) -> None:
        """Has the disk hold a generation, so that it may be published; raises OSError."""
        folder = self.path(name)
        for file in folder.iterdir():
            if file.stat().st_nlink == 1:  # the others were there before
                sync(file)
        sync(folder)
        sync(folder.parent)

    def publish(self, name: str) -> None:
        """Makes a generation the current one; raises NotWritten."""
        with self.faults_told():
            beside = self.folder / "current.new"
            beside.write_text(f"{name}\n", encoding="ascii")
            sync(beside)
            beside.replace(self.folder / "current")
            sync(self.folder)

    def sweep(self, used: Container[str] = ()) -> None:
        """Throws away all generations but the current one and those that are used."""
        current = self.current()
        for name in self.names():
            if name != current and name not in used:
                _throw_away(self.path(name))

    @contextmanager
    def faults_told(self) -> Iterator[None]:
        """What the system refuses meanwhile, a full disk for one, is raised as NotWritten."""
        try:
            yield
        except OSError as error:
            message = (
                f"{self.folder}: {error.strerror or error}; nothing was changed"
            )
            raise NotWritten(message) from error

    def names(self) -> Sequence[str]:
        """All generations that have a folder."""
        place = self.folder / "generations"
        return os.listdir(place) if place.is_dir() else ()  # noqa: PTH208  names are what is asked for


def _throw_away(folder: Path) -> None:
    """Removes a folder in which a failed change may still be writing for a moment; the next sweep has the rest."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(PAUSE)


@contextmanager
def held(folder: Path) -> Iterator[Generations]:
    """Holds a folder, made if need be, for one server alone; what was not published is gone.

    Raises BadInput where another server holds it and where it is no place for a store, NotWritten where the system
    refuses.
    """
    folder = folder.resolve()
    _refuse_workspace(folder)
    try:
        handle = _lock(folder)
    except OSError as error:
        message = f"{folder}: {error.strerror}"
        raise NotWritten(message) from error
    try:
        yield _swept(folder)
    finally:
        os.close(handle)


def _refuse_workspace(folder: Path) -> None:
    try:
        root = find(folder).root
    except NoWorkspace:
        return
    if root is not None and (
        folder == root
        or folder.relative_to(root).parts[0] in FOLDERS_OF_A_WORKSPACE
    ):
        message = (
            f"{folder} belongs to the workspace {root}, whose "
            "files are its truth; name another folder for --data"
        )
        raise BadInput(message)


def _lock(folder: Path) -> int:
    if (
        folder.is_dir()
        and any(folder.iterdir())
        and not (folder / "lock").is_file()
    ):
        message = (
            f"{folder} holds something else than a store "
            "of onrecord; name a new or an empty folder"
        )
        raise BadInput(message)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        message = (
            f"{folder} is served by another onrecord "
            "already; name another folder, or stop that one"
        )
        raise BadInput(message) from None
    return handle


def _swept(folder: Path) -> Generations:
    generations = Generations(folder)
    current, names = generations.current(), generations.names()
    if current is None and any(not name.startswith("1-") for name in names):
        message = (
            f"{folder / 'current'} is missing; write the name "
            "of the last good folder in generations/ into it"
        )
        raise BadInput(message)
    if current is not None and current not in names:
        message = (
            f"{generations.path(current)} is missing, "
            f"which {folder / 'current'} names"
        )
        raise BadInput(message)
    generations.sweep()
    return generations
