"""The files that a store is made from, as they stood when they were looked at."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from onrecord._version import __version__
from onrecord.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FileState:
    """A file, and what the system says of it: size, inode, time of its content and of its last change.

    A file's own time can be set back, the time of its last change and its inode cannot.
    """

    path: Path
    state: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every file that a store is made from at one moment; `key` is a hash of the versions and of all states."""

    key: str
    files: tuple[FileState, ...]


def snapshot(workspace: Workspace) -> Snapshot:
    """The files of a workspace as they stand; raises OSError for one that is gone meanwhile."""
    rule = workspace.ontology_file("edges.rq")
    paths = (rule, *workspace.ontology_files(), *workspace.graph_files())
    files = tuple(FileState(path, state_of(path)) for path in paths)
    sha = hashlib.sha256(versions().encode())
    for file in files:
        sha.update(f"{file.path}\0{file.state}\n".encode())
    return Snapshot(sha.hexdigest()[:32], files)


def lineage(workspace: Workspace) -> str:
    """A name for all that is made from the same folders by the same versions, whatever the files hold."""
    folders = (*workspace.graphs, *workspace.ontology)
    text = "\0".join([versions(), *map(str, folders)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def versions() -> str:
    """The versions that a store depends on."""
    return f"{__version__} {ox.__version__}"


def state_of(path: Path) -> str:
    """What the system says of a file, as text; raises OSError."""
    state = os.stat(path)  # noqa: PTH116  thousands of files at every command
    times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
    return f"{state.st_size} {state.st_ino} {times}"
