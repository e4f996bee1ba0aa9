"""What keeps a post from being one in the organization that is named beside it."""

import re
from operator import attrgetter

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.role_forms import HONORIFIC
from onrecord.extract.rules.whole_names import has_given_name

ANOTHER = re.compile(
    r"(?:[’']s?|(?<=[’']s)) (?:[a-z]+ )?(?:parent|owner|sister|rival|competitor|distributor|partner|backer"
    r"|predecessor|successor)\b"
    r"(?! (?:and|,))"
)
"""Behind the name of an organization: words that lead to another one."""
BEFORE_NAME = re.compile(rf",? (?:{HONORIFIC} )?")
"""Between a post and the name of who holds it."""
DEPARTMENTS = frozenset({
    "Animation", "Communications", "Content", "Design", "Development", "Engineering", "Film", "Finance", "Games",
    "Legal", "Marketing", "Music", "Operations", "Partnerships", "Policy", "Product", "Production", "Programming",
    "Publishing", "Research", "Sales", "Strategy", "Technology", "Television",
})  # fmt: skip
_MAKER = r"(?:co-)?(?:creator|director|editor|producer|showrunner|star|writer)"
MAKING = re.compile(
    rf"(?:[’']s?)? ?{_MAKER}\s|, (?:the )?{_MAKER} (?:of|on) (?:the )?"
)
"""What stands between a work and who made it: "Dust director Ada Example"."""


WITHIN = re.compile(
    r"(?:[’']s?)? (?:[a-z-]+ ){0,3}(?:arm|branch|department|desk|division|office|section|team|unit|wing)\b"
)
"""Behind the name of an organization: words that lead to a part of it."""


def is_within(context: ParagraphContext, organization: Mention) -> bool:
    """Whether a post is in a part of the organization that is named: "head of the guild’s legal department"."""
    end = organization.end - context.paragraph.start
    return WITHIN.match(context.paragraph.text, end) is not None


def is_elsewhere(
    context: ParagraphContext, organization: Mention, person: Mention
) -> bool:
    """Whether a post is in another organization than the one named, or in a part of one: "its parent", "Marketing"."""
    name = organization.entity
    if name in context.state.proposed and name in DEPARTMENTS:
        return True
    text, moved = context.paragraph.text, context.paragraph.start
    match = ANOTHER.match(text, organization.end - moved)
    if match is None:
        return False
    named = text[person.start - moved : person.end - moved]
    gap = text[match.end() : max(match.end(), person.start - moved)]
    is_beside = BEFORE_NAME.fullmatch(gap) is not None
    return not is_beside or not has_given_name(named, context.lexicon)


def is_made(
    context: ParagraphContext, organization: Mention, person: Mention
) -> bool:
    """Whether a new name beside a post may be that of a work, which the person has made."""
    name = organization.entity
    if name not in context.state.proposed:
        return False
    ending = name.rsplit(" ", 1)[-1].lower()
    if ending in context.lexicon.kinds["last"]:
        return False
    first, last = sorted((organization, person), key=attrgetter("start"))
    gap = context.state.text[first.end : last.start]
    return MAKING.fullmatch(gap) is not None
