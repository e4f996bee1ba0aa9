"""How a cue or a event stands: negated, planned, supposed, asked, refused; and so what nobody has said or done."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.lexicon import Cues
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.sources import blamed, child
from onrecord.extract.rules.unreal import (
    is_denied_from_afar,
    is_unreal,
    is_weighed,
)

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

KEPT = 512
"""Words whose answers are kept, since several stages ask for them."""
NEGATIONS = frozenset(
    {
        "not",
        "n't",
        "never",
        "no",
        "hardly",
        "less",
        "little",
        "neither",
        "nor",
        "without",
    }
)
OPEN = frozenset({"whether", "if", "unless"})
CONDITIONS = frozenset({"mark", "advmod", "preconj"})
HEARSAY = frozenset(
    {
        "say",
        "report",
        "rumor",
        "rumour",
        "believe",
        "think",
        "allege",
        "claim",
        "understand",
        "suppose",
    }
)
"""Verbs whose passive, with an infinitive, names nobody who says it."""
FORMERLY = re.compile(
    r"\b(?:at first|initially|originally|formerly|once (?:was|were|\w+ed)|(?:was|were) once"
    r"|(?:I|we|s?he|they) used to)\b"
)
RUMOURED = frozenset(
    {"reportedly", "allegedly", "purportedly", "supposedly", "apparently"}
)
DONE = frozenset({
    "began", "begun", "started", "continued", "continues", "managed", "helped", "first", "last", "used", "chose",
    "failed", "proceeded", "got", "latest", "company", "studio", "film",
})  # fmt: skip
"""Words whose infinitive tells what was done: "the first to use"."""
SHOWING = frozenset({
    "protest", "oppose", "denounce", "condemn", "decry", "demand", "support", "back",
})  # fmt: skip
"""Verbs whose infinitive tells what was shown by what was done: "marched to protest"."""
UNDOING = frozenset({
    "refuse", "decline", "stop", "avoid", "quit", "cease", "deny", "forget", "fail", "threaten", "forbid", "bar",
    "prevent", "want", "refusal", "reluctance", "threat", "ask", "urge", "demand", "request", "dispute", "doubt",
    "accuse", "allege", "wish", "pretend", "imagine",
})  # fmt: skip


@lru_cache(KEPT)
def is_negated(cue: "Token") -> bool:
    """Whether a cue, the verb that carries it, or its subject is negated ("not worried", "neither … nor … fears").

    "Not only worried" is no negation, "no longer worried" is one.
    """
    carriers = [cue]
    if cue.dep_ == "pcomp" and cue.head.lower_ == "without":
        return True
    is_said_of = cue.pos_ != "VERB" or cue.dep_ in {"acomp", "attr", "oprd"}
    if is_said_of and cue.head.pos_ in {"VERB", "AUX"}:
        carriers.append(cue.head)
    beside = [word for carrier in carriers for word in carrier.children]
    return any(map(_negates, beside)) or is_denied_from_afar(cue)


def _negates(word: "Token") -> bool:
    if _is_of_name(word):
        return False
    if word.dep_ in {"nsubj", "nsubjpass"}:
        return word.left_edge.lower_ in {
            "neither",
            "no",
            "nobody",
            "none",
            "nothing",
        }
    if word.dep_ == "advmod" and word.lower_ == "longer":
        return True
    if word.i + 1 < len(word.doc) and word.nbor(1).lower_ in {
        "only",
        "just",
        "merely",
        "simply",
    }:
        return False
    return word.dep_ == "neg" or (
        word.lower_ in NEGATIONS
        and word.dep_ in {"amod", "det", "advmod", "preconj"}
    )


def _is_of_name(word: "Token") -> bool:
    """Whether a "no" is part of a name in capitals: "the NO CLONES Act"."""
    is_last = word.i + 1 == len(word.doc)
    return word.text == "NO" and not is_last and word.nbor(1).is_upper


@lru_cache(KEPT)
def is_open(cue: "Token") -> bool:
    """Whether nobody says that it is so, since it stands in a question, a condition or hearsay ("is said to")."""
    sentence = sentence_of(cue).text
    if sentence.rstrip(' ”"’').endswith("?") or _is_of_manner(cue):
        return True
    small = sentence.lower()
    if any(word in small for word in OPEN) and _is_supposed(cue):
        return True
    return any(map(_is_hearsay, cue.ancestors))


def _is_of_manner(verb: "Token") -> bool:
    """Whether a verb only tells what may be done: "how to use it"."""
    tags = {word.tag_ for word in verb.children if word.i < verb.i}
    return {"TO", "WRB"} <= tags


def _is_supposed(cue: "Token") -> bool:
    """Whether a cue, or what it hangs on, stands after "whether" or "if"."""
    for verb in (cue, *cue.ancestors):
        for word in verb.children:
            if word.i >= cue.i:
                break
            if word.lower_ in OPEN and word.dep_ in CONDITIONS:
                return True
    return False


def _is_hearsay(verb: "Token") -> bool:
    """Whether a verb only says what is said: "is said to"."""
    return (
        verb.lemma_.lower() in HEARSAY
        and child(verb, "auxpass") is not None
        and child(verb, "xcomp") is not None
    )


def is_former(cue: "Token") -> bool:
    """Whether an attitude is told as one of the past: "was wary at first"."""
    return FORMERLY.search(sentence_of(cue).text) is not None and any(
        verb.tag_ == "VBD" for verb in (cue, cue.head)
    )


@lru_cache(KEPT)
def modality(cue: "Token") -> str:
    """Actual, future (a plan) or hypothetical, by the auxiliaries of the verb, or since it is "to" be done."""
    verb = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    if is_weighed(verb):
        return "hypothetical"
    words = {
        dependent.lower_
        for dependent in verb.children
        if dependent.dep_ in {"aux", "auxpass"}
    }
    if "would" in words and _is_announced(verb):
        return "future"
    if words & {
        "would",
        "could",
        "might",
        "may",
        "should",
        "must",
    } or RUMOURED & {e.lower_ for e in verb.children}:
        return "hypothetical"
    if words & {"will", "shall", "’ll", "'ll"}:
        return "future"
    planned = (
        "to" in words
        and verb.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"}
        and verb.head.lower_ not in DONE
        and not _is_shown(verb)
    )
    means = (
        verb.dep_ in {"advcl", "xcomp"} and verb.head.lemma_.lower() == "use"
    )  # "used AI to make"
    return "future" if planned and not means else "actual"


def _is_announced(verb: "Token") -> bool:
    """Whether somebody has said that he would do it: "the studio said it would pull the film"."""
    teller = child(verb.head, "nsubj")
    doer = child(verb, "nsubj")
    is_told = verb.dep_ == "ccomp" and verb.head.tag_ == "VBD"
    if not is_told or teller is None or doer is None or _has_condition(verb):
        return False
    return doer.pos_ == "PRON" or doer.lemma_ == teller.lemma_


def _has_condition(verb: "Token") -> bool:
    """Whether a clause with "if" hangs on a verb."""
    marks = (word for clause in verb.children for word in clause.children)
    return any(word.dep_ == "mark" and word.lower_ in OPEN for word in marks)


def _is_shown(verb: "Token") -> bool:
    """Whether an infinitive tells what was shown by what was done."""
    is_aim = verb.dep_ == "advcl" and verb.head.tag_ in {"VBD", "VBN"}
    return is_aim and verb.lemma_.lower() in SHOWING


def is_habit(cue: "Token") -> bool:
    """Whether a verb tells what somebody did once: "used to agree"."""
    aim = child(cue, "xcomp")
    is_use = cue.lower_ == "used" and child(cue, "dobj") is None
    return is_use and aim is not None and child(aim, "aux") is not None


def is_silence(candidate: Candidate, cues: Cues) -> bool:
    """Whether somebody declines to say something, or to take a side."""
    verb = (
        child(candidate.cue, "xcomp")
        if candidate.entry.word in {"decline", "refuse"}
        else None
    )
    return verb is not None and (verb.lemma_.lower(), "verb") in cues


def _is_opposed(verb: "Token") -> bool:
    """Whether a gerund tells what somebody is against: "united against signing"."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "against"


OWED = frozenset({"must", "should", "ought"})
"""Words beside a verb for what is to be done."""


def is_owed(cue: "Token") -> bool:
    """Whether an event is one that somebody ought to bring about, and has not: "Congress must pass the bill"."""
    verb = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    return any(
        word.dep_ == "aux" and word.lower_ in OWED for word in verb.children
    )


CHARGING = frozenset({"charge", "prosecute", "sue"})
"""Verbs that say "for" of what nobody has found yet."""


def _is_charged(gerund: "Token") -> bool:
    """Whether somebody only says it in court: "sued the studio for using his voice"."""
    return gerund.head.head.lemma_.lower() in CHARGING


@lru_cache(KEPT)
def is_undone(cue: "Token") -> bool:
    """Whether an event is one that somebody refuses, stops, is kept from or accused of, rather than does."""
    verb = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    if is_unreal(cue) or _is_opposed(verb):
        return True
    blame = (
        verb.dep_ == "pcomp"
        and blamed(verb) is not None
        and (verb.head.lower_ != "for" or _is_charged(verb))
    )
    head = (
        verb.head if verb.dep_ in {"xcomp", "ccomp", "acl", "pcomp"} else None
    )
    if head is not None and any(
        dependent.lower_ == "yet" for dependent in head.children
    ):
        return True
    return blame or (head is not None and head.lemma_.lower() in UNDOING)
