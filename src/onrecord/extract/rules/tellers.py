"""Whose words a part of a text is."""

from dataclasses import dataclass, field

from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.places import SpanIndex
from onrecord.extract.rules.quotations import Span


@dataclass(frozen=True, slots=True)
class Tellers:
    """Who says which part of one text, so far as it is read."""

    _named: SpanIndex[Mention] = field(default_factory=SpanIndex)
    _unnamed: SpanIndex[str] = field(default_factory=SpanIndex)

    def note(self, span: Span, teller: Mention) -> None:
        """Remembers who says a part of the text."""
        self._named.add(span, teller)

    def note_unnamed(self, span: Span, words: str) -> None:
        """Remembers that somebody without a name says a part: "a suit claims that …"."""
        self._unnamed.add(span, words)

    def of(self, place: int) -> Mention | None:
        """Who says it, where a place of the text is part of what somebody says."""
        return next(self._named.covering(place), None)

    def is_hearsay(self, place: int) -> bool:
        """Whether a place is part of what somebody says whom the text does not name."""
        return any(self._unnamed.covering(place))
