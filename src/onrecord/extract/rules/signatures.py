"""A name on a line of its own below a quotation: whose words they are."""

import re

from onrecord.extract.rules.parsing import Paragraph
from onrecord.extract.rules.quotations import Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_WORD = r"[\w&’'-]+"
LINE = re.compile(
    r"(?:[—–-]+ ?)?(?:Dr\.?|Prof\.?|Sir|Dame|Lord)? ?"
    rf"(?P<name>{_CAPITAL}(?: (?:de|van|von|der|la|al|{_CAPITAL})){{0,3}}"
    rf" {_CAPITAL})(?:, {_WORD}(?:,? {_WORD}){{0,8}},?)?"
)
"""`Dr. Ada Example, Studio Nine`, and nothing else."""
LONGEST = 90


def signer(paragraph: Paragraph) -> Span | None:
    """Where the name stands in a line that is a signature."""
    if len(paragraph.text) > LONGEST or paragraph.quotes:
        return None
    match = LINE.fullmatch(paragraph.text.strip())
    if match is None:
        return None
    if any(word.tag_ in {"VBD", "VBZ", "VBP"} for word in paragraph.doc):
        return None
    start = paragraph.text.index(match["name"])
    return start, start + len(match["name"])


def is_whole(paragraph: Paragraph) -> bool:
    """Whether a paragraph is one quotation from its first letter to its last."""
    return paragraph.quotes == ((0, len(paragraph.text)),)
