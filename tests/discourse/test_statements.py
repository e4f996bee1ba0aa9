import pytest

from onrecord.discourse.statements import SCOPES, Coded, folded, prepare
from onrecord.discourse.tensor import tensor
from onrecord.model.errors import BadInput


def ids(rows, **choices):
    return prepare(rows, **choices).id.tolist()


def same(*dates):
    """The same statement in a document of each date."""
    return [
        Coded(f"s{at}", f"d{at}", day, "Ada", "levy", qualifier=True)
        for at, day in enumerate(dates)
    ]


def test_a_duplicate_is_dropped_in_its_document_and_kept_elsewhere(discourse):
    assert ids(discourse) == ["s1", "s3", "s4", "s5", "s6", "s7"]
    assert ids(discourse, duplicates="include") == [
        each.id for each in discourse
    ]


def test_another_qualifier_is_no_duplicate_unless_qualifiers_are_ignored():
    rows = [
        Coded("s1", "d", "2024", "Ada", "levy", qualifier=True),
        Coded("s2", "d", "2024", "Ada", "levy", qualifier=False),
    ]
    assert ids(rows) == ["s1", "s2"]
    assert ids(rows, ignore_qualifier=True) == ["s1"]


@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        ("include", ["s0", "s1", "s2", "s3"]),
        ("week", ["s0", "s2", "s3"]),
        ("month", ["s0", "s2", "s3"]),
        ("year", ["s0", "s3"]),
        ("acrossrange", ["s0"]),
    ],
)
def test_a_scope_keeps_one_a_period(scope, kept):
    assert (
        ids(
            same("2024-03-05", "2024-03-06", "2024-04-02", "2025-03-05"),
            duplicates=scope,
        )
        == kept
    )


def test_months_and_weeks_of_different_years_differ_unless_dna_is_followed():
    rows = same("2024-03-06", "2025-03-06")
    for scope in ("month", "week"):
        assert ids(rows, duplicates=scope) == ["s0", "s1"]
        assert ids(rows, duplicates=scope, dna_compat=True) == ["s0"]


def test_a_week_belongs_to_its_year_by_iso_8601():
    assert ids(same("2024-12-31", "2025-01-02"), duplicates="week") == ["s0"]


def test_statements_are_sorted_by_date_document_place_and_id():
    rows = [
        Coded("b", "d2", "2024-05-02", "Ada", "x", qualifier=True),
        Coded("a", "d2", "2024-05-02", "Ada", "y", qualifier=True),
        Coded(
            "d",
            "d1",
            "2024-05-02",
            "Ada",
            "z",
            qualifier=True,
            start=9,
            stop=12,
        ),
        Coded(
            "c",
            "d1",
            "2024-05-02",
            "Ada",
            "w",
            qualifier=True,
            start=9,
            stop=20,
        ),
        Coded("e", "d9", "2024-05", "Ada", "v", qualifier=True),
    ]
    assert ids(rows) == ["e", "d", "c", "a", "b"]


def test_bounds_hold_their_whole_month_and_leave_undated_out(discourse):
    rows = [
        *discourse,
        Coded("s8", "d4", None, "Delta", "levy", qualifier=True),
    ]
    assert "s8" in ids(rows)
    assert ids(rows, since="2024-01-08") == ["s4", "s5", "s6", "s7"]
    assert ids(rows, until="2024-01-08") == ["s1", "s3", "s4", "s5"]
    assert len(ids(rows, since="2024-01", until="2024-01")) == 6
    assert len(ids(rows, until="2024")) == 6
    assert prepare(rows).undated == 1


def test_what_is_excluded_leaves_no_label(discourse):
    found = tensor(
        prepare(discourse, without={"actor": ["Gamma"], "concept": ["ban"]})
    )
    assert (found.actors, found.concepts) == (("Alpha", "Beta"), ("levy",))


def test_empty_actors_and_concepts_are_dropped():
    rows = [
        Coded("s1", "d", None, "", "levy"),
        Coded("s2", "d", None, "Ada", ""),
        Coded("s3", "d", None, "Ada", "levy"),
    ]
    assert ids(rows) == ["s3"]


def test_spellings_are_merged(discourse):
    found = folded(
        prepare(discourse, duplicates="include"), "actor", {"Gamma": "Beta"}
    )
    assert set(found.actor) == {"Alpha", "Beta"}


def test_an_unknown_scope_is_told_the_known_ones(discourse):
    with pytest.raises(BadInput, match=", ".join(SCOPES)):
        prepare(discourse, duplicates="decade")


def test_a_qualifier_that_is_not_of_its_kind_is_refused(coded):
    found = prepare(coded(("Ada", "levy", "yes")))
    for kind in ("boolean", "integer"):
        with pytest.raises(BadInput, match="categorical"):
            tensor(found, kind)
    with pytest.raises(BadInput, match="categorical"):
        tensor(found, "fuzzy")


def test_labels_stand_in_code_point_order(coded):
    rows = coded(("Émile", "b"), ("zoe", "B"), ("Zoe", "a"))
    found = tensor(prepare(rows))
    assert found.actors == ("Zoe", "zoe", "Émile")
    assert found.concepts == ("B", "a", "b")
