"""What tells that a name is a firm's or a body's, and nobody's: "Paper Crane, a studio in Oslo", "at Kite Hill"."""

import re
from functools import lru_cache

KEPT = 256
"""Names that are kept, since each is asked for wherever it stands."""
NEAR = 60
"""Characters before a name that may tell what it is."""
_KIND = (
    r"(?:agency|app|association|broadcaster|brand|channel|company|developer|distributor|federation|festival|firm"
    r"|group|guild|label|maker|network|newspaper|orchestra|outlet|platform|production company|publisher|retailer"
    r"|service|site|start-?up|streamer|studio|union|website)"
)
_HEAD = (
    r"(?:CEO|chief|co-founder|founder|president|chair(?:man|woman)?|general (?:counsel|secretary)|head of"
    r"|managing director|shareholders|subsidiary|vice president)"
)
_PERSON = r"[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+"
AHEAD = re.compile(
    rf"\b(?:{_KIND},? (?:called |named |known as )?|{_PERSON},? of "
    r"|(?:at|joined|joins|runs|heads|leads|owns|founded|co-founded|works for) )$"
)
"""What stands before the name of a body."""
BEHIND = re.compile(
    rf"(?:(?:[’']s)? (?:[a-z-]+ ){{0,2}}?{_HEAD}"
    rf"|(?: is|,| —| –) (?:an?|the|one of the) (?:[\w’-]+ ){{0,4}}?{_KIND}|,? which)\b"
)
"""What stands behind it."""


UNION = re.compile(r"\bunions?\b")


@lru_cache(KEPT)
def is_union(text: str, name: str) -> bool:
    """Whether a text that speaks of a union tells of members or strikes of what goes by a name in capitals."""
    if not name.replace("-", "").isupper() or UNION.search(text) is None:
        return False
    words = re.escape(name)
    ahead = rf"\b(?:[Mm]embers of|[Ss]trike by) {words}\b"
    behind = rf"\b{words}(?:[’']s)? (?:members|negotiators|strike|walkout)\b"
    return re.search(f"{ahead}|{behind}", text) is not None


@lru_cache(KEPT)
def is_body(text: str, name: str) -> bool:
    """Whether a text tells of the head of what goes by a name, of those who are at it, or calls it a firm or a body."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        ahead = text[max(0, at - NEAR) : at]
        if AHEAD.search(ahead) or BEHIND.match(text, end):
            return True
        at = text.find(name, end)
    return False
