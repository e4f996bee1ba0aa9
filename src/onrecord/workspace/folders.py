"""Finds the folders that a command works on."""

import json
import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from onrecord.model.errors import BadGraph, BadInput, NotWritten, NoWorkspace
from onrecord.workspace.endpoint import Endpoint
from onrecord.workspace.owner import stranger
from onrecord.workspace.paths import below_folder, open_plain
from onrecord.workspace.settings import texts
from onrecord.workspace.texts import FieldTexts, read_texts

MARKER = "onrecord.toml"
IGNORED = "texts/\ngraphs/.lock\ngraphs/.stage/\ngraphs/.set-aside-*/\n"
"""What git leaves alone in a workspace."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one graph, the workspace's own before the shipped ones.

    `root` is None for what ships inside an installed onrecord; such a workspace is never written. Where `endpoint` is
    given, that store over HTTP is asked instead of the graphs, with the ontology and the questions of the folders.
    Where it `replaces`, it is about another field: of ontology files of one name only the first folder's counts.
    Where `shared` is given, the graph lives in that store, and the folder is a copy that changes go through.
    """

    root: Path | None
    graphs: tuple[Path, ...]
    ontology: tuple[Path, ...]
    queries: tuple[Path, ...]
    endpoint: Endpoint | None = None
    replaces: bool = False
    shared: Endpoint | None = None

    @property
    def home(self) -> Path:
        """The folder that statements are written to; raises NoWorkspace for what ships and for a store over HTTP."""
        self._refuse_store()
        if self.root is None:
            message = (
                "no workspace here; `onrecord init NAME` "
                "makes one, -C NAME uses it from elsewhere"
            )
            raise NoWorkspace(message)
        return self.graphs[0]

    @property
    def is_shipped(self) -> bool:
        """Whether the first graph is the one that ships, in a checkout or in the wheel."""
        return self.graphs[0] == _shipped_root() / "graphs"

    def graph_files(self) -> list[Path]:
        """Every Turtle file of the graphs, sorted within each folder; raises NoWorkspace for a store over HTTP."""
        self._refuse_store()
        return list(chain.from_iterable(map(_turtle_files, self.graphs)))

    def _refuse_store(self) -> None:
        if self.endpoint is not None:
            message = (
                f"{self.endpoint.url} is only asked; for this, "
                "work on a workspace's files, without --store"
            )
            raise NoWorkspace(message)

    def ontology_files(self) -> list[Path]:
        """Every Turtle file of the ontology but the shapes, which say what is allowed and are no vocabulary."""
        files = self._in_ontology(".ttl")
        return [path for path in files if not path.stem.endswith("shapes")]

    def question_files(self) -> dict[str, Path]:
        """The question files by name; a workspace's own question comes before a shipped one of the same name."""
        files: dict[str, Path] = {}
        for folder in reversed(self.queries):
            files |= _by_name(folder, ".rq")
        return files

    def shape_files(self) -> list[Path]:
        """Every file of shapes of the ontology."""
        return self._in_ontology("shapes.ttl")

    def _in_ontology(self, ending: str) -> list[Path]:
        if self.replaces:
            by_name: dict[str, Path] = {}
            for folder in reversed(self.ontology):
                by_name |= _by_name(folder, ending)
            return list(by_name.values())
        paths: list[Path] = []
        for folder in self.ontology:
            paths += _files(folder, ending)
        return paths

    def story_files(self) -> dict[str, Path]:
        """The stories by name."""
        files: dict[str, Path] = {}
        for folder in self.graphs:
            files |= _by_name(folder / "stories", ".toml")
        return files

    def ontology_file(self, name: str) -> Path:
        """A file that belongs to the shipped ontology, such as `edges.rq`, or a replacing ontology's own."""
        own = self.ontology[0] / name
        return (
            own if self.replaces and own.is_file() else self.ontology[-1] / name
        )

    def texts(self) -> FieldTexts:
        """What pages say of the field; raises BadInput."""
        settings = self.root / MARKER if self.root else None
        return read_texts(self.ontology, settings)

    def named_store(self) -> Endpoint | None:
        """The store that `[store]` of the settings names as the graph's home; raises BadInput."""
        store = texts(self.root / MARKER, "store") if self.root else {}
        if not store.get("url"):
            return None
        file = store.get("credentials")
        credentials = Path(file).expanduser() if file else None
        return Endpoint(
            store["url"], store.get("profile", "generic"), credentials
        )

    def ambiguous_forms(self) -> dict[str, dict[str, object]]:
        """The forms that news texts use for more than one thing, from every `ambiguous.json`."""
        forms: dict[str, dict[str, object]] = {}
        for folder in reversed((*self.graphs, _shipped_root() / "graphs")):
            for path in _files(folder, ".json"):
                forms |= (
                    _read_object(path) if path.name == "ambiguous.json" else {}
                )
        return forms


def shipped() -> Workspace:
    """The graph, ontology and questions that come with onrecord; a checkout of the project can be written."""
    root = _shipped_root()
    writable = root if (root / "pyproject.toml").is_file() else None
    return Workspace(
        root=writable,
        graphs=(root / "graphs",),
        ontology=(root / "ontology",),
        queries=(root / "queries",),
    )


def find(
    start: Path | None = None,
    *,
    with_shipped: bool = False,
    store: Endpoint | str | None = None,
) -> Workspace:
    """The workspace at or above `start` (default: the current folder), as git finds its own; else what ships.

    `store` is a SPARQL store over HTTP to be asked instead of the graphs: `find(store="https://host/sparql")`.

    `start` given and outside any workspace is an error (NoWorkspace), as nobody names a folder in vain. So is a
    workspace of another user that was not named itself, since anybody may have put it there.
    """
    if store is not None:
        endpoint = store if isinstance(store, Endpoint) else Endpoint(store)
        return replace(
            find(start, with_shipped=with_shipped), endpoint=endpoint
        )
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if _is_workspace(folder):
            if start is None or folder != here:
                _refuse_stranger(folder)
            return _at(folder, with_shipped=with_shipped)
    if start is not None:
        message = (
            f"{start} is no workspace and lies in none; `onrecord "
            f"init {shlex.quote(str(start))}` makes one"
        )
        raise NoWorkspace(message)
    return replace(shipped(), root=None)


def _refuse_stranger(root: Path) -> None:
    if root == shipped().root:
        return
    graphs = root / "graphs"
    owner = stranger((root, root / MARKER, graphs, graphs / "entities.ttl"))
    if owner is not None:
        message = (
            f"{root} is a workspace of another user (uid {owner}), who may have put it there for you to run into; "
            f"if you mean it, name it: -C {shlex.quote(str(root))}"
        )
        raise NoWorkspace(message)


def _is_workspace(folder: Path) -> bool:
    """Also a checkout of the project, whose graph may be about to be made anew."""
    return (
        (folder / "graphs" / "entities.ttl").is_file()
        or (folder / MARKER).is_file()
        or folder == shipped().root
    )


def init(folder: Path | str) -> Workspace:
    """Makes an empty workspace in `folder`, which must not hold one; raises NotWritten.

    `onrecord init my-topic` is `onrecord.init("my-topic")`.
    """
    folder = Path(folder)
    if (folder / MARKER).exists() or (folder / "graphs").exists():
        message = f"{folder} is a workspace already"
        raise NotWritten(message)
    try:
        (folder / "graphs" / "documents").mkdir(parents=True)
        (folder / "queries").mkdir(exist_ok=True)
        _append(folder / ".gitignore", IGNORED)
        _append(folder / MARKER, "# The mark of an onrecord workspace.\n")
    except OSError as error:
        message = f"{folder} could not be made a workspace: {error.strerror}"
        raise NotWritten(message) from error
    return find(folder)


def _append(path: Path, text: str) -> None:
    handle = open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(text)


def _at(root: Path, *, with_shipped: bool) -> Workspace:
    ours = shipped()
    if ours.root is not None and root == ours.root:
        return ours
    field = texts(root / MARKER, "field")
    ontology = _own_folder(root, field, "ontology")
    queries = _own_folder(root, field, "questions", "queries")
    graphs = (root / "graphs", *(ours.graphs if with_shipped else ()))
    shipped_queries = () if "questions" in field else ours.queries
    return Workspace(
        root,
        graphs,
        (*ontology, *ours.ontology),
        (*queries, *shipped_queries),
        replaces="ontology" in field,
    )


def _own_folder(
    root: Path, field: Mapping[str, str], key: str, usual: str | None = None
) -> list[Path]:
    """A folder that `[field]` of the settings names, which must be there, or the usual one if it is there."""
    if key in field:
        folder = below_folder(root, field[key])
        if not folder.is_dir():
            message = (
                f"{root / MARKER}: [field] {key} = "
                f"{field[key]!r} is no folder of the workspace"
            )
            raise BadInput(message)
        return [folder]
    folder = root / (usual or key)
    return [folder] if folder.is_dir() else []


def _shipped_root() -> Path:
    """The wheel holds the three folders inside the package; an editable install finds them in the checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_shipped"
    return packed if packed.is_dir() else package.parents[1]


def _turtle_files(folder: Path) -> list[Path]:
    files = _files(folder, ".ttl")
    before = [path for path in files if path.name < "documents"]
    documents = _files(folder / "documents", ".ttl")
    return [*before, *documents, *files[len(before) :]]


def _files(folder: Path, ending: str) -> list[Path]:
    """The files in a folder whose names end so; raises BadGraph for one that is a link, a pipe or a folder.

    What ships is as its installer made it, maybe of links. Listed with scandir, since hundreds of documents are looked
    at on every command.
    """
    if not folder.is_dir():
        return []
    entries = [
        entry for entry in os.scandir(folder) if entry.name.endswith(ending)
    ]
    if not folder.is_relative_to(_shipped_root()):
        _refuse_others(folder, entries)
    # By text: to compare ten thousand paths takes half a second.
    paths = sorted(entry.path for entry in entries)
    return list(map(Path, paths))


def _by_name(folder: Path, ending: str) -> dict[str, Path]:
    """The files in a folder whose names end so, by their names without an ending."""
    return {path.stem: path for path in _files(folder, ending)}


def _refuse_others(folder: Path, entries: Iterable["os.DirEntry[str]"]) -> None:
    others = [str(folder)] if folder.is_symlink() else []
    others += [
        entry.path
        for entry in entries
        if not entry.is_file(follow_symlinks=False)
    ]
    if others:
        message = (
            f"{others[0]}: is a link or no plain file, and "
            "nothing was read through it; take it away"
        )
        raise BadGraph(message)


def _read_object(path: Path) -> dict[str, dict[str, object]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        message = f"{path}: no JSON: {error}"
        raise BadInput(message) from error
    if not isinstance(content, dict) or not _are_objects(content.values()):
        message = f"{path}: must hold one object, a form to its candidates"
        raise BadInput(message)
    return content


def _are_objects(values: Iterable[object]) -> bool:
    return all(isinstance(value, dict) for value in values)
