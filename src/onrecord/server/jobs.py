"""What is asked of the graph in a worker: functions of this module, sent there by name."""

from typing import IO, cast

import pyoxigraph as ox

from onrecord.model.errors import UnknownName
from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import (
    GRAPH_FORMATS,
    ROW_FORMATS,
    serialize,
    table,
)
from onrecord.querying.protocol import (
    QueryRequest,
    engine_of,
    evaluate_request,
    graph_term,
)
from onrecord.store.limits import Send
from onrecord.store.pieces import Pieces
from onrecord.website.publication import speak
from onrecord.workspace import Workspace


def read(workspace: Workspace, _: str) -> Graph:
    """What a worker of a read-only server has: the workspace's graph as it is now."""
    speak(workspace.texts())
    graph, keep = Graph(workspace).prepare()
    if keep:
        keep()
    return graph


def read_generation(workspace: Workspace, folder: str) -> Graph:
    """What a worker of a writable server has: a generation of its own store, in the folder, and the questions."""
    speak(workspace.texts())
    graph = Graph(workspace)
    graph.store = ox.Store.read_only(folder)
    return graph


def answer(graph: Graph, send: Send, *, query: QueryRequest, form: str) -> None:
    """The answer to a query in a format; raises BadQuery."""
    result = evaluate_request(engine_of(graph), query)
    if form in ROW_FORMATS or form in GRAPH_FORMATS:
        output = Pieces(send)
        serialize(result, form, cast("IO[bytes]", output))
        output.end()
        return
    from onrecord.formats import text  # noqa: PLC0415  for those who read tables

    rows = table(result)
    send(
        (
            text.markdown(rows)
            if form == "markdown"
            else text.table(rows, text.COLUMNS)
        ).encode()
    )


def dump(
    graph: Graph, send: Send, *, form: str, name: str | None = None
) -> None:
    """A named graph, the unnamed one ("") or all of the dataset (None) in a format; raises UnknownName."""
    store = engine_of(graph)
    source = None if name is None else graph_term(name)
    if isinstance(source, ox.NamedNode) and not store.contains_named_graph(
        source
    ):
        message = f"there is no graph <{name}> here"
        raise UnknownName(message)
    output = Pieces(send)
    store.dump(
        cast("IO[bytes]", output),
        GRAPH_FORMATS[form],
        from_graph=source,
        prefixes=PREFIXES,
    )
    output.end()


def names(graph: Graph, send: Send) -> None:
    """The name of every named graph, a line each, sorted."""
    send(
        "\n".join(
            sorted(name.value for name in engine_of(graph).named_graphs())
        ).encode()
    )


def count(graph: Graph, send: Send) -> None:
    """How many triples and named graphs there are."""
    store = engine_of(graph)
    send(f"{len(store)} {sum(1 for _ in store.named_graphs())}".encode())
