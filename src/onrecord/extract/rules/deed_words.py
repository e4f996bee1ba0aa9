"""Whether words bear out a deed that weights alone read in them: a hint of it, and who has done it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.extract.rules.aims import MADE
from onrecord.extract.rules.choosing import Choice
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.deeds import USE
from onrecord.extract.rules.factuality import is_negated
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.mentions import WORKS
from onrecord.extract.rules.objects import root_of, subject_target
from onrecord.extract.rules.reaching import reach
from onrecord.extract.rules.sides import proposal_of, target_of_choice
from onrecord.extract.rules.sources import child
from onrecord.extract.rules.words import hinted, hints_of

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

SHOWN_BY = {
    "usesAIIn": "use",
    "releases": "launch",
    "develops": "build",
    "discontinues": "withdraw",
    "acquires": "buy",
    "investsIn": "invest",
    "partnersWith": "partner",
    "licensesTo": "license",
    "settlesWith": "settle",
    "negotiatesWith": "negotiate",
    "signs": "sign",
    "sues": "sue",
    "produces": "produce",
    "restricts": "forbid",
    "votesFor": "vote",
    "investigates": "probe",
    "protests": "protest",
}
"""What the words of a clause must hint at that tells of a deed."""
NEGATIONS = frozenset(
    {"cannot", "n't", "n’t", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without"}
)  # fmt: skip
AHEAD = frozenset({"'ll", "be", "shall", "will", "wo", "would", "’ll"})
CAN = frozenset({"can", "could", "may", "might"})
SAID_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "acknowledges": (frozenset({"admit", "use"}), frozenset()),
    "accuses": (frozenset({"accuse"}), frozenset()),
    "denies": (frozenset({"deny"}), NEGATIONS),
    "predicts": (frozenset({"predict"}), AHEAD | CAN),
    "promises": (frozenset({"promise"}), AHEAD),
    "supports": (frozenset({"praise"}), frozenset()),
}
"""What a report must hint at, or which words it must have, by which somebody denies, promises or charges."""
LAWS = frozenset({"Agreement", "Legislation"})
OWN = frozenset({"company", "firm", "studio", "team", "union"})
"""Nouns by which a speaker may mean those for whom he speaks."""


LIKELY_SAID, LIKELY_DONE = 0.3, 0.4
"""How likely a speech or a deed must be, with the encoder, to be told without a word that shows it."""


def is_shown(choice: Choice) -> bool:
    """Whether the words of a clause tell of its deed, as a rule or a hint has it, or it is likely without."""
    if proposal_of(choice) is not None:
        return True
    if choice.relation in SAID_BY:
        return _is_likely(choice, LIKELY_SAID) or _is_said(choice)
    hint = SHOWN_BY.get(choice.relation)
    if hint is None or _is_likely(choice, LIKELY_DONE):
        return True
    return _is_of_deed(choice, hint)


def _is_likely(choice: Choice, least: float) -> bool:
    """Whether an encoder sees it too, and both hold it likely."""
    return choice.view is not None and choice.likely >= least


def _is_of_deed(choice: Choice, hint: str) -> bool:
    """Whether words hint at a deed, or name a work or a system as what it was done to."""
    clause, target = choice.clause, target_of_choice(choice)
    is_of_work = target is not None and target.cls in WORKS | MADE
    if is_of_work and choice.relation == USE:
        is_of_work = _names_ai(clause)
    if is_of_work and choice.relation == "produces":
        is_of_work = clause.draft is not None
    if is_of_work or any(actor.cls in LAWS for actor in clause.actors):
        return True
    wanted = {("hint", hint), ("table", f"e:{choice.relation}")}
    root = _root(clause)
    if root is None:
        return not wanted.isdisjoint(hinted(clause.context, clause.place))
    words = (word for word in reach(root) if not _is_its(word))
    return not wanted.isdisjoint(hints_of(clause.context, words))


def _root(clause: Clause) -> "Token | None":
    """The word of a deed, or the verb of what is reported; None in a quotation that stands apart."""
    if clause.draft is None:
        return clause.cue
    if clause.candidate is None or clause.candidate.frame != "that":
        return None
    return root_of(clause.candidate) if clause.kind == "report" else None


def _names_ai(clause: Clause) -> bool:
    """Whether the words of a deed that speak of its own doer name AI; those of a report may leave it out."""
    if clause.cue is None or clause.draft is not None:
        return True
    words = sorted(word.i for word in reach(clause.cue) if not _is_its(word))
    doc = clause.context.paragraph.doc
    text = " ".join(doc[number].text for number in words)
    return clause.context.lexicon.is_about_ai(text.replace(" - ", "-"))


def _is_its(word: "Token") -> bool:
    """Whether a noun is said to be a thing's: "its use"."""
    owner = child(word, "poss")
    return owner is not None and owner.lower_ == "its" and word.dep_ == "pobj"


def _is_said(choice: Choice) -> bool:
    """Whether some word of a clause, or its cue, tells a denial, a promise, a forecast or a charge."""
    clause = choice.clause
    hints, words = SAID_BY[choice.relation]
    told_by = clause.candidate
    if told_by is not None and told_by.entry.relation == choice.relation:
        return True
    cue = f"c:{choice.relation}"
    for kind, name in hints_of(clause.context, _words(clause)):
        if (kind == "hint" and name in hints) or name.startswith(cue):
            return True
    return any(word.lower_ in words for word in _words(clause))


def _words(clause: Clause) -> "list[Token]":
    """The words of a report, or those of a deed that speak of its own doer."""
    if clause.cue is not None and clause.draft is None:
        return list(reach(clause.cue))
    return list(clause.context.span(*clause.whole) or ())


def is_own_deed(clause: Clause, candidate: Candidate, relation: str) -> bool:
    """Whether what somebody says was done is what he, or his firm, has done."""
    root = root_of(candidate)
    denying = candidate.cue if candidate.frame == "to" else root
    if denying is not None and is_negated(denying):
        return False
    if root is None:
        return relation != USE
    subject = child(root, "nsubj", "nsubjpass")
    if subject is None or subject.pos_ == "PRON":
        return True
    if relation == USE and subject.dep_ == "nsubjpass":
        return False
    own = {actor.entity for actor in clause.actors}
    named = subject_target(clause.context, candidate)
    if named is not None and (named.entity in own or named.cls in MADE):
        return True
    return subject.lemma_.lower() in OWN
