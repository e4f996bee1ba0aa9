"""The graph files of a workspace as one graph, with the file that each subject is in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Graph
from rdflib.term import Node

from onrecord.model.errors import BadGraph
from onrecord.model.iris import compact, local
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf import turtle
from onrecord.rdf.namespaces import RDF, REC
from onrecord.workspace import Workspace

KINDS: dict[Node | None, str] = {
    REC.Statement: "statement",
    REC.Document: "document",
    REC.Run: "run",
    REC.Removed: "tombstone",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where; `severity` is "error" or "warning"."""

    severity: str
    where: str
    message: str


@dataclass(slots=True)
class Files:
    """Every graph file, one by one and all in `union`, which holds the ontology too; `broken` says which fail."""

    workspace: Workspace
    vocabulary: Vocabulary
    graphs: dict[Path, Graph] = field(default_factory=dict)
    union: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))
    broken: list[Finding] = field(default_factory=list)
    _homes: dict[Node, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in self.workspace.graph_files():
            try:
                self.graphs[path] = turtle.read(path)
            except BadGraph as error:
                where, _, message = str(error).removeprefix(f"{path}").partition(": ")
                self.broken.append(Finding("error", self.shown(path) + where, message))
        for path, graph in self.graphs.items():
            for subject in graph.subjects(unique=True):
                self._homes.setdefault(subject, path)
            self._unite(graph)
        for path in self.workspace.ontology_files():
            self._unite(turtle.read(path))

    def _unite(self, graph: Iterable[tuple[Node, Node, Node]]) -> None:
        for triple in graph:
            self.union.add(triple)

    def holds(self, node: Node | None) -> bool:
        """Whether the node is a subject in a graph file, and not only in the ontology."""
        return node in self._homes

    def finding(self, severity: str, node: Node, message: str) -> Finding:
        """A finding about a node, placed in its file: `graphs/documents/x.ttl: statement 1f0c2a9b7d34`.

        A node that is a subject in no file is placed where it is an object.
        """
        path = self._homes.get(node) or next(
            map(self._homes.get, self.union.subjects(None, node)), None
        )
        kind = self.union.value(node, RDF.type)
        name = f"{KINDS[kind]} {local(str(node))}" if kind in KINDS else self.name(node)
        return Finding(
            severity, f"{self.shown(path)}: {name}" if path else name, message
        )

    def name(self, node: Node) -> str:
        """A node as a person would write it."""
        return compact(str(node))

    def shown(self, path: Path) -> str:
        """A file's path below the workspace."""
        root = self.workspace.graphs[0].parent
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
