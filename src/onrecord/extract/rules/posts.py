"""Who leads or works for whom, by the post that a name stands with."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.scenes import Scene
from onrecord.extract.rules.titles import TITLE_AFTER, TITLE_BEFORE, titles

EMPLOYERS = AGENTS - {"Person", "Group"}


@dataclass(frozen=True, slots=True)
class Post:
    """A person in a post of an organization; `start` and `end` are places of the text."""

    person: Mention
    organization: Mention
    relation: str
    start: int
    end: int
    rule: str


def posts(scene: Scene) -> Iterator[Post]:
    """The posts in a paragraph: "Studio Nine co-CEO Ada Example", "Ada Example, president of the guild"."""
    text, moved = scene.paragraph.text, scene.paragraph.start
    for person in scene.mentions:
        if person.cls != "Person":
            continue
        before = TITLE_BEFORE.search(
            text, max(0, person.start - moved - 90), person.start - moved
        )
        if before is not None:
            yield from _before(scene, person, before)
        after = TITLE_AFTER.match(text, person.end - moved)
        if after is not None:
            yield from _after(scene, person, after)


def _before(scene: Scene, person: Mention, title: re.Match[str]) -> Iterator[Post]:
    at = title.start(1) + scene.paragraph.start
    relation = titles()[title[1].casefold()]
    holder = [
        each
        for each in scene.mentions
        if each.cls in EMPLOYERS and 0 <= at - each.end <= len("’s ")
    ]
    if holder:
        yield Post(person, holder[-1], relation, holder[-1].start, person.end, "post")
    elif relation == "leads" and title.start() == _sentence_start(scene, title.start()):
        found = _main_company(scene, at)
        if found is not None:
            yield Post(person, found, relation, at, person.end, "bare post")


def _main_company(scene: Scene, before: int) -> Mention | None:
    """The company that a text has named most up to a place, if it is one alone."""
    named = [
        each
        for each in scene.cast.recent
        if each.cls == "Company" and each.start < before
    ]
    ranked = Counter(each.entity for each in named).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return next(each for each in reversed(named) if each.entity == ranked[0][0])


def _after(scene: Scene, person: Mention, title: re.Match[str]) -> Iterator[Post]:
    moved = scene.paragraph.start
    for each in scene.mentions:
        if (
            each.cls in EMPLOYERS
            and person.end < each.start
            and (
                abs(each.start - moved - title.end()) <= 1
                or each.end <= title.start(1) + moved
            )
        ):
            end = max(each.end, title.end(1) + moved)
            yield Post(
                person, each, titles()[title[1].casefold()], person.start, end, "post"
            )
            return


def _sentence_start(scene: Scene, at: int) -> int:
    return next(
        (
            each.start_char
            for each in scene.paragraph.doc.sents
            if each.start_char <= at < each.end_char
        ),
        -1,
    )
