"""Statements that trained weights find in clauses, beside those that the rules make."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.aims import aim_of
from onrecord.extract.rules.attributions import (
    AttributionDraft,
    ParagraphAttributions,
    kind,
)
from onrecord.extract.rules.choosing import MOST, Choice, Chooser, shares_words
from onrecord.extract.rules.clauses import Clause, clauses_of
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.factuality import (
    is_former,
    is_negated,
    is_open,
    is_undone,
    modality,
)
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import covers, is_void
from onrecord.extract.rules.proposals import DraftStatement, Manner, Proposal
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.reading import others_attitudes, subject_target
from onrecord.extract.rules.reports import ASKED
from onrecord.extract.rules.sources import child
from onrecord.extract.rules.statements import StatementBuilder
from onrecord.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

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
LEAVING = frozenset({"fail", "stop", "decline", "refuse", "have", "forget", "avoid"})
LIKELY = 0.15
"""How likely a clause must be to state what is chosen for it."""
PART = 0.2
"""How sure one sentence of several must be that somebody says."""
DEEDS = frozenset(
    [
        "usesAIIn",
        "releases",
        "develops",
        "discontinues",
        "acquires",
        "investsIn",
        "partnersWith",
        "licensesTo",
        "settlesWith",
        "negotiatesWith",
        "signs",
        "sues",
        "produces",
        "restricts",
        "requires",
        "votesFor",
        "decides",
        "investigates",
        "protests",
    ]
)
"""Relations that tell what was done, whoever tells it."""
POSTS = {
    "leads": "lead",
    "worksFor": "work",
    "represents": "represent",
    "memberOf": "member",
}
"""Relations that tell a post, and the hint by which a verb may tell it."""


@dataclass
class WeighingBuilder(StatementBuilder):
    """A builder that also weighs every clause of the text."""

    chooser: Chooser | None = None
    clauses: list[Clause] = field(default_factory=list)
    _heard: list[AttributionDraft] = field(default_factory=list)
    _inner: dict[int, tuple[Candidate, ...]] = field(default_factory=dict)
    _ruled: set[tuple[object, ...]] = field(default_factory=set)

    def add(self, context: ParagraphContext, heard: ParagraphAttributions) -> None:
        """Takes in a paragraph with its attributions and clauses."""
        super().add(context, heard)
        self.clauses += clauses_of(context, heard, self.actors)
        self._inner[id(context)] = heard.candidates
        self._heard += [draft for draft in heard.drafts if draft.content]

    def statements(self) -> tuple[Statement, ...]:
        """What was made and chosen, in the order of the text."""
        if self.chooser is not None:
            self._choose(self.chooser)
        return super().statements()

    def _tells_posts(self) -> bool:
        return True

    def _choose(self, chooser: Chooser) -> None:
        """Adds what the weights choose, beside what the rules made."""
        self._ruled = set(self.collector.made)
        choices = chooser.choices(self.clauses, self.collector.proposals)
        topics = chooser.topics(choices, self.clauses, self.topics.matters)
        for likeliest, told in zip(choices, topics, strict=True):
            choice = _fitting(likeliest)
            if choice is None or choice.likely < LIKELY:
                continue
            if self._may_state(choice) and self._is_new(choice, told):
                self._chosen(chooser, choice, told)

    def _is_new(self, choice: Choice, told: tuple[str, ...]) -> bool:
        """Whether the rules made nothing of the same words; a mere remark gives way.

        What they made and the weights choose too is also about what the weights say.
        """
        clause = choice.clause
        made = self.collector.made
        mine = {actor.entity for actor in clause.actors}
        same = {
            key: value
            for key, value in made.items()
            if mine & set(value.actors) and value.relation not in POSTS
            if shares_words(place_of_words(value), clause.whole)
        }
        for key, value in same.items():
            if value.relation == "states" != choice.relation:
                del made[key]
            elif key in self._ruled and value.topics:
                topics = value.topics[0], *told, *value.topics
                topics = tuple(dict.fromkeys(topics))[:MOST]
                made[key] = replace(value, topics=topics)
        return not same.keys() & made.keys()

    def _may_state(self, choice: Choice) -> bool:
        """Whether nothing in the grammar speaks against it: a question, a charge by others."""
        clause = choice.clause
        if any(self._passes_on(actor) for actor in clause.actors):
            return False
        if clause.candidate is not None:
            return self._is_own(clause, clause.candidate, choice)
        if clause.cue is None or clause.draft is not None:
            return True
        return self._is_done(clause, clause.cue, choice.relation)

    def _is_done(self, clause: Clause, cue: "Token", relation: str) -> bool:
        """Whether a verb or noun says that something was done, and not what others charge."""
        if relation in POSTS and not self._is_post(clause, cue, relation):
            return False
        if is_open(cue) or is_undone(cue) or _undoes(cue):
            return False
        if not self._is_told(clause):
            return True
        return relation in DEEDS and not self._is_charged(clause)

    def _is_post(self, clause: Clause, cue: "Token", relation: str) -> bool:
        """Whether a verb tells of a post: "runs Studio Nine", not "ran a talk there"."""
        hints = self.lexicon.hints.get(cue.lemma_.lower(), ())
        aim = child(cue, "dobj")
        is_beside = aim is not None and clause.context.at(aim) is None
        return cue.pos_ == "VERB" and POSTS[relation] in hints and not is_beside

    def _is_own(self, clause: Clause, candidate: Candidate, choice: Choice) -> bool:
        """Whether a report tells what its speaker thinks or does, and not what others do."""
        if is_void(candidate, self.lexicon.cues) or ASKED.match(clause.text):
            return False
        if clause.kind == "part" and choice.likely < PART:
            return False
        own = {actor.entity for actor in clause.actors}
        inner = [
            cue
            for cue in self._inner.get(id(clause.context), ())
            if covers([clause.place], clause.context.place(cue.cue))
        ]
        former = {cue.entry.relation for cue in inner if is_former(cue.cue)}
        others = others_attitudes(clause.context, inner, own)
        if choice.relation in others | former:
            return False
        if choice.relation not in DEEDS or clause.cue is None:
            return True
        subject = subject_target(clause.context, candidate)
        firms = {self.actors.state.posts.get(name, "") for name in own}
        return subject is None or subject.entity in own | firms

    def _is_charged(self, clause: Clause) -> bool:
        """Whether somebody charges its actor, so that it may be the charge."""
        charged = self.actors.state.charged
        return any(actor.entity in charged for actor in clause.actors)

    def _is_told(self, clause: Clause) -> bool:
        """Whether a clause is part of what somebody says, and so perhaps not its actor's."""
        place = clause.context.place(clause.cue) if clause.cue else clause.place[0]
        return any(
            covers(draft.content, place)
            and draft.candidate is not None
            and draft.candidate.cue != clause.cue
            for draft in self._heard
        )

    def _passes_on(self, actor: Mention) -> bool:
        """Whether it is an outlet, which tells what others say, or a system, which says nothing."""
        name = self.actors.label(actor).lower()
        is_wire = name in self.lexicon.words["wire"]
        return is_wire or actor.cls in {"NewsOutlet", "AISystem"}

    def _chosen(self, chooser: Chooser, choice: Choice, told: tuple[str, ...]) -> None:
        """One statement of a clause: as a rule proposes it, else by its grammar alone."""
        proposal, target = _proposal(choice), _target(choice)
        if proposal is not None:
            draft, manner = proposal.draft, proposal.manner
            topics = tuple(dict.fromkeys((*told[:2], *draft.topics)))
            draft = replace(draft, target=target, topics=topics, matters=True)
        else:
            clause = choice.clause
            draft = DraftStatement(
                clause.actors, choice.relation, target, told, clause.whole, "learned"
            )
            manner = self._learned(chooser, choice)
        self.collector.add_chosen(Proposal(draft, manner), _sure(choice))

    def _learned(self, chooser: Chooser, choice: Choice) -> Manner:
        """What the weights and the grammar say of a statement that no rule proposes."""
        clause = choice.clause
        text = clause.context.state.text
        wording = kind(text, clause.draft) if clause.draft else "deed"
        basis = "self-report" if clause.draft else "press-report"
        if clause.cue is None or clause.kind not in {"verb", "noun"}:
            stance = chooser.stance(choice)
            return Manner(wording, stance=stance, basis=basis)
        return Manner(
            wording,
            negated=is_negated(clause.cue),
            modality=modality(clause.cue),
            basis=basis,
            according_to=self.deeds.teller(clause.place[0], clause.actors),
        )


FOR = frozenset(["supports"])
AGAINST = frozenset(["criticizes", "opposes", "rejects", "accuses"])
PRAISE = 0.3
"""How likely praise must be to be told: somebody who mocks a thing is not to stand for it."""
CLEAR = 1.5
"""How much likelier than the other side a side must be."""


def _fitting(choice: Choice) -> Choice | None:
    """A choice with the likeliest relation that has the object which it needs; a side that is unsure is a mere word."""
    if not _is_clear(choice):
        shares = {**choice.shares, "states": choice.share}
        return replace(choice, relation="states", shares=shares)
    for other in choice.others():
        if other.relation not in BETWEEN or _target(other) is not None:
            return other
    return None


def _is_clear(choice: Choice) -> bool:
    """Whether somebody takes no side, or clearly this one."""
    if choice.relation in FOR and choice.share < PRAISE:
        return False
    for side, other in ((FOR, AGAINST), (AGAINST, FOR)):
        if choice.relation in side:
            against = max(choice.shares.get(relation, 0.0) for relation in other)
            return choice.share >= CLEAR * against
    return True


def _proposal(choice: Choice) -> Proposal | None:
    """What a rule made of the same clause with the same relation."""
    return next(
        (p for p in choice.proposals if p.draft.relation == choice.relation), None
    )


def _target(choice: Choice) -> Mention | None:
    proposal = _proposal(choice)
    target = proposal.draft.target if proposal is not None else None
    return target or aim_of(choice.clause, choice.relation)


def _sure(choice: Choice) -> float:
    """How sure a choice is: as counted on texts of three hands that taught no weights.

    There a tenth of 162 was right that the weights gave 0.10 to 0.15, 15 in 100 of 179 up
    to 0.3, a quarter of 210 up to 0.6, and 45 in 100 of 60 above.
    """
    return round(0.08 + 0.5 * choice.likely, 2)


def _undoes(cue: "Token") -> bool:
    """Whether a verb only says that something else was left undone: "failed to praise"."""
    words = {word.lower_ for word in cue.children}
    inner = child(cue, "xcomp") or ("short" in words and cue)
    return cue.lemma_.lower() in LEAVING and bool(inner)


def place_of_words(value: Statement) -> Span:
    """Where the words of a statement stand."""
    evidence = value.evidence
    if evidence is None:
        return 0, 0
    return evidence.start or 0, evidence.end or 0
