"""What an outlet itself says: a fault that it finds with a system, and what it infers from a position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import covers, place_of
from onrecord.extract.rules.proposals import (
    DraftStatement,
    Manner,
    Proposal,
)
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sentences import sentences_of
from onrecord.extract.rules.tokens import Sentence

FAULTS = re.compile(
    r"\b(?:inadequate|insufficient|lax|flawed|weak|careless|reckless)"
    r"\s+(?:\w+\s+){0,2}"
    r"(?:safeguards?|protections?|guardrails?|controls?)",
    re.IGNORECASE,
)
INFERENCE = re.compile(
    r"\b(?:may|might|could) (?:serve|stand|act) as\b"
    r".{0,40}\bsuggesting that\b"
)
"""An outlet's own reading of what somebody's position means for others."""


@dataclass(frozen=True, slots=True)
class JudgementReader:
    """Reads what the outlet of one document says itself."""

    actors: ActorResolver
    publisher: str | None

    def read(
        self, context: ParagraphContext, contents: list[Span]
    ) -> Iterator[Proposal]:
        """What the outlet says outside what others say (`contents`).

        A forecast that nobody makes is nobody's.
        """
        text = context.paragraph.text
        is_judging = FAULTS.search(text) or INFERENCE.search(text)
        if not self.publisher or not is_judging:
            return
        for sentence in sentences_of(context.paragraph.doc):
            proposal = self._judgement(context, sentence, contents)
            if proposal is not None:
                yield proposal

    def _judgement(
        self,
        context: ParagraphContext,
        sentence: Sentence,
        contents: list[Span],
    ) -> Proposal | None:
        """What a sentence judges or infers."""
        fault = FAULTS.search(sentence.text)
        inference = INFERENCE.search(sentence.text)
        match = fault or inference
        if match is None:
            return None
        start, end = place_of(context, sentence)
        if covers(contents, start + match.start()):
            return None
        system = _first_system(context.within(start, end))
        if fault is not None and system is not None:
            return self._proposal(context, sentence, "criticizes", system)
        is_of_ai = context.lexicon.is_about_ai(sentence.text)
        if inference is not None and is_of_ai:
            return self._proposal(context, sentence, "predicts", None)
        return None

    def _proposal(
        self,
        context: ParagraphContext,
        sentence: Sentence,
        relation: str,
        target: Mention | None,
    ) -> Proposal:
        """A statement of the outlet's own."""
        outlet = self.actors.publisher(self.publisher or "")
        draft = DraftStatement(
            (outlet,),
            relation,
            target,
            context.lexicon.topics_of(sentence.text),
            place_of(context, sentence),
            "judgement",
        )
        stance = "critical" if relation == "criticizes" else None
        return Proposal(draft, Manner("indirect", stance=stance))


def _first_system(mentions: list[Mention]) -> Mention | None:
    """The first AI system of some mentions."""
    for mention in mentions:
        if mention.cls == "AISystem":
            return mention
    return None
