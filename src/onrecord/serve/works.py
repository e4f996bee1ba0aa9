"""What is asked of the graph in a worker: functions of this module, sent there by name."""

from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from onrecord.errors import BadQuery, UnknownName
from onrecord.query.ask import Graph
from onrecord.query.evaluate import GRAPH_FORMATS, ROW_FORMATS, Answer, serialize, table
from onrecord.query.explain import explain
from onrecord.store import guard
from onrecord.store.cache import open_store
from onrecord.store.limits import Send
from onrecord.vocabulary import PREFIXES
from onrecord.workspace import Workspace

PIECE = 1 << 16
COLUMNS = 100
"""How wide a table in text is."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, the address that its relative IRIs are resolved against, and its dataset if the request names one."""

    text: str
    base: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def read(workspace: Workspace, _: str) -> Graph:
    """What a worker of a read-only server has: the workspace's graph as it is now."""
    graph = Graph(workspace)
    graph.store = open_store(workspace)
    return graph


def read_generation(workspace: Workspace, folder: str) -> Graph:
    """What a worker of a writable server has: a generation of its own store, in the folder, and the questions."""
    graph = Graph(workspace)
    graph.store = ox.Store.read_only(folder)
    return graph


class Pieces:
    """A file to write to, that sends what is written in pieces; what is left when a work fails is not sent."""

    def __init__(self, send: Send) -> None:
        self._send, self._buffer = send, bytearray()

    def write(self, data: bytes) -> int:
        """Takes some bytes."""
        self._buffer += data
        if len(self._buffer) >= PIECE:
            self.end()
        return len(data)

    def flush(self) -> None:
        """Nothing: whoever writes may think that all is written, and more comes."""

    def end(self) -> None:
        """Sends what is left."""
        self._send(bytes(self._buffer))
        self._buffer.clear()


def answer(graph: Graph, send: Send, *, query: Query, form: str) -> None:
    """The answer to a query in a format; raises BadQuery."""
    found = evaluate(store_of(graph), query)
    if form in ROW_FORMATS or form in GRAPH_FORMATS:
        output = Pieces(send)
        serialize(found, form, cast("IO[bytes]", output))
        output.end()
        return
    from onrecord.export import text  # noqa: PLC0415  for those who read tables

    rows = table(found)
    send((text.markdown(rows) if form == "markdown" else text.table(rows, COLUMNS)).encode())


def evaluate(store: ox.Store, query: Query) -> Answer:
    """Asks over the union of all graphs, unless the request or FROM names graphs (SPARQL 1.1 Protocol, section 2.1.4).

    A graph that is named and not there is an empty one: nothing is ever fetched. Raises BadQuery.
    """
    guard.form(query.text)
    guard.refuse_network(query.text, "and this server reaches no other one")
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None
    graphs = None if query.default is None else [ox.NamedNode(each) for each in query.default]
    try:
        return store.query(
            query.text,
            base_iri=query.base,
            prefixes=PREFIXES,
            use_default_graph_as_union=graphs is None and not guard.names_graphs(query.text),
            default_graph=graphs,
            named_graphs=None if query.named is None else [ox.NamedNode(each) for each in query.named],
        )
    except SyntaxError as error:
        raise BadQuery(explain(query.text, lambda text: _fault(text, query.base))) from error


def _fault(text: str, base: str) -> str | None:
    try:
        ox.Store().query(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(error)
    return None


def dump(graph: Graph, send: Send, *, form: str, name: str | None = None) -> None:
    """A named graph, the unnamed one ("") or all of the dataset (None) in a format; raises UnknownName."""
    store = store_of(graph)
    source = None if name is None else named(name)
    if isinstance(source, ox.NamedNode) and not store.contains_named_graph(source):
        message = f"there is no graph <{name}> here"
        raise UnknownName(message)
    output = Pieces(send)
    store.dump(cast("IO[bytes]", output), GRAPH_FORMATS[form], from_graph=source, prefixes=PREFIXES)
    output.end()


def names(graph: Graph, send: Send) -> None:
    """The name of every named graph, a line each, sorted."""
    send("\n".join(sorted(each.value for each in store_of(graph).named_graphs())).encode())


def count(graph: Graph, send: Send) -> None:
    """How many triples and named graphs there are."""
    store = store_of(graph)
    send(f"{len(store)} {sum(1 for _ in store.named_graphs())}".encode())


def named(name: str) -> ox.NamedNode | ox.DefaultGraph:
    """A graph's name as a term; the unnamed graph's is empty."""
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def store_of(graph: Graph) -> ox.Store:
    """The engine's store, which what is served has: it is never another endpoint."""
    store = graph.store
    assert isinstance(store, ox.Store)  # noqa: S101
    return store
