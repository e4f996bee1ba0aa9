"""How far a verb or a noun speaks of one doer: to the next word that has a subject of its own."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.sources import child, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token

LETTING = frozenset({
    "allow", "ask", "ban", "bar", "block", "enable", "forbid", "keep", "let", "permit", "prevent", "prohibit", "stop",
})  # fmt: skip
"""Verbs of what others do, or are kept from doing: "rules allowing studios to use AI"."""
PREFIXES = frozenset({"anti", "mid", "non", "post", "pre"})
"""Beginnings of a compound that is no deed: "post-strike"."""


def reach(cue: "Token") -> "Iterator[Token]":
    """A word, what it governs without another doer, and the verb of which a noun is the object."""
    yield from _below(cue)
    if cue.pos_ == "NOUN" and cue.head.pos_ == "VERB":
        yield cue.head


def _below(word: "Token") -> "Iterator[Token]":
    if not _is_prefixed(word):
        yield word
    for inner in word.children:
        if _lets(inner):
            yield inner
        elif not _has_other_doer(inner):
            yield from _below(inner)


def _lets(word: "Token") -> bool:
    """Whether a word tells that others may, or may not, do what stands below it."""
    is_verb = word.pos_ == "VERB" and word.dep_ not in {"conj", "amod"}
    if not is_verb or word.lemma_.lower() not in LETTING:
        return False
    return child(word, "nsubj", "nsubjpass") is None


def _has_other_doer(word: "Token") -> bool:
    """Whether somebody else does what a word says, or it is left open who does."""
    if word.pos_ not in {"VERB", "AUX"}:
        return False
    if word.dep_ in {"conj", "amod"}:
        return False
    if child(word, "nsubj", "nsubjpass", "csubj") is not None:
        return True
    if word.head.lemma_.lower() in LETTING:
        return True
    if any(inner.tag_ == "WRB" for inner in word.children):
        return True
    return word.dep_ == "acl" and is_passive(word)


def _is_prefixed(word: "Token") -> bool:
    """Whether a word is the second half of a compound like "post-strike"."""
    before = word.doc[max(0, word.i - 2) : word.i].text.lower()
    return before.endswith("-") and before[:-1] in PREFIXES
