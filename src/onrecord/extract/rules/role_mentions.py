"""Who leads or works for whom, where the grammar binds a post, a name and an organization.

A name in a list is bound to nobody by standing next to a firm: a post must stand between
the two ("Studio Nine CEO Ada Example", "Ada Example, president of the guild"), or an
"of" or "at" ("critic Ada Example of the Herald").
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.rules.clients import Whose, as_resolved, clients
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.focus import BEFORE, in_focus, nearest
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.post_clauses import bonds
from onrecord.extract.rules.posts import relation_of
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.role_forms import (
    BETWEEN,
    EMPLOYERS,
    HONORIFIC,
    PART_OF,
    PAST,
    forms_of,
)
from onrecord.extract.rules.role_limits import (
    is_elsewhere,
    is_made,
    is_within,
)

LONG_PAST = 14
"""Characters before a firm in which a post there may be called a former one."""


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A person in a post of an organization; `start` and `end` are places of the text."""

    person: Mention
    organization: Mention
    relation: str
    start: int
    end: int
    rule: str


Refers = Callable[
    [ParagraphContext, int, Mention, Mention | None], Mention | None
]
"""Whose the post of a person is, by the place of the word that points back to it, and whom rules take for it."""


def as_ruled(
    _context: ParagraphContext,
    _place: int,
    _person: Mention,
    ruled: Mention | None,
) -> Mention | None:
    """Whose a post is as rules have it."""
    return ruled


def role_mentions(
    context: ParagraphContext,
    refers: Refers = as_ruled,
    whose: Whose = as_resolved,
) -> Iterator[RoleMention]:
    """The posts of a paragraph, each person's with the organization that it belongs to."""
    mentions = context.mentions
    for index, person in enumerate(mentions):
        if person.cls != "Person":
            continue
        bound = list(_before(context, mentions, index, refers))
        if not bound:
            bound = list(_after(context, mentions, index))
        if not bound:
            bound = list(_pointing_back(context, person, refers))
        own = [
            post
            for post in bound
            if not is_elsewhere(context, post.organization, person)
            and not is_made(context, post.organization, person)
        ]
        yield from own[:1]
    for bond in (*bonds(context), *clients(context, whose)):
        start, end = bond.place
        yield RoleMention(
            bond.holder, bond.whole, bond.relation, start, end, "post"
        )


def _gap(context: ParagraphContext, start: int, end: int) -> str:
    moved = context.paragraph.start
    return context.paragraph.text[max(0, start - moved) : max(0, end - moved)]


def _before(
    context: ParagraphContext,
    mentions: Sequence[Mention],
    index: int,
    refers: Refers,
) -> Iterator[RoleMention]:
    """Such as "Studio Nine CEO Ada Example", "its founder, Ada Example", "CEO Ada Example"."""
    person = mentions[index]
    floor = max(context.paragraph.start, person.start - BEFORE)
    previous = mentions[index - 1] if index else None
    if previous is not None:
        floor = max(floor, previous.end)
    match = forms_of(context.lexicon).before.search(
        _gap(context, floor, person.start)
    )
    if match is None:
        headed = list(_headed(context, mentions, index))
        joined = headed or list(_joined(context, mentions, index, refers))
        yield from joined or _of_firm(context, previous, person)
        return
    start = floor + match.start()
    between = _gap(context, floor, start)
    if _is_past(context, previous, between):
        return
    title = match["title"].casefold()
    relation = relation_of(context.lexicon, title, between, match["tail"])
    holder, rule = _holder(context, previous, (floor, start), title)
    if rule and (holder is None or holder is not previous):
        word = OWNER.search(between)
        place = floor + word.start("word") if word is not None else start
        holder = refers(context, place, person, holder)
    if holder is not None:
        begin = min(start, holder.start) if rule == "post" else start
        begin = begin if begin >= context.paragraph.start else start
        yield RoleMention(person, holder, relation, begin, person.end, rule)


def _of_firm(
    context: ParagraphContext, previous: Mention | None, person: Mention
) -> Iterator[RoleMention]:
    """Such as "Studio Nine's Ada Example", whatever she is there."""
    if previous is None or previous.cls not in {"Company", "TalentAgency"}:
        return
    if _gap(context, previous.end, person.start) not in OWNS:
        return
    yield RoleMention(
        person, previous, "worksFor", previous.start, person.end, "post"
    )


OWNS = frozenset({"’s ", "'s ", "’ ", "' "})


def _headed(
    context: ParagraphContext, mentions: Sequence[Mention], index: int
) -> Iterator[RoleMention]:
    """Such as "the head of the film school Studio Nine, Ada Example"."""
    person, body = mentions[index], mentions[index - 1]
    gap = _gap(context, body.end, person.start)
    is_beside = re.fullmatch(rf",\s+(?:{HONORIFIC}\s+)?", gap) is not None
    if not index or body.cls not in EMPLOYERS or not is_beside:
        return
    floor = max(context.paragraph.start, body.start - BEFORE)
    text = _gap(context, floor, body.start)
    match = forms_of(context.lexicon).headed.search(text)
    if match is None or PAST.search(text[: match.start("title")]):
        return
    relation = relation_of(
        context.lexicon, match["title"], match["ahead"], match["tail"]
    )
    start = floor + match.start("title")
    yield RoleMention(person, body, relation, start, person.end, "post")


def _holder(
    context: ParagraphContext, previous: Mention | None, room: Span, title: str
) -> tuple[Mention | None, str]:
    """The organization that stands before a post; else the one that the text is at."""
    floor, start = room
    between = _gap(context, floor, start)
    is_owner = previous is not None and previous.cls in EMPLOYERS
    is_beside = BETWEEN.fullmatch(between) is not None
    if is_beside and _is_mere_start(context, previous, between):
        return None, ""
    if is_owner and is_beside:
        return previous, "post"
    return _pointed_at(context, between, start, title)


def _pointed_at(
    context: ParagraphContext, between: str, start: int, title: str
) -> tuple[Mention | None, str]:
    """The organization that "its", "the guild’s" or a post alone points back to."""
    last = _owner(between)
    if last in {"its", "their", "whose"}:
        return nearest(context, start), "bare post"
    if last == "board":
        return in_focus(context, start), "bare post"
    if last in context.lexicon.roles:
        return _role(context, last, start), "post"
    if _begins_clause(between) and title not in context.lexicon.words["trade"]:
        return in_focus(context, start), "bare post"
    return None, ""


def _is_mere_start(
    context: ParagraphContext, mention: Mention | None, between: str
) -> bool:
    """Whether a word has a capital only since a sentence begins: "Theatre critic Ada Example"."""
    if mention is None:
        return False
    is_owned = between.startswith(("’", "'"))
    is_known = mention.entity not in context.state.proposed
    if is_owned or is_known or " " in mention.entity:
        return False
    ahead = _gap(context, mention.start - 2, mention.start).strip()
    is_first = mention.start == context.paragraph.start or ahead in ENDS
    same = [m for m in context.state.recent if m.entity == mention.entity]
    return is_first and len(same) == 1


ENDS = frozenset({".", "!", "?", "”", '"'})


OWNER = re.compile(
    r"\b(?P<word>(?:([\w-]+)(?=[’']s)|its|their|whose))(?:[’']s)?(?:\s[\w-]+){0,3}\s*$",
    re.IGNORECASE,
)


def _owner(between: str) -> str:
    """The word for whose post it is: "the guild’s digital", "its first", "union"."""
    owned = OWNER.search(between)
    if owned is not None:
        return owned["word"].lower()
    words = between.split()
    return words[-1].lower() if words else ""


def _is_past(
    context: ParagraphContext, previous: Mention | None, between: str
) -> bool:
    """Whether a post before a name is one of the past: "former Studio Nine chief"."""
    if PAST.search(between):
        return True
    if previous is None or previous.cls not in EMPLOYERS:
        return False
    ahead = _gap(context, previous.start - LONG_PAST, previous.start)
    return PAST.search(ahead) is not None


def _begins_clause(between: str) -> bool:
    return (
        re.search(r"(?:^|[.!?,;”\"’]\s*)(?:(?:said|says|wrote)\s+)?$", between)
        is not None
    )


def _role(context: ParagraphContext, word: str, before: int) -> Mention | None:
    """Such as "union president Ada Example": the union named last, or a name that ends so."""
    classes = context.lexicon.roles[word] & EMPLOYERS
    named = [
        mention
        for mention in context.state.recent
        if mention.cls in classes and mention.start < before
    ]
    return named[-1] if named else _ending(context, word, before)


def _ending(
    context: ParagraphContext, word: str, before: int
) -> Mention | None:
    for mention in reversed(context.state.recent):
        name = context.state.text[mention.start : mention.end].lower()
        is_same = name.endswith(word) and mention.cls in EMPLOYERS
        if is_same and mention.start < before:
            return mention
    return None


def _joined(
    context: ParagraphContext,
    mentions: Sequence[Mention],
    index: int,
    refers: Refers,
) -> Iterator[RoleMention]:
    """Such as "co-presidents Ada Example and Ben Specimen": a second name of the same post."""
    if index < 1 or mentions[index - 1].cls != "Person":
        return
    gap = _gap(context, mentions[index - 1].end, mentions[index].start)
    if gap.strip() != "and":
        return
    for role in _before(context, mentions, index - 1, refers):
        text = _gap(context, role.start, role.person.start).rstrip()
        if text.endswith("s"):
            yield RoleMention(
                mentions[index],
                role.organization,
                role.relation,
                role.start,
                mentions[index].end,
                role.rule,
            )


def _after(
    context: ParagraphContext, mentions: Sequence[Mention], index: int
) -> Iterator[RoleMention]:
    """Such as "Ada Example, president of the guild", "Ada Example, Studio Nine's counsel"."""
    person = mentions[index]
    forms = forms_of(context.lexicon)
    for following, organization in enumerate(
        mentions[index + 1 :], start=index + 1
    ):
        gap = _gap(context, person.end, organization.start)
        if len(gap) > BEFORE or organization.cls == "Person":
            return
        if organization.cls not in EMPLOYERS:
            continue
        match = forms.after.fullmatch(gap)
        if match is not None:
            relation = relation_of(
                context.lexicon, match["title"], match["ahead"], match["tail"]
            )
            if relation == "represents" and match["prep"] in {"at", "with"}:
                relation = "worksFor"  # a lawyer at the firm is one of its own
            whole = _part(context, mentions, following)
            if relation == "leads" and is_within(context, whole):
                relation = "worksFor"
            yield RoleMention(
                person, whole, relation, person.start, whole.end, "post"
            )
            return
        yield from _beside(context, person, organization, gap)
        return


def _pointing_back(
    context: ParagraphContext, person: Mention, refers: Refers
) -> Iterator[RoleMention]:
    """Such as "Ada Example, the union's president,", "Ada Example, its founder,": whose it is was named before."""
    rest = _gap(context, person.end, person.end + BEFORE)
    match = forms_of(context.lexicon).pointing.match(rest)
    if match is None:
        return
    word, title = (match["owner"] or match["its"]).lower(), match["title"]
    if word in {"its", "their"}:
        body, rule = nearest(context, person.start), "bare post"
    elif word in context.lexicon.roles:
        body, rule = _role(context, word, person.start), "post"
    else:
        return
    group = "owner" if match["owner"] else "its"
    body = refers(context, person.end + match.start(group), person, body)
    if body is None:
        return
    relation = relation_of(
        context.lexicon, title, match["ahead"], match["tail"]
    )
    end = person.end + match.end("tail")
    yield RoleMention(person, body, relation, person.start, end, rule)


def _beside(
    context: ParagraphContext, person: Mention, organization: Mention, gap: str
) -> Iterator[RoleMention]:
    forms = forms_of(context.lexicon)
    rest = _gap(context, organization.end, organization.end + BEFORE)
    owned = forms.owned.match(rest)
    if re.fullmatch(r",\s+(?:an?\s+|the\s+)?", gap) and owned is not None:
        relation = relation_of(
            context.lexicon, owned["title"], owned["ahead"], owned["tail"]
        )
        end = organization.end + owned.end("title")
        yield RoleMention(
            person, organization, relation, person.start, end, "post"
        )
    elif forms.at.fullmatch(gap) and organization.cls != "GovernmentBody":
        is_band = organization.cls == "MusicGroup"
        relation = "memberOf" if is_band else "worksFor"
        yield RoleMention(
            person,
            organization,
            relation,
            person.start,
            organization.end,
            "post",
        )


def _part(
    context: ParagraphContext, mentions: Sequence[Mention], index: int
) -> Mention:
    """The organization, or its subsidiary that is named behind it."""
    parent = mentions[index]
    if index + 1 == len(mentions) or mentions[index + 1].cls not in EMPLOYERS:
        return parent
    part = mentions[index + 1]
    is_part = PART_OF.fullmatch(_gap(context, parent.end, part.start))
    return part if is_part else parent
