import csv

import pytest

from onrecord.discourse.agreement import agreement
from onrecord.discourse.krippendorff import alpha, interval, jaccard, nominal
from onrecord.model.errors import BadInput, BadRecord

COLUMNS = (
    *(
        "doc_id",
        "doc_url",
        "doc_publisher",
        "doc_source_kind",
        "id",
        "actors",
        "relation",
        "object",
        "object_kind",
    ),
    *(
        "negated",
        "topics",
        "stance",
        "gist",
        "anchor",
        "quote_exact",
        "quote_start",
        "quote_end",
        "confidence",
    ),
)
PLAIN = {
    "doc_id": "d1", "doc_url": "https://herald.example/ada", "doc_publisher": "Herald", "doc_source_kind": "report",
    "actors": "Ada Example", "relation": "urges", "object": "Studio Nine", "object_kind": "entity",
    "negated": "false", "topics": "regulation", "stance": "critical", "gist": "Asks.", "confidence": "0.9",
}  # fmt: skip


@pytest.fixture
def coder(tmp_path):
    """Writes the records of one coder: a file of PLAIN statements with changes."""

    def write(name, *rows):
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(PLAIN | row for row in rows)
        return path

    return write


def alphas(found):
    return {row["variable"]: row["alpha"] for row in found.variables}


A, B = "a" * 12, "b" * 12

# Krippendorff's own examples: "Computing Krippendorff's Alpha-Reliability" (2011), sections A and C.
BINARY = ("0100000010", "1110010000")
FOUR = (
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
)


def units(coders):
    return [
        [float(value) for value in unit if value is not None]
        for unit in zip(*coders, strict=True)
    ]


def test_alpha_is_that_of_its_author():
    assert alpha(
        [list(unit) for unit in zip(*BINARY, strict=True)]
    ) == pytest.approx(0.095, abs=0.0005)
    assert alpha(units(FOUR), nominal) == pytest.approx(0.743, abs=0.0005)
    assert alpha(units(FOUR), interval) == pytest.approx(0.849, abs=0.0005)


def test_alpha_of_full_agreement_is_one_and_of_nothing_none():
    assert alpha([["a", "a"], ["b", "b"]]) == 1
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([]) is None


def test_sets_are_as_far_apart_as_they_share_little():
    assert jaccard(frozenset("ab"), frozenset("bc")) == pytest.approx(2 / 3)
    assert jaccard(frozenset(), frozenset()) == 0


def test_statements_are_the_same_by_their_id(coder):
    one = coder(
        "one",
        {"id": A},
        {"id": B, "relation": "accuses", "stance": "supportive"},
    )
    two = coder(
        "two", {"id": B, "relation": "sues", "stance": "supportive"}, {"id": A}
    )
    found = agreement([one, two])
    assert found.coders == ("one", "two")
    relation, stance = (
        next(row for row in found.variables if row["variable"] == name)
        for name in ("relation", "stance")
    )
    assert (relation["units"], relation["agree"], stance["alpha"]) == (
        2,
        0.5,
        1,
    )
    assert found.spans[0]["both"] == 2


def test_statements_are_the_same_by_overlapping_spans(coder):
    span = {"quote_exact": "x" * 10}
    one = coder(
        "one",
        span | {"quote_start": 0, "quote_end": 10},
        span | {"quote_start": 50, "quote_end": 60},
    )
    two = coder(
        "two",
        span | {"quote_start": 5, "quote_end": 15},
        span | {"quote_start": 90, "quote_end": 100},
    )
    (row,) = agreement([one, two]).spans
    assert (row["statements"], row["both"], row["share"]) == ("2 and 2", 1, 0.5)
    assert row["span overlap"] == 0.25


def test_statements_are_the_same_by_quotations_that_hold_each_other(coder):
    one = coder(
        "one", {"anchor": "we want “a law”"}, {"anchor": "something else"}
    )
    two = coder("two", {"anchor": "want “a law”", "stance": "supportive"})
    found = agreement([one, two])
    assert found.spans[0]["both"] == 1
    assert found.spans[0]["span overlap"] is None


def test_without_words_they_are_the_same_by_actors_relation_and_object(coder):
    found = agreement(
        [
            coder("one", {}, {"object": "Studio Ten"}),
            coder("two", {"actors": "ada example"}),
        ]
    )
    assert found.spans[0]["both"] == 1


def test_statements_of_other_documents_are_others(coder):
    other = {"doc_id": "d2", "doc_url": "https://herald.example/ben", "id": A}
    found = agreement([coder("one", {"id": A}), coder("two", other)])
    assert found.spans[0]["both"] == 0
    assert set(alphas(found).values()) == {None}


def test_a_neutral_stance_has_no_place_on_the_scale(coder):
    found = agreement(
        [coder("one", {"id": A, "stance": "neutral"}), coder("two", {"id": A})]
    )
    assert (
        next(row for row in found.variables if row["variable"] == "stance")[
            "units"
        ]
        == 0
    )


def test_three_coders_are_compared_two_by_two(coder):
    found = agreement(
        [coder(name, {"id": A}) for name in ("one", "two", "three")]
    )
    assert [row["coders"] for row in found.spans] == [
        "one and two",
        "one and three",
        "two and three",
    ]


def test_one_coder_and_faulty_records_are_refused(coder):
    with pytest.raises(BadInput, match="two coders"):
        agreement([coder("one", {})])
    with pytest.raises(BadRecord, match="relation"):
        agreement([coder("one", {}), coder("two", {"relation": "loves"})])


def test_the_command_prints_two_tables(coder, command):
    one, two = (
        coder("one", {"id": A}),
        coder("two", {"id": A, "stance": "supportive"}),
    )
    shown = command("agreement", one, two)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("variable  scale     units  agree  alpha\n")
    assert "one and two" in shown.stdout


def test_a_pair_says_how_many_state_the_same_and_mark_the_same_words(coder):
    one = coder(
        "one",
        {"quote_exact": "a law now", "topics": "regulation"},
        {"quote_exact": "pay us", "relation": "callsFor"},
    )
    two = coder(
        "two",
        {"quote_exact": "we want a law now"},
        {"quote_exact": "pay us", "relation": "accuses"},
    )
    (row,) = agreement([one, two]).spans
    assert row["actor, relation, object"] == 0.5
    assert row["actor and words"] == 1


def test_coders_whose_files_have_one_name_are_told_apart(coder, tmp_path):
    one = coder("same", {"id": A})
    (tmp_path / "second").mkdir()
    two = one.rename(tmp_path / "second" / "same.csv")
    again = coder("same", {"id": A})
    assert len(set(agreement([again, two]).coders)) == 2
