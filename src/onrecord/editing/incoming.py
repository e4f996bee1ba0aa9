"""What comes in from a store, held against the rules of `onrecord check` before any of it is written.

It is checked in a small store: what comes in, what the graph says of whatever that names, and the ontology.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from onrecord.editing.checking import limits_for
from onrecord.model.errors import BadGraph
from onrecord.model.iris import GRAPHS, OURS, document_iri, local
from onrecord.rdf.files import Finding
from onrecord.rdf.view import graph_of
from onrecord.store.build import load
from onrecord.store.cache import open_workspace
from onrecord.store.check import check_store
from onrecord.store.child import in_child
from onrecord.store.surroundings import (
    EDGES,
    ONTOLOGY,
    looks_near,
    surroundings,
)
from onrecord.workspace import Workspace

MOST_NAMED = 5
DOCUMENTS = "documents/"
HOME = Path("graphs")


def refuse_faulty(where: Workspace, files: Mapping[str, bytes]) -> None:
    """Raises BadGraph for errors in files that are to be written below `graphs/`, among those that stand there."""
    staged = replace(where, root=None, graphs=(HOME,))
    store = _Staged(where, files).store()
    check = partial(check_store, staged, store, _paths(store))
    limits = limits_for(sum(map(len, files.values())))
    report = in_child(check, limits, what="check")
    faults = [row for row in report.findings if _is_in(row, files)]
    if faults:
        raise BadGraph(_message_on(faults))


def graph_of_path(path: str) -> str:
    """The graph of a file below `graphs/`."""
    name = path.removesuffix(".ttl")
    if name.startswith(DOCUMENTS):
        return document_iri(name.removeprefix(DOCUMENTS))
    return GRAPHS.get(name, f"{OURS['graph']}{name}")


@dataclass(frozen=True, slots=True)
class _Staged:
    """Files that are to be written into a workspace."""

    where: Workspace
    files: Mapping[str, bytes]

    def store(self) -> ox.Store:
        """A store with the files, and with as much of the graph as their check looks at."""
        store, graph = ox.Store(), self._graph()
        changed = {graph_of_path(path) for path in self.files}
        for path, content in self.files.items():
            name = ox.NamedNode(graph_of_path(path))
            store.load(content, ox.RdfFormat.TURTLE, to_graph=name)
        standing = self._standing(graph, [*store])
        store.extend(quad for quad in standing if graph_of(quad) not in changed)
        return store

    def _graph(self) -> ox.Store:
        """The graph as it stands: the ontology alone where there is no workspace yet."""
        if self.where.root is not None:
            return open_workspace(self.where).store
        store = ox.Store()
        for path in self.where.ontology_files():
            load(store, path, GRAPHS["ontology"])
        return store

    def _standing(
        self, graph: ox.Store, incoming: Iterable[ox.Quad]
    ) -> Iterator[ox.Quad]:
        """What the graph says of what comes in; all of it where shapes of the workspace's own may look anywhere."""
        if looks_near(self.where):
            return surroundings(graph, incoming)
        return (quad for quad in graph if quad.graph_name != EDGES)


def _paths(store: ox.Store) -> dict[str, list[Path]]:
    """The file of each graph, documents first, as they stand in a folder."""
    paths: defaultdict[str, list[Path]] = defaultdict(list)
    for name in sorted(_names(store.named_graphs())):
        is_document = name.startswith(OURS["doc"])
        folder = HOME / DOCUMENTS if is_document else HOME
        paths[name].append(folder / f"{local(name)}.ttl")
    return paths


def _names(graphs: Iterable[ox.NamedNode | ox.BlankNode]) -> Iterator[str]:
    for graph in graphs:
        if graph not in {EDGES, ONTOLOGY}:
            yield graph.value


def _is_in(finding: Finding, files: Mapping[str, bytes]) -> bool:
    """Whether a finding is an error of one of these files."""
    place = finding.file.removeprefix("graphs/")
    return finding.severity == "error" and place in files


def _message_on(faults: list[Finding]) -> str:
    shown = [f"{fault.where}: {fault.message}" for fault in faults[:MOST_NAMED]]
    more = len(faults) - len(shown)
    rest = [f"and {more:,} more"] if more else []
    head = f"{len(faults):,} faults in what the store holds; nothing was written (--unchecked takes it as it is):"
    return "\n".join([head, *shown, *rest])
