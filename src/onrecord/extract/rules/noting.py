"""What a paragraph tells beside its names: who writes, of which trade people are, who leads a sentence, which tools."""

import re
from collections.abc import Iterable, Iterator

from onrecord.extract.rules.mentions import DiscourseState, Mention
from onrecord.extract.rules.name_forms import text_ahead
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.places import TakenPlaces
from onrecord.model import Entity

DATELINE = re.compile(r"[A-Z][A-Za-z .,’'-]{2,40}\(([^)]{2,30})\) ?(?:—|–|-)")


def is_dateline(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a name is that of the wire in a date line: "BOSTON (AP) — …"."""
    match = DATELINE.match(paragraph.text)
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
        span = paragraph.doc.char_span(
            mention.start - paragraph.start,
            mention.end - paragraph.start,
            alignment_mode="expand",
        )
        if span is None:
            continue
        words = state.trades.setdefault(mention.entity, set())
        words.update(
            word.lower_ for word in span.root.children if word.pos_ == "NOUN"
        )
        head = span.root.head
        if span.root.dep_ in {"appos", "compound"} and head.pos_ == "NOUN":
            words.add(head.lower_)


def touches(mentions: Iterable[Mention], start: int, end: int) -> bool:
    """Whether a mention lies in a span, or partly."""
    return any(
        mention.start < end and start < mention.end for mention in mentions
    )


def is_subject(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether a sentence of the paragraph has a mention for its subject."""
    span = paragraph.doc.char_span(
        mention.start - paragraph.start,
        mention.end - paragraph.start,
        alignment_mode="expand",
    )
    if span is None:
        return False
    head = span.root.head if span.root.dep_ == "appos" else span.root
    return head.dep_ in {"nsubj", "nsubjpass"}


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
            and not paragraph.quoted(token)
            and not taken.covers(token.idx + paragraph.start)
        ):
            yield token.idx + paragraph.start
