"""The sentences of a parsed paragraph, worked out once for all words that ask for theirs."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

KEPT = 64
"""Paragraphs whose sentences are kept."""


class Sentence(NamedTuple):
    """A sentence; `start` and `end` are characters of the paragraph, `first` and `last` its words."""

    words: "Words"
    text: str
    start: int
    end: int
    first: int
    last: int


def sentence_of(token: "Token") -> Sentence:
    """The sentence that a word stands in."""
    return _by_word(token.doc)[token.i]


def root_before(token: "Token") -> "Token | None":
    """The main word of the sentence before that of a word; None in a paragraph's first."""
    start = sentence_of(token).first
    return sentence_of(token.doc[start - 1]).words.root if start else None


@lru_cache(KEPT)
def sentences_of(doc: "Doc") -> tuple[Sentence, ...]:
    """The sentences of a paragraph, in their order."""
    return tuple(map(_sentence, doc.sents))


def _sentence(words: "Words") -> Sentence:
    return Sentence(
        words,
        words.text,
        words.start_char,
        words.end_char,
        words.start,
        words.end,
    )


LONG = 4
"""Letters of a word that has a capital in a headline."""
MOSTLY = 0.7


@lru_cache(KEPT)
def is_headline(sentence: Sentence) -> bool:
    """Whether most long words of a sentence that no full stop ends have capitals."""
    if sentence.text.endswith("."):
        return False
    long = [
        word.text
        for word in sentence.words
        if word.is_alpha and len(word) >= LONG
    ]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= LONG and capitals > MOSTLY * len(long)


@lru_cache(KEPT)
def _by_word(doc: "Doc") -> tuple[Sentence, ...]:
    """The sentence of each word."""
    rows: list[Sentence] = []
    for sentence in sentences_of(doc):
        rows += [sentence] * (sentence.last - sentence.first)
    return tuple(rows)
