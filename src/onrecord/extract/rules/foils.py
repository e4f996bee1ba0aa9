"""What a sentence names only to set it aside: "to help writers rather than replace them", "a tool, not a rival"."""

import re
from functools import lru_cache

from onrecord.extract.rules.lexicon import REMEMBERED, Lexicon

OF_OTHERS = (
    r"\b(?:aware of|acknowledg\w+|address\w*|hear[ds]?|understand[s]?|understood|respond\w* to|listen\w* to)"
    r" (?!(?:our|my)\b)(?:[\w’'-]+ ){0,4}?(?:anxieties|concerns|fears|worries)\b"
)
"""Fears that somebody only knows of."""
FOIL = re.compile(
    r"(?:\b(?:rather than|instead of|as opposed to)|(?:,|—|–|\band) (?:and )?not)\b(?! only\b| just\b)"
    r"[^,.;:!?—–“”\"]*,?"
    r"|\b(?:(?:is|are|was) not|(?:is|are|was)n[’']t|[’']s not) about\b[^,.;:!?—–“”\"]*"
    rf"|{OF_OTHERS}"
)
"""The words that are set aside, with what sets them aside, and fears of others."""
NOBODY = re.compile(
    r"\b(?:nobody|no one|no-one|none of|few|hardly any\w*|no(?: [a-z]+){1,2})\b[”\"’]?(?: [\w’'-]+){0,6}?"
    r" (?:approv|agree|ask|back|consent|endors|lik|support|trust|want|welcom)\w*",
    re.IGNORECASE,
)
"""A verb of favour whose subject is nobody."""


OTHERS = re.compile(
    r"^[“\"‘']?(?:people|they|some(?: people)?|critics|others|many|everyone|everybody|studios|companies|executives)"
    r" (?:(?:are|keep|always|often|will|just) )*(?:say|says|saying|claim|claims|argue|argues|tell us)\b",
    re.IGNORECASE,
)
"""How words begin that tell what others say."""


FEARS = re.compile(
    r"\b(?:people|they|everyone|everybody|folks|some|many|others)(?:[’']re| are| were| get| seem)(?: \w+)?"
    r" (?:afraid|anxious|concerned|frightened|nervous|scared|terrified|worried)\b"
    rf"|{OF_OTHERS}",
    re.IGNORECASE,
)


def tells_of_fears(text: str) -> bool:
    """Whether words tell that others are afraid: "because people are afraid", "we are aware of her concerns"."""
    return FEARS.search(text) is not None


def tells_of_others(text: str) -> bool:
    """Whether words tell what others say: "people are saying that it helps"."""
    return OTHERS.match(text) is not None


def is_of_nobody(text: str) -> bool:
    """Whether a text says that hardly anybody is for something: "nobody in our trade approved this"."""
    return NOBODY.search(text) is not None


@lru_cache(REMEMBERED)
def without_foils(lexicon: Lexicon, text: str) -> str:
    """A text of the same length with blanks for what it sets aside; what is set against AI stays."""

    def blank(foil: re.Match[str]) -> str:
        names_ai = lexicon.is_about_ai(foil[0])
        return foil[0] if names_ai else " " * len(foil[0])

    return FOIL.sub(blank, text)


def said_for_itself(lexicon: Lexicon, text: str) -> str:
    """A text without what it sets aside, its words one blank apart."""
    return " ".join(without_foils(lexicon, text).split())
