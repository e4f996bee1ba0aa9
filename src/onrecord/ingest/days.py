"""Days as texts, pages and tables write them → ISO dates."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
NAME = r"[A-Z][a-z]{2,8}|[A-Z]{3,9}"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{NAME})\.?,?\s+(?P<y>\d{{4}})"
    rf"|(?P<m2>{NAME})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d))\b"
)
"""3 March 2026, March 3, 2026 and 2026-03-03: what has one meaning everywhere."""
ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?=$|[T ])")
PARTIAL = re.compile(r"\d{4}(?:-\d\d)?")
DATELINE = re.compile(
    rf"^[A-Z][A-Z .,'()/-]{{2,60}}?,?\s+\(?{WEEKDAY}(?P<day>{DAY.pattern})\)?"
    r"(?:\s*\([A-Z][\w ]+\))?\s*[—–:/-]",
    re.MULTILINE,
)
ALONE = re.compile(
    rf"^(?:(?:First\s+)?(?:Published|Posted|Date)(?:\s+on)?:?\s+)?{WEEKDAY}(?P<day>{DAY.pattern})"
    r"(?:[ ,|·]+\d{1,2}[:.]\d\d.*)?$",
    re.IGNORECASE,
)
IN_LEDE = re.compile(rf"\b[Oo]n {WEEKDAY}(?P<day>{DAY.pattern})")
FIRST_LINES = 6
LEDE = 2
FEWEST_WORDS = 12
"""A shorter line is a headline or a byline, not the lede."""


def is_day(text: str) -> bool:
    """Whether a text is a date of the calendar: 2025, 2025-10 or 2025-10-21."""
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text):
        return False
    try:
        dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def day(text: str) -> str | None:
    """The day that a text tells, as precise as it is; None where it tells none."""
    text = text.strip()
    if PARTIAL.fullmatch(text):
        return text if is_day(text) else None
    if iso := ISO.match(text):
        return _checked("-".join(iso.groups()))
    if match := DAY.search(text):
        return _iso(match)
    return _mailed(text)


def told_day(text: str) -> str | None:
    """The day that the text of an article is dated by.

    That of a date line, of a line that holds a date alone, or the one full date that
    the first paragraph tells by "on"; never one that is still to come.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:FIRST_LINES]:
        match = DATELINE.match(line) or ALONE.match(line)
        if match:
            return _past(_iso(match))
    prose = [line for line in lines if len(line.split()) >= FEWEST_WORDS]
    for line in prose[:LEDE]:
        days = {_iso(match) for match in IN_LEDE.finditer(line)}
        if days:
            return _past(days.pop()) if len(days) == 1 else None
    return None


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts["iso"]:
        return _checked(parts["iso"])
    name = (parts["m"] or parts["m2"]).lower()
    months = [at for at, month in enumerate(MONTHS, 1) if month.startswith(name[:3])]
    is_month = months and (MONTHS[months[0] - 1].startswith(name) or name == "sept")
    if not is_month:
        return None
    number = int(parts["d"] or parts["d2"])
    return _checked(f"{parts['y'] or parts['y2']}-{months[0]:02}-{number:02}")


def _checked(text: str) -> str | None:
    return text if is_day(text) else None


def _past(text: str | None) -> str | None:
    today = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1)
    return text if text and text <= today.isoformat() else None


def _mailed(text: str) -> str | None:
    """A date of RFC 5322, as mails and feeds have it."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
