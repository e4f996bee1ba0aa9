"""Passages: where the words of a statement stand, and which of them tell nothing."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.factuality import is_open, is_silence, is_undone
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.lexicon import Cues
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.tokens import Sentence
from onrecord.model import Statement

ASKED_ABOUT = frozenset({"acknowledges", "predicts", "denies"})
"""Relations that take an AI system of the sentence for their object, if the content names none."""


def asked_about(
    context: ParagraphContext,
    meant: Meaning,
    candidate: Candidate,
    content: int,
) -> Mention | None:
    """An AI system that the sentence names before the words: "asked about Painter 2, she granted that …"."""
    if meant.relation not in ASKED_ABOUT:
        return None
    start, _ = place_of(context, sentence_of(candidate.cue))
    return next(
        (
            mention
            for mention in context.within(start, content)
            if mention.cls == "AISystem"
        ),
        None,
    )


def place_of(context: ParagraphContext, sentence: Sentence) -> Span:
    """The place of a sentence in the text, without the space behind it."""
    start = sentence.start + context.paragraph.start
    return start, start + len(sentence.text.rstrip())


def with_cue(draft: AttributionDraft, meant: Meaning, place: Span) -> Span:
    """The words of a report whose cue is more than "said": with who and cue, and so with a "not" between them."""
    plain = (
        meant.relation == "states"
        and draft.candidate is not None
        and draft.candidate.frame in {"that", "quote"}
    )
    if meant.rule != "cue" or plain or draft.candidate is None:
        return place
    sentence = sentence_of(draft.candidate.cue)
    floor, ceiling = (
        sentence.start + draft.paragraph.start,
        sentence.end + draft.paragraph.start,
    )
    parts = [
        place,
        *(
            span
            for span in (*draft.source, *draft.cue)
            if floor <= span[0] < ceiling
        ),
    ]
    return min(a for a, _ in parts), max(b for _, b in parts)


def is_void(candidate: Candidate, cues: Cues) -> bool:
    """Whether a report tells of nothing that was said: a question, a condition, a silence, somebody else's words."""
    cue = candidate.cue
    return (
        is_open(cue)
        or is_undone(cue)
        or is_silence(candidate, cues)
        or candidate.entry.word == "quote"
    )


def is_pronoun(candidate: Candidate) -> bool:
    """Whether the content is "him" or "that" alone, so that it says nothing about a topic."""
    return len(candidate.content) == 1 and candidate.content[0].pos_ == "PRON"


def cues_between(
    context: ParagraphContext, cues: Sequence[Candidate], span: Span
) -> Sequence[Candidate]:
    """Those of a paragraph's cues, which stand in its order, that a span holds."""

    def place(candidate: Candidate) -> int:
        return context.place(candidate.cue)

    first = bisect_left(cues, span[0], key=place)
    last = bisect_left(cues, span[1], key=place)
    return cues[first:last]


def covers(spans: Iterable[Span], place: int) -> bool:
    """Whether a place lies in one of the spans."""
    return any(start <= place < end for start, end in spans)


def place_in_text(value: Statement) -> int:
    """Where a statement's words begin."""
    return (value.evidence.start if value.evidence else None) or 0
