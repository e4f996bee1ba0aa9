"""Clauses that may state something: every report, verb and noun with somebody who says or does it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import ParagraphAttributions
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import place_of
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import owner_of, source_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

SENTENCES = re.compile(r"(?<=[\w][.!?])\s+(?=[A-Z“])")
SPLIT = re.compile(r",?\s(?:and|but)\s(?=that\s|it\s|he\s|she\s|they\s)|;\s")
"""Where the content of a report falls into parts."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that may bear a statement, with who speaks or acts in them.

    `kind` is report (all that somebody says), part (one sentence or clause of it), verb
    or noun (a deed), turn (a sentence of a transcript). `place` is that of the words,
    `whole` that of what a reader is shown.
    """

    context: ParagraphContext
    kind: str
    actors: tuple[Mention, ...]
    cue: "Token | None"
    source: "Token | None"
    place: Span
    whole: Span
    draft: AttributionDraft | None = None
    candidate: Candidate | None = None

    @property
    def identity(self) -> tuple[Span, str, int]:
        """What tells it from the others of a text."""
        cue = self.cue.i if self.cue is not None else -1
        return self.place, self.kind, cue

    @property
    def text(self) -> str:
        """Its words."""
        return self.context.state.text[slice(*self.place)]


def clauses_of(
    context: ParagraphContext,
    heard: ParagraphAttributions,
    resolver: ActorResolver,
) -> Iterator[Clause]:
    """Every clause of a paragraph; one whose actor nobody knows has no actors."""
    taken: set[int] = set()
    for draft in heard.drafts:
        if draft.content:
            yield from _reports(context, draft, resolver)
            if draft.candidate is not None:
                taken.add(draft.candidate.cue.i)
    for token in context.paragraph.doc:
        if token.i not in taken and not context.paragraph.quoted(token):
            yield from _deed(context, token, resolver)


def _reports(
    context: ParagraphContext, draft: AttributionDraft, resolver: ActorResolver
) -> Iterator[Clause]:
    actors = tuple(resolver.of_attribution(context, draft))
    candidate = draft.candidate
    is_here = (
        candidate is not None and candidate.cue.doc is context.paragraph.doc
    )
    cue = candidate.cue if candidate is not None and is_here else None
    source = candidate.source if candidate is not None and is_here else None
    if actors:
        resolver.state.speaker = actors[0]
    start, end = min(draft.content)[0], max(b for _, b in draft.content)
    parts = list(pieces(context.state.text, draft))
    kind = "report" if candidate is not None else "turn"
    places = [*draft.content, *draft.source, *draft.cue]
    low, high = min(a for a, _ in places), max(b for _, b in places)
    is_near = high - low < end - start + NEAR
    whole = (low, high) if is_near else (start, end)
    yield Clause(
        context,
        kind,
        actors,
        cue,
        source,
        (start, end),
        whole,
        draft,
        candidate,
    )
    if len(parts) > 1:
        for place in parts:
            yield Clause(
                context,
                "part",
                actors,
                cue,
                source,
                place,
                place,
                draft,
                candidate,
            )


NEAR = 120
"""Characters of source and cue beside the words of a report."""


def pieces(text: str, draft: AttributionDraft) -> Iterator[Span]:
    """The sentences of quotations and the clauses of reports."""
    for start, end in sorted(draft.content):
        is_quoted = text[start : start + 1] in "“\"‘'"
        at = start
        for match in (SENTENCES if is_quoted else SPLIT).finditer(
            text, start, end
        ):
            yield at, match.start()
            at = match.end()
        yield at, end


def _deed(
    context: ParagraphContext, token: "Token", resolver: ActorResolver
) -> Iterator[Clause]:
    if token.pos_ == "VERB" or token.tag_ == "VBN":
        source, kind = source_of(token), "verb"
    elif token.pos_ == "NOUN":
        source, kind = owner_of(token), "noun"
    else:
        return
    if source is None or source == token:
        return
    actors = tuple(resolver.who(context, source))
    start, end = _span(context, token)
    whole = place_of(context, sentence_of(token))
    yield Clause(context, kind, actors, token, source, (start, end), whole)


def _span(context: ParagraphContext, cue: "Token") -> Span:
    """A deed's words: without what is joined to it."""
    apart = {
        word
        for child in cue.children
        if child.dep_ in {"conj", "cc"} and child.i > cue.i
        for word in child.subtree
    }
    words = [word for word in cue.subtree if word not in apart]
    if cue.pos_ == "NOUN" and cue.head.pos_ == "VERB":
        words.append(cue.head)
    first = min(words, key=lambda word: word.i)
    last = max(words, key=lambda word: word.i)
    return context.place(first), context.place(last) + len(last)
