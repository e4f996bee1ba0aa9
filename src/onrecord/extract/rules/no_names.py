"""What has a capital and is part of no name: the first word of a sentence, and what a minister is for."""

import re

from onrecord.extract.rules.parsing import Paragraph

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
    if words is None or not words[0].is_sent_start:
        return moved
    return moved + (len(first) + 1 if words[0].pos_ in NO_NAMES else 0)
