"""The ties that stand out: those stronger than chance would make them at one of their ends."""

from dataclasses import replace

from onrecord.discourse.arrays import np, sparse
from onrecord.discourse.ties import Ties

ALPHA = 0.05


def backbone(ties: Ties, alpha: float = ALPHA) -> Ties:
    """The network with the ties that pass the disparity filter at one end at least; actors stay.

    With k_i the degree and s_i = Σ_j |y_ij| the strength of i, a tie has at its end i

        p_i = (1 − |y_ij| / s_i)^(k_i − 1)

    and is kept where min(p_i, p_j) < alpha. An end with one tie says nothing of it (p = 1). Source: Serrano, Boguñá and
    Vespignani 2009, "Extracting the multiscale backbone of complex weighted networks".
    """
    upper = ties.upper.tocoo()
    whole = abs(ties.upper) + abs(ties.upper).T
    strength = np.asarray(whole.sum(axis=1)).ravel()
    degree = np.diff(sparse.csr_array(whole).indptr)
    weight = np.abs(upper.data)
    one, two = upper.row, upper.col
    chance_one = (1 - weight / strength[one]) ** (degree[one] - 1)
    chance_two = (1 - weight / strength[two]) ** (degree[two] - 1)
    kept = np.minimum(chance_one, chance_two) < alpha
    cells = (upper.data[kept], (one[kept], two[kept]))
    return replace(ties, upper=sparse.csr_array(cells, shape=ties.upper.shape))
