"""The graph for Python users, as an rdflib.Dataset."""

from collections.abc import Iterable

import rdflib.plugins.sparql
from rdflib import Dataset, URIRef

from onrecord.model.iris import PREFIXES
from onrecord.rdf.terms import from_engine
from onrecord.store.build import EDGES, graph_names, parse
from onrecord.store.cache import open_store
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
        _add(dataset, graph, parse(path))
    _add(
        dataset,
        EDGES.value,
        open_store(where).quads_for_pattern(None, None, None, EDGES),
    )
    return dataset


def _add(dataset: Dataset, graph: str, quads: Iterable[ox.Quad]) -> None:
    target = dataset.graph(URIRef(graph))
    for quad in quads:
        terms = (quad.subject, quad.predicate, quad.object)
        first, second, third = map(from_engine, terms)
        target.add((first, second, third))
