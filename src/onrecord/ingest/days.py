"""Days as texts, pages and tables write them → ISO dates."""

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import islice

from onrecord.model.dates import MONTHS, is_date

NAME = r"[A-Z][a-z]{2,8}|[A-Z]{3,9}"
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+"
    r"|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)[.,]{0,2}\s+)?"
)
DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{NAME})\.?,?\s+(?P<y>\d{{4}})"
    rf"|(?P<m2>{NAME})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d))\b"
)
"""3 March 2026, March 3, 2026 and 2026-03-03: what has one meaning everywhere."""
ISO = re.compile(
    r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?=$|[T ]|(?<=\d{8})\d{6}(?:$|[Z+]))"
)
PARTIAL = re.compile(r"\d{4}(?:-\d\d)?")
MONTH = re.compile(rf"(?P<m>{NAME})\.?,? (?P<y>\d{{4}})")
CLOCK = re.compile(
    rf"[A-Z][a-z]{{2}} (?P<m>{NAME}) +(?P<d>\d{{1,2}}) [\d:]{{8}} (?:\S+ )?(?P<y>\d{{4}})"
)
"""Tue Mar 3 10:00:00 UTC 2026, as Unix and posts write it."""
DASHED = re.compile(rf"(?P<d>\d{{1,2}})-(?P<m>{NAME})-(?P<y>\d{{4}})\b")
NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|(?<!-)\d\d)\b")
SHORT_YEARS = 69
"""Of two digits: what is below lies in this century (POSIX, strptime)."""
ELSEWHERE = re.compile(
    r"\b(?P<d>\d{1,2})(?:\.?[ºª]|\.|er)? *(?:de +|di +|d['’])?(?P<m>[^\W\d_]{3,12})\.?"
    r",? +(?:de +|del +)?(?P<y>\d{4})\b"
)
"""3. März 2026, 3 de marzo de 2026: the day first, as most languages have it."""
YEAR_FIRST = re.compile(
    r"\b(?P<y>\d{4})(?:\.| m\.|\. gada)? +(?P<m>[^\W\d_]{3,12})\.? +(?P<d>\d{1,2})\b"
)
"""2026. március 3., 2026 m. kovo 3 d.: as Hungarian and Lithuanian have it."""
POINTED = re.compile(r"(\d{4})\. ?(\d\d?)\. ?(\d\d?)\.?(?=$|[ (T])")
"""2026. 3. 3., as Korean and Hungarian have it."""
DIGIT = re.compile(r"[^\D0-9]")
"""A digit of another script."""
EAST = re.compile(r"(\d{4})[年년] ?(\d\d?)[月월] ?(\d\d?)[日일]")
LANGUAGES = (
    *(
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "sv",
        "nb",
        "da",
        "pl",
        "cs",
        "fi",
    ),
    *(
        "ru",
        "uk",
        "be",
        "bg",
        "mk",
        "sr",
        "el",
        "tr",
        "hu",
        "ro",
        "sk",
        "sl",
        "ca",
    ),
    *("gl", "et", "lv", "lt", "is", "sq", "id", "ar"),
)
"""Croatian is left out: its listopad is October, and the Polish one November."""
SERIAL, FIRST_SERIAL = (
    re.compile(r"[2-5]\d{4}(?:\.\d+)?"),
    dt.date(1899, 12, 30),
)
"""Days as Excel counts them, of 1954 to 2064."""
SECONDS, MILLISECONDS = re.compile(r"1\d{9}(?:\.\d+)?"), re.compile(r"1\d{12}")
"""Of Unix time, from 2001 on."""
AGENCY = r"(?:\s*(?:\([A-Z][\w ./&-]{1,40}\)|/[A-Z][\w ./&-]{1,40}/))?"
DATELINE = re.compile(
    rf"^\(?(?:[A-Z][A-Z .'’()/-]{{2,60}}?|(?:[A-Z][\w.'’-]*,?[ ]){{0,5}}?[A-Z][\w.'’-]*)"
    rf"(?:,\s+[A-Z][\w.'’ -]{{1,40}}){{0,2}}?"
    rf"(?:--\([A-Z ]{{2,40}}\)--|\s+/\s+[A-Z ]{{2,40}}\s+/\s+|(?:\s*[—–-]|[,:])?\s+\(?)"
    rf"{WEEKDAY}(?P<day>{DAY.pattern})\)?{AGENCY}\)?\s*(?:[—–:-]|/(?![A-Z]))"
)
"""LONDON, 3 March 2026 (Agency) — and San Jose, Calif., March 3, 2026 /Agency/ --, before the first sentence."""
BEHIND = r"(?:[ ,|·–—-]+(?:(?:at )?\d{1,2}[:.]\d\d|(?:last )?(?:updated|modified)\b|by\s[^\d.!?]{3,80}$).*)?"
"""What may follow on a line that holds a day: the time, when it was changed, and by whom it is."""
ALONE = re.compile(
    rf"^(?:(?:First\s+)?(?:Published|Posted|Date)(?:\s+on)?:?\s+|By\s[^\d.!?]{{3,80}}[,|·–—-]\s*)?"
    rf"{WEEKDAY}(?P<day>{DAY.pattern}){BEHIND}$",
    re.IGNORECASE,
)
IN_LEDE = re.compile(
    rf"(?:\b(?P<of>[a-z]+) )?\b[Oo]n (?:the )?{WEEKDAY}(?P<day>{DAY.pattern})"
)
ELSE = frozenset({
    "born", "founded", "died", "begin", "begins", "debuts", "due", "effect", "end", "ends", "expire", "expired",
    "expires", "force", "open", "opens", "premiered", "premieres", "released", "scheduled", "start", "starts",
})  # fmt: skip
"""Words before "on" that tell the day of something else than the news."""
RECENT_YEARS = 10
"""A day that lies farther back is history that the article tells of."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MOST_MONTHS, SEPTEMBER = 12, 9
FIRST_PRINTED = "1600"
"""The first newspapers; an earlier year is one of another calendar."""
FIRST_LINES = 6
LEDE = 2
FEWEST_WORDS = 12
"""A shorter line is a headline or a byline, not the lede."""


def day(text: str, order: str | None = None) -> str | None:
    """The day that a text tells, as precise as it is; None where it tells none, or may tell two.

    `order` says of 3/4/2026 whether the day ("dm") or the month ("md") stands first.
    """
    text = DIGIT.sub(lambda digit: str(int(digit[0])), " ".join(text.split()))
    if PARTIAL.fullmatch(text):
        return text if is_date(text) else None
    if iso := ISO.match(text):
        return _checked(*iso.group(1, 3, 4))
    if numbers := NUMBERS.match(text):
        return _numbered(numbers, order)
    if match := POINTED.match(text) or EAST.search(text):
        return _checked(*match.groups())
    matches = (pattern.search(text) for pattern in (CLOCK, DAY, DASHED))
    match = next(filter(None, matches), None)
    if match and _names_month(match):
        return _iso(match)
    return _month(text) or _elsewhere(text) or _stamped(text) or _mailed(text)


def day_order(texts: Iterable[str]) -> str | None:
    """Whether days or months stand first in dates such as 3/4/2026: some of a column tell, unless they differ."""
    orders = set()
    for text in texts:
        match = NUMBERS.match(text.strip())
        if match and match[2] != "." and int(match[1]) > MOST_MONTHS:
            orders.add("dm")
        elif match and match[2] != "." and int(match[3]) > MOST_MONTHS:
            orders.add("md")
    return orders.pop() if len(orders) == 1 else None


def _numbered(match: re.Match[str], order: str | None) -> str | None:
    """3.4.2026 is the third of April wherever points are written; 3/4/2026 needs to be told."""
    first, sign, second, year = match.groups()
    if len(year) == 2 and sign != "." and order is None:  # noqa: PLR2004  26/3/2 may begin with the year
        return None
    if sign == "." or first == second or int(first) > MOST_MONTHS:
        order = "dm"
    elif int(second) > MOST_MONTHS:
        order = "md"
    if order is None:
        return None
    day, month = (first, second) if order == "dm" else (second, first)
    return _checked(_whole_year(year), month, day)


def _whole_year(year: str) -> str:
    if len(year) > 2:  # noqa: PLR2004  written out
        return year
    return f"20{year}" if int(year) < SHORT_YEARS else f"19{year}"


def _month(text: str) -> str | None:
    """March 2026, with no day."""
    match = MONTH.fullmatch(text)
    number = _month_number(match["m"]) if match else None
    return f"{match['y']}-{number:02}" if match and number else None


def _elsewhere(text: str) -> str | None:
    """A day in another language than English, of those whose months are known."""
    match = ELSEWHERE.search(text) or YEAR_FIRST.search(text)
    if match is None:
        return None
    number = _foreign_months().get(match["m"].casefold())
    return _checked(match["y"], str(number), match["d"]) if number else None


@cache
def _foreign_months() -> dict[str, int]:
    """The names of months in other languages; none where Babel, which knows them, is not installed."""
    try:
        from babel.dates import get_month_names  # noqa: PLC0415  an extra
    except ImportError:
        return {}
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            months = get_month_names(width, locale=language)
            names |= {_bare(name): at for at, name in months.items()}
    return names


def _bare(name: str) -> str:
    """A month's name without its point, and without the "de" or "d'" that Catalan puts before it."""
    return re.sub(r"^(?:de |d['’])|\.$", "", name.casefold())


def _stamped(text: str) -> str | None:
    """Unix time, or the days since 1900, as programs write it."""
    if SERIAL.fullmatch(text):
        return (FIRST_SERIAL + dt.timedelta(float(text))).isoformat()
    if MILLISECONDS.fullmatch(text):
        text = text[:10]
    if not SECONDS.fullmatch(text):
        return None
    return dt.datetime.fromtimestamp(float(text), tz=dt.UTC).date().isoformat()


def told_day(text: str, plain: str | None = None) -> str | None:
    """The day that the text of an article is dated by; `plain` is the text with its paragraphs in a line each.

    That of a date line, of a line that holds a date alone, or the one full date that
    the first paragraph tells by "on"; never one that is still to come.
    """
    for line in _first_lines(text):
        match = DATELINE.match(line) or ALONE.match(line)
        if match and _names_month(match):
            return _past(_iso(match))
        if match := ELSEWHERE.fullmatch(line) or EAST.fullmatch(line):
            return _past(day(line))
    return _in_lede(text if plain is None else plain)


def _first_lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return list(islice(filter(None, lines), FIRST_LINES))


def _in_lede(text: str) -> str | None:
    """The one day that the first paragraph tells by "on", unless it is history there.

    It is where it lies years back, and where the text tells of later years that have begun.
    """
    lines = (
        line for line in text.split("\n") if len(line.split()) >= FEWEST_WORDS
    )
    for line in islice(lines, LEDE):
        told = IN_LEDE.finditer(line)
        days = {_iso(match) for match in told if match["of"] not in ELSE}
        if days:
            date = _past(days.pop()) if len(days) == 1 else None
            return date if date and not _is_history(date, text) else None
    return None


def _is_history(date: str, text: str) -> bool:
    now = dt.datetime.now(tz=dt.UTC).year
    year = int(date[:4])
    later = (int(other) for other in YEAR.findall(text))
    return year < now - RECENT_YEARS or any(
        year < other <= now for other in later
    )


def _names_month(match: re.Match[str]) -> bool:
    """Whether the name in a day is that of a month in English; a day of figures alone has none."""
    parts = match.groupdict()
    name = parts.get("m") or parts.get("m2")
    return name is None or _month_number(name) is not None


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts.get("iso"):
        return _checked(*parts["iso"].split("-"))
    name = parts["m"] or parts["m2"]
    number = _month_number(name)
    if number is None:
        return None
    return _checked(
        parts["y"] or parts["y2"], str(number), parts["d"] or parts["d2"]
    )


def _month_number(name: str) -> int | None:
    """Which month an English name, whole or short, stands for."""
    name = name.lower()
    for number, month in enumerate(MONTHS, 1):
        if month.lower().startswith(name) or (
            name == "sept" and number == SEPTEMBER
        ):
            return number
    return None


def _checked(year: str, month: str, day: str) -> str | None:
    text = f"{year}-{int(month):02}-{int(day):02}"
    return text if is_date(text) and text >= FIRST_PRINTED else None


def _past(text: str | None) -> str | None:
    today = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1)
    return text if text and text <= today.isoformat() else None


def _mailed(text: str) -> str | None:
    """A date of RFC 5322, as mails and feeds have it."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
