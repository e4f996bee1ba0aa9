"""Signs that turn the order in which what follows is read: with them a page shows what a text does not say."""

import re

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates (Unicode Standard Annex 9, section 2)."""


def unturned(text: str) -> str:
    r"""The text with each such sign as it is written in programs, `\u202e`, so that a reader sees that it is there.

    In JSON that is an escape: the value stays the same, and whoever reads the JSON itself is not deceived.
    """
    if text.isascii():
        return text
    return TURNING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters that are written from right to left, and places kept for such (Annex 9; DerivedBidiClass)."""


def reads_leftwards(text: str) -> bool:
    """Whether a text holds letters that are written from right to left."""
    return not text.isascii() and LEFTWARDS.search(text) is not None
