"""Where the content of a cue stands: clauses, infinitives, objects and complements, by the frames of the lexicon."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.called import called
from onrecord.extract.rules.framing import FRAMING, framing
from onrecord.extract.rules.lexicon import Cue, Cues
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import (
    child,
    is_passive,
    owner_of,
    source_of,
    subject_of,
)

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import ParsedText, Token

OBJECT_TAIL = frozenset(
    {
        "as",
        "for",
        "of",
        "to",
        "with",
        "about",
        "over",
        "on",
        "in",
        "against",
        "into",
        "from",
        "by",
    }
)
COPULAS = frozenset(
    {
        "be",
        "feel",
        "remain",
        "become",
        "sound",
        "seem",
        "appear",
        "get",
        "stay",
        "grow",
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with its source and content, as tokens; `frame` is the one that fits, `content` in the order of the text.

    A cue that is only followed or preceded by a quotation has the frame "quote" and no content of its own.
    """

    cue: "Token"
    entry: Cue
    frame: str
    source: "Token"
    content: "tuple[Token, ...]"


def candidates(doc: "ParsedText", lexicon: Cues) -> Iterator[Candidate]:
    """Every cue of a parsed text that has a source and a content."""
    for token in doc:
        if token.pos_ in {"VERB", "AUX"}:
            yield from _verb(token, lexicon)
        if token.pos_ == "NOUN":
            yield from _noun(token, lexicon)
        if token.pos_ == "ADJ" or token.tag_ in {"VBN", "VBD"}:
            yield from _adjective(token, lexicon)
        if token.lower_ in FRAMING:
            yield from _beside(token)


def entries(verb: "Token", lexicon: Cues) -> tuple[Cue, ...]:
    """The rows of a verb, with its particle where that is a word of its own."""
    particle = child(verb, "prt") or next(
        (
            dependent
            for dependent in verb.children
            if dependent.dep_ in {"advmod", "prep"}
            and dependent.i == verb.i + 1
        ),
        None,
    )
    lemma = verb.lemma_.lower()
    phrasal = (
        lexicon.get((f"{lemma} {particle.lower_}", "verb"), ())
        if particle is not None
        else ()
    )
    return (*phrasal, *lexicon.get((lemma, "verb"), ()))


def _verb(verb: "Token", lexicon: Cues) -> Iterator[Candidate]:
    rows = entries(verb, lexicon)
    source = source_of(verb) if rows else None
    if source is None:
        return
    for frame in ORDER:
        for row in rows:
            for wanted, content in _contents(verb, row, frame):
                if content:
                    yield Candidate(verb, row, wanted, source, content)
                    return
    for row in rows:
        if "quote" in row.frames:
            yield Candidate(verb, row, "quote", source, ())
            return


def _contents(
    verb: "Token", row: Cue, frame: str
) -> "Iterator[tuple[str, tuple[Token, ...]]]":
    """The content that a verb has in a frame; of several prepositions each, in the order of its row."""
    if frame == "prep":
        for preposition in row.frames:
            yield preposition, _prep(verb, preposition)
    elif frame in row.frames:
        yield frame, _FRAMES[frame](verb)


ORDER = ("that", "oprd", "obj-to", "to", "ing", "obj", "prep")


def _that(verb: "Token") -> "tuple[Token, ...]":
    clause = next(
        (dependent for dependent in verb.children if dependent.dep_ == "ccomp"),
        None,
    )
    if clause is not None:
        return _subtree(clause)
    if verb.dep_ == "parataxis" or (
        verb.dep_ == "ccomp" and verb.head.i > verb.i and _is_inserted(verb)
    ):
        inside = set(_subtree(verb))
        return tuple(word for word in _subtree(verb.head) if word not in inside)
    return _after_that(verb) or _hung_below(verb)


OCCASIONS = frozenset(
    {"in", "at", "on", "to", "during", "via", "through", "from"}
)


def _hung_below(verb: "Token") -> "tuple[Token, ...]":
    """A clause that the parser hung on an occasion: "say in a complaint filed on Monday that …"."""
    for prep in verb.children:
        if (
            prep.dep_ != "prep"
            or prep.lower_ not in OCCASIONS
            or prep.i < verb.i
        ):
            continue
        for word in prep.subtree:
            mark = child(word, "mark")
            if (
                mark is not None
                and mark.lower_ == "that"
                and child(word, "nsubj")
            ):
                return _subtree(word)
    return ()


def _after_that(verb: "Token") -> "tuple[Token, ...]":
    """A clause that the parser hung elsewhere: "she stressed in a letter that …", to the end of the sentence."""
    end = sentence_of(verb).last
    for word in verb.doc[verb.i + 1 : end]:
        if word.tag_ == "WDT" and word.head.dep_ == "relcl":
            return ()
        if word.lower_ == "that" and word.tag_ != "DT":
            return tuple(verb.doc[word.i : end])
        if word.pos_ in {"VERB", "AUX"} or word.is_punct or word.dep_ == "dobj":
            return ()
    return ()


def _is_inserted(verb: "Token") -> bool:
    """Between commas, as "she said" may stand inside what she said."""
    return verb.nbor(1).is_punct if verb.i + 1 < len(verb.doc) else False


def _apart(token: "Token") -> "tuple[Token, ...]":
    """A subtree without a finite verb that the parser hung on an infinitive."""
    own = set(token.subtree)
    for word in token.conjuncts:
        if word.tag_ in {"VBD", "VBZ"} and token.tag_ in {"VB", "VBG"}:
            own -= set(word.subtree)
    return tuple(sorted(own, key=lambda word: word.i))


def _to(verb: "Token") -> "tuple[Token, ...]":
    infinitive = next(
        (
            dependent
            for dependent in verb.children
            if dependent.dep_ == "xcomp" and _has_to(dependent)
        ),
        None,
    )
    return _apart(infinitive) if infinitive is not None else ()


def _object_to(verb: "Token") -> "tuple[Token, ...]":
    target = child(verb, "dobj", "dative")
    for dependent in verb.children:
        if (
            dependent.dep_ in {"xcomp", "ccomp", "advcl"}
            and _has_to(dependent)
            and dependent.i > verb.i
        ):
            own = child(dependent, "nsubj")
            if own is not None:
                return _apart(dependent)
            if target is not None:
                return (*_subtree(target), *_apart(dependent))
            on = child(verb, "prep")
            if on is not None:
                return (*_complement(on), *_apart(dependent))
    return ()


def _ing(verb: "Token") -> "tuple[Token, ...]":
    participle = next(
        (
            dependent
            for dependent in verb.children
            if dependent.dep_ in {"xcomp", "pcomp"} and dependent.tag_ == "VBG"
        ),
        None,
    )
    return _subtree(participle) if participle is not None else ()


def _obj(verb: "Token") -> "tuple[Token, ...]":
    if is_passive(verb):
        passive = child(verb, "nsubjpass")
        return _subtree(passive) if passive is not None else ()
    target = child(verb, "dobj")
    if target is None:
        return ()
    tail = [
        dependent
        for dependent in verb.children
        if dependent.i > target.i
        and (
            dependent.dep_ in {"oprd", "xcomp", "acl"}
            or (dependent.dep_ == "prep" and dependent.lower_ in OBJECT_TAIL)
        )
        and not _is_time(dependent)
    ]
    return _joined([target, *tail])


def _oprd(verb: "Token") -> "tuple[Token, ...]":
    small = next(
        (
            dependent
            for dependent in verb.children
            if dependent.dep_ == "ccomp" and dependent.pos_ != "VERB"
        ),
        None,
    )
    if small is not None:
        return _subtree(small)
    target, name = (
        child(verb, "dobj", "nsubjpass"),
        child(verb, "oprd", "acomp"),
    )
    if target is not None and name is not None:
        return _joined([target, name])
    return called(verb)


def _prep(verb: "Token", frame: str) -> "tuple[Token, ...]":
    for dependent in verb.children:
        if (
            dependent.lower_ == frame
            and dependent.dep_ in {"prep", "agent", "prt"}
            and not _is_time(dependent)
        ):
            return _complement(dependent)
    return ()


_FRAMES = {
    "that": _that,
    "to": _to,
    "obj-to": _object_to,
    "ing": _ing,
    "obj": _obj,
    "oprd": _oprd,
}


def _noun(noun: "Token", lexicon: Cues) -> Iterator[Candidate]:
    for row in lexicon.get((noun.lemma_.lower(), "noun"), ()):
        source = owner_of(noun)
        if source is None:
            continue
        for content, frame in _noun_contents(noun, row.frames):
            if source not in content:
                yield Candidate(noun, row, frame, source, content)
                return


def _noun_contents(
    noun: "Token", frames: Iterable[str]
) -> "Iterator[tuple[tuple[Token, ...], str]]":
    """A clause or an infinitive; after "is" ("her hope is that …"); a complement with its preposition."""
    for dependent in noun.children:
        if dependent.dep_ in {"acl", "ccomp", "relcl"} and dependent.i > noun.i:
            if "that" in frames and any(
                mark.lower_ == "that" and mark.dep_ == "mark"
                for mark in dependent.children
            ):
                yield _subtree(dependent), "that"
            if "to" in frames and _has_to(dependent):
                yield _subtree(dependent), "to"
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        for dependent in noun.head.children:
            if (
                dependent.dep_ in {"ccomp", "xcomp"}
                and dependent.i > noun.head.i
            ):
                yield _subtree(dependent), "that"
    beside = noun.head.children if noun.head.lemma_ in LIGHT else ()
    for dependent in (*noun.children, *beside):
        is_after = dependent.dep_ == "prep" and dependent.i > noun.i
        if is_after and dependent.lower_ in frames:
            yield _complement(dependent), dependent.lower_


LIGHT = frozenset(
    {"express", "lend", "raise", "ring", "sound", "take", "throw", "voice"}
)
"""Verbs that make one phrase with their noun: "sound the alarm over", "take aim at"."""


def _adjective(word: "Token", lexicon: Cues) -> Iterator[Candidate]:
    rows = lexicon.get((word.lower_, "adj"), ())
    holder = word.head if word.dep_ in {"acomp", "oprd", "attr"} else word
    if not rows or (holder != word and holder.lemma_ not in COPULAS):
        return
    source = subject_of(holder)
    if source is None or source.lower_ in {"it", "there"}:
        return
    for content, frame in _adjective_contents(word, holder, rows[0].frames):
        yield Candidate(word, rows[0], frame, source, content)
        return


def _adjective_contents(
    word: "Token", holder: "Token", frames: Iterable[str]
) -> "Iterator[tuple[tuple[Token, ...], str]]":
    for dependent in (
        *word.children,
        *(holder.children if holder != word else ()),
    ):
        if dependent.i < word.i:
            continue
        if dependent.dep_ == "ccomp" and "that" in frames:
            yield _subtree(dependent), "that"
        if dependent.dep_ == "xcomp" and "to" in frames and _has_to(dependent):
            yield _subtree(dependent), "to"
        if dependent.dep_ in {"prep", "agent"} and dependent.lower_ in frames:
            yield _complement(dependent), dependent.lower_


ACCORDING = Cue("according to", "prep", ("that",), "states", "0")
"""The cue of words set beside a clause that tell whose it is."""


def _beside(word: "Token") -> Iterator[Candidate]:
    """What somebody says by words beside it: "in her view, it is theft"."""
    found = framing(word)
    if found is not None:
        source, content = found
        yield Candidate(word, ACCORDING, "that", source, content)


def _has_to(verb: "Token") -> bool:
    return any(dependent.tag_ == "TO" for dependent in verb.children)


def _is_time(token: "Token") -> bool:
    time = child(token, "pobj")
    return time is not None and time.ent_type_ in {"DATE", "TIME"}


def _complement(prep: "Token") -> "tuple[Token, ...]":
    complement = child(prep, "pobj", "pcomp", "ccomp")
    return _subtree(complement) if complement is not None else ()


def _subtree(token: "Token") -> "tuple[Token, ...]":
    return tuple(token.subtree)


def _joined(heads: "Iterable[Token]") -> "tuple[Token, ...]":
    return tuple(
        sorted(
            {word for head in heads for word in head.subtree},
            key=lambda token: token.i,
        )
    )
