"""Attributions in the making, and the places of their words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.quotations import Span

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


@dataclass(slots=True, eq=False)
class AttributionDraft:
    """An attribution in the making: spans of the text, and the candidate they come from (None for a transcript)."""

    paragraph: Paragraph
    candidate: Candidate | None
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: set[Span] = field(default_factory=set)

    def claim(self, paragraph: Paragraph, span: Span) -> None:
        """Takes a span of a paragraph in, in the place of what lies inside it or overlaps it."""
        start, end = span[0] + paragraph.start, span[1] + paragraph.start
        touching = {
            span for span in self.content if span[0] < end and start < span[1]
        }
        self.content -= touching
        self.content.add(
            (
                min([start, *(a for a, _ in touching)]),
                max([end, *(b for _, b in touching)]),
            )
        )

    def cut(self, end: int) -> None:
        """Ends the content before a place of the text."""
        self.content = {(a, min(b, end)) for a, b in self.content if a < end}


def spans(tokens: "Iterable[Token]") -> list[Span]:
    """The places of tokens, in order, neighbours joined."""
    joined: list[Span] = []
    last = -2
    for token in tokens:
        begin = joined.pop()[0] if token.i == last + 1 and joined else token.idx
        joined.append((begin, token.idx + len(token)))
        last = token.i
    return joined


def moved(places: Iterable[Span], by: int) -> tuple[Span, ...]:
    """Places that many characters farther on."""
    return tuple((start + by, end + by) for start, end in places)
