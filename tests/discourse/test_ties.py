import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.discourse.statements import Coded, prepare
from onrecord.discourse.tensor import tensor
from onrecord.discourse.ties import (
    AGGREGATIONS,
    DNA_AVERAGE,
    NORMALIZATIONS,
    counts_unmatched,
    ties,
)
from onrecord.model.errors import BadInput

names = st.sampled_from(["Ada", "Ben", "Cleo", "Dan", "Eve"])
concepts = st.sampled_from(["ban", "fund", "levy", "label"])


def statements(qualifiers):
    rows = st.tuples(st.sampled_from("pqrst"), names, concepts, qualifiers)
    return st.lists(rows, max_size=40).map(
        lambda found: [
            Coded(f"s{at:03}", doc, "2024-05-01", *rest)
            for at, (doc, *rest) in enumerate(found)
        ]
    )


numbers = st.one_of(statements(st.booleans()), statements(st.integers(-3, 5)))
categories = statements(st.sampled_from(["no", "so-so", "yes"]))
scales = st.one_of(numbers, categories)


def network(rows, aggregation, normalization="none", *, duplicates="include"):
    return (
        ties(
            tensor(prepare(rows, duplicates=duplicates)),
            aggregation,
            normalization,
        )
        .matrix()
        .toarray()
    )


def test_a_discourse_worked_out_by_hand(discourse):
    # Counts: Alpha levy+ 2, ban− 1; Beta levy+ 1, ban+ 1; Gamma levy− 1, fund+ 1.
    assert network(discourse, "ignore").tolist() == [
        [0, 3, 2],
        [3, 0, 1],
        [2, 1, 0],
    ]
    assert network(discourse, "congruence").tolist() == [
        [0, 2, 0],
        [2, 0, 0],
        [0, 0, 0],
    ]
    assert network(discourse, "conflict").tolist() == [
        [0, 1, 2],
        [1, 0, 1],
        [2, 1, 0],
    ]
    assert network(discourse, "subtract").tolist() == [
        [0, 1, -2],
        [1, 0, -1],
        [-2, -1, 0],
    ]


def test_each_normalization_worked_out_by_hand(discourse):
    # n: Alpha 3, Beta 2, Gamma 2; congruence of Alpha and Beta 2.
    assert network(discourse, "congruence", "average")[0, 1] == 2 / 2.5
    # m10 = 1 (ban−), m01 = 1 (ban+), m11 = 2 · 1.
    assert network(discourse, "congruence", "jaccard")[0, 1] == 2 / 4
    assert network(discourse, "congruence", "cosine")[0, 1] == 2 / 6
    # Profiles (levy+, ban−, ban+): (2, 1, 0) and (1, 0, 1).
    assert network(discourse, "congruence", "profile")[0, 1] == pytest.approx(
        2 / (5**0.5 * 2**0.5)
    )


def test_an_integer_scale_counts_by_distance(coded):
    rows = coded(("Ada", "levy", -1), ("Ben", "levy", 0), ("Cleo", "levy", 1))
    assert network(rows, "congruence").tolist() == [
        [0, 0.5, 0],
        [0.5, 0, 0.5],
        [0, 0.5, 0],
    ]
    assert network(rows, "conflict").tolist() == [
        [0, 0.5, 1],
        [0.5, 0, 0.5],
        [1, 0.5, 0],
    ]


def test_categories_agree_or_differ(coded):
    rows = coded(
        ("Ada", "levy", "low"), ("Ben", "levy", "mid"), ("Cleo", "levy", "low")
    )
    assert network(rows, "congruence").tolist() == [
        [0, 0, 1],
        [0, 0, 0],
        [1, 0, 0],
    ]
    assert network(rows, "conflict").tolist() == [
        [0, 2, 0],
        [2, 0, 2],
        [0, 2, 0],
    ]


def test_categories_may_be_taken_as_a_scale_in_their_order(coded):
    rows = coded(
        ("Ada", "levy", "a low"),
        ("Ben", "levy", "b mid"),
        ("Cleo", "levy", "c high"),
    )
    found = (
        ties(tensor(prepare(rows), "ordinal"), "conflict").matrix().toarray()
    )
    assert found.tolist() == [[0, 0.5, 1], [0.5, 0, 0.5], [1, 0.5, 0]]


def test_without_a_qualifier_congruence_is_shared_use(coded):
    rows = coded(("Ada", "levy"), ("Ben", "levy"), ("Ben", "ban"))
    assert (
        network(rows, "congruence").tolist()
        == network(rows, "ignore").tolist()
        == [[0, 1], [1, 0]]
    )
    assert network(rows, "conflict").sum() == 0


def test_a_tie_knows_its_statements_and_concepts(discourse):
    found = ties(tensor(prepare(discourse, duplicates="include")), "congruence")
    assert found.statements(0, 1) == (("s1", "s2"), ("s4",))
    assert found.concepts(0, 1) == ("levy",)
    assert found.statements(0, 2) == ((), ())
    against = ties(tensor(prepare(discourse, duplicates="include")), "conflict")
    assert against.statements(0, 1) == (("s3",), ("s5",))


def test_concepts_are_tied_by_the_actors_they_share(discourse):
    found = ties(
        tensor(prepare(discourse, duplicates="include")).transposed(),
        "congruence",
    )
    assert found.labels == ("ban", "fund", "levy")
    # ban and levy: Beta uses both with agreement; fund and levy: Gamma, but once against.
    assert found.matrix().toarray().tolist() == [
        [0, 0, 1],
        [0, 0, 0],
        [1, 0, 0],
    ]
    assert found.statements(0, 2) == (("s5",), ("s4",))


def test_without_isolates_ties_and_their_statements_stay(discourse):
    whole = ties(tensor(prepare(discourse, duplicates="include")), "congruence")
    found = whole.tied()
    assert found.labels == ("Alpha", "Beta")
    assert found.matrix().toarray().tolist() == [[0, 2], [2, 0]]
    assert found.statements(0, 1) == whole.statements(0, 1)


def test_pairs_come_strongest_first(discourse):
    found = ties(tensor(prepare(discourse, duplicates="include")), "subtract")
    assert found.pairs() == [(0, 2, -2), (0, 1, 1), (1, 2, -1)]
    assert len(found) == 3
    assert found.strength().tolist() == [-1, 0, -3]


def test_an_unknown_name_is_told_the_known_ones(discourse):
    found = tensor(prepare(discourse))
    with pytest.raises(BadInput, match="congruence"):
        ties(found, "harmony")
    with pytest.raises(BadInput, match="jaccard"):
        ties(found, "conflict", "dice")


def test_no_statement_gives_an_empty_network():
    assert ties(
        tensor(prepare([])), "congruence", "jaccard"
    ).matrix().shape == (0, 0)


@settings(max_examples=30, deadline=None)
@given(numbers)
def test_congruence_and_conflict_of_numbers_make_up_all_shared_use(rows):
    total = network(rows, "congruence") + network(rows, "conflict")
    np.testing.assert_allclose(total, network(rows, "ignore"), atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(scales, st.sampled_from(AGGREGATIONS), st.sampled_from(NORMALIZATIONS))
def test_ties_are_symmetric_and_but_for_subtract_not_negative(
    rows, aggregation, normalization
):
    found = network(rows, aggregation, normalization)
    assert np.isfinite(found).all()
    np.testing.assert_array_equal(found, found.T)
    assert not found.diagonal().any()
    assert aggregation == "subtract" or (found >= 0).all()


@settings(max_examples=30, deadline=None)
@given(scales)
def test_profiles_are_no_more_alike_than_alike(rows):
    assert (network(rows, "congruence", "profile") <= 1 + 1e-9).all()


@settings(max_examples=30, deadline=None)
@given(scales, st.sampled_from(AGGREGATIONS), st.randoms())
def test_the_order_of_statements_does_not_matter(rows, aggregation, random):
    mixed = random.sample(rows, len(rows))
    np.testing.assert_array_equal(
        network(rows, aggregation), network(mixed, aggregation)
    )


@settings(max_examples=30, deadline=None)
@given(scales, st.sampled_from(AGGREGATIONS))
def test_a_document_entered_twice_changes_nothing_where_it_counts_once(
    rows, aggregation
):
    twice = rows + [
        Coded(
            f"{each.id}-again",
            each.source,
            each.date,
            each.actor,
            each.concept,
            each.qualifier,
        )
        for each in rows
    ]
    once = network(rows, aggregation, duplicates="document")
    np.testing.assert_array_equal(
        network(twice, aggregation, duplicates="document"), once
    )


@settings(max_examples=30, deadline=None)
@given(scales, st.sampled_from(AGGREGATIONS))
def test_every_tie_stands_on_statements_of_both_ends(rows, aggregation):
    """Where conflict counts what the other never says, one end may be silent."""
    network = ties(tensor(prepare(rows, duplicates="include")), aggregation)
    enough = any if counts_unmatched(network.tensor, aggregation) else all
    actor_of = {row.id: row.actor for row in rows}
    for one, two, _ in network.pairs():
        both = network.statements(one, two)
        assert enough(both)
        for end, evidence in zip((one, two), both, strict=True):
            assert {actor_of[id_] for id_ in evidence} <= {network.labels[end]}


def test_dnas_average_of_a_kernel_multiplies_by_the_sum_of_twos_over_counts(
    discourse,
):
    made = tensor(prepare(discourse, duplicates="include"))
    plain = ties(made, "congruence", loops=True).matrix().toarray()
    found = ties(made, "congruence", DNA_AVERAGE, loops=True).matrix().toarray()
    counts = made.plain.toarray()
    for one, two in itertools.product(range(len(made.actors)), repeat=2):
        both = counts[one] + counts[two]
        assert found[one, two] == pytest.approx(
            plain[one, two] * sum(2 / each for each in both if each)
        )
    assert found.sum() != pytest.approx(plain.sum())


def of_categories(coded):
    rows = (
        [("A", "levy", "x")] * 2
        + [("B", "levy", "x")]
        + [("B", "levy", "y")] * 3
    )
    return tensor(prepare(coded(*rows), duplicates="include"))


@pytest.mark.parametrize(
    ("aggregation", "value"),
    [("congruence", 2), ("conflict", 3), ("subtract", -1)],
)
def test_a_category_has_no_opposite_so_conflict_is_what_the_other_never_says(
    coded, aggregation, value
):
    assert ties(of_categories(coded), aggregation).pairs() == [(0, 1, value)]


def test_the_statements_of_a_conflict_of_categories_are_those_the_other_never_makes(
    coded,
):
    found = ties(of_categories(coded), "conflict")
    assert found.statements(0, 1) == ((), ("s0003", "s0004", "s0005"))


def test_actors_on_other_concepts_are_in_conflict_by_all_that_they_say(coded):
    rows = [("A", "levy", "x"), ("B", "ban", "y"), ("B", "ban", "z")]
    found = ties(tensor(prepare(coded(*rows))), "conflict")
    assert found.pairs() == [(0, 1, 3)]
