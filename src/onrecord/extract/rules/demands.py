"""What a cue says in its frame: who looks for protections demands them, who warns of a suit threatens it."""

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.sources import child

DEMANDING = frozenset({"ask", "call", "campaign", "lobby", "push"})
"""Verbs that, with "for", are a demand."""


def cue_relation(context: ParagraphContext, candidate: Candidate) -> str:
    """The relation of a cue in its frame."""
    if candidate.frame == "for" and candidate.entry.word in DEMANDING:
        return "callsFor"
    if seeks_else(context, candidate):
        return "states"
    if candidate.entry.relation == "states" and _is_of_need(candidate):
        return "callsFor"
    if candidate.entry.word in {"warn", "warning"} and _is_of_fight(candidate):
        return "threatens"
    return candidate.entry.relation


NEEDS = frozenset({"necessity", "need", "urgency"})
"""What somebody speaks of who asks for something: "stressed the need for rules"."""


def _is_of_need(candidate: Candidate) -> bool:
    """Whether somebody stresses a need."""
    needed = child(candidate.cue, "dobj")
    is_need = needed is not None and needed.lemma_.lower() in NEEDS
    return is_need and candidate.frame == "obj"


FIGHTS = frozenset(
    ["action", "boycott", "lawsuit", "strike", "suit", "walkout"]
)
"""Nouns for what somebody threatens who warns of it."""


def _is_of_fight(candidate: Candidate) -> bool:
    """Whether somebody warns of what he will do himself: "warned of legal action"."""
    inside = set(candidate.content)
    heads = (word for word in candidate.content if word.head not in inside)
    is_of = candidate.frame == "of"
    return is_of and any(head.lemma_.lower() in FIGHTS for head in heads)


SEEKING = frozenset({"fight", "look", "press", "seek"})
"""Verbs by which a protection is asked for, or anything else looked for."""


def seeks_else(context: ParagraphContext, candidate: Candidate) -> bool:
    """Whether what somebody looks for is no rule, right or safeguard, and so no demand."""
    is_seeking = candidate.entry.word in SEEKING
    if not is_seeking or candidate.frame not in {"for", "obj"}:
        return False
    inside = set(candidate.content)
    heads = (word for word in candidate.content if word.head not in inside)
    words = context.lexicon.words["protection"]
    return all(head.lemma_.lower() not in words for head in heads)
