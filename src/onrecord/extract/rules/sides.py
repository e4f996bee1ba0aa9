"""Which side weights take in a clause, and what is told where they are unsure of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.aims import aim_of
from onrecord.extract.rules.barring import refuses
from onrecord.extract.rules.choosing import Choice, Chooser
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.contents import read_content
from onrecord.extract.rules.factuality import is_negated
from onrecord.extract.rules.foils import tells_of_fears, tells_of_others
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.objects import root_of
from onrecord.extract.rules.opinions import shown_side
from onrecord.extract.rules.proposals import Proposal
from onrecord.extract.rules.readings import Reading, is_remark
from onrecord.extract.rules.stances import is_of_refusal

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

BETWEEN = frozenset(
    [
        "leads",
        "worksFor",
        "represents",
        "memberOf",
        "acquires",
        "investsIn",
        "partnersWith",
        "negotiatesWith",
        "settlesWith",
        "sues",
        "urges",
        "accuses",
        "threatens",
    ]
)
"""Relations that nobody has to a topic."""
FOR = frozenset(["supports"])
AGAINST = frozenset(["criticizes", "opposes", "rejects", "accuses"])
PRAISE = 0.3
"""How likely praise must be to be told: somebody who mocks a thing is not to stand for it."""
CLEAR = 1.5
"""How much likelier than the other side a side must be."""


def _denies_praise(clause: Clause) -> bool:
    """Whether somebody says that he does not like it, or that it does not help."""
    hints = clause.context.lexicon.hints
    words = clause.context.span(*clause.place) or ()
    return any(
        "praise" in hints.get(word.lemma_.lower(), ()) and is_negated(word)
        for word in words
        if word.pos_ == "VERB"
    )


LEARNED = "learned"
"""The way of reading of what weights alone make of a clause."""


FEARED = frozenset({"concernedAbout"})
DISMISSING = frozenset(
    [
        "address",
        "allay",
        "compare",
        "deny",
        "discuss",
        "dismiss",
        "dispute",
        "downplay",
        "liken",
        "reject",
        "soothe",
        "tackle",
    ]
)
"""Verbs of who does not share a fear, or only speaks of it."""


BRUSHING = frozenset({"bat", "brush", "laugh", "play", "shrug", "wave"})
ASIDE = frozenset({"aside", "away", "down", "off"})
"""Verbs that dismiss with a word behind them: "brushed off the worry"."""


def _dismisses(cue: "Token") -> bool:
    """Whether a verb tells that somebody does not share a fear, or only speaks of it."""
    if cue.lemma_.lower() in DISMISSING:
        return True
    behind = {word.lower_ for word in cue.children}
    return cue.lemma_.lower() in BRUSHING and bool(behind & ASIDE)


def side_not_taken(clause: Clause, candidate: Candidate) -> frozenset[str]:
    """What somebody does not hold: who calls a ruling a relief does not criticize it, who dismisses fears has none."""
    if _dismisses(candidate.cue):
        return FEARED
    root = root_of(candidate)
    if root is not None and refuses(root):
        return frozenset({"denies"})
    if tells_of_others(clause.text):
        return FEARED | FOR | AGAINST
    if tells_of_fears(clause.text):
        reading = read_content(clause.context.lexicon, clause.text)
        if reading is None or reading.relation not in FEARED:
            return FEARED
    side = shown_side(clause.context, candidate, clause.text)
    if side is None:
        return frozenset()
    return AGAINST if side in FOR else FOR


def _as_remark(proposal: Proposal) -> Proposal:
    """What is told where no more is sure than that somebody has said something."""
    draft = replace(proposal.draft, relation="states", target=None)
    manner = replace(proposal.manner, stance=None, negated=False)
    return Proposal(draft, manner)


def sided(chooser: Chooser, reading: Reading) -> Proposal:
    """What is told of a reading; what weights alone make of a speech takes the side that they hold likely."""
    told, choice = reading.told, reading.choice
    if is_remark(reading):
        return _as_remark(told)
    if choice is None or told.draft.rule != LEARNED or is_deed(choice.clause):
        return told
    stance = chooser.stance(choice)
    if _is_of_refusal(choice.clause):
        stance = None
    return replace(told, manner=replace(told.manner, stance=stance))


def _is_of_refusal(clause: Clause) -> bool:
    """Whether its verb tells an attitude, and that may be to what others do against AI."""
    candidate = clause.candidate
    if candidate is None or candidate.entry.relation == "states":
        return False
    return is_of_refusal(clause.text)


def is_deed(clause: Clause) -> bool:
    """Whether a verb or a noun tells what was done, and nobody says it."""
    return clause.cue is not None and clause.kind in {"verb", "noun"}


def fitting_choice(choice: Choice, relation: str) -> Choice | None:
    """A choice with this relation, if it has the object which it needs.

    The likeliest is a mere word where its side is unsure.
    """
    if not _is_clear(choice, relation):
        if relation != choice.relation:
            return None
        shares = {**choice.shares, "states": choice.share}
        return replace(choice, relation="states", shares=shares)
    other = replace(choice, relation=relation)
    if relation in BETWEEN and target_of_choice(other) is None:
        return None
    return other


def _is_clear(choice: Choice, relation: str) -> bool:
    """Whether somebody takes no side, or clearly this one."""
    share = choice.shares[relation]
    if relation in FOR and (share < PRAISE or _denies_praise(choice.clause)):
        return False
    for side, other in ((FOR, AGAINST), (AGAINST, FOR)):
        if relation in side:
            against = max(choice.shares.get(one, 0.0) for one in other)
            return share >= CLEAR * against
    return True


def proposal_of(choice: Choice) -> Proposal | None:
    """What a rule made of the same clause with the same relation."""
    return next(
        (p for p in choice.proposals if p.draft.relation == choice.relation),
        None,
    )


def target_of_choice(choice: Choice) -> Mention | None:
    """Whom or what a choice is aimed at: as a rule says, else by the grammar."""
    proposal = proposal_of(choice)
    target = proposal.draft.target if proposal is not None else None
    return target or aim_of(choice.clause, choice.relation)
