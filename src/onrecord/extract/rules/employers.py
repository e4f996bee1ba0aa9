"""Firms and bodies that nobody knows yet, named by the post beside them: "Melodia co-founder Ada Example"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.extract.rules.kinds import Name
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.person_signs import PARTICLES, trades
from onrecord.model.dates import MONTHS, WEEKDAYS

_CAPITAL = r"[A-Z][\w&+’'-]*[\w+]|[A-Z]"
_RUN = rf"(?:{_CAPITAL})(?: (?:& |of )?(?:{_CAPITAL}|\d{{1,3}}\b)){{0,4}}?"
_PERSON = rf"(?=,? (?:[A-Z][\w.’'-]+ ){{1,3}}(?:(?:{PARTICLES}) ){{0,2}}[A-Z])"
PLACES = frozenset({"GPE", "LOC", "NORP", "DATE", "TIME", "LANGUAGE", "FAC"})
COMMON = frozenset(
    [
        *("the", "a", "an", "its", "their", "his", "her", "our", "my", "ai"),
        *("former", "national", "executive", "general", "managing", "acting"),
        *("interim", "new", "deputy", "senior", "junior", "assistant", "co"),
        *("veteran", "longtime", "chief", "union", "guild", "studio"),
        *("festival", "company", "media", "theatre", "theater"),
        *(name.lower() for name in (*WEEKDAYS, *MONTHS)),
    ]
)
"""Words that have a capital beside a post only because they stand first, or belong to it."""


@lru_cache(maxsize=4)
def _beside(lexicon: Lexicon) -> re.Pattern[str]:
    trade = lexicon.words["trade"]
    titles = sorted(lexicon.titles.keys() - trade, key=len, reverse=True)
    title = "|".join(map(re.escape, titles))
    return re.compile(
        rf"(?<![\w’'-])(?P<name>{_RUN})(?:[’']s?)?(?: [a-z-]+){{0,2}}? (?i:{title})\b{_PERSON}"
    )


def employers(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Name]:
    """Names right before a post and a person."""
    for match in _beside(lexicon).finditer(paragraph.text):
        start, name = match.start("name"), match["name"]
        first, _, rest = name.partition(" ")
        while rest and first.lower() in COMMON | trades(lexicon):
            start, name = start + len(first) + 1, rest
            first, _, rest = name.partition(" ")
        name = re.sub(r"[’']s?$", "", name)
        is_firm = FOUNDED.search(match[0]) is not None
        if _is_name(paragraph, start, name, lexicon, is_firm=is_firm):
            last = lexicon.kinds["last"].get(name.rsplit(" ", 1)[-1].lower())
            cls = last.cls if last is not None else "Company"
            yield Name(start, start + len(name), name, cls)


def _is_name(
    paragraph: Paragraph,
    start: int,
    name: str,
    lexicon: Lexicon,
    *,
    is_firm: bool,
) -> bool:
    """Whether words with capitals name somebody, and no place, day or mere beginning."""
    words = paragraph.doc.touching(start, start + len(name))
    if words is None or len(name) < SHORTEST or name.lower() in COMMON:
        return False
    if name.lower() in lexicon.roles or name.lower() in trades(lexicon):
        return False
    if not is_firm and any(word.ent_type_ in PLACES for word in words):
        return False
    is_proper = all(word.pos_ in {"PROPN", "X", "NUM"} for word in words)
    return is_proper or not words[0].is_sent_start


SHORTEST = 3
FOUNDED = re.compile(r"(?:founders?|ceo|chief executive)$", re.IGNORECASE)
"""Posts that no place has."""
