"""Bodies whose initials stand behind their names: "the Writers, Singers and Players Alliance (WSPA)"."""

import re
from collections.abc import Iterator

from onrecord.extract.rules.kinds import Name
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.parsing import Paragraph

INITIALS = re.compile(r" \(([A-Z][A-Z&-]{2,9})\)")
WORD = re.compile(r"[^\s,]+")
SMALL = frozenset(["&", "and", "at", "de", "for", "in", "of", "on", "the"])
"""Words of a name whose initials may be left out."""
LONGEST = 300
"""Characters that a name with its initials behind it has at most."""


def initials_behind(text: str, end: int) -> str:
    """The initials that stand in brackets behind a place; "" where there are none."""
    match = INITIALS.match(text, end)
    return match[1] if match is not None else ""


def initialled(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Name]:
    """The bodies of a paragraph whose names begin with the letters behind them."""
    for match in INITIALS.finditer(paragraph.text):
        letters = re.sub(r"\W", "", match[1]).lower()
        start = _start(paragraph.text[: match.start()], letters)
        if start is None:
            continue
        name = paragraph.text[start : match.start()]
        last = lexicon.kinds["last"].get(name.rsplit(" ", 1)[-1].lower())
        cls = last.cls if last is not None else "Organization"
        yield Name(start, match.start(), name, cls)


def _start(text: str, letters: str) -> int | None:
    """Where the words begin whose initials these letters are, all with capitals but small ones."""
    left = len(letters)
    words = WORD.finditer(text, max(0, len(text) - LONGEST))
    for word in reversed(list(words)):
        first = word[0][0].lower()
        is_next = left > 0 and first == letters[left - 1]
        is_small = word[0].lower() in SMALL
        if not is_small and not (is_next and word[0][0].isupper()):
            return None
        if is_next:
            left -= 1
        if left == 0:
            return None if is_small else word.start()
    return None
