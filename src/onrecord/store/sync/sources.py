"""Where graphs are: a workspace's files, a file of its own, a store over HTTP. Each gives them one at a time."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock, get_ident
from types import MappingProxyType, TracebackType
from typing import Protocol, Self

import pyoxigraph as ox

from onrecord.model.errors import (
    BadGraph,
    BadInput,
    BadQuery,
    LimitReached,
    StoreFailed,
)
from onrecord.model.iris import BASE, GRAPHS
from onrecord.store.build import graph_names, parse
from onrecord.store.cache import open_store
from onrecord.store.parsing import plain_file
from onrecord.store.remote.endpoint import Remote
from onrecord.store.sync.in_parallel import AT_ONCE
from onrecord.workspace import Endpoint, Workspace, find, reading

LARGE = 64 << 20
"""Bytes of a file from which it is read into a store on disk."""
MORE_AT_ONCE = {"onrecord": 32}
"""Requests that are sent at a time to stores that commit together what comes together."""
LONGER = {"onrecord": 5}
"""How many times longer a request may take to a store that commits first what came before it, or comes with it."""
MOST_GRAPHS, MOST_ROWS = 25, 2_500
"""Of what is read in one request."""


class Source(Protocol):
    """Named graphs; `dialect` is the profile of a store, `is_union` says that no graph has a name of its own."""

    dialect: str
    is_union: bool

    @property
    def counts(self) -> Mapping[str, int]:
        """How many triples graphs have, where that is known before they are read."""

    def graphs(self) -> Collection[str]:
        """The IRI of each graph."""

    def quads_of(self, graphs: Sequence[str]) -> Mapping[str, list[ox.Quad]]:
        """What each of some graphs holds."""

    def quads(self, graph: str) -> list[ox.Quad]:
        """What the graph holds, nothing where there is no such graph."""

    def close(self) -> None:
        """Ends what was opened."""


class OneByOne:
    """What reads its graphs one after the other."""

    counts: Mapping[str, int] = MappingProxyType({})

    def quads_of(self, graphs: Sequence[str]) -> Mapping[str, list[ox.Quad]]:
        """What each of some graphs holds."""
        return {graph: self.quads(graph) for graph in graphs}

    def quads(self, graph: str) -> list[ox.Quad]:
        """What a graph holds."""
        raise NotImplementedError


def groups(
    graphs: Iterable[str], counts: Mapping[str, int]
) -> Iterator[list[str]]:
    """Graphs in their order, as many together as are read in one request; a large one alone."""
    group: list[str] = []
    rows = 0
    for graph in graphs:
        count = counts.get(graph, 0)
        is_full = len(group) == MOST_GRAPHS or rows + count > MOST_ROWS
        if group and is_full:
            yield group
            group, rows = [], 0
        group.append(graph)
        rows += count
    if group:
        yield group


class Files(OneByOne):
    """A workspace: a graph a file, the ontology, and the edges that follow."""

    dialect = ""
    is_union = False

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        by_name: defaultdict[str, list[Path]] = defaultdict(list)
        for path, graph in graph_names(workspace):
            by_name[graph].append(path)
        self.paths: Mapping[str, list[Path]] = {
            graph: paths for graph, paths in by_name.items() if _is_ours(graph)
        }
        self.unnamed = tuple(
            path
            for graph, paths in by_name.items()
            if not _is_ours(graph)
            for path in paths
        )

    @cached_property
    def _store(self) -> ox.Store:
        return open_store(self.workspace)

    def graphs(self) -> Collection[str]:
        """Every graph of the files, and `graph:edges`."""
        return {*self.paths, GRAPHS["edges"]}

    def quads(self, graph: str) -> list[ox.Quad]:
        """The triples as the files have them; raises BadGraph where one does not parse."""
        if graph == GRAPHS["edges"]:
            return [
                *self._store.quads_for_pattern(
                    None, None, None, ox.NamedNode(graph)
                )
            ]
        with ExitStack() as stack:
            for folder in self.workspace.graphs:
                stack.enter_context(reading(folder))
            return [
                quad
                for path in self.paths.get(graph, ())
                if path.is_file()
                for quad in parse(path)
            ]

    def close(self) -> None:
        """Leaves the files as they are."""


def _is_ours(graph: str) -> bool:
    try:
        return graph.startswith(BASE) and bool(ox.NamedNode(graph))
    except ValueError:
        return False


class Dump(OneByOne):
    """A file of triples or quads; raises BadGraph where it does not parse, BadInput where its suffix says nothing."""

    dialect = ""

    def __init__(self, path: Path) -> None:
        form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
        if form is None:
            message = f"{path}: a graph's file ends in .ttl, .trig, .nt, .nq, .rdf or .jsonld"
            raise BadInput(message)
        self.is_union = not form.supports_datasets
        try:
            with plain_file(path, form) as (plain, plain_form):
                self._load(plain, plain_form)
        except SyntaxError as error:
            message = f"{path}:{error.lineno}: no {form.name}: {error.msg}"
            raise BadGraph(message) from error

    def _load(self, path: Path, form: ox.RdfFormat) -> None:
        is_large = path.stat().st_size > LARGE
        self._folder = tempfile.TemporaryDirectory() if is_large else None
        self._store = (
            ox.Store(self._folder.name) if self._folder else ox.Store()
        )
        self._store.bulk_load(path=str(path), format=form)

    def graphs(self) -> Collection[str]:
        """The named graphs, and "" for what stands in none."""
        named = {
            graph.value
            for graph in self._store.named_graphs()
            if isinstance(graph, ox.NamedNode)
        }
        return {*named, *([""] if self.quads("") else [])}

    def quads(self, graph: str) -> list[ox.Quad]:
        """The triples of a graph; where the file names none, all of it."""
        name = (
            ox.NamedNode(graph)
            if graph and not self.is_union
            else ox.DefaultGraph()
        )
        return [*self._store.quads_for_pattern(None, None, None, name)]

    def close(self) -> None:
        """Throws the store away."""
        del self._store
        if self._folder:
            self._folder.cleanup()


class RemoteSource:
    """A store over HTTP; a client a thread, since one client's digest must not be counted by two.

    Only graphs whose IRI begins with our base are seen; `foreign` counts the others. Raises what `Remote` raises.
    """

    is_union = False

    def __init__(self, endpoint: Endpoint) -> None:
        self._lock, self._clients = Lock(), dict[int, Remote]()
        self.endpoint = endpoint
        self.dialect = self._remote.profile.name
        seconds = endpoint.seconds * LONGER.get(self.dialect, 1)
        self.endpoint = replace(endpoint, profile=self.dialect, seconds=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _remote(self) -> Remote:
        with self._lock:
            if get_ident() not in self._clients:
                self._clients[get_ident()] = Remote(self.endpoint)
            return self._clients[get_ident()]

    @property
    def at_once(self) -> int:
        """How many requests it is sent at a time."""
        return MORE_AT_ONCE.get(self.dialect, AT_ONCE)

    @property
    def address(self) -> str:
        """What the store is known by, whether one signs in or not."""
        return self._remote.profile.places(self.endpoint.url).query

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many triples each graph of ours had when this was first asked."""
        return self.count()

    def count(self) -> Mapping[str, int]:
        """How many triples each graph of ours has now."""
        counts = self._remote.graphs()
        self.foreign = sum(not graph.startswith(BASE) for graph in counts)
        return {
            graph: number
            for graph, number in counts.items()
            if graph.startswith(BASE)
        }

    def graphs(self) -> Collection[str]:
        """The graphs of ours that are there."""
        return self.counts.keys()

    def quads(self, graph: str) -> list[ox.Quad]:
        """The triples of a graph as the store has them."""
        return self._remote.get(graph)

    def quads_of(self, graphs: Sequence[str]) -> Mapping[str, list[ox.Quad]]:
        """The triples of some graphs, in one request where the store was tested to give them so, and gives them now."""
        if self._remote.profile.tables and len(graphs) > 1:
            with suppress(StoreFailed, LimitReached, BadQuery):
                return self._remote.get_all(graphs)
        return {graph: self.quads(graph) for graph in graphs}

    def rows(self, sparql: str) -> list[ox.QuerySolution]:
        """What a SELECT finds."""
        answer = self._remote.query(sparql)
        assert isinstance(answer, ox.QuerySolutions)  # noqa: S101  a SELECT
        return list(answer)

    def put(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Makes a graph hold just these."""
        self._remote.put(graph, quads)

    def update(self, text: str) -> None:
        """Changes the store by a SPARQL Update."""
        self._remote.update(text)

    def delete(self, graph: str) -> None:
        """Takes a graph away."""
        self._remote.delete(graph)

    def close(self) -> None:
        """Ends every connection, also where a thread still waits for an answer."""
        for client in self._clients.values():
            client.close()


def source(
    what: str | Path | Workspace,
    *,
    profile: str = "generic",
    credentials: Path | None = None,
) -> Source:
    """The graphs of a workspace, its folder, a file or a store's address; raises BadInput for none of these."""
    if isinstance(what, Workspace):
        return RemoteSource(what.endpoint) if what.endpoint else Files(what)
    if str(what).startswith(("http://", "https://")):
        return RemoteSource(Endpoint(str(what), profile, credentials))
    path = Path(what)
    if path.is_dir():
        return Files(find(path))
    if path.is_file() and os.access(path, os.R_OK):
        return Dump(path)
    message = f"{what} is no workspace's folder, no file that can be read, and no address of a store"
    raise BadInput(message)
