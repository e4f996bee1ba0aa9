"""Turns of a transcript → proposals: "I am worried …", "we will …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import Meaning, Speaker
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import is_void, place_of
from onrecord.extract.rules.proposals import (
    DraftStatement,
    Manner,
    Proposal,
)
from onrecord.extract.rules.reading import meaning, sentence_meaning
from onrecord.extract.rules.sentences import sentence_of, sentences_of
from onrecord.extract.rules.stances import stance_of
from onrecord.extract.rules.text_topics import AS_SUCH, TextTopics
from onrecord.extract.rules.tokens import Sentence

OWN = frozenset(
    [
        "callsFor",
        "promises",
        "concernedAbout",
        "supports",
        "opposes",
        "denies",
        "acknowledges",
        "criticizes",
    ]
)
"""What a speaker's plain sentence in a transcript may mean."""
FIRST_PERSON = frozenset({"i", "we"})


@dataclass(frozen=True, slots=True)
class TranscriptReader:
    """Reads the turns of one document."""

    topics: TextTopics

    def read(
        self,
        context: ParagraphContext,
        actors: list[Mention],
        cues: Sequence[Candidate],
        speaker: Speaker,
    ) -> Iterator[Proposal]:
        """What a speaker says of himself in a turn: by its cues, else by its sentences."""
        own = [cue for cue in cues if _is_own(context, cue)]
        for cue in own:
            text = " ".join(token.text for token in cue.content)
            meant = meaning(context, cue, [], text, speaker)
            sentence = sentence_of(cue.content[0])
            yield from self._said(context, actors, meant, text, sentence)
        for sentence in sentences_of(context.paragraph.doc):
            if any(sentence_of(cue.cue) is sentence for cue in own):
                continue
            guess = sentence_meaning(
                context, sentence.words, sentence.words.root, [], speaker
            )
            if guess is not None and guess.relation in OWN:
                yield from self._said(
                    context, actors, guess, sentence.text, sentence
                )

    def _said(
        self,
        context: ParagraphContext,
        actors: list[Mention],
        meant: Meaning,
        text: str,
        sentence: Sentence,
    ) -> Iterator[Proposal]:
        """A speaker's own words as a statement, if they are about AI."""
        whole = sentence.text
        lexicon = context.lexicon
        is_of_ai = lexicon.is_about_ai(whole)
        is_ours = self.topics.about_ai or is_of_ai
        if meant.relation == "states" or not is_ours:
            return
        topics = lexicon.topics_of(text) or lexicon.topics_of(whole)
        if not topics and is_of_ai:
            topics = (AS_SUCH,)
        draft = DraftStatement(
            tuple(actors),
            meant.relation,
            meant.object,
            self.topics.with_matters(topics),
            place_of(context, sentence),
            meant.rule,
        )
        stance = stance_of(lexicon, meant, meant.object, topics, whole)
        manner = Manner(
            "direct",
            negated=meant.negated,
            stance=stance,
            modality=meant.modality,
            basis="self-report",
        )
        yield Proposal(draft, manner)


def _is_own(context: ParagraphContext, cue: Candidate) -> bool:
    """Whether a cue is what "I" or "we" say, and tells something."""
    if not cue.content or cue.source.lower_ not in FIRST_PERSON:
        return False
    return not is_void(cue, context.lexicon.cues)
