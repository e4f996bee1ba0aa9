"""Whether what is said is about AI: by its own words, or in a passage that is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.extract.rules.asides import STRONG, is_aside, is_said_of_ai
from onrecord.extract.rules.attributions import kind
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import place_of
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sentences import sentence_of, sentences_of
from onrecord.extract.rules.text_topics import TextTopics


@dataclass(frozen=True, slots=True)
class Relevance:
    """Tells reports about AI from others; `parties` are named in sentences about AI so far."""

    topics: TextTopics
    parties: set[str] = field(default_factory=set)

    @property
    def lexicon(self) -> Lexicon:
        """The words that the text is read by."""
        return self.topics.lexicon

    def note_parties(self, context: ParagraphContext) -> None:
        """Remembers whom the sentences about AI of a paragraph name."""
        for sentence in sentences_of(context.paragraph.doc):
            if self.lexicon.is_about_ai(sentence.text):
                place = place_of(context, sentence)
                for mention in context.within(*place):
                    self.parties.add(mention.entity)

    def of_report(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        text: str,
        meant: Meaning,
    ) -> bool:
        """Whether a report is about AI."""
        if self.is_about_ai(context, draft.content, text):
            return True
        is_near = self._is_near_ai(context, draft)
        if meant.relation == "states":
            return self._is_worth_telling(context, draft, text, is_near=is_near)
        if is_aside(self.lexicon, draft, text, meant):
            return False
        if is_near:
            return True
        if not self.topics.about_ai:
            return False
        return (
            self.lexicon.is_about_ai(context.paragraph.text)
            or meant.object is not None
            or self._names_party(context)
            or self.lexicon.weight_of(text) >= STRONG - 1
        )

    def is_about_ai(
        self, context: ParagraphContext, places: Iterable[Span], text: str
    ) -> bool:
        """Whether words, or the places where they stand, name AI or a system."""
        for start, end in places:
            if _names_system(context.within(start, end)):
                return True
        return self.lexicon.is_about_ai(text)

    def _is_near_ai(
        self, context: ParagraphContext, draft: AttributionDraft
    ) -> bool:
        """Whether the sentence of a cue names AI or a system."""
        if draft.candidate is None:
            return False
        sentence = sentence_of(draft.candidate.cue)
        if self.lexicon.is_about_ai(sentence.text):
            return True
        if draft.paragraph is not context.paragraph:
            return False
        place = place_of(context, sentence)
        return _names_system(context.within(*place))

    def _is_worth_telling(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        text: str,
        *,
        is_near: bool,
    ) -> bool:
        """Whether a mere remark is about AI: by its cue, its sentence or its passage."""
        if is_said_of_ai(self.lexicon, draft):
            return True
        whole = self.topics.text
        is_direct = is_near and kind(whole, draft) == "direct"
        if is_direct and self.topics.around(context, draft):
            return True
        passage = context.paragraph.text
        if not is_near and not self.lexicon.is_about_ai(passage):
            return False
        return self.lexicon.weight_of(text) >= STRONG

    def _names_party(self, context: ParagraphContext) -> bool:
        """Whether a paragraph names somebody whom a sentence about AI has named before."""
        named = {mention.entity for mention in context.mentions}
        return not named.isdisjoint(self.parties)


def _names_system(mentions: Iterable[Mention]) -> bool:
    return any(mention.cls == "AISystem" for mention in mentions)
