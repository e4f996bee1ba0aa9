"""Dates as precise as they are known (2025, 2025-10, 2025-10-21), and which of a statement's dates counts.

A statement is dated by when it was said or done, else by when its document was published, else by the newest event that
the document tells as news: it is not older than that. DATING says so to SPARQL, `dated` to Python.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
SAID, PUBLISHED, EVENT, UNDATED = KINDS = (
    "said",
    "published",
    "event",
    "undated",
)
"""How a date came to be known."""
DATING = """
  OPTIONAL { ?statement :saidOn ?said }
  OPTIONAL { ?document dcterms:issued ?issued }
  OPTIONAL { ?document :notBefore ?event }
  BIND (STR(COALESCE(?said, ?issued, ?event)) AS ?date)
  BIND (IF(BOUND(?said), "said", IF(BOUND(?issued), "published", IF(BOUND(?event), "event", "undated"))) AS ?dated)
"""
"""The date of `?statement`, which stands in `?document`: `?date`, unbound if there is none, and `?dated`, its kind."""
PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class Dated(NamedTuple):
    """A date as precise as known, None for none, and how it came to be known."""

    date: str | None
    kind: str

    def __str__(self) -> str:
        """The date as a reader sees it; that of an event is approximate."""
        if self.date is None:
            return "undated"
        patterns = {SAID: "{}", PUBLISHED: "{} (published)", EVENT: "about {}"}
        return patterns[self.kind].format(self.date)


def dated(said: str | None, published: str | None, event: str | None) -> Dated:
    """The date that counts."""
    for day, kind in ((said, SAID), (published, PUBLISHED), (event, EVENT)):
        if day:
            return Dated(day, kind)
    return Dated(None, UNDATED)


def kinds(dates: Iterable[Dated]) -> str:
    """How many dates came to be known in which way: "3 said, 2 published, 1 by event, 4 undated"."""
    counts = Counter(date.kind for date in dates)
    words = {
        SAID: "said",
        PUBLISHED: "published",
        EVENT: "dated by an event",
        UNDATED: "undated",
    }
    known = [kind for kind in KINDS if counts[kind]]
    return ", ".join(f"{counts[kind]:,} {words[kind]}" for kind in known)


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day that there is."""
    if not PARTIAL.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def ordinal(text: str | None) -> int:
    """The first day that a date may mean, counted from 0001-01-01 as 1; 0 for none."""
    return date.fromisoformat(f"{text}-01-01"[:10]).toordinal() if text else 0


def last_day(text: str) -> int:
    """The ordinal of the last day of a year, a month or a day."""
    first = date.fromordinal(ordinal(text))
    if len(text) == len("2025"):
        return date(first.year, 12, 31).toordinal()
    if len(text) == len("2025-10"):
        year, month = first.year + first.month // 12, first.month % 12 + 1
        return date(year, month, 1).toordinal() - 1
    return first.toordinal()


def are_near(one: str, two: str, days: int) -> bool:
    """Whether two dates, each as precise as it is, may lie at most so many days apart."""
    is_before = ordinal(one) <= last_day(two) + days
    return is_before and ordinal(two) <= last_day(one) + days


def is_later(one: str, other: str) -> bool:
    """Whether a date surely lies after another: each is cut to the shorter of the two."""
    return one[: len(other)] > other[: len(one)]


def is_within(day: str, since: str | None, until: str | None) -> bool:
    """Whether a date lies between two others, as precisely as both are known; both ends are in."""
    is_before = since is not None and is_later(since, day)
    is_after = until is not None and is_later(day, until)
    return not (is_before or is_after)
