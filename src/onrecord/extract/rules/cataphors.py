"""Whom a lede speaks of before it names him: "A judge has ruled …", and below "Judge Ada Example" (cataphora)."""

import re
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.person_signs import trades
from onrecord.extract.rules.suits import BENCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token

REACH = 700
"""Characters behind a lede in which a name may follow."""
TOLD = re.compile(r"[.!?][”\"’')]?[ \t]*$", re.MULTILINE)
"""Where a paragraph ends that is no headline."""
PEOPLE = frozenset(
    ["daughter", "man", "member", "son", "widow", "widower", "woman"]
)
"""Nouns for people that tell no trade."""
NOBODY = frozenset(
    ["any", "dead", "each", "every", "late", "no", "synthetic", "virtual"]
)
"""Words before a noun that speaks of nobody who says or does anything."""
BODIES = frozenset({"GovernmentBody", "Guild", "Organization", "TradeBody"})
"""Classes of bodies that ledes seldom speak of but to name them next."""


def named_later(context: ParagraphContext, noun: "Token") -> list[Mention]:
    """Who behind the lede is what a noun in it says, else the first who may be and has not been named; else nobody."""
    wanted = _classes(context, noun)
    if not wanted or not _is_lede(context):
        return []
    if not _is_first(context, noun, wanted):
        return []
    end = context.paragraph.start + len(context.paragraph.text)
    named = [
        mention
        for mention in _named_behind(context, end)
        if mention.cls in wanted and _may_be(context, noun, mention)
    ]
    return sorted(named, key=lambda one: not _is_told(context, noun, one))[:1]


def _classes(context: ParagraphContext, noun: "Token") -> frozenset[str]:
    """The classes of those whom a noun may stand for."""
    if noun.tag_ != "NN" or context.at(noun) is not None:
        return frozenset()
    if any(word.lower_ in NOBODY for word in noun.children):
        return frozenset()
    word, lexicon = noun.lower_, context.lexicon
    kinds = lexicon.roles.get(word, frozenset())
    if word in PEOPLE | BENCH:
        return frozenset({"Person"})
    if word in trades(lexicon) and kinds <= {"Person"}:
        return frozenset({"Person"})
    return kinds & BODIES


def _is_lede(context: ParagraphContext) -> bool:
    """Whether nothing but a headline stands before a paragraph."""
    return TOLD.search(context.state.text, 0, context.paragraph.start) is None


def _is_first(
    context: ParagraphContext, noun: "Token", wanted: frozenset[str]
) -> bool:
    """Whether no other noun of the paragraph before it stands for somebody of its kind."""
    return not any(
        word.lower_ != noun.lower_
        and not wanted.isdisjoint(_classes(context, word))
        for word in context.paragraph.doc[: noun.i]
        if word.pos_ == "NOUN"
    )


def _named_behind(context: ParagraphContext, end: int) -> "Iterator[Mention]":
    """Who is named for the first time behind a lede, near by."""
    state = context.state
    for mention in state.recent:
        first = state.by_entity[mention.entity][0]
        if end < mention.start < end + REACH and first is mention:
            yield mention


def _may_be(context: ParagraphContext, noun: "Token", mention: Mention) -> bool:
    """Whether somebody is not a judge where a noun says that he is one, or the other way round."""
    told = context.state.trades.get(mention.entity, set())
    return not told or BENCH.isdisjoint(told) == (noun.lower_ not in BENCH)


def _is_told(
    context: ParagraphContext, noun: "Token", mention: Mention
) -> bool:
    """Whether a text says of somebody what a noun says: "writer-director Ada Example" is a director."""
    told = context.state.trades.get(mention.entity, set())
    return any(noun.lower_ in word.split("-") for word in told)
