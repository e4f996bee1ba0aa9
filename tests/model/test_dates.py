"""Dates as precise as known: which one counts, how it is told, and what lies before what."""

import pytest

from onrecord.model.dates import (
    Dated,
    dated,
    is_date,
    is_later,
    is_within,
    kinds,
)


@pytest.mark.parametrize(
    ("said", "published", "event", "found", "words"),
    [
        ("2025-10", "2025-10-21", "2024", Dated("2025-10", "said"), "2025-10"),
        (
            None,
            "2025-10-21",
            "2024",
            Dated("2025-10-21", "published"),
            "2025-10-21 (published)",
        ),
        (None, None, "2024", Dated("2024", "event"), "about 2024"),
        (None, None, None, Dated(None, "undated"), "undated"),
    ],
)
def test_speech_counts_before_publication_and_that_before_the_newest_event(
    said: str | None,
    published: str | None,
    event: str | None,
    found: Dated,
    words: str,
) -> None:
    assert dated(said, published, event) == found
    assert str(found) == words


def test_the_kinds_of_dates_are_counted_in_their_order() -> None:
    found = [
        dated(None, None, "2024"),
        dated("2025", None, None),
        dated(None, None, None),
        dated("2024", "2025", None),
    ]
    assert kinds(found) == "2 said, 1 dated by an event, 1 undated"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2024", True),
        ("2024-02-29", True),
        ("2025-02-29", False),
        ("24", False),
    ],
)
def test_a_date_is_one_of_the_calendar(text: str, is_one: bool) -> None:
    assert is_date(text) is is_one


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2025", "2024-12-31", True),
        ("2025-03", "2025", False),
        ("2025", "2025-03", False),
        ("2025-04", "2025-03", True),
    ],
)
def test_a_date_is_later_where_it_surely_is(
    one: str, other: str, later: bool
) -> None:
    assert is_later(one, other) is later


@pytest.mark.parametrize(
    ("day", "since", "until", "inside"),
    [
        ("2025-03", "2025", None, True),
        ("2025", "2025-03", None, True),
        ("2024-12", "2025", None, False),
        ("2025-03-31", None, "2025-03", True),
        ("2025-04-01", None, "2025-03", False),
    ],
)
def test_a_span_takes_its_ends_in_as_precisely_as_both_are_known(
    day: str,
    since: str | None,
    until: str | None,
    inside: bool,
) -> None:
    assert is_within(day, since, until) is inside
