"""Conflict of categories, as the field's tool counts it: mentions that the other never makes."""

from collections.abc import Iterator

from onrecord.discourse.arrays import Array, Sparse, np, sparse

BLOCK = 512
"""Rows that are counted at a time: every pair may have a value, so a block is dense."""


def unmatched(cells: Sparse) -> Sparse:
    """The strict upper triangle of the unmatched mentions, I by I.

        y[i,i'] = Σ_jk X[i,j,k] [X[i',j,k] = 0] + X[i',j,k] [X[i,j,k] = 0]

    `cells` is I by (J·K). Two categories are no pair of yes and no, so nothing is
    multiplied: what one says at a concept and category, and the other never, counts.
    Source: DNA 3.1's exporter, one-mode network, short-text qualifier.
    """
    size = cells.shape[0]
    if not size:
        return sparse.csr_array((0, 0), dtype=np.float64)
    blocks = list(_blocks(cells))
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def _blocks(cells: Sparse) -> Iterator[Sparse]:
    size = cells.shape[0]
    used = cells.copy()
    used.data = np.ones_like(used.data)
    counts = np.asarray(cells.sum(axis=1)).ravel()
    columns = np.arange(size)
    for start in range(0, size, BLOCK):
        stop = min(start + BLOCK, size)
        here = slice(start, stop)
        met = _product(cells[here], used) + _product(used[here], cells)
        values = counts[here, None] + counts[None, :] - met
        rows = np.arange(start, stop)
        values[columns[None, :] <= rows[:, None]] = 0
        yield sparse.csr_array(values)


def _product(left: Sparse, right: Sparse) -> Array:
    dense: Array = sparse.csr_array(left @ right.T).toarray()
    return dense
