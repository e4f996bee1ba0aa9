"""What tells that a name is a firm's or a body's, and nobody's: "Paper Crane, a studio in Oslo", "at Kite Hill"."""

import re
from functools import lru_cache

KEPT = 256
"""Names that are kept, since each is asked for wherever it stands."""
_KIND = (
    r"(?:agency|app|association|broadcaster|brand|channel|company|developer|distributor|federation|festival|firm"
    r"|group|guild|label|maker|network|newspaper|orchestra|outlet|platform|production company|publisher|retailer"
    r"|service|site|start-?up|streamer|studio|union|website)"
)
_HEAD = (
    r"(?:CEO|chief|co-founder|founder|president|chair(?:man|woman)?|general (?:counsel|secretary)|head of"
    r"|managing director|shareholders|subsidiary)"
)
_PERSON = r"[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+"


@lru_cache(KEPT)
def is_body(text: str, name: str) -> bool:
    """Whether a text tells of the head of what goes by a name, of those who are at it, or calls it a firm or a body."""
    own = re.escape(name)
    signs = (
        rf"\b{own}(?:[’']s)? (?:[a-z-]+ ){{0,2}}?{_HEAD}\b",
        rf"\b{own}(?: is|,| —| –) (?:an?|the|one of the) (?:[\w’-]+ ){{0,4}}?{_KIND}\b",
        rf"\b{own},? which\b",
        rf"\b{_KIND},? (?:called |named |known as )?{own}\b",
        rf"\b(?:at|joined|joins|runs|heads|leads|owns|founded|co-founded|works for) {own}\b",
        rf"\b{_PERSON},? of {own}\b",
    )
    return any(re.search(sign, text) for sign in signs)
