"""The graph files of a workspace in a store of the engine's, with the file that each subject is in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal
from rdflib.term import Node

from onrecord.model.iris import GRAPHS, PREFIXES, compact, local
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf.namespaces import RDF, REC
from onrecord.rdf.terms import from_engine, to_engine
from onrecord.rdf.view import graph_of, view
from onrecord.workspace import Workspace

EDGES, ONTOLOGY = GRAPHS["edges"], GRAPHS["ontology"]
KINDS: dict[Node | None, str] = {
    REC.Statement: "statement",
    REC.Document: "document",
    REC.Run: "run",
    REC.Removed: "tombstone",
}
Row = Mapping[str, Node | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where; `severity` is "error" or "warning"."""

    severity: str
    where: str
    message: str

    @property
    def file(self) -> str:
        """The file in it, as shown; of what is in no file, the name."""
        return self.where.partition(": ")[0]


@dataclass(slots=True)
class Files:
    """A store, and by each graph's IRI the files that it is made of, in their order.

    The store holds the ontology too, and may hold the derived edges; `union` is all but these, for rdflib.
    """

    workspace: Workspace
    vocabulary: Vocabulary
    store: ox.Store
    paths: Mapping[str, Sequence[Path]]
    union: Graph = field(init=False)
    _order: dict[str, int] = field(init=False)
    _subjects: dict[Path, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.union = view(self.store, {EDGES})
        self._order = {graph: place for place, graph in enumerate(self.paths)}

    def ask(self, query: str) -> Iterator[Row]:
        """The rows of a SELECT over the union of all graphs, with the values of its variables."""
        solutions = self.store.query(
            query, prefixes=PREFIXES, use_default_graph_as_union=True
        )
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101  it is a SELECT
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            row: dict[str, Node | None] = {}
            for name in names:
                term = solution[name]
                row[name] = None if term is None else from_engine(term)
            yield row

    def holds(self, node: Node) -> bool:
        """Whether the node is a subject in a graph file, and not only in the ontology."""
        return bool(self._graphs_of(node))

    def finding(self, severity: str, node: Node, message: str) -> Finding:
        """A finding about a node, placed in its file: `graphs/documents/x.ttl: statement 1f0c2a9b7d34`.

        A node that is a subject in no file is placed where it is an object.
        """
        path = self._home(node) or self._home_of_naming(node)
        kind = self.union.value(node, RDF.type)
        name = (
            f"{KINDS[kind]} {local(str(node))}"
            if kind in KINDS
            else self.name(node)
        )
        place = f"{self.shown(path)}: {name}" if path else name
        return Finding(severity, place, message)

    def name(self, node: Node) -> str:
        """A node as a person would write it."""
        return compact(str(node))

    def shown(self, path: Path) -> str:
        """A file's path below the workspace."""
        root = self.workspace.graphs[0].parent
        return (
            str(path.relative_to(root))
            if path.is_relative_to(root)
            else str(path)
        )

    def file_in(self, graph: str, node: Node) -> Path:
        """The file of a graph that holds a node as a subject."""
        paths = self.paths[graph]
        holding = (
            path for path in paths[:-1] if str(node) in self._subjects_in(path)
        )
        return next(holding, paths[-1])

    def _subjects_in(self, path: Path) -> frozenset[str]:
        """The subjects of one of several files that make a graph together."""
        if path not in self._subjects:
            quads = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
            self._subjects[path] = frozenset(
                str(quad.subject)[1:-1] for quad in quads
            )
        return self._subjects[path]

    def _graphs_of(self, node: Node) -> set[str]:
        """The graphs of files in which a node is a subject."""
        if isinstance(node, Literal):
            return set()
        quads = self.store.quads_for_pattern(to_engine(node), None, None, None)  # type: ignore[arg-type]  # no literal
        return set(map(graph_of, quads)) & self.paths.keys()

    def _home(self, node: Node) -> Path | None:
        graphs = sorted(self._graphs_of(node), key=self._order.__getitem__)
        return self.file_in(graphs[0], node) if graphs else None

    def _home_of_naming(self, node: Node) -> Path | None:
        homes = map(self._home, self.union.subjects(None, node))
        return min(filter(None, homes), key=str, default=None)
