"""Who leads or works for whom, by the post that a name stands with."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.titles import after_name, before_name

EMPLOYERS = AGENTS - {"Person", "Group"}


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A person in a post of an organization; `start` and `end` are places of the text."""

    person: Mention
    organization: Mention
    relation: str
    start: int
    end: int
    rule: str


def role_mentions(context: ParagraphContext) -> Iterator[RoleMention]:
    """The posts in a paragraph: "Studio Nine co-CEO Ada Example", "Ada Example, president of the guild"."""
    text, moved = context.paragraph.text, context.paragraph.start
    for person in context.mentions:
        if person.cls != "Person":
            continue
        before = before_name(context.lexicon).search(
            text, max(0, person.start - moved - 90), person.start - moved
        )
        if before is not None:
            yield from _before(context, person, before)
        after = after_name(context.lexicon).match(text, person.end - moved)
        if after is not None:
            yield from _after(context, person, after)


def _before(
    context: ParagraphContext, person: Mention, title: re.Match[str]
) -> Iterator[RoleMention]:
    at = title.start(1) + context.paragraph.start
    relation = context.lexicon.titles[title[1].casefold()]
    holder = [
        each
        for each in context.mentions
        if each.cls in EMPLOYERS and 0 <= at - each.end <= len("’s ")
    ]
    if holder:
        yield RoleMention(
            person, holder[-1], relation, holder[-1].start, person.end, "post"
        )
    elif relation == "leads" and title.start() == _sentence_start(
        context, title.start()
    ):
        found = _main_company(context, at)
        if found is not None:
            yield RoleMention(person, found, relation, at, person.end, "bare post")


def _main_company(context: ParagraphContext, before: int) -> Mention | None:
    """The company that a text has named most up to a place, if it is one alone."""
    named = [
        each
        for each in context.state.recent
        if each.cls == "Company" and each.start < before
    ]
    ranked = Counter(each.entity for each in named).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(each for each in reversed(named) if each.entity == ranked[0][0])


def _after(
    context: ParagraphContext, person: Mention, title: re.Match[str]
) -> Iterator[RoleMention]:
    moved = context.paragraph.start
    for each in context.mentions:
        if (
            each.cls in EMPLOYERS
            and person.end < each.start
            and (
                abs(each.start - moved - title.end()) <= 1
                or each.end <= title.start(1) + moved
            )
        ):
            end = max(each.end, title.end(1) + moved)
            yield RoleMention(
                person,
                each,
                context.lexicon.titles[title[1].casefold()],
                person.start,
                end,
                "post",
            )
            return


def _sentence_start(context: ParagraphContext, at: int) -> int:
    return next(
        (
            each.start_char
            for each in context.paragraph.doc.sents
            if each.start_char <= at < each.end_char
        ),
        -1,
    )
