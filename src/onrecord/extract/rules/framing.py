"""Words beside a clause that tell whose it is: "per the suit", "in her words", "as Ada Example put it"."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

VIEWS = frozenset(["account", "opinion", "telling", "view", "word"])
"""What somebody has of a matter: "in her view"."""
PUTTING = frozenset(["describe", "frame", "phrase", "put", "see", "tell"])
"""Verbs of how somebody words a matter: "as she put it"."""
BEGINNING = frozenset([",", "(", "—", "–", ".", "!", "?", "”", '"', "’", "'"])
"""What stands before words that are set beside a clause."""
VERBS = frozenset({"VERB", "AUX"})


NO_SOURCES = frozenset(
    {"plan", "plans", "schedule", "custom", "taste", "need", "age", "size"}
)
"""What something is according to without being said."""
FRAMING = frozenset({"according", "as", "in", "per"})
"""Words with which those begin that tell whose a clause is."""


def framing(word: "Token") -> "tuple[Token, tuple[Token, ...]] | None":
    """Whose a clause is by the words beside it that begin with this one; then the clause without them."""
    source = (
        _of_according(word)
        or _of_paper(word)
        or _of_view(word)
        or _of_wording(word)
    )
    if source is None:
        return None
    beside = word.head if word.dep_ == "mark" else word
    clause = beside.head
    while clause.head != clause and clause.pos_ not in VERBS:
        clause = clause.head
    while clause.dep_ in {"xcomp", "aux"} and clause.head != clause:
        clause = clause.head
    inside = set(beside.subtree)
    content = tuple(word for word in clause.subtree if word not in inside)
    return (source, content) if content else None


def _of_according(word: "Token") -> "Token | None":
    """Who says so: "according to the guild"."""
    if word.lower_ != "according":
        return None
    to = next((prep for prep in word.children if prep.lower_ == "to"), None)
    source = child(to, "pobj") if to is not None else None
    is_source = source is not None and source.lower_ not in NO_SOURCES
    return source if is_source else None


def _of_paper(word: "Token") -> "Token | None":
    """Whose words they are: "per the complaint"."""
    if word.lower_ != "per" or word.dep_ != "prep" or not _is_beside(word):
        return None
    source = child(word, "pobj")
    is_rate = source is None or source.ent_type_ in {"DATE", "TIME", "MONEY"}
    is_rate = is_rate or (source is not None and not _has_words(source))
    return None if is_rate else source


def _has_words(noun: "Token") -> bool:
    """Whether a noun is a name or has an article: not "per month"."""
    return noun.pos_ == "PROPN" or child(noun, "det", "poss") is not None


def _of_view(word: "Token") -> "Token | None":
    """Whose view it is: "in the guild's view", "in her words"."""
    if word.lower_ != "in" or word.dep_ != "prep" or not _is_beside(word):
        return None
    view = child(word, "pobj")
    if view is None or view.lemma_.lower() not in VIEWS:
        return None
    return child(view, "poss")


def _of_wording(word: "Token") -> "Token | None":
    """Who puts it so: "as Ada Example put it"."""
    verb = word.head
    is_clause = word.dep_ == "mark" and verb.dep_ == "advcl"
    if word.lower_ != "as" or not is_clause:
        return None
    thing = child(verb, "dobj")
    is_it = thing is not None and thing.lower_ in {"it", "this", "things"}
    if verb.lemma_.lower() not in PUTTING or not is_it:
        return None
    return child(verb, "nsubj")


def _is_beside(word: "Token") -> bool:
    """Whether a word begins a sentence or follows a comma."""
    return word.is_sent_start or word.nbor(-1).text in BEGINNING
