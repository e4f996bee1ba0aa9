"""The sentences of a parsed paragraph."""

from functools import lru_cache

from onrecord.extract.rules.tokens import ParsedText, Sentence, Token

KEPT = 64
"""Sentences of which is kept whether they are headlines."""


def sentence_of(token: Token) -> Sentence:
    """The sentence that a word stands in."""
    return token.sentence


def root_before(token: Token) -> Token | None:
    """The main word of the sentence before that of a word; None in a paragraph's first."""
    start = token.sentence.first
    return token.doc[start - 1].sentence.words.root if start else None


def sentences_of(doc: ParsedText) -> list[Sentence]:
    """The sentences of a paragraph, in their order."""
    return doc.sentences


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
