"""The words that a regular expression may begin with, so that it is tried only where one of them stands."""

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"\w+")
LETTERS = re.compile(r"[A-Za-z]*")
BEHIND = re.compile(r"\(\?<[!=][^()]*\)")
LONGEST = 6
"""Letters of a word by which expressions are told apart."""
MAY_BE_LESS = frozenset("?*{")
"""Signs after a letter that may be left out."""


def beginnings(expression: str) -> frozenset[str] | None:
    """The first letters of a word where each match begins; None where an expression does not tell."""
    letters: set[str] = set()
    for part in _alternatives(expression):
        known = _of_word(part)
        if known is None:
            return None
        letters |= known
    return frozenset(letters)


def begun_in(text: str) -> frozenset[str]:
    """The first letters of all words of a text, one, two and more of them."""
    words = set(WORD.findall(text.lower()))
    return frozenset(
        word[:end] for word in words for end in range(1, LONGEST + 1)
    )


def _of_word(expression: str) -> set[str] | None:
    """The beginnings of an expression without alternatives: those after its word boundary."""
    rest = expression
    while match := BEHIND.match(rest):
        rest = rest[match.end() :]
    if not rest.startswith(r"\b"):
        return None
    return _letters(rest.removeprefix(r"\b"))


def _letters(rest: str) -> set[str] | None:
    """The letters that an expression begins with."""
    if rest.startswith("(?:"):
        return _of_group(rest)
    match = LETTERS.match(rest)
    letters = match[0] if match is not None else ""
    if rest[len(letters) : len(letters) + 1] in MAY_BE_LESS:
        letters = letters[:-1]
    return {letters[:LONGEST].lower()} if letters else None


def _of_group(rest: str) -> set[str] | None:
    """The beginnings of the alternatives of a group that must be there."""
    end = _closing(rest)
    if rest[end + 1 : end + 2] in MAY_BE_LESS:
        return None
    inside = map(_letters, _alternatives(rest[3:end]))
    return _all(inside)


def _all(parts: Iterable[set[str] | None]) -> set[str] | None:
    """All letters of several parts, if each tells its own."""
    letters: set[str] = set()
    for part in parts:
        if part is None:
            return None
        letters |= part
    return letters


def _alternatives(expression: str) -> Iterator[str]:
    """The parts between the bars that stand in no group."""
    start = 0
    for place, depth in _depths(expression):
        if expression[place] == "|" and not depth:
            yield expression[start:place]
            start = place + 1
    yield expression[start:]


def _closing(expression: str) -> int:
    """Where the group ends that an expression begins with."""
    for place, depth in _depths(expression):
        if expression[place] == ")" and not depth:
            return place
    return len(expression)


def _depths(expression: str) -> Iterator[tuple[int, int]]:
    """Each place outside escapes and sets of letters, and how many groups are open there."""
    depth = 0
    is_set = is_escaped = False
    for place, sign in enumerate(expression):
        if is_escaped:
            is_escaped = False
        elif sign == "\\":
            is_escaped = True
        elif is_set:
            is_set = sign != "]"
        elif sign == "[":
            is_set = True
        else:
            depth += (sign == "(") - (sign == ")")
            yield place, depth
