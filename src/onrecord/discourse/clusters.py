"""Groups of actors: Louvain, Leiden, hierarchical clustering and CONCOR, each the same for the same network."""

import random
from collections.abc import Callable, Mapping

from onrecord.discourse.arrays import Array, Sparse, np
from onrecord.discourse.ties import Ties
from onrecord.model.errors import BadInput
from onrecord.networks import graph_library

SEED = 20_260_101
CONVERGED = 1e-9


def clusters(
    ties: Ties, method: str = "louvain", count: int | None = None
) -> dict[str, int]:
    """The cluster of each actor, numbered from 1 by size, then by name; an actor without ties has 0.

        louvain       modularity by moving and merging (Blondel et al. 2008)
        leiden        the same with well-connected groups (Traag et al. 2019)
        hierarchical  average linkage of 1 − y / max y, cut at `count` groups (4)
        concor        repeated correlation of the rows, parted in two and again into `count` groups (4)
                      (Breiger, Boorman and Arabie 1975)

    Negative ties, of `subtract`, count as none. Raises BadInput for an unknown method.
    """
    if method not in METHODS:
        message = (
            f"no way of clustering is called {method!r}; "
            f"there are {', '.join(METHODS)}"
        )
        raise BadInput(message)
    matrix = ties.matrix()
    matrix.data = np.maximum(matrix.data, 0.0)
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    tied = np.flatnonzero(np.diff(matrix.indptr))
    groups = np.zeros(len(ties.labels), dtype=np.int64)
    if len(tied):
        groups[tied] = METHODS[method](matrix[tied][:, tied], count or 4) + 1
    return _numbered(ties.labels, groups)


def _numbered(labels: tuple[str, ...], groups: Array) -> dict[str, int]:
    members: dict[int, list[str]] = {}
    for label, group in zip(labels, groups, strict=True):
        members.setdefault(int(group), []).append(label)
    alone = members.pop(0, [])
    order = sorted(members.values(), key=lambda labels: (-len(labels), labels))
    numbers = dict.fromkeys(alone, 0)
    for number, together in enumerate(order, 1):
        numbers |= dict.fromkeys(together, number)
    return numbers


def _modular(matrix: Sparse, method: str) -> Array:
    igraph = graph_library.igraph()

    upper = matrix.tocoo()
    chosen = upper.row < upper.col
    one, two = upper.row[chosen].tolist(), upper.col[chosen].tolist()
    edges = list(zip(one, two, strict=True))
    graph = igraph.Graph(n=matrix.shape[0], edges=edges)
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311  the same network, the same groups
    try:
        weights = upper.data[chosen].tolist()
        if method == "louvain":
            return np.array(
                graph.community_multilevel(weights=weights).membership
            )
        parts = graph.community_leiden(
            objective_function="modularity", weights=weights, n_iterations=-1
        )
        return np.array(parts.membership)
    finally:
        igraph.set_random_number_generator(random)


def linkage_of(matrix: Sparse) -> Array:
    """The average linkage of 1 − y / max y, (n − 1) by 4 as scipy has it."""
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    dense = matrix.toarray()
    far = 1 - dense / (dense.max() or 1.0)
    np.fill_diagonal(far, 0.0)
    tree: Array = linkage(squareform(far, checks=False), method="average")
    return tree


def _hierarchical(matrix: Sparse, count: int) -> Array:
    from scipy.cluster.hierarchy import fcluster  # noqa: PLC0415

    numbers: Array = fcluster(linkage_of(matrix), t=count, criterion="maxclust")
    return numbers


def _concor(matrix: Sparse, count: int) -> Array:
    """The largest group is parted in two by the sign of its first row, until there are enough."""
    dense = matrix.toarray()
    groups = [np.arange(dense.shape[0])]
    while len(groups) < count:
        groups.sort(key=len, reverse=True)
        halves = _halves(dense, groups[0])
        if halves is None:
            break
        groups[0:1] = halves
    blocks = np.zeros(dense.shape[0], dtype=np.int64)
    for number, members in enumerate(groups):
        blocks[members] = number
    return blocks


def _halves(dense: Array, members: Array) -> list[Array] | None:
    """One group in two: rows are correlated until all is 1 or −1; None where they cannot be told apart."""
    if len(members) < 3:  # noqa: PLR2004  two rows have nothing to be alike in
        return None
    profile = dense[members]
    for _ in range(100):
        with np.errstate(invalid="ignore", divide="ignore"):
            alike = np.nan_to_num(np.corrcoef(profile))
        if np.abs(np.abs(alike) - 1).max() < CONVERGED:
            break
        profile = alike
    first = alike[0] > 0
    if first.all() or not first.any():
        return None
    return [members[first], members[~first]]


METHODS: Mapping[str, Callable[[Sparse, int], Array]] = {
    "louvain": lambda matrix, _: _modular(matrix, "louvain"),
    "leiden": lambda matrix, _: _modular(matrix, "leiden"),
    "hierarchical": _hierarchical,
    "concor": _concor,
}
