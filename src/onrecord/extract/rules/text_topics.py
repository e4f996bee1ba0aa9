"""What a text and its parts are about."""

import re
from dataclasses import dataclass
from functools import cached_property

from onrecord.extract.rules.as_such import is_of_ai_alone
from onrecord.extract.rules.asides import is_aside
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.passages import place_of
from onrecord.extract.rules.sentences import sentence_of

MANY = 40
"""More topics than there are."""
LONG = 1200
"""Characters of a text that has matters of its own, which a passage need not name."""
SENTENCE_ENDS = re.compile(r"(?<=[.!?”\"])\s+|\n+")
AS_SUCH = "ai-as-such"


@dataclass(frozen=True)
class TextTopics:
    """The topics of one text, and of what somebody says in it."""

    text: str
    lexicon: Lexicon
    about_ai: bool

    @cached_property
    def matters(self) -> tuple[str, ...]:
        """What the sentences on AI of a long text are about, its headline counted twice."""
        if not self.about_ai or len(self.text) < LONG:
            return ()
        sentences = SENTENCE_ENDS.split(self.text)
        of_ai = filter(self.lexicon.is_about_ai, sentences)
        telling = " \n".join([sentences[0], *of_ai])
        return self.lexicon.topics_of(telling, most=3)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every topic that a word of the text speaks for."""
        return frozenset(self.lexicon.topics_of(self.text, most=MANY))

    def with_matters(
        self, own: tuple[str, ...], *, keep: bool = False
    ) -> tuple[str, ...]:
        """The first three of one's own topics and those of the text; AI as such last, unless kept."""
        matters = self.matters
        if own[:1] == (AS_SUCH,) and matters and not keep:
            own = (*own[1:], *matters[:2], AS_SUCH)
        return tuple(dict.fromkeys((*own, *matters)))[:3]

    def of_report(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        text: str,
        meant: Meaning,
    ) -> tuple[str, ...]:
        """What the words are about; AI as such where they speak of it and nothing narrower."""
        own = self._of_words(text, meant)
        is_first = is_of_ai_alone(draft, meant)
        is_of_ai = self.lexicon.is_about_ai(text)
        if is_of_ai and (is_first or not own):
            return self.with_matters((AS_SUCH, *own), keep=is_first)
        own = own or self.around(context, draft)
        if own:
            return self.with_matters(own)
        if self.matters:
            passage = context.paragraph.text
            near = self.lexicon.topics_of(passage, most=1)
            return self.with_matters((self.matters[0], *near))
        if not self.about_ai or is_aside(self.lexicon, draft, text, meant):
            return ()
        return (AS_SUCH,)

    def _of_words(self, text: str, meant: Meaning) -> tuple[str, ...]:
        """The topics of what somebody says; a denial is first of the charge, then of a craft."""
        topics = self.lexicon.topics_of(text)
        if meant.relation != "denies":
            return topics
        crafts = self.lexicon.words["craft topic"]
        return tuple(sorted(topics, key=crafts.__contains__))

    def around(
        self, context: ParagraphContext, draft: AttributionDraft
    ) -> tuple[str, ...]:
        """The topics of the sentence of a report, without the words that name who speaks."""
        is_here = draft.paragraph is context.paragraph
        if draft.candidate is None or not is_here:
            return ()
        start, end = place_of(context, sentence_of(draft.candidate.cue))
        words = self.text[start:end]
        for first, last in sorted(draft.source, reverse=True):
            if start <= first < end:
                before = words[: first - start]
                words = before + words[last - start :]
        return self.lexicon.topics_of(words)

    def borne_out(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        """The topics of trained weights, first those that words bear out; else AI as such."""
        known = {*self.named, AS_SUCH}
        ranked = sorted(topics, key=lambda topic: topic not in known)
        if not ranked or ranked[0] in known:
            return tuple(ranked)
        return (AS_SUCH, *ranked)
