"""What an attribution means: the relation and its object, negated or not, from the cue, its frame and the content."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.frames import Candidate
from onrecord.extract.mentions import AGENTS, Mention, Scene
from onrecord.extract.sources import child

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = frozenset({"not", "n't", "never", "no", "hardly", "less", "little", "neither", "nor", "without"})
SPEAKERS = frozenset({"i", "we", "he", "she", "they", "it"})
TARGETED = frozenset(
    ["criticizes", "supports", "opposes", "accuses", "concernedAbout", "rejects", "denies", "requires"]
)
"""Relations whose object may be an entity that heads the content."""
STANCES = {"+": "supportive", "-": "critical", "?": "conditional", "0": "neutral"}
HARMS = frozenset({"threaten", "harm", "hurt", "endanger", "undermine", "destroy", "devalue", "imperil", "erode"})
HELPS = re.compile(
    r"\b(?:AI|technolog\w+|tools?|embrace of AI)\b[^.;]{0,60}?\b(?:can|will|could|to|is|are)\s+(?:be used to\s+)?"
    r"(?:\w+ly\s+)?(?:help|enhance|improve|provide|enable|empower|boost|free|support|give)\w*\b"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A relation with what is known of its object; `addressee` is whom something is asked of."""

    relation: str
    stance: str
    negated: bool = False
    modality: str = "actual"
    object: Mention | None = None
    rule: str = "cue"


def meaning(scene: Scene, candidate: Candidate, inner: "list[Candidate]", text: str, sources: set[str]) -> Meaning:
    """Reads an attribution; `inner` are the cues inside its content, `text` the content, `sources` who speaks."""
    own = _of(scene, candidate)
    if own.relation != "states":
        return own
    for each in inner:
        if _is_about_speaker(scene, each, sources) and each.entry.relation != "states":
            return _of(scene, each, rule="inner cue")
    return _by_content(scene, candidate, text, sources, own)


def _is_about_speaker(scene: Scene, inner: Candidate, sources: set[str]) -> bool:
    if inner.source.lower_ in SPEAKERS:
        return True
    named = scene.at(inner.source)
    return named is not None and named.entity in sources


def _of(scene: Scene, candidate: Candidate, rule: str = "cue") -> Meaning:
    relation = candidate.entry.relation
    if candidate.frame == "for" and candidate.entry.word in {"call", "ask", "push", "lobby", "campaign"}:
        relation = "callsFor"
    target = _object(scene, candidate, relation)
    if relation == "urges" and (target is None or target.cls not in AGENTS):
        relation, target = "callsFor", None
        if candidate.frame in {"that", "quote"} and candidate.entry.word in {"ask", "tell"}:
            relation = "states"
    negated = is_negated(candidate.cue)
    stance = STANCES[candidate.entry.stance]
    if negated:
        stance = {"supportive": "critical", "critical": "supportive"}.get(stance, stance)
    return Meaning(relation, stance, negated, modality(candidate.cue), target, rule)


def is_negated(cue: "Token") -> bool:
    """Whether a cue, or the verb that carries it, is negated ("not worried", "expressed less concern")."""
    carriers = [cue]
    if cue.pos_ != "VERB" and cue.head.pos_ in {"VERB", "AUX"}:
        carriers.append(cue.head)
    return any(
        each.dep_ == "neg" or (each.lower_ in NEGATIONS and each.dep_ in {"amod", "det", "advmod", "preconj"})
        for carrier in carriers
        for each in carrier.children
    )


def modality(cue: "Token") -> str:
    """Actual, future (a plan) or hypothetical, by the auxiliaries of the verb."""
    verb = cue if cue.pos_ in {"VERB", "AUX"} else cue.head
    words = {each.lower_ for each in verb.children if each.dep_ == "aux"}
    if words & {"would", "could", "might", "may"}:
        return "hypothetical"
    return "future" if words & {"will", "shall", "’ll", "'ll"} else "actual"


def _object(scene: Scene, candidate: Candidate, relation: str) -> Mention | None:
    """The entity that the content is about: whom one urges, what one criticizes."""
    if relation == "urges":
        return _addressee(scene, candidate)
    if relation not in TARGETED or not candidate.content:
        return None
    inside = set(candidate.content)
    heads = [each for each in candidate.content if each.head not in inside and each.pos_ in {"NOUN", "PROPN", "PRON"}]
    for head in heads[:1]:
        return scene.resolve(head)
    return None


def _addressee(scene: Scene, candidate: Candidate) -> Mention | None:
    cue = candidate.cue
    spots = [child(cue, "dobj", "dative")]
    preps = [each for each in cue.children if each.dep_ == "prep" and each.lower_ in {"on", "upon", "to"}]
    spots += [child(each, "pobj") for each in preps]
    spots += [child(each, "nsubj", "nsubjpass") for each in cue.children if each.dep_ in {"ccomp", "xcomp"}]
    for spot in spots:
        found = scene.resolve(spot) if spot is not None and spot.pos_ != "PRON" else None
        if found is not None and found.cls in AGENTS:
            return found
    return None


def _by_content(scene: Scene, candidate: Candidate, text: str, sources: set[str], own: Meaning) -> Meaning:
    """A plain report verb: what is reported tells a promise, a demand or a forecast from a mere remark."""
    root = _root(candidate)
    words = {each.lower_ for each in root.children if each.dep_ == "aux"} if root is not None else set()
    if words & {"should", "must", "ought"}:
        return Meaning("callsFor", "conditional", rule="content")
    if root is not None and words & {"will", "’ll", "'ll"}:
        if _is_own_deed(scene, root, sources):
            return Meaning("promises", "neutral", rule="content")
        return Meaning("predicts", "neutral", is_negated(root), rule="content")
    if root is not None and root.lemma_.lower() in HARMS and not is_negated(root):
        return Meaning("concernedAbout", "critical", rule="content")
    return Meaning("supports", "supportive", rule="content") if HELPS.search(text) else own


def _is_own_deed(scene: Scene, verb: "Token", sources: set[str]) -> bool:
    """Whether the speaker, or the company that the speaker speaks for, is to do it."""
    subject = child(verb, "nsubj")
    if subject is None or verb.lemma_ == "be":
        return False
    named = scene.resolve(subject)
    return subject.lower_ in {"i", "we", "company"} or (named is not None and named.entity in sources)


def _root(candidate: Candidate) -> "Token | None":
    inside = set(candidate.content)
    return next((each for each in candidate.content if each.head not in inside and each.pos_ in {"VERB", "AUX"}), None)
