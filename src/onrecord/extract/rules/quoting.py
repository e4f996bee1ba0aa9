"""Quotations find their cue: after them, before them, at the end of the paragraph before, or with the last speaker."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.quotations import Span

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bJr)(?<!\bMrs)(?<!\bRep)(?<!\bSen)(?<!\bGov)[.!?](?=[\s”\"]|$)"
)
FEWEST_WORDS = 4
"""A shorter quotation inside a sentence is a word in marks, not an utterance."""


@dataclass(frozen=True, slots=True)
class Region:
    """The unquoted words around a quotation that may hold its cue."""

    start: int
    end: int

    def holds(self, token: "Token") -> bool:
        """Whether a token stands in it."""
        return self.start <= token.idx < self.end


def claims(
    paragraph: Paragraph, candidates: Iterable[Candidate]
) -> Iterator[tuple[Span, Candidate | None]]:
    """Each quotation that is an utterance of its own, with the cue in its sentence, or None where there is none."""
    speaking = {
        candidate.cue.i: candidate
        for candidate in candidates
        if not paragraph.quoted(candidate.cue) and _can_quote(candidate)
    }
    for index, quote in enumerate(paragraph.quotes):
        if not _is_utterance(paragraph, index):
            continue
        cue = _after(paragraph, index, speaking) or _before(
            paragraph, index, speaking
        )
        if cue is not None or not _is_title(paragraph.text[slice(*quote)]):
            yield quote, cue


_WORD = r"(?:[A-Z0-9][\w’'&:!-]*|a|an|and|for|in|of|on|the|to|with)"
TITLE = re.compile(rf"[“\"](?=[A-Z]){_WORD}(?:[ ,]+{_WORD}){{0,7}}[ ,]*[”\"]")


def names_work(paragraph: Paragraph, place: int) -> bool:
    """Whether a place of a text stands in a work's name in quotation marks: “Songs for a Machine,”."""
    inner = place - paragraph.start
    return any(
        start < inner < end and _is_title(paragraph.text[start:end])
        for start, end in paragraph.quotes
    )


def _is_title(quotation: str) -> bool:
    """Whether a quotation is the name of a work: “Songs for a Machine,”."""
    return TITLE.fullmatch(quotation) is not None


def _can_quote(candidate: Candidate) -> bool:
    return (
        not {"quote", "that"}.isdisjoint(candidate.entry.frames)
        and candidate.entry.kind == "verb"
    )


def _is_utterance(paragraph: Paragraph, index: int) -> bool:
    """Stands alone: begins a paragraph or a sentence, or follows a comma, a colon or a dash."""
    start, end = paragraph.quotes[index]
    before, inner = (
        paragraph.text[:start].rstrip(),
        paragraph.text[start + 1 : end - 1],
    )
    if not before or before[-1] in '.!?”"’':
        return (
            len(inner.split()) > 1
            or paragraph.text[end - 2 : end - 1] in ",.?!"
        )
    if before[-1] in ",:—–-―":
        return len(inner.split()) >= FEWEST_WORDS - 1 or inner[:1].isupper()
    return (
        len(inner.split()) >= FEWEST_WORDS
        and inner[:1].isupper()
        and inner[-1:] in ",.?!"
    )


def _after(
    paragraph: Paragraph, index: int, speaking: Mapping[int, Candidate]
) -> Candidate | None:
    """`"…," she said` : the first cue between the quotation and the end of the sentence that it opens."""
    _, end = paragraph.quotes[index]
    text = paragraph.text
    last = text[:end].rstrip("”\"’' ")[-1:]
    if last == "." and text[end : end + 1] != ",":
        return None
    limit = (
        paragraph.quotes[index + 1][0]
        if index + 1 < len(paragraph.quotes)
        else len(text)
    )
    stop = SENTENCE_END.search(text, end, limit)
    region = Region(end, stop.start() if stop else limit)
    first = next(
        (
            candidate
            for candidate in speaking.values()
            if region.holds(candidate.cue)
        ),
        None,
    )
    if first is not None and paragraph.quoted(
        first.source
    ):  # a title that did it
        return None
    if first is None or (
        last in "?!" and first.content and first.content[0].i > first.cue.i
    ):
        return None
    return (
        first
        if not _complement_follows(first, paragraph) or last == ","
        else None
    )


def _complement_follows(candidate: Candidate, paragraph: Paragraph) -> bool:
    """Whether the cue has an unquoted clause of its own behind it."""
    return any(
        word.i > candidate.cue.i and not paragraph.quoted(word)
        for word in candidate.content
    )


def _before(
    paragraph: Paragraph, index: int, speaking: Mapping[int, Candidate]
) -> Candidate | None:
    """`She said: "…"`: the last cue between the sentence's beginning and the quotation."""
    start, _ = paragraph.quotes[index]
    floor = paragraph.quotes[index - 1][1] if index else 0
    ends = [
        match.end()
        for match in SENTENCE_END.finditer(paragraph.text, floor, start)
    ]
    if ends and not paragraph.text[ends[-1] : start].strip():
        return None
    region = Region(ends[-1] if ends else floor, start)
    held = [
        candidate
        for candidate in speaking.values()
        if region.holds(candidate.cue)
    ]
    return held[-1] if held else None


def last_cue(
    paragraph: Paragraph, candidates: Sequence[Candidate]
) -> Candidate | None:
    """The cue that hands over to the next paragraph: `She said:`."""
    if not paragraph.text.rstrip().endswith(":"):
        return None
    outside = [
        candidate
        for candidate in candidates
        if not paragraph.quoted(candidate.cue)
        and candidate.entry.kind == "verb"
    ]
    return outside[-1] if outside else None
