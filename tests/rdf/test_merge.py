"""What stands and what a record brings: ids and reviews kept, nothing reviewed lost, what was removed kept out."""

from dataclasses import replace

import pytest

from onrecord.editing.reconcile import fingerprint, merge, statement_id
from onrecord.model import Review, Statement
from onrecord.model.errors import BadRecord

DOCUMENT = "a-document"
ONE = Statement(("ada",), "urges", "nine", "Urges it.")
TWO = Statement(
    ("ada",), "opposes", "regulation", "Is against it.", object_is_topic=True
)


def standing(*statements: Statement) -> tuple[Statement, ...]:
    return tuple(
        replace(each, id=each.id or statement_id(each, DOCUMENT))
        for each in statements
    )


def arriving(*statements: Statement) -> list[tuple[str, Statement]]:
    return [
        (f"r.jsonl:{number}", each) for number, each in enumerate(statements, 1)
    ]


def counted(merged) -> dict[str, int]:
    return {kind: count for kind, count in merged.counts.items() if count}


def test_the_id_hangs_on_document_actors_relation_object_negation_and_gist_alone() -> (
    None
):
    same = replace(
        ONE,
        confidence=0.1,
        topics=("regulation",),
        date="2025",
        review=Review("accepted"),
    )
    assert statement_id(ONE, DOCUMENT) == statement_id(same, DOCUMENT)
    others = [
        {"actors": ("bob",)},
        {"relation": "sues"},
        {"object": "ten"},
        {"negated": True},
        {"gist": "Other."},
    ]
    ids = {statement_id(replace(ONE, **each), DOCUMENT) for each in others} | {
        statement_id(ONE, "another")
    }
    assert len(ids | {statement_id(ONE, DOCUMENT)}) == 7


def test_a_topic_and_an_entity_of_the_same_letters_are_two() -> None:
    assert statement_id(TWO, DOCUMENT) != statement_id(
        replace(TWO, object_is_topic=False), DOCUMENT
    )


def test_new_statements_get_their_ids_and_are_fresh() -> None:
    merged = merge((), arriving(ONE, TWO), DOCUMENT)
    assert counted(merged) == {"added": 2}
    assert (
        merged.fresh
        == {each.id for each in merged.statements}
        == {each.id for each in standing(ONE, TWO)}
    )


def test_the_same_again_is_unchanged_and_keeps_the_verdict() -> None:
    old = standing(replace(ONE, review=Review("rejected", "R")))
    merged = merge(old, arriving(ONE), DOCUMENT)
    assert merged.statements == old
    assert (counted(merged), merged.fresh) == ({"unchanged": 1}, frozenset())


def test_other_words_for_the_same_are_an_update_under_the_old_id() -> None:
    (old,) = standing(ONE)
    merged = merge([old], arriving(replace(ONE, gist="Asks for it.")), DOCUMENT)
    assert merged.statements == (replace(old, gist="Asks for it."),)
    assert counted(merged) == {"updated": 1}


def test_an_id_in_the_record_matches_whatever_else_changed() -> None:
    (old,) = standing(ONE)
    merged = merge([old], arriving(replace(TWO, id=old.id)), DOCUMENT)
    assert merged.statements == (replace(TWO, id=old.id),)


def test_two_that_say_the_same_in_other_words_are_not_matched_by_guess() -> (
    None
):
    old = standing(
        ONE, replace(ONE, gist="Urges it again.", review=Review("accepted"))
    )
    merged = merge(
        old,
        arriving(replace(ONE, gist="First."), replace(ONE, gist="Second.")),
        DOCUMENT,
    )
    assert counted(merged) == {"added": 2, "deleted": 1, "superseded": 1}


def test_a_mark_on_a_statement_keeps_it_out_in_these_words_or_in_others() -> (
    None
):
    (gone,) = standing(ONE)
    other = replace(ONE, gist="In other words.")
    assert counted(merge((), arriving(ONE, TWO), DOCUMENT, {gone.id})) == {
        "added": 1,
        "withheld": 1,
    }
    marks = {fingerprint(gone, DOCUMENT)}
    assert counted(merge((), arriving(ONE, other, TWO), DOCUMENT, marks)) == {
        "added": 1,
        "withheld": 2,
    }


def test_a_mark_keeps_out_nothing_that_stands_or_is_of_another_document() -> (
    None
):
    old = standing(replace(ONE, gist="Stays."))
    marks = {fingerprint(ONE, DOCUMENT)}
    assert counted(merge(old, arriving(*old), DOCUMENT, marks)) == {
        "unchanged": 1
    }
    assert counted(merge((), arriving(ONE), "another", marks)) == {"added": 1}


def test_a_statement_twice_names_both_places() -> None:
    with pytest.raises(
        BadRecord, match=r"r\.jsonl:2: is the same statement as r\.jsonl:1"
    ):
        merge((), arriving(ONE, ONE), DOCUMENT)
