"""Names as far as they go: spaCy cuts some ("Nguyễn" + "Văn An"), and runs others on ("Ada Example and")."""

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.tokens import Words
from onrecord.model.dates import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token

DAYS = frozenset(name.lower() for name in (*WEEKDAYS, *MONTHS))
STYLES = frozenset(
    ["a", "an", "dr", "gov", "hon", "prof", "rep", "rev", "sen", "st", "the"]
)
"""What else may have a capital before a name: articles, and how people are addressed."""
APART = frozenset({"DATE", "NORP", "TIME", "WORK_OF_ART"})


def spelled_out(span: "Words", lexicon: Lexicon) -> "Iterator[Words]":
    """Each name that spaCy takes for one, in full; then as spaCy has it, should the full one be somebody else's."""
    for part in _parts(span, lexicon):
        whole = _grown(part, lexicon)
        yield whole
        if len(whole) > len(part):
            yield part


def _parts(span: "Words", lexicon: Lexicon) -> "Iterator[Words]":
    """The names in a span that are joined by a comma or "and", without what is left over at its end."""
    start, end = span.start, span.end
    while end > start + 1 and span.doc[end - 1].lower_ in {"and", ","}:
        end -= 1
    for at in range(start + 1, end - 1):
        if _parts_at(span.doc[at], start, end, lexicon):
            yield _labelled(span.doc[start:at], span)
            start = at + 1
    yield _labelled(span.doc[start:end], span)


def _labelled(words: "Words", span: "Words") -> "Words":
    """Words as spaCy labels a span that they are part of, or that is part of them."""
    return Words(words.doc, words.start, words.end, span.label_)


def _parts_at(word: "Token", start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a word parts two names: a comma before a full one, "and" between two of like kind."""
    before, after = word.doc[start : word.i], word.doc[word.i + 1 : end]
    if word.text == ",":
        return len(before) > 0 and _is_full(after)
    are_full = _is_full(before) and _is_full(after)
    if word.lower_ != "and" or not are_full:
        return False
    last = lexicon.kinds["last"]
    return (before[-1].lower_ in last) == (after[-1].lower_ in last)


def _is_full(words: "Words") -> bool:
    """Whether a name has a first word and a last one."""
    return " " in words.text


def _grown(span: "Words", lexicon: Lexicon) -> "Words":
    """A name with the words before it that belong to it, and a person's with those after."""
    doc, first, last = span.doc, span.start, span.end - 1
    while first and _leads_into(doc[first - 1], span, lexicon):
        first -= 1
    if span.label_ == "PERSON":
        while last + 1 < len(doc) and _goes_on(doc[last], lexicon):
            last += 1
    return _labelled(doc[first : last + 1], span)


def _leads_into(word: "Token", span: "Words", lexicon: Lexicon) -> bool:
    """Whether a name begins with the word before it: "Nguyễn", "T."."""
    if not _is_of_name(word, lexicon) or word.whitespace_ != " ":
        return False
    if not word.is_sent_start:
        return word.head in span or word.head == span.root.head
    return len(span) == 1 or not word.text.isascii() or word.text[-1] == "."


def _goes_on(word: "Token", lexicon: Lexicon) -> bool:
    """Whether a person's name goes on behind a word: "Trần Minh" + "Đức"."""
    after = word.nbor()
    is_bound = word.dep_ == "compound" and word.head == after
    is_next = word.whitespace_ == " " and _is_of_name(after, lexicon)
    return is_bound and is_next


def _is_of_name(word: "Token", lexicon: Lexicon) -> bool:
    """Whether a word has a capital because a name is spelled so."""
    is_proper = word.pos_ in {"PROPN", "X"} or not word.text.isascii()
    is_shaped = word.text[:1].isupper() and word.text != "AI"
    bare = word.lower_.rstrip(".")
    is_apart = word.ent_type_ in APART or bare in _beside(lexicon)
    return is_proper and is_shaped and not is_apart


@lru_cache(maxsize=4)
def _beside(lexicon: Lexicon) -> frozenset[str]:
    """Words with a capital that stand beside a name and are no part of it."""
    titles = {word for title in lexicon.titles for word in title.split()}
    before, roles = lexicon.kinds["before"], lexicon.roles
    return frozenset({*titles, *before, *roles, *DAYS, *STYLES})


def has_given_name(name: str, lexicon: Lexicon) -> bool:
    """Whether the first word of a name is one that many people have for theirs."""
    first = name.partition(" ")[0]
    known = lexicon.words.get("given name", frozenset())
    return first.lower() in known or lexicon.pronoun_of(first) is not None
