"""One-mode networks: actors tied by the concepts that they share."""

from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.discourse.arrays import Array, Sparse, np, sparse
from onrecord.discourse.tensor import Tensor
from onrecord.discourse.unmatched import unmatched
from onrecord.model.errors import BadInput

AGGREGATIONS = ("ignore", "congruence", "conflict", "subtract")
NORMALIZATIONS = ("none", "average", "jaccard", "cosine", "profile")
DNA_AVERAGE = "dna-average"
"""The normalization that DNA 3.1 calls average, as it computes it under a kernel; only `--dna-compat` chooses it."""
BLOCK = 1024
"""Rows that are multiplied at a time."""
NOTHING = 1e-12
"""What floating-point sums that should be 0 may leave."""


@dataclass(frozen=True, eq=False)
class Ties:
    """A symmetric network: `upper` is its strict upper triangle, I by I; slices of a kernel keep a `diagonal`."""

    labels: tuple[str, ...]
    upper: Sparse
    aggregation: str
    tensor: Tensor
    diagonal: Array | None = None

    def __len__(self) -> int:
        """How many pairs are tied."""
        return int(self.upper.nnz)

    def matrix(self) -> Sparse:
        """The whole matrix, I by I."""
        whole = self.upper + self.upper.T
        if self.diagonal is not None:
            whole = whole + sparse.diags_array(self.diagonal)
        return sparse.csr_array(whole)

    def pairs(self) -> list[tuple[int, int, float]]:
        """Tied pairs (i, j, weight), the strongest first, then by label."""
        entries = self.upper.tocoo()
        order = np.lexsort((entries.col, entries.row, -np.abs(entries.data)))
        columns = (entries.row[order], entries.col[order], entries.data[order])
        return [*zip(*(column.tolist() for column in columns), strict=True)]

    def strength(self) -> Array:
        """Σ_j y[i, j], length I."""
        whole = self.matrix()
        return np.asarray(whole.sum(axis=1)).ravel()

    @cached_property
    def _by_actor(self) -> tuple[Array, Array]:
        rows = self.tensor.rows
        order = rows[np.argsort(rows[:, 1], kind="stable")]
        return order, np.searchsorted(
            order[:, 1], np.arange(len(self.labels) + 1)
        )

    def _rows(self, actor: int) -> Array:
        order, starts = self._by_actor
        rows: Array = order[starts[actor] : starts[actor + 1]]
        return rows

    def statements(
        self, one: int, two: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the statements that a tie stands on, those of each end, on the concepts that count for it.

        A statement of one end counts where the other uses the same concept at a level of weight other than 0.
        """
        return self._ids(self._bearing(one, two)), self._ids(
            self._bearing(two, one)
        )

    def concepts(self, one: int, two: int) -> tuple[str, ...]:
        """The concepts on which the two meet, sorted."""
        used = np.unique(self._bearing(one, two)[:, 2])
        return tuple(self.tensor.concepts[at] for at in used)

    def _bearing(self, one: int, two: int) -> Array:
        """The statements of the first actor, as rows of the tensor, on which its tie to the second rests."""
        mine, theirs = self._rows(one), self._rows(two)
        if counts_unmatched(self.tensor, self.aggregation):
            return self._unmatched(mine, theirs)
        shape = (len(self.tensor.concepts), len(self.tensor.distance))
        used = np.zeros(shape, dtype=bool)
        used[theirs[:, 2], theirs[:, 3]] = True
        met = used @ (similarity(self.tensor, self.aggregation) != 0)
        bearing: Array = mine[met[mine[:, 2], mine[:, 3]]]
        return bearing

    def _unmatched(self, mine: Array, theirs: Array) -> Array:
        """The rows that the other never says; of `subtract` all, which count one way or the other."""
        if self.aggregation == "subtract":
            return mine
        said = {(concept, level) for _, _, concept, level in theirs}
        chosen = [(row[2], row[3]) not in said for row in mine]
        unsaid: Array = mine[np.array(chosen, dtype=bool)]
        return unsaid

    def tied(self) -> "Ties":
        """The network without isolates: only actors with a tie."""
        whole = abs(self.upper) + abs(self.upper).T
        kept = np.flatnonzero(np.diff(sparse.csr_array(whole).indptr))
        place = np.full(len(self.labels), -1)
        place[kept] = np.arange(len(kept))
        rows = self.tensor.rows[place[self.tensor.rows[:, 1]] >= 0].copy()
        rows[:, 1] = place[rows[:, 1]]
        labels = tuple(self.labels[at] for at in kept)
        tensor = replace(
            self.tensor,
            actors=labels,
            cells=self.tensor.cells[kept],
            plain=self.tensor.plain[kept],
            rows=rows,
        )
        diagonal = None if self.diagonal is None else self.diagonal[kept]
        return Ties(
            labels,
            sparse.csr_array(self.upper[kept][:, kept]),
            self.aggregation,
            tensor,
            diagonal,
        )

    def _ids(self, rows: Array) -> tuple[str, ...]:
        return tuple(map(str, self.tensor.ids[np.sort(rows[:, 0])]))


def ties(
    tensor: Tensor,
    aggregation: str = "congruence",
    normalization: str = "none",
    *,
    loops: bool = False,
) -> Ties:
    """The one-mode network of the actors, I by I; of the concepts with `tensor.transposed()`.

        ignore      y[i,i'] = Σ_j (Σ_k X[i,j,k]) (Σ_k X[i',j,k])
        congruence  y[i,i'] = Σ_j Σ_k Σ_m X[i,j,k] X[i',j,m] (1 − w[k,m])
        conflict    y[i,i'] = Σ_j Σ_k Σ_m X[i,j,k] X[i',j,m] w[k,m]
        subtract    congruence − conflict

    and where the qualifier is a category, conflict as DNA counts it, in `unmatched`; with i ≠ i' unless
    `loops`, and w[k,m] as in `Tensor`. `normalization` divides by D, and gives 0 where D is 0:

        average  (n_i + n_i') / 2, with n_i = Σ_jk X[i,j,k]
        jaccard  m10 + m01 + m11, with m10 = Σ_jk X[i,j,k] [X[i',j,k] = 0], m01 the other way,
                 m11 = Σ_jk X[i,j,k] X[i',j,k]
        cosine   n_i n_i', which DNA calls cosine
        profile  √(c_i c_i'), with c_i the congruence of i with itself (of `ignore`, its `ignore` with itself); of a
                 boolean qualifier that is the cosine of the two profiles X[i,·,·] and X[i',·,·]

    LOPSIDED is DNA's own under a kernel: it multiplies by Σ_jk 2 / (X[i,j,k] + X[i',j,k]), of the cells that are not 0.
    Raises BadInput for an unknown name. Source: Leifeld 2017, "Discourse Network Analysis", and DNA's manual; profile:
    Salton and McGill 1983.
    """
    for name, known in (
        (aggregation, AGGREGATIONS),
        (normalization, (*NORMALIZATIONS, DNA_AVERAGE)),
    ):
        if name not in known:
            message = (
                "no one-mode network is made by "
                f"{name!r}; there are {', '.join(known)}"
            )
            raise BadInput(message)
    upper, own = _unscaled(tensor, aggregation)
    upper.data *= _scale(tensor, aggregation, normalization, upper)
    diagonal = (
        own * _own_scale(tensor, aggregation, normalization) if loops else None
    )
    return Ties(tensor.actors, upper, aggregation, tensor, diagonal)


def _unscaled(tensor: Tensor, aggregation: str) -> tuple[Sparse, Array]:
    """The strict upper triangle before it is normalized, and the diagonal, length I."""
    if counts_unmatched(tensor, aggregation):
        return _of_categories(tensor, aggregation)
    left, right = _factors(tensor, similarity(tensor, aggregation))
    own = np.asarray(left.multiply(right).sum(axis=1)).ravel()
    return _upper(left, right), own


def counts_unmatched(tensor: Tensor, aggregation: str) -> bool:
    """Whether conflict counts the statements that the other actor does not make: categories have no opposite."""
    return tensor.kind == "categorical" and aggregation in {
        "conflict",
        "subtract",
    }


def _of_categories(tensor: Tensor, aggregation: str) -> tuple[Sparse, Array]:
    conflict = unmatched(tensor.cells)
    if aggregation == "conflict":
        return conflict, np.zeros(len(tensor.actors))
    congruence = _upper(tensor.cells, tensor.cells)
    difference = sparse.csr_array(congruence - conflict)
    difference.eliminate_zeros()
    own = np.asarray(tensor.cells.multiply(tensor.cells).sum(axis=1)).ravel()
    return difference, own


def similarity(tensor: Tensor, aggregation: str) -> Array:
    """s, K by K: what a pair of statements at levels k and m counts."""
    far = tensor.distance
    return {
        "ignore": np.ones_like(far),
        "congruence": 1 - far,
        "conflict": far,
        "subtract": 1 - 2 * far,
    }[aggregation]


def _factors(tensor: Tensor, weights: Array) -> tuple[Sparse, Sparse]:
    """L and R with L Rᵀ = Σ_j Σ_km s[k,m] X[i,j,k] X[i',j,m]; where s is v vᵀ, L = R = Σ_k v_k X[·,·,k]."""
    if np.array_equal(weights, np.eye(len(weights))):
        return tensor.cells, tensor.cells
    high = sparse.eye_array(len(tensor.concepts))
    first = weights[0] if weights[0, 0] == 1 else np.zeros(len(weights))
    if np.array_equal(weights, np.outer(first, first)):
        spread = sparse.kron(high, first.reshape(-1, 1), format="csr")
        folded = sparse.csr_array(tensor.cells @ spread)
        return folded, folded
    spread = sparse.kron(high, sparse.csr_array(weights), format="csr")
    return tensor.cells, sparse.csr_array(tensor.cells @ spread)


def _upper(left: Sparse, right: Sparse) -> Sparse:
    """The strict upper triangle of L Rᵀ, some rows at a time against the columns from there on: half the work."""
    size = left.shape[0]
    turned = sparse.csr_array(right.T)
    if not size:
        return sparse.csr_array((0, 0), dtype=np.float64)
    rows, columns, values = [], [], []
    for start in range(0, size, BLOCK):
        stop = min(start + BLOCK, size)
        piece = sparse.csr_array(left[start:stop] @ turned[:, start:])
        row = np.repeat(
            np.arange(stop - start, dtype=np.int32), np.diff(piece.indptr)
        )
        kept = (piece.indices > row) & (np.abs(piece.data) > NOTHING)
        rows.append(np.bincount(row[kept], minlength=stop - start))
        columns.append(piece.indices[kept] + np.int32(start))
        values.append(piece.data[kept])
    starts = np.concatenate([[0], np.cumsum(np.concatenate(rows))])
    parts = (np.concatenate(values), np.concatenate(columns), starts)
    return sparse.csr_array(parts, shape=(size, size))


def _scale(
    tensor: Tensor, aggregation: str, normalization: str, upper: Sparse
) -> Array | float:
    """1 / D for each tie."""
    if normalization == "none":
        return 1.0
    row = np.repeat(
        np.arange(upper.shape[0], dtype=np.int32), np.diff(upper.indptr)
    )
    if normalization == DNA_AVERAGE:
        return _lopsided(tensor, row, upper.indices)
    if normalization == "jaccard":
        return 1.0 / _union(tensor, row, upper.indices)
    if normalization == "average":
        half = tensor.counts / 2
        return 1.0 / (half[row] + half[upper.indices])
    single = tensor.counts
    if normalization != "cosine":
        single = np.sqrt(_self_ties(tensor, aggregation))
    inverse = np.divide(
        1.0, single, out=np.zeros(len(single)), where=single > 0
    )
    scale: Array = inverse[row] * inverse[upper.indices]
    return scale


def _union(tensor: Tensor, row: Array, column: Array) -> Array:
    """m10 + m01 + m11 for some pairs: n_i + n_i' − Σ X B' − Σ B X' + Σ X X', with B = [X > 0]."""
    if not len(row):
        return np.ones(0)
    cells, used = tensor.plain, tensor.plain.copy()
    used.data = np.ones_like(used.data)
    shared = sparse.csr_array(cells @ cells.T - cells @ used.T - used @ cells.T)
    both = tensor.counts[row] + tensor.counts[column]
    union: Array = both + np.asarray(shared[row, column]).ravel()
    return union


def _lopsided(tensor: Tensor, row: Array, column: Array) -> Array:
    """Σ_jk 2 / (X[i,j,k] + X[i',j,k]) for some pairs, of the cells that are not 0."""
    counts = tensor.plain.toarray()
    scale = np.zeros(len(row))
    for actor in np.unique(row):
        at = row == actor
        both = counts[actor] + counts[column[at]]
        shares = np.divide(2.0, both, out=np.zeros(both.shape), where=both > 0)
        scale[at] = shares.sum(axis=1)
    return scale


def _self_ties(tensor: Tensor, aggregation: str) -> Array:
    """c_i: the congruence, or for `ignore` the plain overlap, of each actor with itself, length I."""
    alike = "ignore" if aggregation == "ignore" else "congruence"
    left, right = _factors(tensor, similarity(tensor, alike))
    return np.asarray(left.multiply(right).sum(axis=1)).ravel()


def _own_scale(tensor: Tensor, aggregation: str, normalization: str) -> Array:
    """1 / D of each actor with itself."""
    counts = tensor.counts
    if normalization == "none":
        return np.ones(len(counts))
    if normalization == DNA_AVERAGE:
        diagonal = np.arange(len(counts))
        return _lopsided(tensor, diagonal, diagonal)
    own = {"average": counts, "cosine": counts**2}.get(normalization)
    if own is None:
        self_ties = _self_ties(tensor, aggregation)
        squares = np.asarray(
            tensor.plain.multiply(tensor.plain).sum(axis=1)
        ).ravel()
        own = squares if normalization == "jaccard" else self_ties
    scale: Array = np.divide(1.0, own, out=np.zeros(len(counts)), where=own > 0)
    return scale
