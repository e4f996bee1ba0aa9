"""Bytes of a page → maybe of the field or not, before anything of it is parsed.

A page passes that has a word about AI, or names a system or a law on it, and beside it
a word of the field or a name that is known. Both sets are compiled into automata of Aho
and Corasick, which look for all of their words at once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.extract.extractor import Gazetteer
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.model.errors import MissingExtra

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

LETTERS = bytes(
    sign if chr(sign).isalnum() and sign < 128 else 32  # noqa: PLR2004  ASCII
    for sign in bytes(range(256)).lower()
)
"""A byte → its small letter or digit; anything else parts words."""
MARKUP = re.compile(rb"<[^<>]*>|&#?\w{1,8};")
SHORTEST_NAME = 4
BINARY = 1000
"""Bytes at the beginning in which a page of single bytes has no zero."""


@dataclass(frozen=True)
class Sieve:
    """What a page must have: one of the words about AI, and one of the field.

    Where there is no word of the field, every page about AI passes.
    """

    about_ai: tuple[bytes, ...]
    of_field: tuple[bytes, ...]

    @classmethod
    def of(cls, lexicon: Lexicon, names: Gazetteer) -> "Sieve":
        """The sieve of a lexicon's words and a registry's names."""
        telling = lexicon.classes(["AISystem", "Instrument"])
        about = lexicon.sieved("ai")
        others: list[str] = []
        for entity in names.entities.values():
            forms = about if entity.cls in telling else others
            forms += [entity.label, *entity.aliases]
        field = lexicon.sieved("field")
        named = [name for name in others if len(name) >= SHORTEST_NAME]
        return cls(
            _patterns(about), _patterns([*field, *named] if field else [])
        )

    def lets_through(self, page: bytes) -> bool:
        """Whether a page may be of the field; one that is not of single bytes is not looked at."""
        if b"\0" in page[:BINARY]:
            return True
        words = _words(page)
        if not self._ai.find_matches_as_indexes(words):
            return False
        return not self.of_field or bool(
            self._field.find_matches_as_indexes(words)
        )

    @cached_property
    def _ai(self) -> "BytesAhoCorasick":
        return _automaton(self.about_ai)

    @cached_property
    def _field(self) -> "BytesAhoCorasick":
        return _automaton(self.of_field)


def _words(page: bytes) -> bytes:
    """The words of a page with one space around each, without its markup and programs."""
    text = MARKUP.sub(b" ", _without_scripts(page))
    return b" " + b" ".join(text.translate(LETTERS).split()) + b" "


def _without_scripts(page: bytes) -> bytes:
    """A page without its programs; data for machines, where an article's text may stand, stays."""
    if b"<script" not in page:
        return page
    parts = (part.partition(b"<script") for part in page.split(b"</script"))
    return b" ".join(
        part
        for before, _, script in parts
        for part in (before, script if b"ld+json" in script[:200] else b"")
    )


def _patterns(words: Iterable[str]) -> tuple[bytes, ...]:
    patterns = set(map(_pattern, words))
    return tuple(sorted(patterns - {b"", b" ", b"  "}))


def _pattern(word: str) -> bytes:
    """A word as `_words` would have it; "*" at its end stands for any ending."""
    plain = word.removesuffix("*").encode().translate(LETTERS)
    joined = b" ".join(plain.split())
    return b" " + joined if word.endswith("*") else b" " + joined + b" "


def _automaton(patterns: Iterable[bytes]) -> "BytesAhoCorasick":
    try:
        from ahocorasick_rs import BytesAhoCorasick  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "ahocorasick-rs, which looks through crawls,"
        raise MissingExtra(what, "cluster") from error
    return BytesAhoCorasick(patterns)
