"""Names of one row, where the parser has hung some of them elsewhere: "Ada Example, Jo Finch and Rhea Sand"."""

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.role_nouns import is_definite
from onrecord.extract.rules.sources import subjects_beside

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

ACTING = AGENTS | {"Event"}
"""Classes of those who may do something together: a festival and a guild."""
AND = re.compile(
    r"(?: \([^()\n]{1,20}\))?\.?"
    r"(?:, (?:the )?|,? and (?:(?!(?:of|for|at|in|by)\b)[a-z-]+ ){0,3}| & )$"
)
"""What stands between two names that are joined: "Ada Example (D-DE), Jo Finch"."""
COMMAS = (", ", ", the ")
"""What joins names only where an "and" ends them."""


def joined_names(
    context: ParagraphContext, named: list[Mention]
) -> list[Mention]:
    """Names between and after, joined by "and", that the parser has hung elsewhere; commas, if an "and" ends them."""
    if not named:
        return []
    text, moved = context.paragraph.text, context.paragraph.start
    more: list[Mention] = []
    sure = 0
    last = named[0]
    for mention in context.after(last.end):
        if mention.start <= last.end or mention.cls not in ACTING:
            continue
        gap = text[last.end - moved : mention.start - moved]
        if AND.fullmatch(gap) is None or not _is_like(last, mention, gap):
            break
        if mention not in named:
            more.append(mention)
        if not gap.endswith(COMMAS):
            sure = len(more)
        last = mention
    return more[:sure]


PAIRS = frozenset({"couple", "duo", "pair"})
"""Nouns for two people."""


def both_of(context: ParagraphContext, noun: "Token") -> tuple[Mention, ...]:
    """The two people for whom "the duo" stands: named together before, and nobody since."""
    if noun.lower_ not in PAIRS or not is_definite(noun):
        return ()
    place = context.place(noun)
    people = [
        mention
        for mention in context.state.recent
        if mention.cls in {"Person", "MusicGroup"} and mention.start < place
    ]
    match people[-2:]:
        case [one, two] if one.cls == two.cls == "Person":
            gap = context.state.text[one.end : two.start]
            return (one, two) if gap == " and " else ()
    return ()


def names_before(
    context: ParagraphContext, source: "Token", named: list[Mention]
) -> list[Mention]:
    """Names of a row that the parser has hung below its last one: "Ada Example, Jo Finch and" the one named."""
    if not named:
        return []
    text, moved = context.paragraph.text, context.paragraph.start
    more: list[Mention] = []
    first = min(named, key=attrgetter("start"))
    for mention in reversed(context.within(moved, first.start)):
        gap = text[mention.end - moved : first.start - moved]
        is_joined = AND.fullmatch(gap) and _is_like(mention, first, gap)
        is_last = gap.endswith(COMMAS) and not more and len(named) == 1
        if not is_joined or is_last or mention.cls not in ACTING:
            break
        if not _is_of_source(context, mention, source):
            break
        more.append(mention)
        first = mention
    return more


def _is_of_source(
    context: ParagraphContext, mention: Mention, source: "Token"
) -> bool:
    """Whether a name is one of the words for a source, or a subject of the same verb."""
    word = context.token(mention)
    if word is None:
        return False
    return source in {word, *word.ancestors} or word in subjects_beside(source)


def may_act_with(one: Mention, two: Mention) -> bool:
    """Whether two may do something together: a bill and those who brought it do not."""
    return (one.cls in ACTING) == (two.cls in ACTING)


def _is_like(one: Mention, two: Mention, gap: str) -> bool:
    """Whether a comma may join two names: not "Ada, Studio Nine's head"."""
    if not gap.endswith(COMMAS):
        return True
    return (one.cls == "Person") == (two.cls == "Person")
