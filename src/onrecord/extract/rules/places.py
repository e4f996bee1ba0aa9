"""Spans of a text, found by the places that they cover, however many there are."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from onrecord.extract.rules.quotations import Span

T = TypeVar("T")
BLOCK = 256
"""Characters of a text whose spans are kept together."""


@dataclass(slots=True)
class SpanIndex(Generic[T]):
    """Values by the spans of a text that they belong to."""

    _blocks: defaultdict[int, list[tuple[Span, T]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, span: Span, value: T) -> None:
        """Keeps a value for a span."""
        for block in range(span[0] // BLOCK, span[1] // BLOCK + 1):
            self._blocks[block].append((span, value))

    def covering(self, place: int) -> Iterator[T]:
        """The values whose span covers a place, in the order in which they were added."""
        for (start, end), value in self._blocks.get(place // BLOCK, ()):
            if start <= place < end:
                yield value

    def touching(self, span: Span) -> Iterator[T]:
        """The values whose span has a place in common with another, some of them twice."""
        first, last = span[0] // BLOCK, span[1] // BLOCK
        for block in range(first, last + 1):
            for (start, end), value in self._blocks.get(block, ()):
                if start < span[1] and span[0] < end:
                    yield value


class TakenPlaces:
    """Spans of a text that do not overlap."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Keeps spans, whatever their order."""
        self._spans = sorted(spans)

    def add(self, start: int, end: int) -> None:
        """Keeps one more."""
        place = bisect_right(self._spans, (start, end))
        self._spans.insert(place, (start, end))

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them and a span have a place in common."""
        following = bisect_left(self._spans, (end,))
        return following > 0 and start < self._spans[following - 1][1]

    def covers(self, place: int) -> bool:
        """Whether a place lies in one of them."""
        return self.touches(place, place + 1)
