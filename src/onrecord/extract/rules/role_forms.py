"""The words that a post may stand beside, as patterns over the titles of a lexicon."""

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.posts import TAIL

EMPLOYERS = (AGENTS - {"Person", "Group"}) | {"Event"}
HONORIFIC = r"(?:Mr|Mrs|Ms|Mx|Dr|Sir|Dame|Lord|Lady|Hajia|Alhaji|Chief|Rev|Professor|Prof|Sen|Rep)\.?"
APART = (
    r"(?!(?:and|or|but|with|by|to|for|of|from|at|in|on|as|that|which|who|whose|said|says"
    r"|told|met|sued|left|former|ex|onetime|erstwhile|late|outgoing|retired)\b)"
)
"""Before a word that may stand between a firm and a post: none that parts the two, or puts the post in the past."""
PAST = re.compile(
    r"\b(?:former|ex|onetime|erstwhile|late|retired)[ -](?:the )?$",
    re.IGNORECASE,
)
TRADE = rf"(?:,\s+(?:the\s+|an?\s+)?(?:{APART}[a-z-]+\s*){{1,2}}(?=\s))?"
"""What somebody in a post is besides: "its chair, the guitarist Ada Example"."""
BETWEEN = re.compile(rf"(?:[’']s?)?\s+(?:{APART}[\w-]+\s+){{0,4}}")
"""Between a firm and a post that is in it."""
WHENCE = r"(?:[A-Z][\w’'-]*\s+(?=[a-z]))?"
"""Where a firm is from, before what it is: "founder of the Oslo start-up …"."""
PART_OF = re.compile(rf"(?:[’']s)? (?:{APART}[a-z][\w-]* ){{1,3}}")
"""Between a firm and the one that is meant: "the label's subsidiary …", "the studio's rival …"."""


@dataclass(frozen=True, slots=True)
class RoleForms:
    """The shapes of a post beside a name, for the titles of one lexicon."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    owned: re.Pattern[str]
    headed: re.Pattern[str]
    at: re.Pattern[str]
    pointing: re.Pattern[str]


def _bodies(lexicon: Lexicon) -> str:
    """Nouns for what people are "of": the publisher, the band."""
    roles = (word for word, kinds in lexicon.roles.items() if kinds & EMPLOYERS)
    return "|".join(map(re.escape, sorted({*roles, *BANDS})))


BANDS = frozenset(
    [
        *("band", "broker", "brokerage", "choir", "collective", "duo", "label"),
        *("newspaper", "orchestra", "publisher", "retailer", "trio", "troupe"),
        "university",
    ]
)


@lru_cache(maxsize=4)
def forms_of(lexicon: Lexicon) -> RoleForms:
    """The shapes that the titles of a lexicon take."""
    title = rf"(?P<title>(?i:{lexicon.title_pattern}))"
    more = r"(?: and [\w -]{2,40}?)?"
    return RoleForms(
        before=re.compile(
            rf"(?<![\w’'-]){title}(?P<tail>{TAIL}){more}{TRADE},?\s+(?:{HONORIFIC}\s+)?$"
        ),
        after=re.compile(
            rf",\s+(?:an?\s+|the\s+|its\s+|their\s+)?(?P<ahead>(?:{APART}[\w-]+\s+){{0,3}}?)"
            rf"{title}\b(?P<tail>{TAIL}){more}"
            rf"\s+(?P<prep>of|at|for|with)\s+(?:the\s+)?{WHENCE}(?:[a-z][\w’'-]*\s+){{0,4}}$"
        ),
        owned=re.compile(
            rf"(?:[’']s?)?\s+(?P<ahead>(?:[a-z-]+\s+){{0,2}}?){title}\b"
            rf"(?P<tail>{TAIL})(?!\s+[A-Z])"
        ),
        headed=re.compile(
            rf"(?<![\w’'-])(?P<ahead>(?:[\w-]+\s)?)(?<![\w’'-]){title}(?P<tail>{TAIL})"
            r"\s+(?:of|at|for)\s+(?:the\s+)?(?:[a-z][\w’'-]*\s+){0,3}$"
        ),
        pointing=re.compile(
            r",\s+(?:(?:the\s+)?(?:[a-z]+\s+)?(?P<owner>[a-z]+)[’']s?|(?P<its>its|their))"
            rf"\s+(?P<ahead>(?:{APART}[a-z-]+\s+){{0,2}}?){title}(?P<tail>{TAIL})(?=[,.]|\s+(?:said|told)\b)"
        ),
        at=re.compile(
            r",?\s+(?:(?:of|at|from|with)\s+(?:the\s+)?|(?:of|at)\s+(?:the\s+)?"
            rf"(?:[a-z-]+\s+){{0,2}}(?:{_bodies(lexicon)})\s+)$"
        ),
    )


def holder_after(context: ParagraphContext, firm: Mention) -> Mention | None:
    """Who is named behind a firm and the post that he has there: "Studio Nine co-founders Ada Example and …"."""
    after = next(context.after(firm.end), None)
    if firm.cls not in EMPLOYERS or after is None:
        return None
    moved = context.paragraph.start
    gap = context.paragraph.text[firm.end - moved : after.start - moved]
    match = forms_of(context.lexicon).before.search(gap)
    if match is None or BETWEEN.fullmatch(gap[: match.start()]) is None:
        return None
    return after if after.cls in {"Person", "Company"} else None
