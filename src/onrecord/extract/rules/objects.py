"""Whom or what the words of a cue are about: an object, an addressee, the subject of what is said."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.opinions import SIDES
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.sentences import root_before
from onrecord.extract.rules.sources import child, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token
TARGETED = frozenset(
    [
        "criticizes",
        "supports",
        "opposes",
        "accuses",
        "concernedAbout",
        "rejects",
        "denies",
        "requires",
    ]
)
"""Relations whose object may be an entity that heads the content."""


def subject_target(
    context: ParagraphContext, candidate: Candidate
) -> Mention | None:
    """Whom a clause is about: the subject of what is said, or whose AI that is."""
    root = root_of(candidate)
    subject = child(root, "nsubj", "nsubjpass") if root is not None else None
    if subject is None or subject.lower_ in {"he", "she", "i", "we"}:
        return None
    owner = child(subject, "poss")
    is_of_owner = context.lexicon.is_about_ai(subject.text)
    if owner is not None and is_of_owner and context.at(subject) is None:
        return resolve(context, owner)
    return resolve(context, subject)


def object_of(
    context: ParagraphContext, candidate: Candidate, relation: str
) -> Mention | None:
    """The entity that the content is about: whom one urges, what one criticizes."""
    if relation == "urges":
        return _addressee(context, candidate)
    if relation not in TARGETED or not candidate.content:
        return None
    inside = set(candidate.content)
    heads = [
        word
        for word in candidate.content
        if word.head not in inside and word.pos_ in {"NOUN", "PROPN", "PRON"}
    ]
    for head in heads[:1]:
        if head.lower_ in {"it", "this"} and relation in SIDES:
            return _thing_before(context, head)
        return resolve(context, head)
    return None


def _thing_before(
    context: ParagraphContext, pronoun: "Token"
) -> Mention | None:
    """What "it" is that somebody welcomes: what the sentence before says was made or done, not who did it."""
    deed = root_before(pronoun)
    if deed is None:
        return None
    thing = child(deed, "nsubjpass" if is_passive(deed) else "dobj")
    named = resolve(context, thing) if thing is not None else None
    return named if named is not None and named.cls not in AGENTS else None


def _addressee(
    context: ParagraphContext, candidate: Candidate
) -> Mention | None:
    for word in addressees(candidate.cue):
        named = resolve(context, word) if word.pos_ != "PRON" else None
        if named is not None and named.cls in AGENTS:
            return named
    return None


GETTING = frozenset({"be", "earn", "get", "have", "keep", "receive", "retain"})
"""Verbs of whom a demand is for: "demanded that writers have protections"."""
ADDRESSING = frozenset({"on", "upon", "to", "with"})


def addressees(cue: "Token") -> "Iterator[Token]":
    """The words that may name whom somebody asks: objects, "on" somebody, who is to do it."""
    own = (
        child(cue, "nsubjpass")
        if is_passive(cue)
        else child(cue, "dobj", "dative")
    )
    if own is not None:
        yield own
    for word in cue.children:
        if word.dep_ in {"prep", "prt"} and word.lower_ in ADDRESSING:
            named = child(word, "pobj")
            if named is not None:
                yield named
    for word in cue.children:
        if word.dep_ in {"ccomp", "xcomp"} and word.lemma_ not in GETTING:
            subject = child(word, "nsubj", "nsubjpass")
            if subject is not None:
                yield subject


def root_of(candidate: Candidate) -> "Token | None":
    """The verb of what is said."""
    inside = set(candidate.content)
    return next(
        (
            word
            for word in candidate.content
            if word.head not in inside and word.pos_ in {"VERB", "AUX"}
        ),
        None,
    )
