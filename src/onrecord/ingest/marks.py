"""Quotation marks and emphasis of other habits → the marks that extractors know.

„German“, »Danish«, «French», ”Swedish”, ``typeset'', <<typed>>, 「Japanese」, “unclosed by
its own sign“, ″primes″, 27'' and _emphasis_.
"""

import re
from collections.abc import Iterator

Piece = tuple[int, int, str]
"""Where a piece of a text begins and ends, and what stands for it."""
OPENING, CLOSING = "“", "”"
LOW = re.compile(r"[„‟]([^„‟“”\n]{1,2000})[“”‟]")
POINTED_IN = re.compile(r"»([^«»\n]{1,2000})«")
UNTURNED = re.compile(r"“([^“”„\n]{1,2000}(?<!\s))“(?!\w)")
TYPED = re.compile(r"<<([^<>\n]{1,2000})>>")
TYPESET = re.compile(r"``([^`\n]{1,2000}?)''")
POINTED_OUT = re.compile(
    r"«[ \u00a0\u202f]?([^«»\n]{1,2000}?)[ \u00a0\u202f]?»"
)
ALIKE = re.compile(r"(?<![^\s(])”([^\s“”„][^“”„\n]{0,2000})”(?!\w)")
CORNERS = re.compile(r"「([^「」\n]{1,2000})」")
PRIMES = re.compile(r"(?<!\d)″([^″\n]{1,2000})″")
EMPHASIS = re.compile(r"(?<![\w@#/])_(?=[^\W_])([^_\n]{1,200}(?<!\s))_(?!\w)")
INCHES = re.compile(r"(?<=\d)''(?!\w)")
POINTED = re.compile(r"[«»]")
LINE = re.compile(r"[^\n]+")


def marks(text: str) -> Iterator[Piece]:
    """What stands for the marks of a text, wherever they are other than usual."""
    for pattern in (LOW, UNTURNED, TYPED, TYPESET, ALIKE, CORNERS, PRIMES):
        for match in pattern.finditer(text):
            yield from _pair(match, OPENING, CLOSING)
    for match in EMPHASIS.finditer(text):
        yield from _pair(match, "", "")
    for match in INCHES.finditer(text):
        yield match.start(), match.end(), '"'
    yield from _pointed(text)


def _pointed(text: str) -> Iterator[Piece]:
    """Marks that point inwards in lines that begin with one of these, and outwards in other lines."""
    if "»" not in text:
        return
    for line in LINE.finditer(text):
        first = POINTED.search(line.group())
        if first:
            pattern = POINTED_IN if first.group() == "»" else POINTED_OUT
            for match in pattern.finditer(text, line.start(), line.end()):
                yield from _pair(match, OPENING, CLOSING)


def _pair(match: re.Match[str], opening: str, closing: str) -> Iterator[Piece]:
    yield match.start(), match.start(1), opening
    yield match.end(1), match.end(), closing
