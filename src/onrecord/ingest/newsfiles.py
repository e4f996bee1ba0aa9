"""Downloads of news databases, many articles in one text → an article each, with what its head tells.

Nexis Uni and LexisNexis, ProQuest, Factiva and Europresse each end or begin an article with a line
of their own and name their fields in words of their own; these are what is read here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.ingest.days import DAY, day
from onrecord.model import Document

NEXIS_END = re.compile(r"^[ \t]*End of Document\s*$", re.MULTILINE)
LEXIS_BEGIN = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?\s*$", re.MULTILINE)
PROQUEST_RULE = re.compile(r"^_{20,}\s*$", re.MULTILINE)
PROQUEST_BEGIN = re.compile(r"^[ \t]*Document \d+ of \d+\s*$", re.MULTILINE)
FACTIVA_END = re.compile(
    r"^(?:AN\s{1,9})?[ \t]*Document [A-Z]{2,8}\d{6,}\w*\s*$", re.MULTILINE
)
PROQUEST_BELOW = re.compile(
    r"\n(?=(?:Subject|Business indexing term|Company / organization|Location|Title|"
    r"Publication title|Author affiliation|Credit|People|Identifier / keyword|"
    r"Classification|Word count):)"
)
PROQUEST_TEXT = re.compile(r"^(?:Full text:|FULL TEXT[ \t]*$)", re.MULTILINE)
PROQUEST_DETAILS = re.compile(r"^DETAILS[ \t]*$", re.MULTILINE)
PROQUEST_FIELD = re.compile(
    r"^(?:(?:Title|Publication title|Publication date|Author|Document URL|Links):|ProQuest document link)",
    re.MULTILINE,
)
FIELD = re.compile(r"^([A-Z][A-Za-z /-]{1,40}):[ \t]*(.*)$")
CODED = re.compile(
    r"^(HD|SE|BY|WC|PD|SN|SC|PG|LA|CY|LP|TD|CO|IN|NS|RE|PUB|AN|ET|ED|CR|CX|CLM|IPC|IPD|RF|ART)(?:[ \t]+(.*))?$"
)
WORDS = re.compile(
    r"^\d[\d,.]* (?:words|w(?:ö|oe)rter|mots|palabras|palavras|parole|woorden|ord|słów|слов)\s*$",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(?:by|von|par|por|di|door|av)\s+", re.IGNORECASE)
NAMES = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]+(?: (?:de|di|van|von))* ){1,3}[^\W\d_a-z][\w'’-]+"
    r"(?:(?:,| and) (?:[^\W\d_a-z][\w.'’-]+ ){1,3}[^\W\d_a-z][\w'’-]+)*"
)
"""A first and a last name, or several."""
PAGE_MARK = re.compile(r"Page \d+ of \d+")
"""What stands at the top of a printed page."""
COPYRIGHT = re.compile(r"^(?:\(c\)|©|Copyright\b)", re.IGNORECASE)
LENGTH = re.compile(r"(?:LENGTH|Length):")
BELOW_LENGTH = re.compile(r"(?:DATELINE|HIGHLIGHT|Dateline|Highlight): ")
PAGE_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,4}")
PAGE = re.compile(r"\b(?:Pg\.?|Page|PAGE)\s*:?\s*([A-Z]{0,3}\.?\d+\w*)")
NEXIS_TAIL = frozenset({"graphic", "classification", "notes", "correction"})
LEXIS_TAIL = re.compile(
    r"^(?:LOAD-DATE|Load-Date|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|JOURNAL-CODE|Copyright \d{4}\b.*"
    r"|(?:URL|SUBJECT|COMPANY|ORGANIZATION|PERSON|INDUSTRY|TICKER|CITY|STATE|COUNTRY|GEOGRAPHIC|DOCUMENT-TYPE):)",
    re.MULTILINE,
)
LEXIS_BODY = re.compile(r"^[ \t]*BODY:[ \t]*\n?", re.MULTILINE)
CREDIT = re.compile(
    r"^[ \t]*(?:CREDIT|Credit|AuthorAffiliation): *(.*)$", re.MULTILINE
)
"""The line below a text of ProQuest that names who wrote it."""
NEXIS_BODY = re.compile(r"^Body\s*$", re.MULTILINE)
EUROPRESSE_END = re.compile(
    r"^[ \t]*news[·.•](?P<day>\d{8})[·.•]\S+[^\n]*$", re.MULTILINE
)
"""The number below an article of Europresse, which holds its day."""
EUROPRESSE_HEAD = re.compile(
    r"\b\d+ (?:mots?|words?|palabras)\b|, p\. ?(?P<page>\w+)"
)
HEAD_LINES = 12
COVER = re.compile(
    r"^(?:User Name|Job Number|Client/Matter|Search Terms)\b", re.MULTILINE
)
"""What a cover says that stands before the first article."""
CLOCK = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,5})?"
)
NO_TEXT = frozenset({"", "not available", "full text not available"})
"""What stands in the place of a text that the database may not show."""
MOST_DATE_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above an article's text."""

    fields: Mapping[str, str]
    lines: tuple[str, ...]

    def __call__(self, *names: str) -> str | None:
        """The first of these fields that there is."""
        return next(
            (self.fields[name] for name in names if self.fields.get(name)), None
        )


def news_articles(text: str) -> list[Document]:
    """The articles of a download; none where a text is no such file."""
    for is_such, split in KINDS:
        if is_such(text):
            return [document for document in split(text) if document.text]
    return []


def _nexis(text: str) -> Iterator[Document]:
    for piece in NEXIS_END.split(text):
        head, mark, body = _parted(NEXIS_BODY, _without_cover(piece))
        if mark:
            facts = _head(head)
            yield _document(
                facts,
                _until(LEXIS_TAIL, _body(body)),
                _outlet(facts),
                _title(facts),
            )


def _lexis(text: str) -> Iterator[Document]:
    for piece in LEXIS_BEGIN.split(text)[1:]:
        lines = [line.strip() for line in piece.strip().split("\n")]
        last = _end_of_head(lines)
        facts = _head("\n".join(lines[: last + 1]))
        rest = LEXIS_BODY.sub("", "\n".join(lines[last + 1 :]), count=1)
        body = _until(LEXIS_TAIL, rest)
        plain = [line for line in facts.lines if not COPYRIGHT.match(line)]
        dated = [at for at, line in enumerate(plain) if _dated(line)]
        outlet = plain[0] if plain else None
        behind = plain[dated[0] + 1 :] if dated else plain[1:]
        title = facts("headline") or (behind[-1] if behind else None)
        yield _document(facts, body, outlet, title)


def _end_of_head(lines: list[str]) -> int:
    """The last line of a head: its length, or a field that follows it; -1 without one."""
    lengths = [at for at, line in enumerate(lines[:60]) if LENGTH.match(line)]
    end = last = lengths[-1] if lengths else -1
    for at, line in enumerate(lines[last + 1 :], last + 1):
        if line and not BELOW_LENGTH.match(line):
            break
        end = at if line else end
    return end


def _proquest(text: str) -> Iterator[Document]:
    splitter = PROQUEST_RULE if PROQUEST_RULE.search(text) else PROQUEST_BEGIN
    for piece in splitter.split(text):
        before, mark, body = _parted(PROQUEST_TEXT, piece)
        if not mark:
            continue
        facts = _head(before)
        has_details = PROQUEST_DETAILS.search(body) is not None
        below = PROQUEST_DETAILS if has_details else PROQUEST_BELOW
        rest = below.split(body, maxsplit=1)
        fields = _head(rest[1]).fields if len(rest) > 1 else {}
        credit = CREDIT.search(rest[0])
        named = {"author": credit[1]} if credit else {}
        both = _Head({**named, **fields, **facts.fields}, facts.lines)
        lines = [
            line
            for line in facts.lines
            if not re.match(r"Document \d+ of", line)
        ]
        title = both("title") or (lines[0] if lines else None)
        outlet = both("publication title", "source")
        if outlet is None and (about := both("publication info")):
            outlet = re.split(r";|,| \[", about)[0].strip()
        text = rest[0][: credit.start()] if credit else rest[0]
        if text.strip().rstrip(".").casefold() not in NO_TEXT:
            yield _document(both, text, (outlet or "").partition(";")[0], title)


def _factiva(text: str) -> Iterator[Document]:
    for piece in FACTIVA_END.split(text):
        lines = [line.strip() for line in piece.strip().split("\n")]
        if any(map(CODED.match, lines[:HEAD_LINES])):
            yield _factiva_coded(lines)
        else:
            yield _factiva_plain(list(filter(None, lines)))


def _factiva_coded(lines: list[str]) -> Document:
    """The form with two letters before each field."""
    fields: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        match = CODED.match(line)
        key = match[1].lower() if match else key
        value = (match[2] or "") if match else line
        fields.setdefault(key, []).append(value)
    texts = {name: "\n".join(value).strip() for name, value in fields.items()}
    body = "\n\n".join(filter(None, (texts.get("lp"), texts.get("td"))))
    head = _Head(
        {
            "date": texts.get("pd", ""),
            "byline": texts.get("by", ""),
            "page": texts.get("pg", ""),
        },
        (),
    )
    return _document(head, body, texts.get("sn"), texts.get("hd"))


def _factiva_plain(lines: list[str]) -> Document:
    """The form without names: words, day, outlet, code, page, language, copyright, text."""
    count = _first_place(lines, WORDS.match)
    if count is None:
        return Document("")
    below = lines[count : count + 10]
    end = count + (_first_place(below, COPYRIGHT.match) or 0)
    head = lines[count + 1 : end]
    dated = _first_place(head, _dated)
    at = -1 if dated is None else dated
    rest = [line for line in head[at + 1 :] if not CLOCK.fullmatch(line)]
    above = lines[:count]
    byline = above[-1] if len(above) > 1 and _is_byline(*above[-2:]) else ""
    fields = {
        "date": head[at] if head else "",
        "byline": BYLINE.sub("", byline),
        "page": next(filter(PAGE_NUMBER.fullmatch, rest), ""),
    }
    titles = above[:-1] if byline else above
    return _document(
        _Head(fields, ()),
        "\n\n".join(lines[end + 1 :]),
        rest[0] if rest else None,
        titles[-1] if titles else None,
    )


def _europresse(text: str) -> Iterator[Document]:
    """Outlet, place and day, title, byline, text, copyright; the number below them ends each."""
    start = 0
    for end in EUROPRESSE_END.finditer(text):
        piece, start = text[start : end.start()], end.end()
        lines = [line for line in map(str.strip, piece.split("\n")) if line]
        placed = _first_place(lines[:HEAD_LINES], EUROPRESSE_HEAD.search)
        if placed is not None:
            yield _europresse_article(lines, placed, end["day"])


def _europresse_article(
    lines: list[str], placed: int, written: str
) -> Document:
    """An article of Europresse, by the line that tells its place and day."""
    title, *below = lines[placed + 1 :] or [""]
    has_byline = bool(below) and NAMES.fullmatch(below[0]) is not None
    end = _first_place(below, COPYRIGHT.match)
    pages = EUROPRESSE_HEAD.finditer(lines[placed])
    fields = {
        "date": f"{written[:4]}-{written[4:6]}-{written[6:]}",
        "byline": below[0] if has_byline else "",
        "page": next(filter(None, (page["page"] for page in pages)), ""),
    }
    body = "\n\n".join(below[has_byline:end])
    outlet = lines[placed - 1] if placed else None
    return _document(_Head(fields, ()), body, outlet, title)


def _is_byline(above: str, line: str) -> bool:
    """Whether a line names who wrote what the line above it is the title of: by its first word, or by names alone."""
    is_longer = len(above.split()) > len(line.split())
    has_small = any(word.islower() for word in above.split())
    are_names = NAMES.fullmatch(line) is not None
    return bool(BYLINE.match(line)) or (are_names and is_longer and has_small)


def _first_place(
    lines: Iterable[str], is_wanted: Callable[[str], object]
) -> int | None:
    """The number of the first line that is wanted, from 0."""
    for place, line in enumerate(lines):
        if is_wanted(line):
            return place
    return None


def _parted(mark: re.Pattern[str], text: str) -> tuple[str, str, str]:
    match = mark.search(text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match.group(), text[match.end() :]


def _until(mark: re.Pattern[str], text: str) -> str:
    """The text before what follows an article; not an article that begins so."""
    match = mark.search(text, min(len(text), 1))
    return text[: match.start()] if match else text


def _without_cover(piece: str) -> str:
    """An article of Nexis without the cover before it: from two lines above its day on."""
    head, mark, body = _parted(NEXIS_BODY, piece)
    if not COVER.search(head):
        return piece
    lines = list(filter(None, map(str.strip, head.split("\n"))))
    days = [
        at
        for at, line in enumerate(lines)
        if _dated(line) and not FIELD.match(line)
    ]
    start = max(0, days[-1] - 2) if days else 0
    return "\n".join([*lines[start:], mark, body])


def _dated(line: str) -> str | None:
    """The day that a line of a head tells, in whatever language."""
    if match := DAY.search(line):
        return day(match.group())
    written = day(line) if len(line.split()) <= MOST_DATE_WORDS else None
    return written if written and written != line else None


def _body(text: str) -> str:
    """The text of a Nexis article, without its picture captions and classification."""
    lines = text.split("\n")
    end = next(
        (
            at
            for at, line in enumerate(lines)
            if line.strip().lower() in NEXIS_TAIL
        ),
        len(lines),
    )
    return "\n".join(lines[:end])


def _head(text: str) -> _Head:
    fields: dict[str, str] = {}
    plain: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        match = FIELD.match(line)
        if match and match[1].lower() in KNOWN:
            fields.setdefault(match[1].lower(), match[2].strip())
        elif not PAGE_MARK.fullmatch(line):
            plain.append(line)
    return _Head(fields, tuple(plain))


KNOWN = frozenset(
    [
        "byline", "section", "length", "dateline", "highlight", "load-date", "headline",
        "title", "author", "publication title", "publication date", "publication info",
        "first page", "start page", "pages", "page", "document url", "links", "source",
        "date", "publication year", "section name", "abstract", "place of publication",
    ]
)  # fmt: skip
"""Fields that the databases name above or below an article."""


def _outlet(facts: _Head) -> str | None:
    """The line above the day; above it stands the headline."""
    lines = [line for line in facts.lines if not COPYRIGHT.match(line)]
    at = next((at for at, line in enumerate(lines) if _dated(line)), 0)
    return lines[at - 1] if at else None


def _title(facts: _Head) -> str | None:
    return facts.lines[0] if facts.lines else None


def _document(
    facts: _Head, body: str, outlet: str | None, title: str | None
) -> Document:
    dated = facts("publication date", "date", "load-date")
    days = filter(None, map(_dated, facts.lines))
    published = next(days, None) or day(dated or "")
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


def _page(facts: _Head) -> str | None:
    page = facts("page", "first page", "start page", "pages")
    if page:
        return page
    match = PAGE.search(facts("section", "section name") or "")
    return match[1] if match else None


def _is_proquest(text: str) -> bool:
    has_text = PROQUEST_TEXT.search(text) is not None
    return has_text and PROQUEST_FIELD.search(text) is not None


def _has(*marks: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: all(mark.search(text) for mark in marks)


KINDS: tuple[
    tuple[Callable[[str], bool], Callable[[str], Iterator[Document]]], ...
] = (
    (_has(NEXIS_END, NEXIS_BODY), _nexis),
    (_has(LEXIS_BEGIN), _lexis),
    (_is_proquest, _proquest),
    (_has(FACTIVA_END), _factiva),
    (_has(EUROPRESSE_END, EUROPRESSE_HEAD), _europresse),
)
