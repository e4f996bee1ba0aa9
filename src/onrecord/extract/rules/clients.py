"""Who stands for somebody: "her lawyer, Ada Example", "Jo Finch’s agent, Ada Example", "a lawyer for Jo Finch, …"."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.post_clauses import Bond
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.role_forms import HONORIFIC

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

CLIENTS = frozenset({"Person", "MusicGroup"})
"""Classes of those who have somebody to stand for them, beside firms and bodies."""
BEFORE = 80
"""Characters before a name in which whose lawyer he is may stand."""
_AGENT = (
    r"(?:agent|attorney|barrister|counsel|executor|lawyer|(?<!general )(?<!project )manager|publicist|solicitor"
    r"|spokes(?:man|person|woman))"
)
_KIND = r"(?:(?!former\b|ex-|late\b|then\b|old\b)[a-z][a-z-]* ){0,2}?"
_ROLE = rf"{_KIND}(?:[a-z]+ and )?{_AGENT}(?: of (?:[\w-]+ ){{1,3}}?(?:years?|decades?))?"
_NAMED = rf",? (?:the [a-z]+ )?(?:{HONORIFIC} )?"
_OWNS = r"(?:[’']s?|(?<=[’']s)|(?<=s[’']))"
OWNED = re.compile(rf"{_OWNS} {_ROLE}{_NAMED}")
"""Behind the name of somebody, before that of the one who stands for him: "’s lawyer, "."""
POINTED = re.compile(
    rf"\b(?:(?P<its>[Hh]is|[Hh]er)|[Tt]he (?:[a-z-]+ )?(?P<role>[a-z]+)[’']s?) {_ROLE}{_NAMED}$"
)
"""The same, where a pronoun or a noun stands for whom he stands for."""
FOR = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he) {_ROLE} (?:for|representing) (?:the )?(?:[a-z-]+ ){{0,3}}$"
)
"""Before a name that the one who stands for it follows: "a lawyer for "."""
FOLLOWS = re.compile(rf", (?:{HONORIFIC} )?")
BEHIND = re.compile(rf"{_OWNS} {_ROLE}(?=[,.]| (?:said|told)\b)")
"""Behind the name of whom somebody stands for: "Ada Example, Jo Finch’s lawyer,"."""

Whose = Callable[[ParagraphContext, "Token"], Iterable[Mention]]
"""Whom a pronoun or a noun stands for."""


def as_resolved(context: ParagraphContext, token: "Token") -> Iterable[Mention]:
    """Whom a word stands for as rules have it."""
    named = resolve(context, token)
    return () if named is None else (named,)


def clients(context: ParagraphContext, whose: Whose) -> Iterator[Bond]:
    """Those of a paragraph who stand for somebody."""
    previous: Mention | None = None
    for person in context.mentions:
        if person.cls == "Person":
            bond = _beside(context, previous, person)
            yield from bond or _pointed(context, previous, person, whose)
        previous = person
    for one, two in pairwise(context.mentions):
        yield from _behind(context, one, two)


def _text(context: ParagraphContext, start: int, end: int) -> str:
    moved = context.paragraph.start
    return context.paragraph.text[max(0, start - moved) : max(0, end - moved)]


def _beside(
    context: ParagraphContext, client: Mention | None, person: Mention
) -> list[Bond]:
    """Such as "Jo Finch’s agent, Ada Example", "a lawyer for Jo Finch, Ada Example"."""
    if not _may_be(client, person) or client is None:
        return []
    gap = _text(context, client.end, person.start)
    moved = context.paragraph.start
    ends = client.end - moved, person.start - moved
    if OWNED.fullmatch(context.paragraph.text, *ends):
        return [_bond(person, client, client.start, person.end)]
    ahead = _text(context, client.start - BEFORE, client.start)
    match = FOR.search(ahead) if FOLLOWS.fullmatch(gap) else None
    if match is None:
        return []
    start = client.start - len(ahead) + match.start()
    return [_bond(person, client, start, person.end)]


def _pointed(
    context: ParagraphContext,
    previous: Mention | None,
    person: Mention,
    whose: Whose,
) -> Iterator[Bond]:
    """Such as "her lawyer, Ada Example", "the singer’s lawyer, Ada Example"."""
    floor = max(context.paragraph.start, person.start - BEFORE)
    if previous is not None:
        floor = max(floor, previous.end)
    match = POINTED.search(_text(context, floor, person.start))
    if match is None:
        return
    group = "its" if match["its"] else "role"
    at = floor + match.start(group)
    words = context.span(at, at + len(match[group]))
    if words is None or not len(words):
        return
    if match["role"] and not _is_trade(context, match["role"]):
        return
    named = {mention.entity for mention in context.within(0, at)}
    meant = [
        client
        for client in whose(context, words[0])
        if _may_be(client, person) and client.entity in named
    ]
    if len(meant) == 1:
        start = floor + match.start()
        yield _bond(person, meant[0], start, person.end)


def _is_trade(context: ParagraphContext, word: str) -> bool:
    """Whether a noun may stand for somebody who has a lawyer of his own: "the singer", "the band"."""
    return not CLIENTS.isdisjoint(context.lexicon.roles.get(word, ()))


def _behind(
    context: ParagraphContext, person: Mention, client: Mention
) -> Iterator[Bond]:
    """Such as "Ada Example, Jo Finch’s lawyer,"."""
    if person.cls != "Person" or not _may_be(client, person):
        return
    if _text(context, person.end, client.start) != ", ":
        return
    moved = context.paragraph.start
    match = BEHIND.match(context.paragraph.text, client.end - moved)
    if match is not None:
        yield _bond(person, client, person.start, moved + match.end())


def _may_be(client: Mention | None, person: Mention) -> bool:
    """Whether somebody is another than the one who may stand for him."""
    if client is None or client.cls not in CLIENTS:
        return False
    return client.entity != person.entity


def _bond(person: Mention, client: Mention, start: int, end: int) -> Bond:
    return Bond(person, client, "represents", (start, end))
