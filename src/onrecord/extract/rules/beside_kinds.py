"""What the words beside a name tell of it: "video platform Lumo", "Lumo, a band with …", "Lumo's chief"."""

import re
from functools import lru_cache

from onrecord.extract.rules.lexicon import Kind, Lexicon
from onrecord.extract.rules.whole_names import has_given_name

KEPT = 256
"""Places whose words before them are kept."""
NEAR = 60
"""Characters before a name in which the word before it stands."""


WORDS_BEFORE = re.compile(
    r"(?:([\w-]+) )?([\w-]+)(?:[,’”\"]|(?<=\b(?i:dr|mr|mx|ms|st))\.|(?<=\b(?i:gov|mrs|rep|rev|sen))\."
    r"|(?<=\b(?i:prof|reps|sens))\.)? $"
)
"""The last words before a name; a full stop ends a sentence, unless it is that of a title."""


def kind_before(text: str, start: int, lexicon: Lexicon) -> Kind | None:
    """What the two words before a name say that it is, or the last: "video platform", "actress"."""
    words = _last_words(text[max(0, start - NEAR) : start])
    if words is None:
        return None
    rows, (first, last) = lexicon.kinds["before"], words
    both, last = f"{first} {last}".lower(), last.lower()
    one = rows.get(last.removesuffix("s"))
    are_people = one is not None and one.cls == "Person"
    return rows.get(both) or rows.get(last) or (one if are_people else None)


@lru_cache(KEPT)
def _last_words(ahead: str) -> tuple[str, str] | None:
    """The last two words before a place, or one; kept, since a name is asked for several times."""
    match = WORDS_BEFORE.search(ahead)
    if match is None:
        return None
    first, last = match.groups("")
    return first, last


def _follows_trade(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the word before a name tells that it is a person's: "singer Björk"."""
    kind = kind_before(text, start, lexicon)
    return kind is not None and kind.cls == "Person"


def goes_by_trade(name: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a text has the word for a person before a name anywhere: "rapper Mole", and only "Mole" before."""
    places = re.finditer(rf"\b{re.escape(name)}\b", text)
    return any(_follows_trade(text, place.start(), lexicon) for place in places)


def pronoun(text: str, start: int, end: int, lexicon: Lexicon) -> str | None:
    """She or he, by the word before a person's name or in the apposition after it; None where neither tells."""
    rows = (
        kind_before(text, start, lexicon),
        kind_after(text, end, lexicon),
    )
    return next(
        (row.pronoun for row in rows if row is not None and row.pronoun != "-"),
        None,
    )


def kind_after(text: str, end: int, lexicon: Lexicon) -> Kind | None:
    """What the apposition after a name says that it is: ", the actress"."""
    match = _apposition(lexicon).match(text, end)
    return lexicon.kinds["after"][match[1]] if match else None


INNER = (
    "about|and|at|based|behind|but|by|called|famous|for|founded|from|has|in|is|known|led|made|of|on|or|run|said|says"
    "|that|to|told|used|was|which|who|whose|with"
)
"""Words that end the noun of an apposition: "a band with two singers", and not "a band manager"."""


@lru_cache(maxsize=4)
def _apposition(lexicon: Lexicon) -> re.Pattern[str]:
    longest = sorted(lexicon.kinds["after"], key=len, reverse=True)
    words = "|".join(map(re.escape, longest))
    return re.compile(
        r",\s+(?:(?:an?|its|his|her|(?:the\s+)?[\w ]{1,40}[’']s|the)\s+)?"
        rf"(?:(?!(?:{INNER})\b)[\w-]+\s+){{0,3}}?({words})\b(?![’']|\s+(?!(?:{INNER}|[a-z]+ed)\b)[a-z])"
    )


STAFF = (
    r"(?:[’']s)? (?:CEO|chief|co-founder|founder|head of|managing director|president|spokes\w+|vice president"
    r"|lawyers|investors|[a-z]+ chief)\b"
)


HEADED = (
    r"\b(?:(?:CEO|chief executive(?: officer)?|(?:co-)?founder|head|managing director|president|spokes\w+) (?:of|for)"
    r"|(?:sue[ds]?|suing|(?:law)?suits? against|settle[ds]? with)) "
)
"""What stands before a firm, and not before a tool."""


def has_staff(text: str, name: str) -> bool:
    """Whether a text tells of the head or the lawyers of what goes by a name, or that it was sued.

    That is a firm, whose tool may have the same name.
    """
    words = re.escape(name)
    return re.search(rf"\b{words}{STAFF}|{HEADED}{words}\b", text) is not None


def has_head(name: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a text tells of the head of what a trade stands before: "the broadcaster Kanal Nord", with a chief."""
    if has_given_name(name, lexicon):
        return False
    return has_staff(text, name) or has_staff(text, name.partition(" ")[0])
