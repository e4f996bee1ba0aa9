"""Names of a shape that nothing else knows: "will.i.am said"."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.role_nouns import is_of_fame
from onrecord.extract.rules.sentences import sentence_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


PARTICLES = frozenset(
    {
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "al",
        "bin",
    }
)


NO_NAME = frozenset(
    {"the", "a", "an", "ai", "he", "she", "it", "they", "i", "we"}
)


def new_name(
    context: ParagraphContext, head: "Token"
) -> tuple[int, int] | None:
    """The place of a name that ends or begins at a subject, whatever its shape."""
    doc = head.doc
    first = last = head.i
    while first and _is_of_name(doc[first - 1]):
        first -= 1
    while last + 1 < len(doc) and _is_of_name(doc[last + 1]):
        last += 1
    if (
        first
        and doc[first - 1].text == "The"
        and first - 1 == sentence_of(head).first
    ):
        first -= 1
    while doc[first].lower_ in PARTICLES or context.lexicon.kinds["before"].get(
        doc[first].lower_
    ):
        first += 1
        if first > last:
            return None
    span = doc[first : last + 1]
    words = {word.lower_ for word in span}
    is_shaped = (
        any(word.text[:1].isupper() for word in span) or "." in head.text[1:-1]
    )
    known = words & (
        context.lexicon.roles.keys() | context.lexicon.titles.keys()
    )
    if (
        not is_shaped
        or known
        or words <= NO_NAME
        or head.pos_ not in {"PROPN", "X"}
    ):
        return None
    if is_of_fame(head) or any(
        word.ent_type_ in {"DATE", "GPE", "LOC", "NORP"} for word in span
    ):
        return None
    start = context.place(span[0])
    return start, start + len(span.text)


def _is_of_name(word: "Token") -> bool:
    is_capital = word.text[:1].isupper() and word.pos_ in {"PROPN", "X"}
    return (
        is_capital
        or word.lower_ in PARTICLES
        or (word.like_num and not word.is_alpha)
    )
