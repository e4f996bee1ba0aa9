"""What has a capital and names nobody: the first word of a sentence, what a minister is for, words of the trade."""

import re
from typing import TYPE_CHECKING

from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.regions import regions

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

LEADING = (
    "The ",
    "AI. ",
    "A ",
    "An ",
    "But ",
    "And ",
    "When ",
    "While ",
    "After ",
    "Before ",
    "In ",
    "At ",
    "For ",
    "As ",
    "If ",
    "Both ",
    "This ",
    "That ",
    "These ",
    "Those ",
)
"""Words that have a capital only because they stand first."""
NO_NAMES = frozenset(
    ["ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "PRON", "SCONJ"]
)
"""Parts of speech of words that have a capital only there: "Maybe AI …"."""
DESCRIBING = frozenset({"ADJ", "VERB"})
"""Parts of speech of what may stand before AI there: "Using AI …", "Good AI …"."""
QUOTES = frozenset('“‘"')
OF_STATE = re.compile(r"(?:Minister|Secretary)\b")
"""Posts before which stands what they are for, and no firm: "Heritage Minister Ada Example"."""


def begun_before(paragraph: Paragraph, start: int, text: str) -> int:
    """How many characters of a run of capitals, which begins at a place of a paragraph, stand before its name."""
    moved = 0
    for first in LEADING:
        if text.startswith(first, moved):
            moved += len(first)
    first, _, rest = text[moved:].partition(" ")
    begin = start + moved
    words = paragraph.doc.touching(begin, begin + len(first)) if rest else None
    is_quoted = paragraph.text[begin - 1 : begin] in QUOTES
    if words is None or not _is_none(words[0], rest, begins=is_quoted):
        return moved
    return moved + len(first) + 1


def _is_none(first: "Token", rest: str, *, begins: bool) -> bool:
    """Whether the first word of a run is part of no name: one that begins a sentence, or tells whose AI it is."""
    if rest == "AI" and first.ent_type_ == "NORP":
        return True
    is_small = first.pos_ in NO_NAMES
    if rest == "AI":
        is_small |= first.pos_ in DESCRIBING or first.lower_.endswith("ing")
    return is_small and (begins or first.is_sent_start)


OATHS = frozenset({
    "christ", "god", "good god", "good lord", "heaven", "heavens", "hell", "jesus", "jesus christ", "lord", "my god",
    "oh god",
})  # fmt: skip
"""Whom people swear by."""
ONLY_AI = re.compile(
    r"(?:Agentic|Artificial|Gen|Generative|Synthetic) (?:AI|Intelligence)"
    r"|(?:Buy|Opt)-(?:in|out)|Series [A-F]|State for .*"
)
"""The matter itself, what firms raise and members do, and half of a post: "State for Culture"."""
OWN = frozenset({
    "its", "his", "her", "their", "our", "my", "your", "it", "they", "nobody", "everybody", "somebody", "nothing",
    "everything", "both", "neither", "most", "several", "others",
})  # fmt: skip
"""Words for whose something is and other pronouns, which have a capital where a sentence begins."""


TERMS = frozenset(
    [
        *("CGI", "VFX", "IP", "TV", "LLM", "LLMs", "NFT", "NFTs", "VR", "AR"),
        *("PR", "HR", "CEO", "CEOs", "CFO", "DMCA", "First Amendment"),
        *("Gov", "Rep", "Reps", "Sen", "Sens"),
        *("GenAI", "Gen AI", "Generative AI", "Big Tech", "MP", "MPs"),
    ]
)
"""Words of the trade with capitals that name nobody."""


def is_nobody(name: str, state: DiscourseState) -> bool:
    """Whether a word with a capital is a pronoun, or a place that nobody here is called by."""
    word = name.lower()
    metonyms = state.lexicon.words.get("metonym", frozenset())
    is_place = name in regions() or word in metonyms
    if word in OWN | OATHS or name in TERMS or ONLY_AI.fullmatch(name):
        return True
    return is_place and name not in state.forms
