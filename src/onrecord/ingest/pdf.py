"""A PDF → its text and title."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from onrecord.ingest.normal import LIGATURES
from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    import pypdf

MOST_PAGES = 300
EDGE = 3
"""So many lines at the top and at the bottom of a page may be its furniture."""
NUMBER = re.compile(
    r"(?:page\s+)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
ROMAN = re.compile(r"[ivxl]{1,6}")
BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
FIRST_PARTS = frozenset(
    "ai anti all co cross computer counter deep double eco ex first full half high "  # noqa: SIM905  a list would take forty lines
    "human ill large last late long low machine man mid mini multi much near neo new "
    "newly non now off old on one open out over post pre pro profit quasi re real "
    "second self semi short single six small so state still sub super text then three "
    "top trans twenty two ultra under user vice well wide world year".split()
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
LETTER = 0.5
"""About how wide a letter is, in sizes of its font."""
GUTTER = 2
"""How far from a line's end another column may begin, in sizes of the font."""
GAP = 1.35
SHORT = 0.75


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, and where it stands: from the left, and along the page."""

    text: str
    x: float
    y: float


def pdf(data: bytes, name: str) -> Document:
    """Reads the text of a PDF's pages; raises BadInput for one that is broken, locked or without text, MissingExtra."""
    try:
        import pypdf  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "pypdf, which reads PDF,"
        raise MissingExtra(what, "documents") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [_lines(page) for page in reader.pages[:MOST_PAGES]]
        about = reader.metadata
        title = about.title if about else None
        author = about.author if about else None
    except Exception as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the PDF cannot be read: {error}"
        raise BadInput(message) from error
    text = clean("\n\n".join(_paragraphs(_without_furniture(pages))))
    if not text:
        message = f"{name}: the PDF holds no text; it may be a scan, which needs text recognition first"
        raise BadInput(message)
    return Document(publisher="", title=title or None, author=author or None, text=text)


def _lines(page: "pypdf.PageObject") -> list[_Line]:
    """The lines of a page in reading order, ligatures taken apart."""
    lines: list[_Line] = []
    begun, place = "", (0.0, 0.0)

    def take(text: str, _: Any, matrix: Sequence[float], __: Any, size: float) -> None:  # noqa: ANN401  pypdf's own
        nonlocal begun, place
        x, y = float(matrix[4]), float(matrix[5])
        if begun.strip() and x > place[0] + size * (len(begun) * LETTER + GUTTER):
            lines.append(_Line(begun, *place))
            begun = ""
        for at, piece in enumerate(text.split("\n")):
            if at:
                lines.append(_Line(begun, *place))
                begun = ""
            if piece.strip() and not begun.strip():
                place = (x, y)
            begun += piece

    page.extract_text(visitor_text=take)
    lines.append(_Line(begun, *place))
    plain = [_Line(_plain(line.text), line.x, line.y) for line in lines]
    return _by_column([line for line in plain if line.text])


def _plain(text: str) -> str:
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return " ".join(text.split())


def _by_column(lines: list[_Line]) -> list[_Line]:
    """Lines column by column, where the page was written from side to side across them."""
    starts = Counter(round(line.x / 10) for line in lines)
    columns = sorted(start for start, times in starts.items() if times >= 4)  # noqa: PLR2004  fewer lines are no column
    jumps = sum(
        abs(line.y - following.y) < SAME_LINE and following.x > line.x
        for line, following in pairwise(lines)
    )
    if len(columns) < 2 or jumps < len(lines) / 4:  # noqa: PLR2004  one column
        return lines
    return sorted(
        lines,
        key=lambda line: sum(start <= round(line.x / 10) for start in columns[1:]),
    )


def _without_furniture(pages: Sequence[list[_Line]]) -> list[_Line]:
    """The lines of all pages without running heads and page numbers."""
    repeated = Counter(
        masked
        for page in pages
        for masked in {_masked(line.text) for line in _edges(page)}
    )
    kept: list[_Line] = []
    for page in pages:
        edge = {id(line) for line in _edges(page)}
        kept += [
            line
            for line in page
            if id(line) not in edge or not _is_furniture(line.text, repeated)
        ]
    return kept


def _edges(page: list[_Line]) -> list[_Line]:
    return page if len(page) <= 2 * EDGE else [*page[:EDGE], *page[-EDGE:]]


def _masked(text: str) -> str:
    """A line with its numbers made alike, since a running head may hold the page's."""
    return re.sub(r"\d+", "#", text).strip().casefold()


def _is_furniture(text: str, repeated: Counter[str]) -> bool:
    if NUMBER.fullmatch(text.strip()) or ROMAN.fullmatch(text.strip()):
        return True
    return repeated[_masked(text)] > 1


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines joined into paragraphs: by the space between them, and by how they end."""
    if not lines:
        return
    text = "\n".join(line.text for line in lines)
    words = {word.casefold() for word in WORD.findall(text)}
    gaps = [abs(a.y - b.y) for a, b in pairwise(lines) if a.x == b.x and a.y != b.y]
    usual = median(gaps) if gaps else 0.0
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
    gap = abs(line.y - following.y)
    is_apart = usual > 0 and GAP * usual < gap < 4 * usual and line.x == following.x
    if following.text[:1].islower() and not ends:
        return False
    return is_apart or (ends and len(line.text) < SHORT * width)


def _joined(paragraph: str, following: str, words: set[str]) -> str:
    """A line behind what stands before it; a word that was broken is made whole."""
    broken = BROKEN.search(paragraph)
    second = re.match(r"[^\W\d_]+", following)
    if broken is None or second is None:
        return f"{paragraph} {following}"
    if _keeps_hyphen(broken[1], second[0], words):
        return paragraph[: broken.end(1)] + "-" + following
    return paragraph[: broken.end(1)] + following


def _keeps_hyphen(first: str, second: str, words: set[str]) -> bool:
    """Whether a hyphen at a line's end is the word's own: AI-generated, well-known."""
    whole, compound = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
    if compound in words or whole in words:
        return compound in words
    if not second[0].islower() or not first[1:].islower():
        return True
    return first.casefold() in FIRST_PARTS or second.casefold() in SECOND_PARTS
