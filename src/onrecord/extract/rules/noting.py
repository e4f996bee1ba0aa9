"""What a paragraph tells beside its names: who writes, of which trade people are, who leads a sentence, which tools."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.extract.rules.kinds import Name
from onrecord.extract.rules.mentions import AGENTS, DiscourseState, Mention
from onrecord.extract.rules.name_forms import text_ahead
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.places import TakenPlaces
from onrecord.extract.rules.sentences import sentence_of
from onrecord.model import Entity

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token, Words

DATELINE = re.compile(r"[A-Z][A-Za-z .,’'-]{2,40}\(([^)]{2,30})\) ?(?:—|–|-)")


OUTLET = re.compile(
    r"[A-Z]\S+, [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:—|–|--?) (?=[A-Z])"
)
"""A date line that begins with the outlet: "Example.com, Oslo - "."""


def is_dateline(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a name is that of the wire in a date line: "BOSTON (AP) — …"."""
    match = DATELINE.match(paragraph.text) or OUTLET.match(paragraph.text)
    return match is not None and mention.start - paragraph.start < match.end()


USED = re.compile(r"\b(?:us(?:e|ed|es|ing)|with|via) (?:the )?$")
NUMBERED = re.compile(
    r"(?:(?<=[’']s)|[’']s) ([A-Z][\w]*[- ]?\d[\w.]*)(?= (?:to|for|in|on)\b)"
)


def used_tools(
    paragraph: Paragraph, mentions: Iterable[Mention], state: DiscourseState
) -> list[Mention]:
    """A firm's numbered tool that somebody uses: "used Studio Nine's Painter 2 to …"."""
    tools = []
    for maker in mentions:
        start = maker.start - paragraph.start
        match = NUMBERED.match(paragraph.text, maker.end - paragraph.start)
        is_used = USED.search(text_ahead(paragraph.text, start)) is not None
        if maker.cls != "Company" or match is None or not is_used:
            continue
        a, b = (place + paragraph.start for place in match.span(1))
        if not touches(mentions, a, b):
            state.proposed.setdefault(match[1], Entity(match[1], "AISystem"))
            tools.append(Mention(a, b, match[1], "AISystem"))
    return tools


BYLINE = re.compile(r"(?:By|Par|Von) (?=[A-Z])|.*[.!?”\"] — (?=[A-Z][^.]*$)")


def note_author(
    paragraph: Paragraph, mentions: Iterable[Mention], state: DiscourseState
) -> None:
    """A byline, or a name after a dash at the end, tells who says "I" in the text."""
    match = BYLINE.match(paragraph.text)
    if match is None or paragraph.text[:1] in '“"':
        return
    end = len(paragraph.text)
    for mention in mentions:
        start = mention.start - paragraph.start
        is_last = end - (mention.end - paragraph.start) <= 1
        if mention.cls == "Person" and start == match.end() and is_last:
            state.author = mention


def note_trades(
    paragraph: Paragraph, mentions: Iterable[Mention], state: DiscourseState
) -> None:
    """The nouns beside a person's name: "singer Ada Example", "Ada Example, a singer"."""
    for mention in mentions:
        if mention.cls != "Person":
            continue
        span = paragraph.doc.touching(
            mention.start - paragraph.start, mention.end - paragraph.start
        )
        if span is None:
            continue
        words = state.trades.setdefault(mention.entity, set())
        beside = (*span.root.children, *_word_before(span))
        words.update(
            word.lower_
            for word in beside
            if word.pos_ == "NOUN" or word.lower_ in TITLES
        )
        head = span.root.head
        if span.root.dep_ in {"appos", "compound"} and head.pos_ == "NOUN":
            words.add(head.lower_)


TITLES = frozenset({"judge", "justice", "magistrate"})
"""Trades that stand before a name with a capital."""


def _word_before(span: "Words") -> "tuple[Token, ...]":
    return (span.doc[span.start - 1],) if span.start else ()


def touches(mentions: Iterable[Mention], start: int, end: int) -> bool:
    """Whether a mention lies in a span, or partly."""
    return any(
        mention.start < end and start < mention.end for mention in mentions
    )


def is_subject(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a sentence of the paragraph has a mention for its subject."""
    span = paragraph.doc.touching(
        mention.start - paragraph.start, mention.end - paragraph.start
    )
    if span is None:
        return False
    head = span.root.head if span.root.dep_ == "appos" else span.root
    return head.dep_ in {"nsubj", "nsubjpass"}


GUESSED = frozenset({"Company", "Person"})
"""Classes that a name may have without a word that tells them."""


def strangers(
    paragraph: Paragraph, mentions: Iterable[Mention]
) -> Iterator[int]:
    """Where a name is a subject, or somebody's to spaCy, that is none of those found."""
    taken = TakenPlaces((mention.start, mention.end) for mention in mentions)
    people = {
        token.i
        for span in paragraph.doc.ents
        if span.label_ == "PERSON"
        for token in span
    }
    for token in paragraph.doc:
        subject = token.dep_ in {"nsubj", "nsubjpass"} and token.pos_ == "PROPN"
        subject = (
            subject
            and token.ent_type_ in {"", "PERSON"}
            and not token.text.isupper()
        )
        named = subject or token.i in people
        if (
            named
            and token.text[:1].isalpha()
            and not paragraph.quoted(token)
            and not taken.covers(token.idx + paragraph.start)
        ):
            yield token.idx + paragraph.start


def by_first_name(name: Name, state: DiscourseState) -> str | None:
    """The one person named so far who has this first name: "Rhea knows our crews"."""
    if " " in name.text:
        return None
    first = f"{name.text} "
    people = {
        mention.entity
        for mention in state.recent
        if mention.cls == "Person"
        and state.text.startswith(first, mention.start)
    }
    for entity in state.proposed.values():
        if entity.type == "Person" and entity.name.startswith(first):
            people.add(entity.name)
    return people.pop() if len(people) == 1 else None


def learn_initials(
    name: Name, start: int, mentions: Iterable[Mention], state: DiscourseState
) -> None:
    """What a body goes by after its name: "the Federation of Editors (FOE)"."""
    if " " in name.text or state.text[start - 2 : start] != " (":
        return
    for mention in mentions:
        if mention.end == start - 2 and mention.cls in AGENTS - {"Person"}:
            state.forms.setdefault(name.text, [(mention.entity, mention.cls)])


POSSESSIVES = {"her": "she", "his": "he"}


def note_own(
    paragraph: Paragraph, mentions: Iterable[Mention], state: DiscourseState
) -> None:
    """Who goes by "she" or "he" because something is theirs: "Ada Example voiced her fear"."""
    people = {
        mention.start - paragraph.start: mention
        for mention in mentions
        if mention.cls == "Person"
    }
    for token in paragraph.doc:
        pronoun = POSSESSIVES.get(token.lower_)
        if pronoun is None or token.dep_ != "poss" or paragraph.quoted(token):
            continue
        owner = _subject_before(token)
        if owner is None:
            continue
        start = sentence_of(token).start
        near = [at for at in people if start <= at < token.idx]
        first = owner.left_edge.idx
        if len(near) == 1 and first <= near[0] <= owner.idx:
            state.pronouns.setdefault(people[near[0]].entity, pronoun)


def _subject_before(token: "Token") -> "Token | None":
    """The subject of the clause that a word stands in, before it."""
    for word in token.ancestors:
        if word.pos_ not in {"VERB", "AUX"}:
            continue
        for other in word.children:
            if other.dep_ in {"nsubj", "nsubjpass"} and other.i < token.i:
                is_relative = other.lower_ == "who" and word.dep_ == "relcl"
                return word.head if is_relative else other
        return None
    return None


def note_mentions(
    paragraph: Paragraph, mentions: list[Mention], state: DiscourseState
) -> None:
    """Has the state learn what a paragraph says of its mentions."""
    for mention in mentions:
        state.take(mention)
        if paragraph.is_quoted(mention.start - paragraph.start):
            state.quoted.add(mention.start)
    note_trades(paragraph, mentions, state)
    note_own(paragraph, mentions, state)
    note_author(paragraph, mentions, state)
    for mention in mentions:
        if is_subject(paragraph, mention):
            state.subjects.add(mention.start)
    proposed = state.proposed
    sure = [
        row
        for row in mentions
        if " " in row.entity
        or row.entity not in proposed
        or row.cls not in GUESSED
    ]
    state.strangers += strangers(paragraph, sure)
