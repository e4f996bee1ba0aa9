"""What each word of a paragraph shows of itself, read once for all its clauses."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.quotations import Span

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

KEPT = 64
"""Paragraphs whose words are kept."""
LONGEST_HINT = 4
"""Words of the longest hint."""
KINDS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}


class Hint(NamedTuple):
    """What so many words from a place on hint at."""

    length: int
    kind: str


class WordFacts(NamedTuple):
    """A word by its lemma, or the class of what it names.

    `relations` are those that the tables have a word for; `is_topical` is a word with
    letters that is no function word.
    """

    lemma: str
    cls: str | None
    relations: tuple[str, ...]
    hints: tuple[Hint, ...]
    is_silent: bool
    is_topical: bool


@lru_cache(KEPT)
def words_of(context: ParagraphContext) -> tuple[WordFacts, ...]:
    """The words of a paragraph, in the order of its tokens."""
    tokens = context.paragraph.doc.tokens
    hints = _hints(context.lexicon, tokens)
    return tuple(map(_facts, tokens, hints, [context] * len(tokens)))


def hinted(context: ParagraphContext, place: Span) -> Iterator[tuple[str, str]]:
    """What the words of a place hint at, and the relations of which a table has a word for a deed."""
    doc = context.paragraph.doc
    words = (w for w in doc if place[0] <= context.place(w) < place[1])
    return hints_of(context, words)


def hints_of(
    context: ParagraphContext, words: "Iterable[Token]"
) -> Iterator[tuple[str, str]]:
    """What some words of a paragraph hint at, and the relations of which a table has a word for a deed."""
    facts = words_of(context)
    for word in words:
        yield from (("hint", hint.kind) for hint in facts[word.i].hints)
        yield from (("table", row) for row in facts[word.i].relations)


def _facts(
    token: "Token", hints: tuple[Hint, ...], context: ParagraphContext
) -> WordFacts:
    mention = context.at(token)
    is_mark = token.is_punct and token.text not in "?!"
    return WordFacts(
        lemma=token.lemma_.lower(),
        cls=mention.cls if mention is not None else None,
        relations=_relations(token, context.lexicon),
        hints=hints,
        is_silent=token.is_space or is_mark,
        is_topical=token.is_alpha and not token.is_stop,
    )


def _relations(word: "Token", lexicon: Lexicon) -> tuple[str, ...]:
    """Relations that the tables have a word for."""
    kind = KINDS.get(word.pos_)
    if kind is None:
        return ()
    form = word.lower_ if kind == "adj" else word.lemma_.lower()
    return tuple(_of_tables((form, kind), lexicon))


def _of_tables(key: tuple[str, str], lexicon: Lexicon) -> Iterator[str]:
    for cue in lexicon.cues.get(key, ()):
        if cue.relation != "states":
            yield f"c:{cue.relation}{cue.stance}"
    for event in lexicon.events.get(key, ()):
        yield f"e:{event.relation}"


def _hints(
    lexicon: Lexicon, tokens: "Sequence[Token]"
) -> Iterator[tuple[Hint, ...]]:
    """What the words that begin at each place hint at: by lemmas or as they stand."""
    lemmas = [token.lemma_.lower() for token in tokens]
    forms = [token.lower_ for token in tokens]
    first = lexicon.hint_beginnings
    for start, (lemma, form) in enumerate(zip(lemmas, forms, strict=True)):
        end = start + LONGEST_HINT
        hints: list[Hint] = []
        if lemma in first:
            hints += _hints_of(lexicon, lemmas[start:end])
        if form in first:
            hints += _hints_of(lexicon, forms[start:end])
        yield tuple(dict.fromkeys(hints))


def _hints_of(lexicon: Lexicon, words: list[str]) -> Iterator[Hint]:
    """What the first word, the first two and so on hint at."""
    phrase = ""
    for length, word in enumerate(words, start=1):
        phrase = f"{phrase} {word}".strip()
        for kind in lexicon.hints.get(phrase, ()):
            yield Hint(length, kind)
