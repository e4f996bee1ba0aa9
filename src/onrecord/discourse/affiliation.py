"""Two-mode networks: actors by the concepts that they use."""

from onrecord.discourse.arrays import Array, Sparse, np, sparse
from onrecord.discourse.tensor import Tensor
from onrecord.model.errors import BadInput

AGGREGATIONS = ("ignore", "subtract", "combine")
NORMALIZATIONS = ("none", "activity", "prominence")


def affiliation(
    tensor: Tensor, aggregation: str = "ignore", normalization: str = "none"
) -> Sparse:
    """The two-mode matrix, I by J, actors by concepts.

        ignore    Σ_k X[i,j,k]
        subtract  Σ_k k X[i,j,k]; of a boolean X[i,j,1] − X[i,j,0]; of an ordinal k counts the steps;
                  of a category the same as ignore, as DNA has it
        combine   Σ_k [X[i,j,k] > 0] 2^(|K|−1−k), so that of a boolean 1 is only yes, 2 only no, 3 both

    `activity` divides by n_i = Σ_jk X[i,j,k], `prominence` by n_j = Σ_ik X[i,j,k]; where that is 0 the cell is 0.
    Without a qualifier subtract is ignore. Raises BadInput for a combination that means nothing.
    Source: Leifeld, DNA manual, "two-mode network".
    """
    if aggregation not in AGGREGATIONS:
        message = (
            f"no two-mode network is called {aggregation!r}; "
            f"there are {', '.join(AGGREGATIONS)}"
        )
        raise BadInput(message)
    weights = _weights(tensor, aggregation)
    cells = tensor.cells.copy()
    if aggregation == "combine":
        cells.data = np.where(cells.data > 0, 1.0, 0.0)
    high = sparse.eye_array(len(tensor.concepts))
    fold = sparse.kron(high, weights.reshape(-1, 1), format="csr")
    matrix = sparse.csr_array(cells @ fold)
    return _divided(matrix, tensor, normalization)


def _weights(tensor: Tensor, aggregation: str) -> Array:
    """What a level counts, length K."""
    deep = len(tensor.levels)
    if aggregation == "ignore" or tensor.levels == (None,):
        return np.ones(deep)
    if aggregation == "subtract" and tensor.kind == "categorical":
        return np.ones(deep)  # as DNA has it: categories have no opposite
    if aggregation == "combine":
        return 2.0 ** np.arange(deep - 1, -1, -1)
    if tensor.levels == (0, 1):
        return np.array([-1.0, 1.0])
    if tensor.kind == "ordinal":
        return np.arange(deep, dtype=float)
    return np.array([float(level or 0) for level in tensor.levels])


def _divided(matrix: Sparse, tensor: Tensor, normalization: str) -> Sparse:
    if normalization == "none":
        return matrix
    if normalization not in NORMALIZATIONS:
        message = (
            "a two-mode network is not normalized by "
            f"{normalization!r}; there are {', '.join(NORMALIZATIONS)}"
        )
        raise BadInput(message)
    if normalization == "activity":
        return sparse.csr_array(
            sparse.diags_array(inverse(tensor.counts)) @ matrix
        )
    uses = tensor.transposed().counts
    return sparse.csr_array(matrix @ sparse.diags_array(inverse(uses)))


def inverse(values: Array) -> Array:
    """1 / v, and 0 where v is 0."""
    inverses: Array = np.divide(
        1.0, values, out=np.zeros(len(values)), where=values != 0
    )
    return inverses
