"""Keeps small whole answers in memory, those used last, up to so many bytes."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_SHARE = 16
"""One answer may take this part of the room."""
MOST_MARKS = 20_000
"""Answers of which is known what they are, though they may not be kept."""


@dataclass(slots=True)
class ResponseCache:
    """Responses by entity tag and coding; the tag names the generation, so an old one is never given.

    A mark, the tag of an answer's bytes, is remembered beside: other generations may give the same.
    """

    room: int
    _kept: OrderedDict[tuple[str, str], bytes] = field(
        default_factory=OrderedDict
    )
    _size: int = 0
    _coming: dict[tuple[str, str], asyncio.Event] = field(default_factory=dict)
    _marks: OrderedDict[str, str] = field(default_factory=OrderedDict)

    @property
    def most(self) -> int:
        """Bytes of the largest answer that is kept."""
        return self.room // MOST_SHARE

    def get(self, tag: str, coding: str) -> bytes | None:
        """The answer, if it is kept."""
        kept = self._kept.get((tag, coding))
        if kept is not None:
            self._kept.move_to_end((tag, coding))
        return kept

    @asynccontextmanager
    async def awaited(
        self, tag: str, coding: str
    ) -> AsyncIterator[bytes | None]:
        """The answer, waited for where somebody else is just working it out; None where it is to be worked out now.

        What the first one who is given None does in this context, the others wait for, once.
        """
        key = (tag, coding)
        if self.room and key in self._coming:
            await self._coming[key].wait()
        kept = self.get(tag, coding)
        is_first = kept is None and key not in self._coming
        if is_first:
            self._coming[key] = asyncio.Event()
        try:
            yield kept
        finally:
            if is_first:
                self._coming.pop(key).set()

    def keep(self, tag: str, coding: str, answer: bytes) -> None:
        """Keeps an answer, in the place of those that were not used for longest."""
        if len(answer) > self.most or (tag, coding) in self._kept:
            return
        self._kept[tag, coding] = answer
        self._size += len(answer)
        while self._size > self.room:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest)

    def note(self, tag: str, mark: str) -> None:
        """Remembers the mark of an answer, and forgets the one noted first where there are too many."""
        self._marks[tag] = mark
        while len(self._marks) > MOST_MARKS:
            self._marks.popitem(last=False)

    def mark(self, tag: str) -> str | None:
        """The mark of an answer, where it was made before."""
        return self._marks.get(tag)
