"""What tells that a name is a person's: its shape, a pronoun that follows, a last name that stands alone."""

import re
from functools import lru_cache

from onrecord.extract.rules.lexicon import Lexicon

_LATIN = "".join(map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))))
UPPER = "A-Z" + "".join(filter(str.isupper, _LATIN))
"""Capital letters of languages in Latin script, as a regular expression's class has them."""
LOWER = "a-z" + "".join(filter(str.islower, _LATIN))
"""Small ones: of "Nguyễn" too."""
PARTICLES = (
    "af|al|bin|da|de|del|della|den|der|di|do|dos|du|el|la|ten|ter|van|von"
)
"""Small words inside names of people."""
HUMAN = re.compile(
    rf"[{UPPER}][{LOWER}’'-]+(?:[A-Z][a-z]+)?(?: [{UPPER}]\.?)?(?: (?:{PARTICLES}|Mc|Van|De)){{0,2}}"
    rf" (?:al-)?[{UPPER}][\w’'-]+(?: (?:Jr\.?|[{UPPER}][\w’'-]+)){{0,2}}"
)
"""A first and a last name, with one or two between them."""
NOBLE = re.compile(
    rf"\b[{UPPER}][{LOWER}’'-]+(?:[A-Z][a-z]+)?(?: [{UPPER}][\w’'-]+){{0,2}}"
    rf" (?:van|von|ter|ten)(?: (?:de|den|der|het))? [{UPPER}][\w’'-]*\w"
)
"""A name with words that stand in those of people alone: "Pieter-Jan van den Heuvel"."""
NEAR = 60
"""Characters before a name in which the sentence before may end."""


@lru_cache(maxsize=4)
def trades(lexicon: Lexicon) -> frozenset[str]:
    """Nouns with a capital at a sentence's beginning that are no part of a name."""
    before = lexicon.kinds["before"].items()
    people = {
        word for word, kind in before if kind.cls in {"Person", "MusicGroup"}
    }
    roles = {
        word for word, classes in lexicon.roles.items() if "Person" in classes
    }
    titles = {title for title in lexicon.titles if " " not in title}
    return frozenset(people | roles | titles)


SHE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
BEGINNING = re.compile(r"(?:^|[.!?”\"]\s+|\n\s*)$")
"""Before the first word of a sentence."""
OVER = re.compile(r"[.!?\n]")
REACH = 240
"""Characters over which a pronoun tells that who led the sentence before is a person."""


def goes_by_pronoun(name: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence that a name begins is followed by "he" or "she", with nobody else between."""
    start = text.find(name)
    ahead = text[max(0, start - NEAR) : start]
    if start < 0 or BEGINNING.search(ahead) is None:
        return False
    used = SHE.search(text, start + len(name), start + len(name) + REACH)
    if used is None:
        return False
    gap = text[start + len(name) : used.start()]
    is_quoted = gap.count("“") != gap.count("”") or gap.count('"') % 2
    if is_quoted or OVER.search(gap) is None or HUMAN.search(gap):
        return False
    return trades(lexicon).isdisjoint(re.findall(r"\w+", gap.lower()))


def goes_by_last_name(name: str, text: str) -> bool:
    """Whether a text calls by its last word or words what it names in full: a person, not a company."""
    words = name.split()
    return any(
        _stands_alone(words[at - 1], " ".join(words[at:]), text)
        for at in range(1, len(words))
    )


def _stands_alone(first: str, last: str, text: str) -> bool:
    """Whether the last part of a name stands without the word before it."""
    at = text.find(last)
    while at >= 0:
        is_whole = not text.endswith(f"{first} ", 0, at)
        end = at + len(last)
        if is_whole and _is_apart(text, at) and END.match(text, end):
            return True
        at = text.find(last, at + 1)
    return False


def _is_apart(text: str, at: int) -> bool:
    """Whether no letter stands before a place."""
    before = text[at - 1 : at] if at else ""
    return not (before.isalnum() or before == "_")


END = re.compile(r"\b(?! [A-Z])")
"""Where a name ends."""
