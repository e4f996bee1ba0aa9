"""Attributions → proposals: what somebody is reported to have said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import begun, kind
from onrecord.extract.rules.barring import as_barred
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.demands import seeks_else
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import Meaning, Speaker
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import (
    covers,
    is_pronoun,
    is_void,
    with_cue,
)
from onrecord.extract.rules.proposals import (
    DraftStatement,
    Manner,
    Proposal,
)
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.relevance import Relevance
from onrecord.extract.rules.report_parts import (
    PartMeaning,
    meanings,
    whole_place,
    words_of_report,
)
from onrecord.extract.rules.stances import stance_of
from onrecord.extract.rules.suits import accused, as_charged, as_ruled
from onrecord.extract.rules.targets import as_asked, target_of
from onrecord.extract.rules.tellers import Tellers
from onrecord.extract.rules.transcripts import TranscriptReader

ASKED = re.compile(
    r"(?:whether|if|why|which|how|what|who|where)\b", re.IGNORECASE
)
"""How the content of a report begins that tells nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """An attribution by its cue, with who makes it."""

    draft: AttributionDraft
    candidate: Candidate
    actors: list[Mention]


@dataclass(frozen=True, slots=True)
class ReportReader:
    """Reads the attributions of one document."""

    actors: ActorResolver
    relevance: Relevance
    tellers: Tellers
    transcripts: TranscriptReader

    def read(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        inner: Sequence[Candidate],
    ) -> Iterator[Proposal]:
        """What an attribution states; `inner` are all cues of its paragraph."""
        candidate = draft.candidate
        actors = self.actors.of_attribution(context, draft)
        if not actors:
            self._note_unnamed(draft)
            return
        if candidate is None:
            self.actors.state.speaker = actors[0]
            speaker = self._speaker(actors)
            yield from self.transcripts.read(context, actors, inner, speaker)
            return
        if _tells_of_nothing(context, candidate):
            return
        if self._is_wire(context, candidate, actors[0]):
            yield from self._passed_on(context, draft, inner)
            return
        self.actors.state.speaker = actors[0]
        for span in draft.content:
            self.tellers.note(span, actors[0])
        report = Report(draft, candidate, actors)
        place = _source_place(context, candidate)
        speaker = replace(self._speaker(actors), place=place)
        for part in meanings(context, draft, inner, speaker):
            yield from self._report(context, report, part)

    def _note_unnamed(self, draft: AttributionDraft) -> None:
        """Remembers what a nameless paper or voice says."""
        candidate = draft.candidate
        if candidate is None or candidate.source.pos_ != "NOUN":
            return
        for span in draft.content:
            self.tellers.note_unnamed(span, candidate.source.text)

    def _is_wire(
        self,
        context: ParagraphContext,
        candidate: Candidate,
        actor: Mention,
    ) -> bool:
        """Whether an outlet only passes on what others said or did."""
        if candidate.entry.relation != "states":
            return False
        if actor.cls == "NewsOutlet":
            return True
        name = self.actors.label(actor).lower()
        return name in context.lexicon.words["wire"]

    def _passed_on(
        self,
        context: ParagraphContext,
        draft: AttributionDraft,
        inner: Sequence[Candidate],
    ) -> Iterator[Proposal]:
        """What somebody is reported to have said, in the place of the report."""
        paragraph = context.paragraph
        for cue in inner:
            is_inside = covers(draft.content, context.place(cue.cue))
            if not is_inside or not cue.content:
                continue
            if not paragraph.quoted(cue.cue):
                own = begun(paragraph, cue)
                yield from self.read(context, own, inner)
                return

    def _speaker(self, actors: list[Mention]) -> Speaker:
        entities = {actor.entity for actor in actors}
        is_charged = any(map(self.actors.is_charged, actors))
        return Speaker(entities, is_charged)

    def _report(
        self, context: ParagraphContext, report: Report, part: PartMeaning
    ) -> Iterator[Proposal]:
        """What a report, or a part of one, states."""
        draft, meant, place = report.draft, part.meant, part.place
        whole = context.state.text
        text = _words(whole, draft, place)
        if _tells_nothing(report.candidate, meant, text):
            return
        matters = self.relevance.of_report(context, draft, text, meant)
        wording = kind(whole, draft)
        meant = as_asked(
            self.actors, context, report.candidate, meant, report.actors
        )
        meant = as_ruled(context, report.candidate, meant, report.actors)
        meant = as_charged(context, report.candidate, meant, report.actors)
        meant = as_barred(context, report.candidate, meant, report.actors)
        target = target_of(
            context, report.candidate, meant, report.actors, place
        )
        targets: tuple[Mention | None, ...] = (target,)
        if meant.relation == "accuses":
            targets = accused(context, target, report.actors, place)
        about = self.relevance.topics
        topics = about.of_report(context, draft, text, meant)
        if wording != "direct":
            place = with_cue(draft, meant, place)
        statement = DraftStatement(
            actors=tuple(report.actors),
            relation=meant.relation,
            target=targets[0],
            topics=topics,
            place=place,
            rule=_rule(wording, meant),
            cue=_cue_place(context, report.candidate),
            matters=matters,
        )
        stance = stance_of(context.lexicon, meant, target, topics, text)
        manner = Manner(
            wording,
            negated=meant.negated,
            stance=stance,
            modality=meant.modality,
            basis="self-report",
        )
        for accused_one in targets:
            yield Proposal(replace(statement, target=accused_one), manner)


def _tells_of_nothing(context: ParagraphContext, candidate: Candidate) -> bool:
    """Whether a report is void, of an inquiry, or of what somebody looks for and does not demand."""
    if is_void(candidate, context.lexicon.cues) or _is_inquiry(candidate):
        return True
    return seeks_else(context, candidate)


def _words(text: str, draft: AttributionDraft, place: Span) -> str:
    """The words of a report, or of a part of it."""
    start, end = whole_place(draft)
    if place[0] <= start and place[1] >= end:
        return words_of_report(text, draft)
    return text[slice(*place)]


def _tells_nothing(candidate: Candidate, meant: Meaning, text: str) -> bool:
    """Whether a report tells only of a question, or of "him" or "that"."""
    is_by_words = meant.rule == "content" or meant.relation == "states"
    if is_by_words and ASKED.match(text):
        return True
    return meant.object is None and is_pronoun(candidate)


INQUIRED = frozenset({"comment", "interview", "response"})


def _is_inquiry(candidate: Candidate) -> bool:
    """Whether an outlet only asks for a word: "its request for comment"."""
    asked = (word.lemma_.lower() for word in candidate.content)
    is_noun = candidate.entry.kind == "noun"
    return is_noun and not INQUIRED.isdisjoint(asked)


def _rule(wording: str, meant: Meaning) -> str:
    """The way of reading; a plain quotation is one of its own."""
    is_plain = meant.rule == "cue" and meant.relation == "states"
    return "quote" if is_plain and wording == "direct" else meant.rule


def _source_place(context: ParagraphContext, candidate: Candidate) -> int:
    """Where the noun stands that names who speaks; -1 in another paragraph."""
    is_here = candidate.source.doc is context.paragraph.doc
    return context.place(candidate.source) if is_here else -1


def _cue_place(context: ParagraphContext, candidate: Candidate) -> int:
    """Where the cue stands; -1 in another paragraph."""
    is_here = candidate.cue.doc is context.paragraph.doc
    return context.place(candidate.cue) if is_here else -1
