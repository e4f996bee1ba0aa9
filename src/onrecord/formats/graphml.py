"""Network → GraphML, for networkx, igraph, Gephi and yEd."""

import io

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.formats.xml import sound
from onrecord.networks import Network
from onrecord.networks.graph import multigraph


def graphml(network: Network, numbers: MeasuredNetwork | None = None) -> bytes:
    """The network as GraphML; nodes and edges have the attributes of `onrecord.to_networkx`, and `numbers` if given.

    Raises BadGraph for a text that XML cannot hold.
    """
    import networkx as nx  # noqa: PLC0415  a part of a second, for this function alone

    graph = multigraph(network)
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    result.add_nodes_from(graph.nodes(data=True))
    for node, values in (numbers.measures if numbers else {}).items():
        result.nodes[node].update(values)
    for source, target, relation, data in graph.edges(keys=True, data=True):
        # The key becomes the id of the edge; tools drop an edge whose id another one has.
        weight = (
            {"weight": numbers.weights[source, relation, target]}
            if numbers
            else {}
        )
        result.add_edge(
            source,
            target,
            key=f"{source}:{relation}:{target}",
            **(data | weight),
        )
    stream = io.BytesIO()
    # Not write_graphml, which takes another road where lxml is installed.
    nx.write_graphml_xml(result, stream)
    return sound(stream.getvalue(), "GraphML")


def graphml_of(drawn: MeasuredNetwork) -> bytes:
    """A network with its numbers as GraphML; raises BadGraph."""
    return graphml(drawn.network, drawn)
