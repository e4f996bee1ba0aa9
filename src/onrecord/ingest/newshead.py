"""What stands above an article in a download of a news database → an article with what it tells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.ingest.days import DAY, day
from onrecord.model import Document

FIELD = re.compile(r"^([A-Z][A-Za-z /-]{1,40}):[ \t]*(.*)$")
PAGE_MARK = re.compile(r"Page \d+ of \d+")
"""What stands at the top of a printed page."""
COPYRIGHT = re.compile(r"^(?:\(c\)|©|Copyright\b)", re.IGNORECASE)
PAGE = re.compile(r"\b(?:Pg\.?|Page|PAGE)\s*:?\s*([A-Z]{0,3}\.?\d+\w*)")
MOST_DATE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an article's text."""

    fields: Mapping[str, str]
    lines: tuple[str, ...]

    def __call__(self, *names: str) -> str | None:
        """The first of these fields that there is."""
        return next(
            (self.fields[name] for name in names if self.fields.get(name)), None
        )


def read_head(text: str) -> Head:
    """The fields and the other lines of what stands above a text."""
    fields: dict[str, str] = {}
    plain: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        match = FIELD.match(line)
        if match and match[1].lower() in KNOWN:
            fields.setdefault(match[1].lower(), match[2].strip())
        elif not PAGE_MARK.fullmatch(line):
            plain.append(line)
    return Head(fields, tuple(plain))


KNOWN = frozenset(
    [
        "byline", "section", "length", "dateline", "highlight", "load-date", "headline",
        "title", "author", "publication title", "publication date", "publication info",
        "first page", "start page", "pages", "page", "document url", "links", "source",
        "date", "publication year", "section name", "abstract", "place of publication",
    ]
)  # fmt: skip
"""Fields that the databases name above or below an article."""


def date_of(line: str) -> str | None:
    """The day that a line of a head tells, in whatever language."""
    if match := DAY.search(line):
        return day(match.group())
    written = day(line) if len(line.split()) <= MOST_DATE_WORDS else None
    return written if written and written != line else None


def outlet_of(facts: Head) -> str | None:
    """The line above the day; above it stands the headline."""
    lines = [line for line in facts.lines if not COPYRIGHT.match(line)]
    at = next((at for at, line in enumerate(lines) if date_of(line)), 0)
    return lines[at - 1] if at else None


def title_of(facts: Head) -> str | None:
    """The first line that is no field."""
    return facts.lines[0] if facts.lines else None


def document_of(
    facts: Head, body: str, outlet: str | None, title: str | None
) -> Document:
    """An article with what its head tells, from this outlet and of this title."""
    told = facts("publication date", "date", "load-date")
    days = filter(None, map(date_of, facts.lines))
    published = next(days, None) or day(told or "")
    byline = re.sub(
        r"^by\s+", "", facts("byline", "author") or "", flags=re.IGNORECASE
    )
    address = facts("document url")
    body = "\n\n".join(
        filter(None, (part.strip() for part in re.split(r"\n\s*\n", body)))
    )
    text = f"{title}\n\n{body}" if title and body else body
    return Document(
        publisher=outlet or "",
        title=title,
        published=published,
        author=byline.strip(" ;.") or None,
        url=address if address and "proquest" not in address else None,
        text=text or None,
        page=_page(facts),
    )


def _page(facts: Head) -> str | None:
    page = facts("page", "first page", "start page", "pages")
    if page:
        return page
    match = PAGE.search(facts("section", "section name") or "")
    return match[1] if match else None
