"""What an attribution means: the relation and its object, negated or not, from the cue, its frame and the content."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import (
    OPEN,
    is_former,
    is_negated,
    is_open,
    modality,
)
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.lexicon import Cue
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.sources import child, is_passive, owner_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

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
STANCES = {"+": "supportive", "-": "critical", "?": "conditional", "0": "neutral"}
HELPS = re.compile(
    r"\b(?:AI|technolog\w+|tools?|embrace of AI)\b[^.;]{0,60}?\b(?:can|will|could|to|is|are)\s+(?:be used to\s+)?"
    r"(?:\w+ly\s+)?(?:help|enhance|improve|provide|enable|empower|boost|free|support|give)\w*\b"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A relation with what is known of its object; `told` is the sentence that tells it, if it is one of several."""

    relation: str
    stance: str
    negated: bool = False
    modality: str = "actual"
    object: Mention | None = None
    rule: str = "cue"
    told: str = ""


def meaning(
    context: ParagraphContext,
    candidate: Candidate,
    inner: "list[Candidate]",
    text: str,
    sources: set[str],
) -> Meaning:
    """Reads an attribution; `inner` are the cues inside its content, `text` the content, `sources` who speaks."""
    own = _of(context, candidate)
    if own.relation != "states" or candidate.entry.relation != "states":
        return own if not is_former(candidate.cue) else replace(own, relation="states")
    held = _held(context, inner, sources) if not own.negated else None
    return held or _by_content(context, candidate, text, sources, own)


def sentence_meaning(
    context: ParagraphContext,
    sentence: "Words",
    root: "Token",
    inner: "list[Candidate]",
    sources: set[str],
) -> Meaning | None:
    """Reads one sentence of what somebody says; None for a mere remark. `root` is its verb, `inner` its cues."""
    if not (
        context.lexicon.is_about_ai(sentence.text)
        or context.lexicon.topics_of(sentence.text)
    ):
        return None
    held = _held(context, inner, sources) or _content_meaning(
        context, root, sentence.text, sources
    )
    return held if held is not None and held.relation != "states" else None


def _held(
    context: ParagraphContext, inner: "list[Candidate]", sources: set[str]
) -> Meaning | None:
    """The first attitude of the speaker's own inside what is said."""
    for each in inner:
        if (
            _is_about_speaker(context, each, sources)
            and each.entry.relation != "states"
            and not _is_void(context, each.cue)
        ):
            return replace(
                _of(context, each, rule="inner cue"), told=each.cue.sent.text
            )
    return None


def _is_about_speaker(
    context: ParagraphContext, inner: Candidate, sources: set[str]
) -> bool:
    """Whether an attitude is the speaker's: "I" and "we" in quotation marks, else the name or a pronoun for it."""
    if inner.source.lower_ in {"i", "we"}:
        return True
    quoted = context.paragraph.quoted(inner.source)
    if inner.source.lower_ in {"it", "they"} and not quoted:
        start = inner.source.sent.start_char + context.paragraph.start
        before = [
            each
            for each in context.within(start, context.place(inner.source))
            if each.cls in AGENTS
        ]
        return all(each.entity in sources for each in before)
    named = context.resolve(inner.source) if not quoted else context.at(inner.source)
    return named is not None and named.entity in sources


def _of(context: ParagraphContext, candidate: Candidate, rule: str = "cue") -> Meaning:
    relation = candidate.entry.relation
    if candidate.frame == "for" and candidate.entry.word in {
        "call",
        "ask",
        "push",
        "lobby",
        "campaign",
    }:
        relation = "callsFor"
    noun = _attitude(context, candidate)
    if (
        noun is not None
        and relation in SIDES
        and (noun.relation in AGAINST or (noun.word, relation) in CLAIMS)
    ):
        return _of_attitude(context, candidate, noun, rule)
    target = _object(context, candidate, relation)
    if relation == "urges" and (target is None or target.cls not in AGENTS):
        relation, target = "callsFor", None
        if candidate.frame in {"that", "quote"} and candidate.entry.word in {
            "ask",
            "tell",
        }:
            relation = "states"
    negated = is_negated(candidate.cue)
    stance = STANCES[candidate.entry.stance]
    if negated:
        stance = {"supportive": "critical", "critical": "supportive"}.get(
            stance, stance
        )
    return Meaning(relation, stance, negated, modality(candidate.cue), target, rule)


def _attitude(context: ParagraphContext, candidate: Candidate) -> Cue | None:
    """The attitude that heads the content: "echoed his fears", "mocked her claim"."""
    head = next(
        (each for each in candidate.content if each == child(candidate.cue, "dobj")),
        None,
    )
    rows = (
        context.lexicon.cues.get((head.lemma_.lower(), "noun"), ())
        if head is not None
        else ()
    )
    return rows[0] if rows else None


def _of_attitude(
    context: ParagraphContext, candidate: Candidate, noun: Cue, rule: str
) -> Meaning:
    """Who shares a fear has it; who mocks it finds fault with whose it is; who rejects a claim denies it."""
    relation, negated = candidate.entry.relation, is_negated(candidate.cue)
    if relation == "supports":
        return Meaning(
            noun.relation, "critical", negated, modality(candidate.cue), rule=rule
        )
    if relation == "rejects":
        return Meaning("denies", "neutral", negated, modality(candidate.cue), rule=rule)
    head = child(candidate.cue, "dobj")
    owner = owner_of(head) if head is not None else None
    whose = context.resolve(owner) if owner is not None else None
    if whose is None or whose.cls not in AGENTS:
        return Meaning("states", "neutral", negated, rule=rule)
    return Meaning(
        "criticizes", "neutral", negated, modality(candidate.cue), whose, rule
    )


AGAINST = frozenset(
    {"concernedAbout", "criticizes", "opposes", "denies", "rejects", "accuses"}
)
SIDES = frozenset({"supports", "criticizes", "opposes", "rejects"})
CLAIMS = frozenset(
    (word, "rejects")
    for word in ("claim", "assertion", "suggestion", "notion", "contention")
)
"""What a noun may mean so that a verb does not speak of what the noun speaks of."""


def _is_void(context: ParagraphContext, cue: "Token") -> bool:
    """Whether an attitude inside a report is none that somebody has now, on a matter of ours."""
    words = cue.sent.text
    return (
        is_open(cue)
        or is_former(cue)
        or not (context.lexicon.is_about_ai(words) or context.lexicon.topics_of(words))
    )


def _object(
    context: ParagraphContext, candidate: Candidate, relation: str
) -> Mention | None:
    """The entity that the content is about: whom one urges, what one criticizes."""
    if relation == "urges":
        return _addressee(context, candidate)
    if relation not in TARGETED or not candidate.content:
        return None
    inside = set(candidate.content)
    heads = [
        each
        for each in candidate.content
        if each.head not in inside and each.pos_ in {"NOUN", "PROPN", "PRON"}
    ]
    for head in heads[:1]:
        return context.resolve(head)
    return None


def _addressee(context: ParagraphContext, candidate: Candidate) -> Mention | None:
    cue = candidate.cue
    spots = [
        child(cue, "nsubjpass") if is_passive(cue) else child(cue, "dobj", "dative")
    ]
    preps = [
        each
        for each in cue.children
        if each.dep_ == "prep" and each.lower_ in {"on", "upon", "to"}
    ]
    spots += [child(each, "pobj") for each in preps]
    spots += [
        child(each, "nsubj", "nsubjpass")
        for each in cue.children
        if each.dep_ in {"ccomp", "xcomp"}
    ]
    for spot in spots:
        found = (
            context.resolve(spot) if spot is not None and spot.pos_ != "PRON" else None
        )
        if found is not None and found.cls in AGENTS:
            return found
    return None


def _by_content(
    context: ParagraphContext,
    candidate: Candidate,
    text: str,
    sources: set[str],
    own: Meaning,
) -> Meaning:
    """A plain report verb: what is reported tells a promise, a demand or a forecast from a mere remark.

    What somebody does not believe is negated; what somebody did not say is nothing.
    """
    found = _content_meaning(context, _root(candidate), text, sources)
    if found is None or (own.negated and candidate.entry.word not in BELIEVING):
        return own
    return replace(
        found,
        negated=found.negated != own.negated,
        stance="neutral" if own.negated else found.stance,
    )


def _content_meaning(
    context: ParagraphContext, root: "Token | None", text: str, sources: set[str]
) -> Meaning | None:
    if root is not None and (is_open(root) or _is_conditional(root)):
        return None
    words = (
        {each.lower_ for each in root.children if each.dep_ == "aux"}
        if root is not None
        else set()
    )
    if words & {"should", "must", "ought"}:
        return Meaning("callsFor", "conditional", rule="content")
    if root is not None and words & {"will", "’ll", "'ll"}:
        if _is_own_deed(context, root, sources):
            return Meaning("promises", "neutral", rule="content")
        return Meaning("predicts", "neutral", is_negated(root), rule="content")
    if (
        root is not None
        and root.lemma_.lower() in context.lexicon.words["harm"]
        and not is_negated(root)
    ):
        return Meaning("concernedAbout", "critical", rule="content")
    return (
        Meaning("supports", "supportive", rule="content")
        if HELPS.search(text)
        else None
    )


def _is_conditional(verb: "Token") -> bool:
    """Whether a clause holds only if something else does."""
    clauses = [each for each in verb.children if each.dep_ == "advcl"]
    return any(
        mark.lower_ in OPEN and mark.dep_ == "mark"
        for each in clauses
        for mark in each.children
    )


BELIEVING = frozenset({"believe", "think", "expect", "feel", "see"})
"""Verbs that, negated, deny what they report."""


def _is_own_deed(context: ParagraphContext, verb: "Token", sources: set[str]) -> bool:
    """Whether the speaker, or the company that the speaker speaks for, is to do it."""
    subject = child(verb, "nsubj")
    if subject is None or verb.lemma_ == "be":
        return False
    named = context.resolve(subject)
    return subject.lower_ in {"i", "we", "company"} or (
        named is not None and named.entity in sources
    )


def _root(candidate: Candidate) -> "Token | None":
    inside = set(candidate.content)
    return next(
        (
            each
            for each in candidate.content
            if each.head not in inside and each.pos_ in {"VERB", "AUX"}
        ),
        None,
    )
