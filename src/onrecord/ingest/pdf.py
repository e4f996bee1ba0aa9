"""A PDF → its text and title."""

import io
import re
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from onrecord.ingest.normal import LIGATURES
from onrecord.ingest.plain import clean, file_property
from onrecord.ingest.words import english_words
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    import pypdf

MOST_PAGES = 300
EDGE = 3
"""So many lines at the top and at the bottom of a page may be its furniture."""
NUMBER = re.compile(
    r"(?:page\s+)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
ROMAN = re.compile(r"[ivxl]{1,6}")
JUMP = re.compile(
    r"[(\[]?(?:please )?(?:continued|continues|cont['’]?d?\.?|turn|see)(?: (?:from|on|to))?,? (?:the )?"
    r"(?:page|p\.|back page|next page|previous page)[\w .]{0,12}[)\]]?",
    re.IGNORECASE,
)
"""The line that leads from one page to another."""
ACCENTS = {
    "\u00b4": "\u0301",
    "`": "\u0300",
    "\u00a8": "\u0308",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u00b8": "\u0327",
    "\u02c7": "\u030c",
    "\u02da": "\u030a",
}
"""Accents that stand before their letters, as TeX sets them, and what they are on a letter."""
LOOSE_LETTER = re.compile(
    r"(?<=[^\W\d_]{2})([\u00b4`])([aeiouAEIOU])"
    r"|([\u00a8\u02c6\u02dc\u00b8\u02c7\u02da])([^\W\d_])"
)
BROKEN = re.compile(
    r"(?P<chain>[^\W_]-)?(?P<first>[^\W_]+)(?P<mark>[-\u2010\u00ad])$"
)
"""A word that a line's end breaks, and whether it is a part of a longer one: state-of-the-art."""
PART = re.compile(r"[^\W_]+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
FIRST_PARTS = frozenset(
    "ai anti all co cross computer counter deep double eco ex first full half high "  # noqa: SIM905  a list would take forty lines
    "human ill in large last late long low machine man mid mini multi much near neo new "
    "newly non now off old on one open out over post pre pro profit quasi re real "
    "second self semi short single six small so state still sub super text then three "
    "top trans twenty two ultra under user vice voice well wide world year".split()
)
SECOND_PARTS = frozenset(
    "aged aid aided based backed born bound called ceo centered centred created day "  # noqa: SIM905
    "designed driven edge enabled ended facing first focused found free friendly "
    "funded generated generation in known language led level like line made making "
    "minded named new off old on only out owned paid part person powered quality range "
    "rated ready related reviewed right run scale sector setting shot sided so speaking "
    "specific style term time trained type up wide winning world written year".split()
)
"""Words that stand behind the hyphen of a compound: what ends a line before one keeps it."""
SAME_LINE = 0.5
SLANTED = 0.1
BULLET = re.compile(r"[•·▪‣◦●■\uf0b7\x7f]")
"""How an item of a list begins; the last two as fonts of their own have it."""
LETTER = 0.5
"""About how wide a letter is, in sizes of its font."""
TYPICAL = 12
"""The size of most texts, in points."""
SHOWING = 8
"""Bytes that show a text beside its own: brackets, spaces, the operator."""
PLACED = re.compile(
    rb"(?:-?[\d.]{1,20}\s{1,5}){4}(?P<x>-?\d{1,9}\.?\d{0,9})\s{1,5}(?P<y>-?\d{1,9}\.?\d{0,9})\s{1,5}Tm\b"
)
"""Where the next text of a page stands (ISO 32000-1, section 9.4.2)."""
SOFT = re.compile(
    rb"/Span\s*<<\s*/ActualText\s*(?:<FEFF00AD>|\(\xfe\xff\x00\xad\))\s*>>\s*BDC[^E]{0,80}?EMC\b(?!\s+ET\b)",
    re.IGNORECASE,
)
"""A soft hyphen inside a line, as browsers write it (ISO 32000-1, section 14.9.4); one before a line's end is shown."""
GUTTER = 2
"""How far from a line's end another column may begin, in sizes of the font."""
GAP = 1.35
SHORT = 0.75


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, and where it stands: from the left, along the page, and on which one."""

    text: str
    x: float
    y: float
    page: int = 0


def pdf(data: bytes, name: str) -> Document:
    """Reads the text of a PDF's pages; raises BadInput for one that is broken, locked or without text, MissingExtra."""
    try:
        import pypdf  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "pypdf, which reads PDF,"
        raise MissingExtra(what, "documents") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [
            _lines(page, number)
            for number, page in enumerate(reader.pages[:MOST_PAGES])
        ]
        about = reader.metadata
        title = about.title if about else None
        author = about.author if about else None
    except (
        Exception
    ) as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the PDF cannot be read: {error}"
        raise BadInput(message) from error
    text = clean("\n\n".join(_paragraphs(_without_furniture(pages))))
    if not text:
        message = (
            f"{name}: the PDF holds no text; it may be a "
            "scan, which needs text recognition first"
        )
        raise BadInput(message)
    title, author = map(file_property, (title, author))
    return Document(publisher="", title=title, author=author, text=text)


def _lines(page: "pypdf.PageObject", number: int) -> list[_Line]:
    """The lines of a page in reading order, ligatures taken apart."""
    lines: list[_Line] = []
    begun, place = "", (0.0, 0.0)

    def take(  # pypdf's own form
        text: str,
        around: Sequence[float],
        matrix: Sequence[float],
        _: Any,  # noqa: ANN401
        size: float,
    ) -> None:
        nonlocal begun, place
        if _is_slanted(around) or _is_slanted(matrix):
            return
        x, y = float(matrix[4]), float(matrix[5])
        if begun.strip() and x > place[0] + size * (
            len(begun) * LETTER + GUTTER
        ):
            lines.append(_Line(begun, *place))
            begun = ""
        for at, piece in enumerate(text.split("\n")):
            if at:
                lines.append(_Line(begun, *place))
                begun = ""
            if piece.strip() and not begun.strip():
                place = (x, y)
            begun += piece

    _make_plain(page)
    page.extract_text(visitor_text=take)
    lines.append(_Line(begun, *place))
    plain = [
        replace(line, text=_plain(line.text), page=number) for line in lines
    ]
    return _by_column([line for line in plain if line.text])


def _make_plain(page: "pypdf.PageObject") -> None:
    """Takes soft hyphens out of a page, and ends a text object where a row goes on in another column.

    pypdf gives a space for the former, and each row of a text object as one piece.
    """
    from pypdf.generic import DecodedStreamObject, NameObject  # noqa: PLC0415  an extra

    content = page.get_contents()
    if content is None:
        return
    data, place = content.get_data(), (0.0, 0.0, 0)

    def parted(match: re.Match[bytes]) -> bytes:
        nonlocal place
        x, y = float(match["x"]), float(match["y"])
        shown = match.start() - place[2] - SHOWING
        is_far = x - place[0] > TYPICAL * (shown * LETTER + GUTTER)
        is_beside = abs(y - place[1]) < SAME_LINE and place[2] > 0
        place = (x, y, match.end())
        return (b"ET BT " if is_beside and is_far else b"") + match[0]

    changed = PLACED.sub(parted, SOFT.sub(b"", data))
    if changed != data:
        stream = DecodedStreamObject()
        stream.set_data(changed)
        page[NameObject("/Contents")] = stream


def _is_slanted(matrix: Sequence[float]) -> bool:
    """Whether text runs across the page, as a watermark does; a page on its side is none."""
    along, up = map(abs, matrix[:2])
    return min(along, up) > SLANTED * max(along, up)


def _plain(text: str) -> str:
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return " ".join(LOOSE_LETTER.sub(_composed, text).split())


def _composed(match: re.Match[str]) -> str:
    """An accent and the letter behind it as one letter; as they stand where there is no such letter."""
    sign, letter = filter(None, match.groups())
    whole = unicodedata.normalize("NFC", letter + ACCENTS[sign])
    return whole if len(whole) == 1 else match.group()


def _by_column(lines: list[_Line]) -> list[_Line]:
    """Lines column by column, where the page was written from side to side across them."""
    starts = Counter(round(line.x / 10) for line in lines)
    columns = sorted(start for start, times in starts.items() if times >= 4)  # noqa: PLR2004  fewer lines are no column
    jumps = 0
    for line, following in pairwise(lines):
        is_beside = abs(line.y - following.y) < SAME_LINE
        jumps += is_beside and following.x > line.x
    if len(columns) < 2 or jumps < len(lines) / 4:  # noqa: PLR2004  one column
        return lines
    return sorted(
        lines, key=lambda line: bisect(columns[1:], round(line.x / 10))
    )


def _without_furniture(pages: Sequence[list[_Line]]) -> list[_Line]:
    """The lines of all pages without running heads and page numbers."""
    repeated: Counter[str] = Counter()
    for page in pages:
        repeated.update({_masked(line.text) for line in _edges(page)})
    bare = (_without_repeated(page, repeated) for page in pages)
    kept = list(filter(None, bare))
    usual = _usual_gap(list(chain.from_iterable(kept)))
    for page, following in pairwise(kept):
        _join_pages(page, following, usual)
    return list(chain.from_iterable(kept))


def _without_repeated(page: list[_Line], repeated: Counter[str]) -> list[_Line]:
    """The lines of a page but for those at its edges that are a running head or a number."""
    edge = {id(line) for line in _edges(page)}
    kept = []
    for line in page:
        is_at_edge = id(line) in edge
        if not (is_at_edge and _is_furniture(line.text, repeated)):
            kept.append(line)
    return kept


def _join_pages(
    page: list[_Line], following: list[_Line], usual: float
) -> None:
    """Takes out what stands apart between two pages where a sentence runs from one to the next."""
    foot = len(page) > 1 and _is_apart(page[-2], page[-1], usual)
    head = len(following) > 1 and _is_apart(following[0], following[1], usual)
    last = page[-2] if foot else page[-1]
    first = following[1] if head else following[0]
    if ENDS.search(last.text) or not first.text[:1].islower():
        return
    if foot:
        page.pop()
    if head:
        following.pop(0)


def _usual_gap(lines: Sequence[_Line]) -> float:
    """The space from one line to the next."""
    gaps = [
        abs(line.y - following.y)
        for line, following in pairwise(lines)
        if line.x == following.x and line.page == following.page
    ]
    return median(gaps) if gaps else 0.0


def _is_apart(line: _Line, following: _Line, usual: float) -> bool:
    """Whether more than the usual space lies between two lines of a page."""
    if line.page != following.page or line.x != following.x:
        return False
    return usual > 0 and abs(line.y - following.y) > GAP * usual


def _edges(page: list[_Line]) -> list[_Line]:
    return page if len(page) <= 2 * EDGE else [*page[:EDGE], *page[-EDGE:]]


def _masked(text: str) -> str:
    """A line with its numbers made alike, since a running head may hold the page's."""
    return re.sub(r"\d+", "#", text).strip().casefold()


def _is_furniture(text: str, repeated: Counter[str]) -> bool:
    line = text.strip()
    if any(mark.fullmatch(line) for mark in (NUMBER, ROMAN, JUMP)):
        return True
    return repeated[_masked(text)] > 1


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines joined into paragraphs: by the space between them, and by how they end."""
    if not lines:
        return
    text = "\n".join(line.text for line in lines)
    words = {word.casefold() for word in WORD.findall(text)}
    usual = _usual_gap(lines)
    width = max(len(line.text) for line in lines)
    paragraph = lines[0].text
    for line, following in pairwise(lines):
        if _is_end(line, following, usual, width):
            yield paragraph
            paragraph = following.text
        else:
            paragraph = _joined(paragraph, following.text, words)
    yield paragraph


def _is_end(line: _Line, following: _Line, usual: float, width: int) -> bool:
    ends = ENDS.search(line.text) is not None
    if BULLET.match(following.text):
        return True
    if following.text[:1].islower() and not ends:
        return False
    is_apart = _is_apart(line, following, usual)
    return is_apart or (ends and len(line.text) < SHORT * width)


def _joined(paragraph: str, following: str, words: set[str]) -> str:
    """A line behind what stands before it; a word that was broken is made whole."""
    broken = BROKEN.search(paragraph)
    second = PART.match(following)
    if broken is None or second is None:
        return f"{paragraph} {following}"
    before = paragraph[: broken.start("mark")]
    if _keeps_hyphen(broken, second[0], words):
        return f"{before}-{following}"
    return f"{before}{following}"


def _keeps_hyphen(broken: re.Match[str], second: str, words: set[str]) -> bool:
    """Whether a hyphen at a line's end is the word's own: AI-generated, well-known."""
    if broken["mark"] == "\u00ad":
        return False
    first = broken["first"]
    whole, compound = (
        f"{first}{second}".casefold(),
        f"{first}-{second}".casefold(),
    )
    if compound in words or whole in words:
        return compound in words
    if not (first[1:].islower() or len(first) == 1) or not second.islower():
        return True
    if compound in english_words() or whole in english_words():
        return compound in english_words()
    if broken["chain"]:
        return True
    return first.casefold() in FIRST_PARTS or second.casefold() in SECOND_PARTS
