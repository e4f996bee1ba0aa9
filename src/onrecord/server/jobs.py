"""What is asked of the graph in a worker: functions of this module, sent there by name."""

from collections.abc import Mapping
from typing import IO, cast

import pyoxigraph as ox

from onrecord.formats import rdf, text
from onrecord.model.errors import UnknownName
from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import (
    GRAPH_FORMATS,
    Answer,
    serialize,
    table,
)
from onrecord.querying.protocol import (
    QueryRequest,
    engine_of,
    evaluate_request,
    graph_term,
)
from onrecord.querying.question import named_question
from onrecord.store.limits import Send
from onrecord.store.pieces import Pieces
from onrecord.website.data import description
from onrecord.website.publication import speak
from onrecord.website.question import filled_values
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
    _send_answer(evaluate_request(engine_of(graph), query), form, send)


def answer_question(
    graph: Graph, send: Send, *, name: str, given: Mapping[str, str], form: str
) -> None:
    """The answer to a named question: the same bytes as `onrecord query NAME --format FORM`."""
    question = named_question(name, graph.workspace)
    _send_answer(graph.answer(question, filled_values(given)), form, send)


def _send_answer(result: Answer, form: str, send: Send) -> None:
    """Sends an answer in a standard format, or as a table for people."""
    if form == "markdown":
        send(text.markdown(table(result)).encode())
    elif form == "table":
        send(text.table(table(result), text.COLUMNS).encode())
    else:
        output = Pieces(send)
        serialize(result, form, cast("IO[bytes]", output))
        output.end()


def describe(
    graph: Graph, send: Send, *, kind: str, iri: str, form: str
) -> None:
    """What the graph tells of an IRI, in a format that holds a graph."""
    quads = description(kind, iri, graph)
    context = graph.workspace.ontology_file("context.jsonld")
    send(rdf.serialize(quads, form, context))


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
