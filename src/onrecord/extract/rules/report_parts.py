"""What a report means: as a whole, else what each of its sentences and clauses does."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.factuality import is_negated
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import Meaning, Speaker
from onrecord.extract.rules.passages import covers, cues_between
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.reading import (
    is_beside,
    meaning,
    sentence_meaning,
)

SENTENCES = re.compile(r"(?<=[a-z\d][.!?])\s+(?=[A-Z“])")
SPLIT = re.compile(r",?\s(?:and|but)\s(?=that\s|it\s|he\s|she\s|they\s)|;\s")
"""Where the content of a report falls into parts."""


@dataclass(frozen=True, slots=True)
class PartMeaning:
    """What a part of a report means, and where it stands."""

    meant: Meaning
    place: Span


def meanings(
    context: ParagraphContext,
    draft: AttributionDraft,
    inner: Sequence[Candidate],
    speaker: Speaker,
) -> list[PartMeaning]:
    """What an attribution means: as a whole, else what each of its parts does."""
    candidate = draft.candidate
    if candidate is None:
        return []
    text = words_of_report(context.state.text, draft)
    near = cues_between(context, inner, whole_place(draft))
    inside = [
        cue for cue in near if covers(draft.content, context.place(cue.cue))
    ]
    meant = meaning(context, candidate, inside, text, speaker)
    whole = PartMeaning(meant, whole_place(draft))
    is_denied = meant.negated or is_negated(candidate.cue)
    is_plain = candidate.entry.relation == "states" and not is_denied
    is_by_cue = meant.rule == "cue" and meant.relation != "states"
    is_by_cue = is_by_cue or is_beside(candidate)
    if not is_plain or is_by_cue or meant.rule == "opinion":
        return [whole]
    return _parts(context, draft, inside, speaker) or [whole]


def words_of_report(text: str, draft: AttributionDraft) -> str:
    """The words of what somebody says, its parts joined."""
    parts = sorted(draft.content)
    return " ".join(text[start:end] for start, end in parts)


def whole_place(draft: AttributionDraft) -> Span:
    """From where what somebody says begins to where it ends."""
    start = min(start for start, _ in draft.content)
    return start, max(end for _, end in draft.content)


def _parts(
    context: ParagraphContext,
    draft: AttributionDraft,
    inner: list[Candidate],
    speaker: Speaker,
) -> list[PartMeaning]:
    """What each quotation or clause means, where it means more than a remark."""
    parts: dict[str, PartMeaning] = {}
    for start, end in _pieces(context.state.text, draft):
        words = context.span(start, end)
        if words is None or not len(words):
            continue
        held = list(cues_between(context, inner, (start, end)))
        meant = sentence_meaning(context, words, words.root, held, speaker)
        if meant is not None and meant.relation != "states":
            part = PartMeaning(meant, (start, end))
            parts.setdefault(meant.relation, part)
    return list(parts.values())


def _pieces(text: str, draft: AttributionDraft) -> Iterator[Span]:
    """The sentences of quotations and the clauses of reports."""
    for start, end in sorted(draft.content):
        part = text[start:end]
        is_quoted = part[:1] in "“\"‘'"
        ends = SENTENCES if is_quoted else SPLIT
        at = start
        for match in ends.finditer(part):
            yield at, start + match.start()
            at = start + match.end()
        yield at, end
