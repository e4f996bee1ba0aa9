"""What the graph says of the nodes that some files name, as far as the shapes that ship follow it."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from onrecord.model.iris import BASE, GRAPHS, PREFIXES
from onrecord.workspace import Workspace, shipped

BACKWARDS = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("schema", "url"), ("skos", "exactMatch"))
)
"""What the shipped shapes that tell errors follow from a value to all that have it."""
NAMING = tuple(
    ox.NamedNode(BASE + name)
    for name in (
        *("accordingTo", "actor", "affiliation", "instrument"),
        *("object", "party", "recipient"),
    )
)
"""What the shipped shapes that warn follow from an entity to any node that names it."""
EDGES, ONTOLOGY = (
    ox.NamedNode(GRAPHS["edges"]),
    ox.NamedNode(GRAPHS["ontology"]),
)


def looks_near(workspace: Workspace) -> bool:
    """Whether every shape looks at a node and what it names alone: those that ship do, others may look anywhere."""
    return {*workspace.shape_files()} <= {*shipped().shape_files()}


def surroundings(
    graph: ox.Store, quads: Iterable[ox.Quad]
) -> Iterator[ox.Quad]:
    """The ontology, and what a graph says of all that some quads name; no derived edge."""
    yield from graph.quads_for_pattern(None, None, None, ONTOLOGY)
    named = {term for quad in quads for term in (quad.subject, quad.object)}
    for node in named:
        if isinstance(node, ox.NamedNode):
            yield from _about(graph, node)


def _about(graph: ox.Store, node: ox.NamedNode) -> Iterator[ox.Quad]:
    for quad in graph.quads_for_pattern(node, None, None, None):
        if quad.graph_name != EDGES:
            yield quad
    for predicate in BACKWARDS:
        yield from graph.quads_for_pattern(None, predicate, node, None)


def namings(graph: ox.Store, nodes: Iterable[object]) -> Iterator[ox.Quad]:
    """For each node one quad, if there is any, by each property that names it."""
    for node in nodes:
        if isinstance(node, ox.NamedNode):
            for predicate in NAMING:
                quads = graph.quads_for_pattern(None, predicate, node, None)
                yield from islice(quads, 1)
