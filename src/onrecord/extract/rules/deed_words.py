"""Whether words bear out a deed that weights alone read in them: a hint of it, and who has done it."""

from onrecord.extract.rules.aims import MADE
from onrecord.extract.rules.choosing import Choice
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.deeds import USE
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.mentions import WORKS
from onrecord.extract.rules.objects import root_of, subject_target
from onrecord.extract.rules.sides import proposal_of, target_of_choice
from onrecord.extract.rules.sources import child
from onrecord.extract.rules.words import hinted

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
LAWS = frozenset({"Agreement", "Legislation"})
OWN = frozenset({"company", "firm", "studio", "team", "union"})
"""Nouns by which a speaker may mean those for whom he speaks."""


def is_shown(choice: Choice) -> bool:
    """Whether the words of a clause tell of its deed, as a rule or a hint has it, or name a work or system."""
    hint = SHOWN_BY.get(choice.relation)
    if hint is None or proposal_of(choice) is not None:
        return True
    clause, target = choice.clause, target_of_choice(choice)
    is_of_work = target is not None and target.cls in WORKS | MADE
    if is_of_work or any(actor.cls in LAWS for actor in clause.actors):
        return True
    wanted = {("hint", hint), ("table", f"e:{choice.relation}")}
    return not wanted.isdisjoint(hinted(clause.context, clause.place))


def is_own_deed(clause: Clause, candidate: Candidate, relation: str) -> bool:
    """Whether what somebody says was done is what he, or his firm, has done."""
    root = root_of(candidate)
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
