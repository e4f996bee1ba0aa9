"""What is done to a writable graph in its writer: functions of this module, sent there by name."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.errors import BadGraph, BadInput, BadQuery, UnknownName
from onrecord.model.iris import PREFIXES
from onrecord.querying.explain import explain
from onrecord.querying.protocol import graph_term
from onrecord.server.using import with_graphs
from onrecord.store import guard
from onrecord.workspace.offline import is_kept

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""What a graph may come in (Graph Store HTTP Protocol, section 5.3); what holds several graphs is none of it."""


def update(
    store: ox.Store,
    *,
    text: str,
    base: str,
    using: Sequence[str] | None = None,
    named_using: Sequence[str] | None = None,
) -> None:
    """Runs an update, all of it or nothing; raises BadQuery and BadInput."""
    guard.refuse_loading(text, but_silent=is_kept())
    if using is not None:
        text = with_graphs(text, using, named_using or ())
    try:
        store.update(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise BadQuery(
            explain(text, lambda match: _fault(match, base))
        ) from error
    except RuntimeError as error:
        message = f"the update failed, and nothing was changed: {error}"
        raise BadInput(message) from error


def _fault(text: str, base: str) -> str | None:
    try:
        ox.Store().update(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError):
        return None
    return None


def put(
    store: ox.Store,
    *,
    name: str,
    files: Sequence[tuple[Path, str, str]],
    replace: bool,
) -> bool:
    """Reads files (path, media type, base) into a graph, in the place of what it holds or beside it; whether it is new.

    All files are read once before anything is changed. Raises BadGraph with the line where one is no RDF.
    """
    graph = graph_term(name)
    for path, media_type, base in files:
        _check(path, media_type, base)
    is_new = isinstance(graph, ox.NamedNode) and not store.contains_named_graph(
        graph
    )
    if replace:
        store.clear_graph(graph)
    if isinstance(graph, ox.NamedNode):
        store.add_graph(graph)
    for path, media_type, base in files:
        store.load(
            path=path, format=FORMATS[media_type], base_iri=base, to_graph=graph
        )
    return is_new


def _check(path: Path, media_type: str, base: str) -> None:
    try:
        for quad in ox.parse(
            path=path, format=FORMATS[media_type], base_iri=base
        ):
            if quad.graph_name != ox.DefaultGraph():
                message = (
                    f"it names the graph {quad.graph_name}, "
                    "and holds more than one graph"
                )
                raise BadGraph(message)
    except SyntaxError as error:
        line = f"line {error.lineno}: " if error.lineno else ""
        message = f"{line}no {FORMATS[media_type].name}: {error.msg}"
        raise BadGraph(message) from error


def delete(store: ox.Store, *, name: str) -> None:
    """Deletes a graph; the unnamed one is only emptied. Raises UnknownName where it is not there."""
    graph = graph_term(name)
    if isinstance(graph, ox.DefaultGraph):
        store.clear_graph(graph)
        return
    if not store.contains_named_graph(graph):
        message = f"there is no graph <{name}> here"
        raise UnknownName(message)
    store.remove_graph(graph)
