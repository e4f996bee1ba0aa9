"""A store's named graphs → Turtle files in a workspace: all of them, or none."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from onrecord.editing.committing import write_logged
from onrecord.editing.incoming import refuse_faulty
from onrecord.model.errors import BadGraph, BadInput, LimitReached, NotWritten
from onrecord.model.iris import (
    BASE,
    GRAPHS,
    LOCAL_NAME,
    OURS,
    compact,
)
from onrecord.rdf import turtle_of_lines
from onrecord.store.build import parse
from onrecord.store.sync.canonical import (
    Lines,
    canonical,
    canonical_of,
    fingerprint,
)
from onrecord.store.sync.in_parallel import in_parallel
from onrecord.store.sync.ledger import Ledger
from onrecord.store.sync.sources import Files, RemoteSource, groups
from onrecord.workspace import (
    Endpoint,
    Workspace,
    find,
    init,
    own_file,
    shipped,
    writing,
)

PLACES = {
    GRAPHS["entities"]: "entities.ttl",
    GRAPHS["runs"]: "runs.ttl",
    GRAPHS["removed"]: "removed.ttl",
}
ONTOLOGY = "../ontology/ontology.ttl"
"""Where the ontology goes, from the folder of the graphs."""
LONGEST_NAME = 200
"""Of a document, whose id is a file's name."""
MOST_TRIPLES = 2_000_000
"""Of one graph, which is written whole."""
MOST_BYTES = 1 << 30
"""Of all the files of one pull, which are written at once."""
Hear = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What `pull` did, by the IRIs of graphs, in the workspace at `root`.

    `only_here` are graphs of the workspace that the store has not; `skipped` are graphs there that have no place in a
    workspace, `foreign` how many are none of ours.
    """

    root: Path
    written: tuple[str, ...]
    same: tuple[str, ...]
    only_here: tuple[str, ...]
    skipped: tuple[str, ...]
    foreign: int


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A graph from afar: where it goes, its file, and its canonical form."""

    iri: str
    path: str
    content: bytes
    lines: Lines


def pull(  # noqa: PLR0913  each is one choice of the one who pulls
    store: Endpoint | str,
    folder: Path | None = None,
    *,
    workspace: Workspace | None = None,
    graphs: Collection[str] = (),
    ontology: bool = False,
    force: bool = False,
    checked: bool = True,
    said: Hear | None = None,
) -> Pulled:
    """Writes the named graphs of a store as Turtle files, into the workspace or into `folder`, a new one.

    `onrecord pull https://host/sparql -o copy` is `onrecord.pull("https://host/sparql", Path("copy"))`. A file that
    holds the same values stays as it is, one that was changed here since the last push or pull is not overwritten
    unless `force`; none is deleted. Nor is anything written where `onrecord check` would find errors in it, where it is
    `checked`; of some `graphs` alone that is not asked, since others may tell of what they name. `graph:edges` is never
    written, the ontology only on request. With `graphs`, their IRIs, only those are. `said` hears what is done, with
    how many graphs of how many. Whatever it raises, nothing was changed: BadGraph for what no graph of ours may hold,
    LimitReached for one that is too big, NotWritten, NoWorkspace, StoreFailed.
    """
    target = _target(folder)
    endpoint = store if isinstance(store, Endpoint) else Endpoint(store)
    with RemoteSource(endpoint) as there:
        places, skipped = _places(there, graphs, ontology=ontology)
        read = _read(there, places, said)
        is_checked = checked and not graphs
        if is_checked and target is not None:
            refuse_faulty(replace(shipped(), root=None), _files(read))
        where = _workspace(workspace, folder, target)
        ledger = Ledger(where, there.address)
        is_checked = is_checked and target is None
        written, same = _write(
            where, ledger, read, force=force, checked=is_checked
        )
        only_here = (
            () if graphs else tuple(sorted(_homes(where) - places.keys()))
        )
        assert where.root is not None  # noqa: S101  it was written
        return Pulled(
            where.root, written, same, only_here, skipped, there.foreign
        )


def _target(folder: Path | None) -> Path | None:
    """The folder to be made a workspace, None where there is one; raises NotWritten for one that holds other things."""
    if folder is None or (folder / "graphs").is_dir():
        return None
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} is there and no workspace; name an empty folder or a new one"
        raise NotWritten(message)
    return folder


def _workspace(
    workspace: Workspace | None, folder: Path | None, target: Path | None
) -> Workspace:
    if target is not None:
        return init(target)
    return find(folder) if folder is not None else workspace or find()


def _files(read: Iterable[GraphFile]) -> dict[str, bytes]:
    """The files to be written below `graphs/`."""
    return {row.path: row.content for row in read if row.path != ONTOLOGY}


def _places(
    there: RemoteSource, graphs: Collection[str], *, ontology: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Where each graph goes, below `graphs/`, and those that go nowhere; raises BadInput for a named one."""
    places: dict[str, str] = {}
    skipped = []
    with_ontology = bool(ontology or graphs)
    for graph in sorted(graphs or there.graphs()):
        place = place_of(graph)
        if with_ontology and graph == GRAPHS["ontology"]:
            place = ONTOLOGY
        if place is not None:
            places[graph] = place
        elif graphs:
            message = f"{compact(graph)} has no place in a workspace"
            raise BadInput(message)
        elif graph not in {GRAPHS["ontology"], GRAPHS["edges"]}:
            skipped.append(graph)
    return places, tuple(skipped)


def place_of(graph: str) -> str | None:
    """The file of a graph; None for a name that is none of ours, or that would lead out of the folder."""
    if graph in PLACES:
        return PLACES[graph]
    for start, folder in (
        (OURS["doc"], "documents/"),
        (f"{BASE}graph/coding-", "coding-"),
    ):
        name = graph.removeprefix(start)
        if (
            name != graph
            and LOCAL_NAME.fullmatch(name)
            and len(name) <= LONGEST_NAME
        ):
            return f"{folder}{name}.ttl"
    return None


def _read(
    there: RemoteSource, places: dict[str, str], said: Hear | None
) -> list[GraphFile]:
    """The graphs, each as it will be written; raises BadGraph, LimitReached."""
    for graph in places:
        count = there.counts.get(graph, 0)
        if count > MOST_TRIPLES:
            message = f"{compact(graph)} has {count:,} triples; a file takes {MOST_TRIPLES:,} at most"
            raise LimitReached(message)
    read: list[GraphFile] = []
    size = 0
    for number, (graph, quads) in enumerate(_quads(there, places), 1):
        file = graph_file(graph, places[graph], quads, there.dialect)
        read.append(file)
        size += len(file.content)
        if size > MOST_BYTES:
            message = f"the graphs are bigger than {MOST_BYTES >> 20} MB together; pull some at a time, with --graph"
            raise LimitReached(message)
        if said:
            said("read", number, len(places))
    return read


def _quads(
    there: RemoteSource, graphs: Iterable[str]
) -> Iterator[tuple[str, list[ox.Quad]]]:
    together = groups(graphs, there.counts)
    for quads in in_parallel(there.quads_of, together, ahead=1):
        yield from quads.items()


def graph_file(
    iri: str, path: str, quads: list[ox.Quad], dialect: str
) -> GraphFile:
    """The file of a graph as onrecord writes it; raises BadGraph for what it would not give back."""
    store = ox.Store()
    store.extend(quads)
    lines = canonical_of(store, (dialect,), name=iri)
    try:
        content = turtle_of_lines.write(canonical_of(store, name=iri))
        again = ox.Store()
        again.load(content, ox.RdfFormat.TURTLE)
        is_whole = canonical_of(again, (dialect,)) == lines
    except (ValueError, SyntaxError) as error:
        message = f"{compact(iri)}: {error}; nothing was written"
        raise BadGraph(message) from error
    if not is_whole:
        message = f"{compact(iri)}: holds what Turtle does not give back as it is; nothing was written"
        raise BadGraph(message)
    return GraphFile(iri, path, content, lines)


def _write(
    where: Workspace,
    ledger: Ledger,
    read: list[GraphFile],
    *,
    force: bool,
    checked: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Commits what differs at once; gives the graphs that were written, and those that were the same."""
    home = where.home
    with writing(home) as commit:
        same: list[str] = []
        new: list[GraphFile] = []
        for pulled in read:
            if _stands(own_file(home, pulled.path)) == pulled.lines:
                same.append(pulled.iri)
            else:
                new.append(pulled)
        if not force:
            _refuse_changed(home, ledger, new)
        if checked and new:
            refuse_faulty(where, _files(new))
        if new:
            contents = {pulled.path: pulled.content for pulled in new}
            write_logged(home, commit, contents, f"pull of {len(new)} graphs")
        for pulled in read:
            ledger.holds(pulled.iri, fingerprint(pulled.lines))
    return tuple(pulled.iri for pulled in new), tuple(sorted(same))


def _stands(path: Path) -> Lines | None:
    """What a file holds; None where it is not there, or holds what cannot be compared."""
    with suppress(BadGraph):
        return canonical(parse(path)) if path.is_file() else None
    return frozenset()


def _refuse_changed(home: Path, ledger: Ledger, new: list[GraphFile]) -> None:
    """Raises NotWritten for files that are not as the store last knew them."""
    changed = []
    for pulled in new:
        stands = _stands(own_file(home, pulled.path))
        mark = fingerprint(stands) if stands is not None else None
        if mark != ledger.marks.get(pulled.iri):
            changed.append(pulled.path)
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""  # noqa: PLR2004
        message = (
            f"{', '.join(changed[:3])}{more}: changed or removed here and not pushed; nothing was written "
            "(--force takes the store's)"
        )
        raise NotWritten(message)


def _homes(where: Workspace) -> set[str]:
    """The graphs that the workspace's own files are."""
    return {*Files(find(where.root)).paths} - {GRAPHS["ontology"]}
