"""What a person types into a search, read as a query of the full-text index (FTS5)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product

WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
ACCENTS = re.compile("[\u0300-\u036f]")
"""Combining Diacritical Marks (Unicode)."""
MOST_TERMS = 12
SHORTEST_MISSPELT = 4
"""Letters that a word must have to be taken for a misspelt one."""
LONGEST_MISSPELT = 30
MOST_NAMES = 16
"""Spellings of the whole text that are tried as the name of an entity."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class TextQuery:
    """An expression of FTS5, and the names that the whole text may be."""

    expression: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase as it was typed, and the spellings it is taken for where it stands nowhere."""

    expression: str
    spellings: tuple[str, ...]


def read_query(
    text: str,
    is_somewhere: Callable[[str], bool],
    spellings: Callable[[str], Iterable[str]],
) -> TextQuery | None:
    """The query that a text is; None where it has no word.

    Every term must be there. The last one may be the beginning of a word. `is_somewhere` says whether an expression
    finds anything, `spellings` gives words that are spelt like one that is nowhere.
    """
    typed = [
        (phrase or word, bool(phrase))
        for phrase, word in TERM.findall(text)[:MOST_TERMS]
        if WORD.search(phrase or word)
    ]
    terms = []
    for number, (term, is_phrase) in enumerate(typed, 1):
        expression = f'"{term}"'
        if number == len(typed) and not is_phrase:
            expression = f"({expression} OR {expression} *)"
        known = is_phrase or is_somewhere(expression)
        terms.append(
            _known(term, expression)
            if known
            else _misspelt(term, expression, spellings)
        )
    if not terms:
        return None
    names = islice(product(*(term.spellings for term in terms)), MOST_NAMES)
    return TextQuery(
        " AND ".join(term.expression for term in terms),
        tuple(map(" ".join, names)),
    )


def _known(term: str, expression: str) -> _Term:
    return _Term(expression, (" ".join(words_of(term)),))


def _misspelt(
    term: str, expression: str, spellings: Callable[[str], Iterable[str]]
) -> _Term:
    words = words_of(term)
    is_word = (
        len(words) == 1
        and SHORTEST_MISSPELT <= len(words[0]) <= LONGEST_MISSPELT
    )
    near = tuple(spellings(words[0])) if is_word else ()
    if not near:
        return _known(term, expression)
    quoted = " OR ".join(f'"{spelling}"' for spelling in near)
    return _Term(f"({quoted})", near)


def words_of(text: str) -> Sequence[str]:
    """The words of a text in small letters without accents."""
    plain = text if text.isascii() else _without_accents(text)
    return WORD.findall(plain.lower())


def one_letter_off(word: str) -> set[str]:
    """What a word becomes by one letter more, less or other, or by two that are exchanged."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {left + right[1:] for left, right in parts if right}
    near |= {
        left + right[1] + right[0] + right[2:]
        for left, right in parts
        if right[1:]
    }
    for letter in LETTERS:
        near |= {left + letter + right for left, right in parts}
        near |= {left + letter + right[1:] for left, right in parts if right}
    return near


def _without_accents(text: str) -> str:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text))
