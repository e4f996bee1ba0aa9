"""How central each actor is."""

from typing import TYPE_CHECKING

from onrecord.discourse.arrays import np
from onrecord.discourse.ties import Ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

DIGITS = 6
NAMES = ("degree", "strength", "betweenness", "closeness", "eigenvector")


def centralities(ties: Ties) -> dict[str, dict[str, float]]:
    """For each actor its degree, strength, betweenness, closeness and eigenvector centrality, as networkx has them.

    `degree` is the number of ties over n − 1, `strength` Σ_j |y_ij|; `betweenness` and `closeness` take 1 / |y| as the
    length of a tie; `eigenvector` takes |y|, in each component by itself. Sources: Freeman 1978, Bonacich 1987.
    """
    import networkx as nx  # noqa: PLC0415  a part of a second, for this function alone

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(ties.labels)
    for one, two, weight in ties.pairs():
        graph.add_edge(
            ties.labels[one],
            ties.labels[two],
            weight=abs(weight),
            length=1 / abs(weight),
        )
    measures: dict[str, Mapping[str, float]] = {
        "degree": nx.degree_centrality(graph)
        if len(graph) > 1
        else dict.fromkeys(graph, 0.0),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph, weight="length"),
        "closeness": nx.closeness_centrality(graph, distance="length"),
        "eigenvector": _eigenvector(graph),
    }
    rounded: dict[str, dict[str, float]] = {node: {} for node in ties.labels}
    for name, values in measures.items():
        for node in ties.labels:
            rounded[node][name] = round(float(values[node]), DIGITS)
    return rounded


def _eigenvector(graph: "nx.Graph[str]") -> dict[str, float]:
    import networkx as nx  # noqa: PLC0415

    centrality = dict.fromkeys(graph, 0.0)
    for members in nx.connected_components(graph):
        if len(members) > 1:
            order = sorted(members)
            _, vectors = np.linalg.eigh(
                nx.to_numpy_array(graph, nodelist=order, weight="weight")
            )
            # The last one belongs to the greatest eigenvalue; its sign is nobody's choice.
            centrality |= zip(
                order, np.abs(vectors[:, -1]).tolist(), strict=True
            )
    return centrality
