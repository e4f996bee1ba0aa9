"""What has a capital and is part of no name: the first word of a sentence, and what a minister is for."""

import re
from typing import TYPE_CHECKING

from onrecord.extract.rules.parsing import Paragraph

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
