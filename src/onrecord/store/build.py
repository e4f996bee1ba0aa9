"""Fills an Oxigraph store: every graph file under its own name, the ontology, and the edges that follow from them."""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.errors import BadGraph, BadQuery
from onrecord.model.harmful import refuse_harmful
from onrecord.model.iris import BASE, GRAPHS, document_iri
from onrecord.store import guard
from onrecord.workspace import Workspace

EDGES = ox.NamedNode(GRAPHS["edges"])


def build(workspace: Workspace) -> ox.Store:
    """A store in memory with all named graphs; raises BadGraph where a file does not parse."""
    store = ox.Store()
    for path, graph in graph_names(workspace):
        load(store, path, graph)
    store.extend(edges(store, workspace))
    return store


def build_at(folder: Path, workspace: Workspace) -> None:
    """The same store in a folder: slower, in a tenth of the memory; raises BadGraph and OSError."""
    store = ox.Store(str(folder))
    store.bulk_extend(quads(workspace))
    store.bulk_extend(edges(store, workspace))
    store.flush()


def quads(workspace: Workspace) -> Iterator[ox.Quad]:
    """Everything in the files, each in the graph of its file; raises BadGraph where a file does not parse."""
    for path, graph in graph_names(workspace):
        name = ox.NamedNode(graph)
        for quad in parse(path):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def graph_names(workspace: Workspace) -> Iterator[tuple[Path, str]]:
    """Each Turtle file with the IRI of its graph: a document's own, `graph:entities`, `graph:ontology` and so on.

    Raises BadGraph for a file whose name makes no IRI.
    """
    for path in workspace.ontology_files():
        yield path, GRAPHS["ontology"]
    for path in workspace.graph_files():
        yield path, _graph_of(path)


def graph_namer(workspace: Workspace) -> Callable[[Path], str]:
    """What gives the graph of a file that a store is made from, "" for the rule of edges; raises BadGraph."""
    names = dict.fromkeys(workspace.ontology_files(), GRAPHS["ontology"])
    names[workspace.ontology_file("edges.rq")] = ""
    return lambda path: names[path] if path in names else _graph_of(path)


def _graph_of(path: Path) -> str:
    if path.parent.name == "documents":
        return _checked(document_iri(path.stem), path)
    if path.stem.startswith("coding-"):
        return _checked(f"{BASE}graph/{path.stem}", path)
    return GRAPHS.get(path.stem, path.as_uri())


def _checked(iri: str, path: Path) -> str:
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        message = (
            f"{path}: its name is that of its graph, and makes "
            "no IRI: rename it, in letters, digits and hyphens"
        )
        raise BadGraph(message) from None


def edges(store: ox.Store, workspace: Workspace) -> list[ox.Quad]:
    """The derived edges (`ontology/edges.rq`), each in `graph:edges`."""
    path = workspace.ontology_file("edges.rq")
    rule = _rule(path)
    try:
        triples = store.query(rule, use_default_graph_as_union=True)
    except SyntaxError as error:
        message = f"{path}: no SPARQL: {error.msg}"
        raise BadGraph(message) from error
    assert isinstance(triples, ox.QueryTriples)  # noqa: S101  the rule is a CONSTRUCT
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, EDGES)
        for triple in triples
    ]


def _rule(path: Path) -> str:
    """The rule that edges follow from: a CONSTRUCT, judged as every query is; raises BadQuery."""
    try:
        rule = _content(path).decode()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise BadGraph(message) from error
    guard.refuse_network(rule, f"{path} may not do that")
    if guard.form(rule) != "CONSTRUCT":
        message = f"{path}: is no CONSTRUCT, which edges follow from"
        raise BadQuery(message)
    return rule


def parse(path: Path) -> Iterator[ox.Quad]:
    """The triples of a Turtle file, literals as written; raises BadGraph with file and line where it does not parse."""
    with _faults_named(path):
        yield from ox.parse(
            _content(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True
        )


def load(store: ox.Store, path: Path, graph: str) -> None:
    """Takes a Turtle file into a graph of a store; raises BadGraph."""
    with _faults_named(path):
        store.load(
            _content(path),
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(graph),
        )


def _content(path: Path) -> bytes:
    """The bytes of a file that the engine can read; a pipe or a device is not waited for."""
    if not path.is_file():
        path.stat()
        message = f"{path}: is no file"
        raise BadGraph(message)
    data = path.read_bytes().removeprefix(BOM_UTF8)
    refuse_harmful(data, path)
    return data


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        message = f"{path}:{error.lineno}: no Turtle: {error.msg}"
        raise BadGraph(message) from error
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise BadGraph(message) from error
