r"""Finds where SPARQL may call SERVICE or LOAD, in every way in which an engine may read the text.

Where a token ends cannot be told without the grammar: `<2)SERVICE#>` is an IRI, and between two numbers a comparison, a
keyword and a comment. Oxigraph also reads on in another way where a prefixed name makes no IRI, or an escape in a long
string no character. So a call is a keyword and what must stand behind it, wherever in a word it begins; it counts
unless every reading has it in a comment, a string or an IRI. A text that takes too long to judge counts as a call.
"""

import re
from bisect import bisect_left

SERVICE = re.compile("SERVICE", re.IGNORECASE)
LOAD = re.compile(r"(?<![^ \t\r\n;>}])LOAD", re.IGNORECASE)
"""It begins an operation: space, a semicolon or the last IRI of a prologue stands before it, if anything."""
SILENT = re.compile("SILENT", re.IGNORECASE)
SPACE = re.compile(r"(?:[ \t\r\n]++|\#[^\r\n]*+)++")
IRI = re.compile(r"""<[^<>"{}|^`\x00-\x20]*+>""")
NAME = re.compile(r"""(?:[^ \t\r\n<>{}"'()\[\],;\\\#]++|\\.)++""")
"""A variable or a prefixed name, or more (SPARQL 1.1, section 19.8)."""
SPECIAL = re.compile(r"""[\#<"'\\]""")
LONG = re.compile(
    r"""(?:"{3}(?:"{0,2}+(?:[^"\\]|\\.))*+"{3} | '{3}(?:'{0,2}+(?:[^'\\]|\\.))*+'{3})""",
    re.VERBOSE | re.DOTALL,
)
SHORT = re.compile(
    r"""(?:"(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')""", re.VERBOSE
)
PATIENCE = 16
"""How often a text may be read over."""


def calls_service(text: str) -> bool:
    """Whether a query or update may have a SERVICE in it (SPARQL 1.1, production 59)."""
    return _calls(text, SERVICE, behind="{")


def calls_load(text: str, *, but_silent: bool = False) -> bool:
    """Whether an update may have a LOAD in it (SPARQL 1.1, production 31); or one that is not SILENT."""
    return _calls(text, LOAD, but=SILENT if but_silent else None)


def _calls(
    text: str,
    keyword: re.Pattern[str],
    behind: str = "",
    but: re.Pattern[str] | None = None,
) -> bool:
    reader = _Reader(text)
    try:
        places = [
            word.start()
            for word in keyword.finditer(text)
            if reader.is_call(word.end(), behind)
            and not (but and reader.is_followed(word.end(), but))
        ]
        return bool(places) and reader.reads_any(places)
    except _Endless:
        return True


class _Endless(Exception):
    """The text was read over too often."""


class _Reader:
    """One text, and how many of its characters may still be looked at."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = PATIENCE * len(text)

    def is_call(self, at: int, behind: str) -> bool:
        """Whether a name or IRI, and then `behind`, follow on a keyword that ends there."""
        at = self._skip(SPACE, at)
        at = self._skip(SPACE, self._skip(SILENT, at))
        end = self._skip(IRI, at)
        if end == at:
            end = self._skip(NAME, at)
            name = self._text[at:end]
            if ":" not in name and not name.startswith(("?", "$")):
                return False
        return self._text.startswith(behind, self._skip(SPACE, end))

    def is_followed(self, at: int, word: re.Pattern[str]) -> bool:
        """Whether a word follows on a keyword that ends there."""
        return word.match(self._text, self._skip(SPACE, at)) is not None

    def reads_any(self, places: list[int]) -> bool:
        """Whether a reading comes by one of these places outside comments, strings and IRIs."""
        waiting, known = [0], {0}
        while waiting:
            start = waiting.pop()
            special = SPECIAL.search(self._text, start)
            end = special.start() if special else len(self._text)
            next_place = bisect_left(places, start)
            if next_place < len(places) and places[next_place] < end:
                return True
            ends = self._ends(end) - known if special else set()
            waiting += ends
            known |= ends
        return False

    def _ends(self, at: int) -> set[int]:
        """Where the token that begins with a special character may end; nowhere for a string without an end."""
        first = self._text[at]
        if first == "\\":
            return {at + 2}
        if first == "#":
            return {self._skip(SPACE, at)}
        if first == "<":
            return {at + 1, self._skip(IRI, at)} - {at}
        return self._string_ends(at) - {at}

    def _string_ends(self, at: int) -> set[int]:
        """One end, or two where an escape may be faulty: `'''` is then an empty string and the begin of another."""
        end = self._skip(LONG, at)
        if end > at and "\\" not in self._text[at:end]:
            return {end}
        return {end, self._skip(SHORT, at)}

    def _skip(self, pattern: re.Pattern[str], at: int) -> int:
        """Where a match ends, or `at` where there is none."""
        match = pattern.match(self._text, at)
        end = match.end() if match else at
        is_string = pattern in {LONG, SHORT}
        self._left -= (len(self._text) if is_string and not match else end) - at
        if self._left < 0:
            raise _Endless
        return end
