"""Numbers with their nouns."""

import pytest

from onrecord.model.counts import counted, reports


@pytest.mark.parametrize(
    ("statements", "acts", "said"),
    [
        (0, 0, "0 statements"),
        (1, 1, "1 statement"),
        (2064, 2064, "2,064 statements"),
        (2064, 1863, "2,064 statements of 1,863 acts"),
        (3, 1, "3 statements of 1 act"),
    ],
)
def test_acts_are_named_where_several_statements_report_one(
    statements, acts, said
):
    assert reports(statements, acts) == said


def test_a_noun_may_have_a_plural_of_its_own():
    assert counted(1, "entity", "entities") == "1 entity"
    assert counted(2, "entity", "entities") == "2 entities"
