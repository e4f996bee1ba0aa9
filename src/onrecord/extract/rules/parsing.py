"""Text → parsed paragraphs, by spaCy; each knows its place in the text and what of it stands in quotation marks."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.quotations import Span, quotations
from onrecord.extract.rules.tokens import ParsedText, Token

if TYPE_CHECKING:
    from spacy.language import Language

_DAY = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?)"
)
_DASH = r"(?: ?(?:[—–]|--) ?| - )(?=[A-Z“\"])"
DATELINE = re.compile(
    rf"(?:[A-Z][A-Za-z .,’'/-]{{1,40}}(?:, | [—–-] ))?{_DAY}(?:,? \d{{4}})?,?"
    rf"(?: ?\([^)\n]{{2,30}}\)| ?/[^/\n]{{2,30}}/)?{_DASH}"
)
"""Place, day and wire before the words of a report: "LONDON, March 3 (AP) — ", "Oslo – 3 March 2026 – "."""
PLACE = re.compile(
    r"(?P<place>[^\W\d_][\w .’'-]{2,30}?)(?:, [A-Z][A-Za-z.]+)?"
    rf"(?: ?\([^)\n]{{2,30}}\))?{_DASH}"
)
"""A place in capitals before the words of a report, without a day: "OSLO — "."""
CITY = re.compile(r"(?P<place>[A-Z]{2}[A-Z .’'-]{2,20}): (?=[A-Z“\"\d])")
"""The same before a colon: "OSLO: More than …"."""
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou)\b")
"""Words of who speaks, whose name may have capitals too."""
LINE = re.compile(r"\S[^\n]*")
ON_X = re.compile(r"(?<=\bon X|\bto X)\.(?= )")
"""The end of a sentence that spaCy takes for that of an initial: "wrote on X. Others …"."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph; `start` is its place in the whole text, `quotes` are offsets inside its own `text`."""

    doc: ParsedText
    text: str
    start: int
    quotes: tuple[Span, ...]

    def quoted(self, token: Token) -> bool:
        """Whether a token stands inside quotation marks."""
        return self.is_quoted(token.idx)

    def is_quoted(self, place: int) -> bool:
        """Whether a place of the paragraph lies inside quotation marks."""
        if not self.quotes:
            return False
        following = bisect_left(self.quotes, (place + 1,))
        return following > 0 and place < self.quotes[following - 1][1]


def paragraphs(
    text: str, nlp: "Language", wanted: Callable[[str], bool] = bool
) -> Iterator[Paragraph]:
    """Parses a text's paragraphs (its lines that hold more than space), in their order.

    Those that are not wanted are not parsed.
    """
    places = [(start, line) for start, line in _lines(text) if wanted(line)]
    parsed = nlp.pipe(ON_X.sub("!", line) for _, line in places)
    for (start, line), doc in zip(places, parsed, strict=True):
        yield Paragraph(ParsedText(doc), line, start, tuple(quotations(line)))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold more than space, with their places, without a date line."""
    for match in LINE.finditer(text):
        start, line = match.start(), match[0].rstrip()
        moved = _dateline_end(line, text)
        yield start + moved, line[moved:]


def _dateline_end(line: str, text: str) -> int:
    """Where the words of a report begin behind a date line; what has its capitals again elsewhere is a name."""
    dateline = DATELINE.match(line)
    if dateline is not None:
        return dateline.end()
    dateline = PLACE.match(line)
    if dateline is None and FIRST_PERSON.search(line) is None:
        dateline = CITY.match(line)
    if dateline is None or not dateline["place"].isupper():
        return 0
    return dateline.end() if text.count(dateline["place"]) == 1 else 0
