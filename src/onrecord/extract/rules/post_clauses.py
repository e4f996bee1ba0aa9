"""Posts that a clause tells: "Ada Example, who runs Studio Nine", "Studio Nine, founded by Ada Example"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.role_forms import HONORIFIC, WHENCE

BODIES = (AGENTS - {"Person", "Group"}) | {"Event"}
CLIENTS = AGENTS - {"NewsOutlet", "GovernmentBody"}
FIRMS = frozenset({"Company", "TalentAgency"})
NEAR = 110
"""Characters between the two that a post binds."""
_SMALL = rf"(?:(?:the|a|an|its|their) )?{WHENCE}(?:[a-z][\w’'-]* ){{0,4}}"
_NOW = r"(?:now |currently |also |jointly )?"
_KIND = r"(?:(?!former|one-?time|ex-|then)[a-z-]+ )"
_LEADS = r"(?:runs|heads|leads|chairs|directs|owns|founded|co-founded|set up|presides over)"
_SUBJECT = r"(?:(?!(?:at|for|and|who)\b)[\w’'-]+ ){0,5}?at"
_WORKS = (
    r"(?:(?:has )?work(?:s|ed) (?:for|at)|sits on the board of"
    rf"|(?:teaches|lectures|directs the [a-z]+) {_SUBJECT})"
)
_PLAYS = r"(?:belongs to|is a member of|sings (?:in|with)|plays [\w ]{0,14}?(?:in|with))"
_LAWYER = r"(?:lawyer|attorney|solicitor|barrister|counsel|agent|publicist)"
WHO = {
    "leads": rf",? who {_NOW}{_LEADS} {_SMALL}",
    "worksFor": rf",? who {_NOW}{_WORKS} {_SMALL}",
    "memberOf": rf",? (?:who {_NOW}{_PLAYS} |(?:an? )?{_KIND}?member of ){_SMALL}",
}
"""What stands between a person and the body that he has a post in."""
BY = re.compile(
    r",?(?: which| that)?(?:(?: was| were)? (?:co-)?founded|(?: is| are)? (?:run|led|headed|chaired|owned))"
    rf"(?: [\w ]{{1,24}}?)? by (?:the )?(?:[a-z][\w’'-]* ){{0,3}}(?:{HONORIFIC} )?"
)
"""What stands between a body and the one who leads it."""
OWN = re.compile(
    r"(?:, whose|[’']s?|(?<=[’']s)) "
    r"(?:(?!former\b|parent\b|rival\b|partner\b|old\b)[a-z][\w’'-]* ){0,2}?"
    r"(?:banner|company|firm|practice|start-?up|studio|venture),? "
)
"""What stands between somebody and the firm that he has: "Ada Example, whose company Studio Nine"."""
FOR = re.compile(
    r",?(?: who| which| that)?(?: also| now)? (?:represents|reps|acts for|speaks for"
    r"|is acting for|appearing for|acting for|speaking for|is appearing for)"
    rf" {_SMALL}"
    rf"|,? an? {_KIND}{{0,2}}{_LAWYER} (?:for|representing|acting for) {_SMALL}"
)
"""What stands between somebody and the one whom he stands for."""
OF = re.compile(
    r",?(?: is| are)? (?:represented|repped|advised) by "
    r"(?:the )?(?:[a-z][\w’'-]* ){0,3}"
)
"""What stands between somebody and the one who stands for him."""
FORMS = {relation: re.compile(words) for relation, words in WHO.items()}


@dataclass(frozen=True, slots=True)
class Bond:
    """Two that a clause binds by a post, with the place of its words."""

    holder: Mention
    whole: Mention
    relation: str
    place: Span


def bonds(context: ParagraphContext) -> Iterator[Bond]:
    """The posts that the clauses of a paragraph tell."""
    mentions = context.mentions
    for one, two in pairwise(mentions):
        if two.start - one.end > NEAR or one.entity == two.entity:
            continue
        moved = context.paragraph.start
        room = one.end - moved, two.start - moved
        yield from _bonds(one, two, context.paragraph.text[slice(*room)])
        is_firm = one.cls == "Person" and two.cls in FIRMS
        if is_firm and OWN.fullmatch(context.paragraph.text, *room):
            yield Bond(one, two, "leads", (one.start, two.end))


def _bonds(one: Mention, two: Mention, gap: str) -> Iterator[Bond]:
    place = one.start, two.end
    if one.cls == "Person" and two.cls in BODIES:
        for relation, words in FORMS.items():
            if words.fullmatch(gap):
                yield Bond(one, two, relation, place)
    if one.cls in BODIES and two.cls == "Person" and BY.fullmatch(gap):
        yield Bond(two, one, "leads", place)
    if not {one.cls, two.cls} <= CLIENTS:
        return
    if FOR.fullmatch(gap):
        yield Bond(one, two, "represents", place)
    elif OF.fullmatch(gap):
        yield Bond(two, one, "represents", place)
