"""What something is called in quotation marks, where the parser lost it: "called the film “lifeless”"."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import QUOTATION_MARKS

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token, Words


def called(verb: "Token") -> "tuple[Token, ...]":
    """What something is called in quotation marks, with it, where the parser lost it: "called the film “lifeless”"."""
    rest = verb.doc[verb.i + 1 : sentence_of(verb).last]
    marks = [word for word in rest if word.text in QUOTATION_MARKS]
    if len(marks) < PAIR or not _is_phrase(verb.doc[verb.i + 1 : marks[0].i]):
        return ()
    return tuple(verb.doc[verb.i + 1 : _last_mark(marks).i])


PAIR = 2


def _is_phrase(words: "Words") -> bool:
    """Whether words are those of one thing, with what is said of it."""
    if not len(words) or words[-1].is_punct or words[0].pos_ not in PHRASE:
        return False
    finite = [word for word in words if word.pos_ in {"VERB", "AUX"}]
    nouns = [word for word in words if word.pos_ in {"NOUN", "PROPN"}]
    return bool(nouns) and all(word.dep_ == "relcl" for word in finite[:1])


PHRASE = frozenset({"ADJ", "DET", "NOUN", "PRON", "PROPN"})


def _last_mark(marks: "list[Token]") -> "Token":
    """Where the last of some quotations ends that only commas and "and" part: “dull,” “ugly” and “cheap”."""
    last = marks[1]
    for opening, closing in zip(marks[2::2], marks[3::2], strict=False):
        between = last.doc[last.i + 1 : opening.i]
        if any(word.lower_ not in {",", "and", "or"} for word in between):
            break
        last = closing
    return last
