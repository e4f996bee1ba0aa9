"""Krippendorff's alpha: how far coders agree beyond what chance would give."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations

Code = str | float | frozenset[str]
Distance = Callable[[Code, Code], float]


def nominal(one: Code, two: Code) -> float:
    """δ² of names: 0 for the same, 1 for another."""
    return float(one != two)


def interval(one: Code, two: Code) -> float:
    """δ² of numbers: the square of their difference."""
    assert isinstance(one, float)  # noqa: S101  a scale holds numbers
    assert isinstance(two, float)  # noqa: S101
    return (one - two) ** 2


def jaccard(one: Code, two: Code) -> float:
    """δ² of sets: the share of what is not common."""
    assert isinstance(one, frozenset)  # noqa: S101  a set is compared with a set
    assert isinstance(two, frozenset)  # noqa: S101
    union = one | two
    return 1 - len(one & two) / len(union) if union else 0.0


def alpha(
    units: Iterable[Sequence[Code]], distance: Distance = nominal
) -> float | None:
    """Krippendorff's alpha, 1 − D_o / D_e.

    None where fewer than two values can be paired, or all are the same. Each unit holds
    the values that coders gave it, missing ones left out; units with one value do not
    count. With n_u values in unit u and n in all,

        D_o = (1/n) Σ_u Σ_{i≠j} δ²(v_ui, v_uj) / (n_u − 1)
        D_e = 1 / (n (n − 1)) Σ_{c,k} n_c n_k δ²(c, k)

    Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; sets by
    Jaccard's distance.
    """
    paired = [list(unit) for unit in units if len(unit) > 1]
    counts: Counter[Code] = Counter()
    for unit in paired:
        counts.update(unit)
    total = counts.total()
    if not total:
        return None
    expected = _expected(counts, distance) / (total * (total - 1))
    if not expected:
        return None
    observed = sum(_observed(unit, distance) for unit in paired) / total
    return 1 - observed / expected


def _observed(unit: Sequence[Code], distance: Distance) -> float:
    """The disagreement within a unit, over the pairs that each of its values has."""
    pairs = permutations(unit, 2)
    return sum(distance(one, two) for one, two in pairs) / (len(unit) - 1)


def _expected(counts: Counter[Code], distance: Distance) -> float:
    """The disagreement of all values with all others, whatever their unit."""
    pairs = permutations(counts, 2)
    return sum(
        counts[one] * counts[two] * distance(one, two) for one, two in pairs
    )
