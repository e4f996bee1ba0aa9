"""The words that a regular expression may begin with, so that it is tried only where one of them stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from onrecord.extract.rules.phrases import words_in

LETTERS = re.compile(r"[A-Za-z]*")
BEHIND = re.compile(r"\(\?<[!=][^()]*\)")
Alternative = tuple[int, str]
"""The number of an expression, and one of its alternatives."""
REMEMBERED = 50_000
"""Words of texts whose expressions are kept."""
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


class ExpressionIndex:
    """Expressions, each alternative of which is tried only at the words that it may begin with.

    The case of letters does not matter.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        """Keeps expressions, which are told from each other by their number."""
        self._begun: defaultdict[str, list[Alternative]] = defaultdict(list)
        self._anywhere: list[Alternative] = []
        for number, expression in enumerate(expressions):
            self._add(number, expression)
        self._that_begin = lru_cache(REMEMBERED)(self._beginning)

    def find(self, text: str) -> list[tuple[int, int]]:
        """The number of each expression that a text holds, and where it first does."""
        found: dict[int, int] = {}
        for number, expression in self._anywhere:
            match = compiled(expression).search(text)
            if match is not None:
                found[number] = match.start()
        for word, start in words_in(text):
            for number, expression in self._that_begin(word):
                if number in found:
                    continue
                if compiled(expression).match(text, start) is not None:
                    found[number] = start
        return sorted(found.items())

    def _add(self, number: int, expression: str) -> None:
        """Keeps the alternatives of one, or the whole where one of them does not tell how it begins."""
        if beginnings(expression) is None:
            self._anywhere.append((number, expression))
            return
        for part in _alternatives(expression):
            for letters in _of_word(part) or ():
                self._begun[letters].append((number, part))

    def _beginning(self, word: str) -> list[Alternative]:
        """The alternatives that may begin with a word, each once."""
        ends = range(1, LONGEST + 1)
        rows = (self._begun.get(word[:end], ()) for end in ends)
        return list(dict.fromkeys(part for row in rows for part in row))


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """An expression, whatever the case of letters; made when first asked for, as a text asks for few."""
    return re.compile(expression, re.IGNORECASE)


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
