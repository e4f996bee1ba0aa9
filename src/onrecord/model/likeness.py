"""How alike two reports of one act are: in their dates, and by the words that carry meaning."""

import re

DAYS = 3
"""How far apart two reports of one act may be dated."""
ALIKE = 0.75
"""The share of the shorter passage's words that the other must have too."""
LEAST_WORDS = 3
"""Words that two texts must have in common to be alike at all."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SMALL = frozenset(
    WORD.findall(
        "a an and are as at be been being but by can does for from had has have he her him his if in into is "
        "it its may more no nor not of on or our out over own says said say she should so some such than that "
        "the their them then there they this those to too up was we were what when which while who whom will "
        "with without would you your"
    )
)


def words_of(text: str) -> frozenset[str]:
    """The words that carry meaning, in lower case, without a plural's s."""
    words: set[str] = set()
    for match in WORD.findall(text):
        word = match.casefold().replace("’", "'")
        if word not in SMALL:
            words.add(word.removesuffix("'s").removesuffix("s"))
    return frozenset(words)


def jaccard(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of all words that both have."""
    shared = len(one & two)
    return shared / len(one | two) if shared >= LEAST_WORDS else 0.0


def contained(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of the shorter text's words that the other has too."""
    shared = len(one & two)
    return shared / min(len(one), len(two)) if shared >= LEAST_WORDS else 0.0
