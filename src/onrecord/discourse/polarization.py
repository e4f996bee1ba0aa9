"""How far a discourse falls into two camps: the best partition of its actors into two."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, permutations, product

from onrecord.discourse.arrays import Array, Sparse, np, sparse
from onrecord.discourse.tensor import Tensor
from onrecord.discourse.ties import ties

EVERY_TO = 12
"""Up to so many actors, the search is exhaustive: every partition into two is scored."""
ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Polarization:
    """The partition with the highest score: `camps` holds each actor's camp, 0 or 1, -1 for one without any tie.

    `score` is the half sum, `normalized` lies in 0..1; `every` says that the search was exhaustive, and no hill
    climbing from several starts.
    """

    labels: tuple[str, ...]
    camps: tuple[int, ...]
    score: float
    normalized: float
    every: bool

    def members(self, camp: int) -> tuple[str, ...]:
        """Who is in a camp."""
        is_member = [own == camp for own in self.camps]
        return tuple(compress(self.labels, is_member))


def polarization(tensor: Tensor, *, balanced: bool = False) -> Polarization:
    """The two camps that part the actors best; `balanced` ones differ by one member at most, as DNA's do.

    With C and D the average-normalized congruence and conflict, |·| the sum of all entries, W = Σ_c s_c (s_c − 1) and
    B = n (n − 1) − W over camps of sizes s_c, a pair counts

        within   |C_ij − (s_c (s_c − 1) / W) (|C| / W)| + |D_ij|
        between  |C_ij| + |D_ij − (s_c s_c' / B) (|D| / B)|

    The score is half the sum over ordered pairs; normalized it is divided by |C| + |D|. Actors without any tie are left
    out. The search is deterministic. Source: DNA 3.1, "polarization"; the free sizes are ours.
    """
    congruence = ties(tensor, "congruence", "average").matrix()
    conflict = ties(tensor, "conflict", "average").matrix()
    tied = np.flatnonzero(np.diff((congruence + conflict).indptr))
    score = _Score(
        sparse.csr_array(congruence[tied][:, tied]),
        sparse.csr_array(conflict[tied][:, tied]),
    )
    every = len(tied) <= EVERY_TO
    tried: list[Array] = []
    for start in _all(len(tied)) if every else _starts(score):
        if balanced and not _is_balanced(start):
            continue
        end = start if every else _climb(score, start, balanced=balanced)
        tried.append(end)
    best = max(tried, key=score.of, default=np.zeros(len(tied), dtype=np.int64))
    camps = np.full(len(tensor.actors), -1)
    camps[tied] = best if not len(best) or best[0] == 0 else 1 - best
    return Polarization(
        tensor.actors,
        tuple(map(int, camps)),
        score.of(best),
        score.normalized(best),
        every,
    )


def _is_balanced(camps: Array) -> bool:
    """Whether the two camps differ by one member at most."""
    return abs(2 * int(camps.sum()) - len(camps)) <= 1


class _Score:
    """The half sum of a partition, from the non-zero cells and how many zeros stand beside them."""

    def __init__(self, congruence: Sparse, conflict: Sparse) -> None:
        self.size = congruence.shape[0]
        self.cells = list(map(_cells, (congruence, conflict)))
        self.sums = [2 * float(np.abs(cell[2]).sum()) for cell in self.cells]
        self.against = sparse.csr_array(conflict - congruence)

    def of(self, camps: Array) -> float:
        """Half the sum over ordered pairs."""
        sizes = np.bincount(camps, minlength=2).astype(float)
        inside = float((sizes * (sizes - 1)).sum())
        across = self.size * (self.size - 1) - inside
        agree = np.zeros_like(sizes)
        if inside:
            agree = sizes * (sizes - 1) * self.sums[0] / inside**2
        oppose = np.zeros((len(sizes), len(sizes)))
        if across:
            oppose = np.outer(sizes, sizes) * self.sums[1] / across**2
        total = float((agree * sizes * (sizes - 1)).sum())
        between = 0.0
        for one, two in permutations(range(len(sizes)), 2):
            between += oppose[one, two] * sizes[one] * sizes[two]
        total += between
        for which, (row, column, value) in enumerate(self.cells):
            first, second = camps[row], camps[column]
            expected = np.where(
                first == second,
                agree[first] if which == 0 else 0.0,
                oppose[first, second] if which else 0.0,
            )
            total += 2 * float((np.abs(value - expected) - expected).sum())
        return float(total) / 2

    def normalized(self, camps: Array) -> float:
        """The score as a share of |C| + |D|."""
        whole = sum(self.sums)
        return self.of(camps) / whole if whole else 0.0


def _cells(matrix: Sparse) -> tuple[Array, Array, Array]:
    """The upper triangle, since both matrices are symmetric."""
    triangle = sparse.triu(matrix, 1).tocoo()
    return triangle.row, triangle.col, triangle.data


def _all(size: int) -> Iterator[Array]:
    """Every partition into two, the first actor always in camp 0."""
    for rest in product((0, 1), repeat=max(size - 1, 0)):
        yield np.array([0, *rest][:size], dtype=np.int64)


def _starts(score: _Score) -> list[Array]:
    """Where the search begins: the leading eigenvector of conflict less congruence, cut at its middle and at 0."""
    vector = (
        np.ones(score.size) / score.size**0.5 + np.arange(score.size) * 1e-6
    )
    shift = float(abs(score.against).sum(axis=1).max())
    for _ in range(200):
        vector = score.against @ vector + shift * vector
        vector = vector - vector.mean()
        vector = vector / (np.linalg.norm(vector) or 1.0)
    half = np.zeros(score.size, dtype=np.int64)
    half[np.argsort(vector, kind="stable")[: score.size // 2]] = 1
    return [half, (vector > 0).astype(np.int64)]


def _climb(score: _Score, start: Array, *, balanced: bool) -> Array:
    """Moves one actor after the other, or of balanced camps swaps two, as long as the score grows."""
    camps, best = start.copy(), score.of(start)
    for _ in range(ROUNDS):
        before = best
        for at in range(score.size):
            for other in _partners(score, camps, at) if balanced else (None,):
                tried = camps.copy()
                tried[[at] if other is None else [at, other]] ^= 1
                if (better := score.of(tried)) > best + 1e-12:
                    camps, best = tried, better
                    break
        if best == before:
            break
    return camps


def _partners(score: _Score, camps: Array, at: int) -> list[int]:
    """A few actors of the other camp who would sit best in this one: those most against their own camp."""
    pull = score.against @ np.where(camps == camps[at], -1.0, 1.0)
    others = np.flatnonzero(camps != camps[at])
    return list(map(int, others[np.argsort(-pull[others], kind="stable")][:3]))
