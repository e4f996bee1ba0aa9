"""Dates as precise as known, as days: a year or a month is all of its days."""

from datetime import date


def ordinal(text: str | None) -> int:
    """The first day that a date may mean, counted from 0001-01-01 as 1; 0 for none."""
    return date.fromisoformat(f"{text}-01-01"[:10]).toordinal() if text else 0


def last_day(text: str) -> int:
    """The ordinal of the last day of a year, a month or a day."""
    first = date.fromordinal(ordinal(text))
    if len(text) == len("2025"):
        return date(first.year, 12, 31).toordinal()
    if len(text) == len("2025-10"):
        return (
            date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal()
            - 1
        )
    return first.toordinal()
