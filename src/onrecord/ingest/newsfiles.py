"""Downloads of news databases, many articles in one text → an article each, with what its head tells.

Nexis Uni and LexisNexis, ProQuest, Factiva and Europresse each end or begin an article with a line
of their own and name their fields in words of their own; these are what is read here.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from onrecord.ingest.newshead import (
    COPYRIGHT,
    FIELD,
    Head,
    date_of,
    document_of,
    outlet_of,
    read_head,
    title_of,
)
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
LENGTH = re.compile(r"(?:LENGTH|Length):")
BELOW_LENGTH = re.compile(r"(?:DATELINE|HIGHLIGHT|Dateline|Highlight): ")
PAGE_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,4}")
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
            facts = read_head(head)
            yield document_of(
                facts,
                _until(LEXIS_TAIL, _body(body)),
                outlet_of(facts),
                title_of(facts),
            )


def _lexis(text: str) -> Iterator[Document]:
    for piece in LEXIS_BEGIN.split(text)[1:]:
        lines = [line.strip() for line in piece.strip().split("\n")]
        last = _end_of_head(lines)
        facts = read_head("\n".join(lines[: last + 1]))
        rest = LEXIS_BODY.sub("", "\n".join(lines[last + 1 :]), count=1)
        body = _until(LEXIS_TAIL, rest)
        plain = [line for line in facts.lines if not COPYRIGHT.match(line)]
        dated = [at for at, line in enumerate(plain) if date_of(line)]
        outlet = plain[0] if plain else None
        behind = plain[dated[0] + 1 :] if dated else plain[1:]
        title = facts("headline") or (behind[-1] if behind else None)
        yield document_of(facts, body, outlet, title)


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
        facts = read_head(before)
        has_details = PROQUEST_DETAILS.search(body) is not None
        below = PROQUEST_DETAILS if has_details else PROQUEST_BELOW
        rest = below.split(body, maxsplit=1)
        fields = read_head(rest[1]).fields if len(rest) > 1 else {}
        credit = CREDIT.search(rest[0])
        named = {"author": credit[1]} if credit else {}
        both = Head({**named, **fields, **facts.fields}, facts.lines)
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
            yield document_of(
                both, text, (outlet or "").partition(";")[0], title
            )


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
    head = Head(
        {
            "date": texts.get("pd", ""),
            "byline": texts.get("by", ""),
            "page": texts.get("pg", ""),
        },
        (),
    )
    return document_of(head, body, texts.get("sn"), texts.get("hd"))


def _factiva_plain(lines: list[str]) -> Document:
    """The form without names: words, day, outlet, code, page, language, copyright, text."""
    count = _first_place(lines, WORDS.match)
    if count is None:
        return Document("")
    below = lines[count : count + 10]
    end = count + (_first_place(below, COPYRIGHT.match) or 0)
    head = lines[count + 1 : end]
    dated = _first_place(head, date_of)
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
    return document_of(
        Head(fields, ()),
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
    return document_of(Head(fields, ()), body, outlet, title)


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
        if date_of(line) and not FIELD.match(line)
    ]
    start = max(0, days[-1] - 2) if days else 0
    return "\n".join([*lines[start:], mark, body])


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
