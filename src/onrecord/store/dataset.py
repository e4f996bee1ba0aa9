"""The graph for Python users, as an rdflib.Dataset."""

import rdflib.plugins.sparql
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node

from onrecord.graph import turtle
from onrecord.store.build import EDGES, graph_names
from onrecord.store.cache import open_store
from onrecord.vocabulary import PREFIXES
from onrecord.workspace import Workspace, find

import pyoxigraph as ox  # isort: skip


def load(workspace: Workspace | None = None) -> Dataset:
    """The graph with its named graphs, the derived edges in `graph:edges` among them; the union is the default graph.

    Literals are exactly as written in the files. `onrecord query …` is `onrecord.load().query(…)`, slower. Raises
    BadGraph where a file does not parse.
    """
    # A query's FROM must never make rdflib read a file or an address.
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    where = workspace or find()
    dataset = Dataset(default_union=True)
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base, replace=True)
    for path, graph in graph_names(where):
        target = dataset.graph(URIRef(graph))
        for triple in turtle.read(path):
            target.add(triple)
    edges = dataset.graph(URIRef(EDGES.value))
    for quad in open_store(where).quads_for_pattern(None, None, None, EDGES):
        edges.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return dataset


def _term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    assert isinstance(term, ox.Literal)  # noqa: S101  the graph has no blank nodes
    return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))
