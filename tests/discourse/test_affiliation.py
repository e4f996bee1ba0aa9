import pytest

from onrecord.discourse.affiliation import affiliation
from onrecord.discourse.statements import prepare
from onrecord.discourse.tensor import tensor
from onrecord.model.errors import BadInput


@pytest.fixture
def found(discourse):
    return tensor(prepare(discourse, duplicates="include"))


def test_a_discourse_worked_out_by_hand(found):
    assert (found.actors, found.concepts) == (
        ("Alpha", "Beta", "Gamma"),
        ("ban", "fund", "levy"),
    )
    assert affiliation(found, "ignore").toarray().tolist() == [
        [1, 0, 2],
        [1, 0, 1],
        [0, 1, 1],
    ]
    assert affiliation(found, "subtract").toarray().tolist() == [
        [-1, 0, 2],
        [1, 0, 1],
        [0, 1, -1],
    ]
    assert affiliation(found, "combine").toarray().tolist() == [
        [2, 0, 1],
        [1, 0, 1],
        [0, 1, 2],
    ]


def test_rows_are_divided_by_activity_and_columns_by_prominence(found):
    assert affiliation(found, "ignore", "activity").sum(
        axis=1
    ).tolist() == pytest.approx([1, 1, 1])
    assert affiliation(found, "ignore", "prominence").sum(
        axis=0
    ).tolist() == pytest.approx([1, 1, 1])
    assert affiliation(found, "subtract", "activity")[0, 2] == pytest.approx(
        2 / 3
    )


def test_a_scale_is_summed_by_its_values(coded):
    rows = coded(("Ada", "levy", 2), ("Ada", "levy", -1), ("Ben", "levy", 0))
    assert affiliation(
        tensor(prepare(rows)), "subtract"
    ).toarray().tolist() == [
        [1],
        [0],
    ]


def test_both_levels_of_a_category_combine_to_their_own_number(coded):
    rows = coded(
        ("Ada", "levy", "no"), ("Ada", "levy", "yes"), ("Ben", "levy", "maybe")
    )
    # Levels in their order: maybe 4, no 2, yes 1.
    assert affiliation(tensor(prepare(rows)), "combine").toarray().tolist() == [
        [3],
        [4],
    ]


def test_categories_subtracted_are_counted_as_they_are(coded):
    rows = tensor(prepare(coded(("Ada", "levy", "no"), ("Ben", "levy", "yes"))))
    subtracted = affiliation(rows, "subtract").toarray().tolist()
    assert (
        subtracted
        == affiliation(rows, "ignore").toarray().tolist()
        == [[1], [1]]
    )


def test_an_unknown_name_is_told_the_known_ones(found):
    with pytest.raises(BadInput, match="prominence"):
        affiliation(found, "ignore", "average")
    with pytest.raises(BadInput, match="combine"):
        affiliation(found, "congruence")
