"""A query as a request gives it, with its dataset (SPARQL 1.1 Protocol), on the engine's store."""

from dataclasses import dataclass

import pyoxigraph as ox

from onrecord.model.errors import BadQuery
from onrecord.model.iris import PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import Answer, failures_told, syntax_fault
from onrecord.querying.explain import explain
from onrecord.store import guard


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, the address that its relative IRIs are resolved against, and its dataset if the request names one."""

    text: str
    base: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def evaluate_request(store: ox.Store, query: QueryRequest) -> Answer:
    """Asks over the union of all graphs, unless the request or FROM names graphs (SPARQL 1.1 Protocol, section 2.1.4).

    A graph that is named and not there is an empty one: nothing is ever fetched. Raises BadQuery.
    """
    guard.form(query.text)
    guard.refuse_network(query.text, "and this server reaches no other one")
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None
    graphs = (
        None
        if query.default is None
        else list(map(ox.NamedNode, query.default))
    )
    is_union = graphs is None and not guard.names_graphs(query.text)
    named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None
    if query.named is not None:
        named_graphs = list(map(ox.NamedNode, query.named))
    try:
        with failures_told():
            return store.query(
                query.text,
                base_iri=query.base,
                prefixes=PREFIXES,
                use_default_graph_as_union=is_union,
                default_graph=graphs,
                named_graphs=named_graphs,
            )
    except SyntaxError as error:
        raise BadQuery(
            explain(query.text, lambda text: syntax_fault(text, query.base))
        ) from error


def graph_term(name: str) -> ox.NamedNode | ox.DefaultGraph:
    """A graph's name as a term; the unnamed graph's is empty."""
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def engine_of(graph: Graph) -> ox.Store:
    """The engine's store, which what is served has: it is never another endpoint."""
    store = graph.store
    assert isinstance(store, ox.Store)  # noqa: S101
    return store
