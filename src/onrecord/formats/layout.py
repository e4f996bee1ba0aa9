"""Text in the columns of a terminal: how wide it is, where it may be broken, what must not reach the terminal."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.model.iris import compact
from onrecord.querying.table import Iri, Value, show

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Controls that would move a terminal's cursor, break its line, or turn the reading order of what follows."""
ADDRESS = re.compile(r"https?://\S+")
WORD = re.compile(r"\s*\S+")
SOFT = re.compile(r"[^-/_.,]*[-/_.,]+|[^-/_.,]+")
"""The pieces of a word that is too long for its line: as people break an id, after a mark."""
ZERO = frozenset({"Mn", "Me", "Cf"})
"""Categories that take no column: combining marks and format characters."""
LONGEST_WORD = 14
"""A longer word may be broken after one of its marks to make a column narrower."""


def cell(value: Value) -> str:
    """A value as a person reads it: IRIs compact, no control character at work."""
    text = compact(value) if isinstance(value, Iri) else show(value)
    return UNSEEN.sub(
        lambda match: f"\\u{ord(match[0]):04x}", text.replace("\t", " ")
    )


@lru_cache(maxsize=1 << 16)
def width_of(text: str) -> int:
    """The columns that a terminal gives a text: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    width = 0
    for letter in text:
        if unicodedata.category(letter) in ZERO:
            continue
        is_wide = unicodedata.east_asian_width(letter) in "WF"
        width += 2 if is_wide else 1
    return width


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces up to the width, before it where it shall stand to the right."""
    space = " " * (width - width_of(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word that is longer is broken and nothing is cut.

    An address of a page is never broken, since it could not be clicked or copied: it runs on over the width.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if width_of(line) <= width:
            lines.append(line)
        else:
            lines += _fold(line, width)
    return lines


def least(texts: Iterable[str]) -> int:
    """The narrowest column in which no word need be broken but long ones after their marks, and no address at all."""
    pieces: set[str] = set()
    for text in texts:
        for word in text.split():
            pieces.update(_pieces(word))
    return max(map(width_of, pieces), default=0)


def hang(text: str, width: int, indent: int) -> list[str]:
    """The text, wrapped and indented."""
    room = max(LONGEST_WORD, width - indent)
    return [" " * indent + line for line in wrap(text, room)]


def _pieces(word: str) -> list[str]:
    """The pieces that must not be broken: a short word or an address whole, else what lies between marks."""
    if width_of(word) <= LONGEST_WORD or ADDRESS.fullmatch(word):
        return [word]
    return SOFT.findall(word)


def _fold(line: str, width: int) -> Iterator[str]:
    part = ""
    for word in WORD.findall(line):
        if part and width_of(part + word) > width:
            yield part
            part, word = "", word.lstrip()  # noqa: PLW2901  the space went with the line
        if width_of(part + word) <= width or ADDRESS.fullmatch(word.strip()):
            part += word
            continue
        *full, part = _broken(part + word, width)
        yield from full
    if part:
        yield part


def _broken(word: str, width: int) -> Iterator[str]:
    """A word over several lines: after its marks where that fits, else anywhere but before a combining character."""
    part = ""
    for piece in _fitting(word, width):
        if part and width_of(part + piece) > width:
            yield part
            part = ""
        part += piece
    yield part


def _fitting(word: str, width: int) -> Iterator[str]:
    """The pieces of a word between its marks; of one that is too wide, the characters."""
    for piece in SOFT.findall(word):
        if width_of(piece) <= width:
            yield piece
        else:
            yield from piece
