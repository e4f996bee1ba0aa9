import math
from datetime import date

import numpy as np
import pytest

from onrecord.discourse.statements import Coded, prepare
from onrecord.discourse.tensor import index
from onrecord.discourse.ties import ties
from onrecord.discourse.windows import KERNELS, Span, moved, weigher, windows
from onrecord.model.errors import BadInput


@pytest.fixture
def found(discourse):
    return index(prepare(discourse, duplicates="include"))


def test_a_window_stands_only_where_it_fits(found):
    slices = list(windows(found, Span.of("7d")))
    # 15 days, 3 to each side: the 4th to the 12th.
    assert [each.moment for each in slices] == [
        date(2024, 1, day) for day in range(4, 13)
    ]
    assert [each.statements for each in slices] == [3, 2, 2, 2, 2, 2, 2, 2, 2]


def test_an_even_width_reaches_its_half_to_each_side(found):
    first = next(windows(found, Span.of("8d")))
    assert (first.moment, first.first, first.last) == (
        date(2024, 1, 5),
        date(2024, 1, 1),
        date(2024, 1, 9),
    )
    assert first.statements == 5


def test_every_slice_has_all_actors_in_the_same_order(found):
    slices = list(windows(found, Span.of("1w"), Span.of("3d")))
    assert [each.moment.day for each in slices] == [1, 4, 7, 10, 13]
    assert {each.tensor.actors for each in slices} == {
        ("Alpha", "Beta", "Gamma")
    }


def test_a_window_longer_than_the_span_gives_no_slice(found):
    assert list(windows(found, Span.of("90d"))) == []


def test_undated_statements_are_in_no_window():
    found = index(
        prepare([Coded("s1", "d", None, "Ada", "levy", qualifier=True)])
    )
    assert list(windows(found, Span.of("1d"))) == []
    dated = [
        Coded("s2", "d", "2024-02-01", "Ben", "levy", qualifier=True),
        Coded("s1", "d", None, "Ada", "levy", qualifier=True),
    ]
    (only,) = windows(index(prepare(dated)), Span.of("1d"), kernel="gaussian")
    assert only.statements == 1
    assert only.tensor.plain.sum() == 1


def test_a_kernel_weighs_pairs_by_their_distance(found):
    at = {
        each.moment.day: each
        for each in windows(
            found, Span.of("14d"), Span.of("7d"), kernel="epanechnikov"
        )
    }
    # On the 8th Alpha (the 1st) and Gamma (the 15th) stand at |u| = 1 and weigh nothing.
    assert at[8].statements == 2
    whole = ties(at[8].tensor, "congruence", loops=True).matrix().toarray()
    assert whole[1, 1] == pytest.approx(2 * 0.75)
    assert whole.sum() == pytest.approx(1.5)
    wide = {
        each.moment.day: each
        for each in windows(
            found, Span.of("28d"), Span.of("7d"), kernel="gaussian"
        )
    }
    pair = ties(wide[8].tensor, "congruence").matrix()[0, 1]
    # Two statements of Alpha at u = 0.5, one of Beta at u = 0.
    density = [
        math.exp(-u * u / 2) / math.sqrt(2 * math.pi) for u in (0.5, 0.0)
    ]
    assert pair == pytest.approx(2 * math.sqrt(density[0] * density[1]))


def test_a_normalized_kernel_counts_statements_and_not_weights(found):
    first = next(windows(found, Span.of("28d"), kernel="uniform"))
    plain = ties(first.tensor, "congruence").matrix()[0, 1]
    assert ties(first.tensor, "congruence", "average").matrix()[
        0, 1
    ] == pytest.approx(plain / 2.5)


@pytest.mark.parametrize("kernel", KERNELS)
def test_kernels_are_even_and_highest_in_their_middle(kernel):
    z = weigher(kernel)(np.array([-1.5, -0.5, 0.0, 0.5, 1.5]))
    assert z[1] == z[3] <= z[2]
    assert z[0] == z[4]
    assert (z[0] > 0) == (kernel == "gaussian")


def test_the_triangular_kernel_of_dna_is_lopsided_on_demand():
    u = np.array([-0.5, 0.0, 0.5])
    assert weigher("triangular")(u).tolist() == [0.5, 1.0, 0.5]
    assert weigher("triangular", dna_compat=True)(u).tolist() == [1.5, 1.0, 0.5]


def test_months_end_where_they_end():
    assert moved(date(2024, 1, 31), 1, "m") == date(2024, 2, 29)
    assert moved(date(2024, 1, 31), -2, "m") == date(2023, 11, 30)
    assert moved(date(2024, 2, 29), 1, "y") == date(2025, 2, 28)
    assert moved(date(2024, 12, 31), 1, "d") == date(2025, 1, 1)


def test_what_is_no_span_and_no_kernel_is_refused(found):
    for text in ("90", "0d", "d", "3 months", "-1d"):
        with pytest.raises(BadInput, match="90d"):
            Span.of(text)
    with pytest.raises(BadInput, match="gaussian"):
        list(windows(found, Span.of("1d"), kernel="box"))
