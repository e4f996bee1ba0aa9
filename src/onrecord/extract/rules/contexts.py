"""A paragraph with who and what is named in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import DiscourseState, Mention
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.sentences import sentence_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token, Words


@dataclass(frozen=True, eq=False)
class ParagraphContext:
    """A paragraph with its mentions, and the state that it plays with; each is one of its own."""

    paragraph: Paragraph
    mentions: tuple[Mention, ...]
    state: DiscourseState

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.state.lexicon

    @cached_property
    def starts(self) -> list[int]:
        """Where each mention begins."""
        return [mention.start for mention in self.mentions]

    def place(self, token: "Token") -> int:
        """Where in the text a token begins."""
        return token.idx + self.paragraph.start

    def at(self, token: "Token") -> Mention | None:
        """The mention that a token is part of."""
        place = self.place(token)
        end = bisect_right(self.starts, place)
        for mention in self.mentions[max(0, end - 2) : end]:
            if place < mention.end:
                return mention
        return None

    def before(self, place: int) -> Mention | None:
        """The last mention that begins before a place."""
        end = bisect_left(self.starts, place)
        return self.mentions[end - 1] if end else None

    def after(self, place: int) -> Iterator[Mention]:
        """The mentions that begin behind a place, in their order."""
        first = bisect_right(self.starts, place)
        for number in range(first, len(self.mentions)):
            yield self.mentions[number]

    def span(self, start: int, end: int) -> "Words | None":
        """The tokens between two places of the text; None outside the paragraph."""
        begin = self.paragraph.start
        last = begin + len(self.paragraph.text)
        if not begin <= start < end <= last:
            return None
        return self.paragraph.doc.inside(start - begin, end - begin)

    def token(self, mention: Mention) -> "Token | None":
        """The head of a mention of the paragraph."""
        words = self.span(mention.start, mention.end)
        if words is None or not len(words):
            return None
        return words.root

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two places of the text."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return list(self.mentions[first:last])

    def sentence_start(self, token: "Token") -> int:
        """Where in the text the sentence of a token begins."""
        return sentence_of(token).start + self.paragraph.start
