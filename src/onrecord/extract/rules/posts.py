"""What a post is: whether who holds it leads, works for, stands for or belongs to the one named beside it."""

import re

from onrecord.extract.rules.lexicon import Lexicon

PARTED = frozenset({"head", "chief", "director", "boss"})
"""Posts that lead only where no part of the whole is named beside them: "finance director"."""
WHOLE = frozenset(
    [
        "a",
        "acting",
        "an",
        "artistic",
        "co",
        "current",
        "executive",
        "first",
        "founding",
        "general",
        "interim",
        "its",
        "long-time",
        "longtime",
        "managing",
        "national",
        "new",
        "newly",
        "our",
        "outspoken",
        "regional",
        "the",
        "their",
        "veteran",
        "whose",
        "festival",
        "society",
        "network",
        "fund",
        "estate",
    ]
)
"""Words beside a post that name no part of the whole."""
UNDER = frozenset({"deputy", "vice", "assistant", "associate", "junior"})
"""Words that put a post below the one who leads."""
_PART = r"[a-z][\w-]*"
TAIL = (
    rf"(?:\s(?:of|for)\s(?!the\b|an?\b|its\b|their\b){_PART}"
    rf"(?:,?\s(?:and\s|&\s)?(?!of\b|at\b|for\b|and\b){_PART}){{0,2}}?)?"
)
"""The part of the whole that a post is about: "head of localization"."""


def relation_of(
    lexicon: Lexicon, title: str, ahead: str, tail: str = ""
) -> str:
    """The relation of a post, by the words ahead of it and the part that follows it."""
    relation = lexicon.titles[title.casefold()]
    if relation != "leads":
        return relation
    words = re.findall(r"[\w-]+", ahead)
    last = words[-1] if words else ""
    if last.lower() in UNDER:
        return "worksFor"
    if title.casefold() not in PARTED:
        return relation
    return "worksFor" if tail.strip() or _is_part(lexicon, last) else relation


def _is_part(lexicon: Lexicon, word: str) -> bool:
    """Whether a word ahead of a post names a part of the whole: "finance director"."""
    if not word[:1].islower() or word in {"s", "ceo"}:
        return False
    return word not in WHOLE and word not in lexicon.roles
