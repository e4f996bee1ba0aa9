"""Statements that trained weights find in clauses, beside those that the rules make."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.extract.rules.attributions import ParagraphAttributions, kind
from onrecord.extract.rules.barring import refuses
from onrecord.extract.rules.choosing import (
    ENOUGH,
    MOST,
    Choice,
    Chooser,
    Told,
)
from onrecord.extract.rules.clause_index import ClauseIndex
from onrecord.extract.rules.clauses import Clause, clauses_of
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.deed_words import is_shown
from onrecord.extract.rules.factuality import (
    is_negated,
    modality,
)
from onrecord.extract.rules.objections import Objections
from onrecord.extract.rules.proposals import DraftStatement, Manner, Proposal
from onrecord.extract.rules.readings import REMARK, Reading, apart
from onrecord.extract.rules.sides import (
    LEARNED,
    fitting_choice,
    is_deed,
    proposal_of,
    sided,
    target_of_choice,
)
from onrecord.extract.rules.statements import StatementBuilder
from onrecord.extract.rules.surety import shown_by
from onrecord.model import Statement

LIKELY, MOST_RELATIONS = 0.06, 3
"""How likely a clause must be to state what is weighed, and how many relations are."""


@dataclass
class WeighingBuilder(StatementBuilder):
    """A builder that also weighs every clause of the text."""

    chooser: Chooser | None = None
    clauses: list[Clause] = field(default_factory=list)
    objections: Objections = field(init=False)

    def __post_init__(self) -> None:
        """Sets up the stages."""
        super().__post_init__()
        self.objections = Objections(self.actors)

    def add(
        self, context: ParagraphContext, heard: ParagraphAttributions
    ) -> None:
        """Takes in a paragraph with its attributions and clauses."""
        super().add(context, heard)
        self.clauses += clauses_of(context, heard, self.actors)
        self.objections.note(context, heard)

    def statements(self) -> tuple[Statement, ...]:
        """What is sure enough of all that was read, in the order of the text."""
        if self.chooser is not None:
            readings = list(self.readings(self.chooser))
            sure = self.chooser.sure(shown for _, shown in readings)
            judged = [
                replace(reading, sure=share)
                for (reading, _), share in zip(readings, sure, strict=True)
            ]
            kept = apart(judged, hears_people=self.topics.about_ai)
            self.collector.tell(
                (sided(self.chooser, reading), reading.sure) for reading in kept
            )
        return super().statements()

    def _tells_posts(self) -> bool:
        return True

    def readings(self, chooser: Chooser) -> Iterator[tuple[Reading, set[str]]]:
        """What rules and weights read in the text, each with what it shows of itself."""
        index = ClauseIndex(self.clauses)
        ruled = [
            (proposal, index.of(proposal.draft))
            for proposal in self.collector.proposals
            if proposal.draft.matters
        ]
        numbers = {number for _, number in ruled if number is not None}
        clauses = self._weighable(numbers)
        views = chooser.views(clauses)
        told = chooser.topics(self.clauses, self.topics.matters, views)
        choices = chooser.choices(
            clauses, self.collector.proposals, numbers, views
        )
        for proposal, number in ruled:
            if number is None:
                reading = Reading(proposal, None)
                yield reading, set(shown_by(reading, None, None))
                continue
            reading = self._ruled(proposal, number, told[number])
            yield reading, set(shown_by(reading, told[number], choices[number]))
        for number, choice in choices.items():
            for reading in self._weighed(choice, told[number]):
                yield reading, set(shown_by(reading, told[number], choice))

    def _weighable(self, ruled: set[int]) -> dict[int, Clause]:
        """Each clause with an actor, or of which a rule has read, by its number."""
        return {
            number: clause
            for number, clause in enumerate(self.clauses)
            if clause.actors or number in ruled
        }

    def _ruled(self, proposal: Proposal, number: int, told: Told) -> Reading:
        """What a rule made; it is also about what the weights say of its clause."""
        draft, aim = proposal.draft, ""
        if draft.topics:
            aim = self.collector.aim(draft) if draft.target is None else ""
            topics = draft.topics[0], *told.first, *draft.topics
            draft = replace(draft, topics=tuple(dict.fromkeys(topics))[:MOST])
        whole = replace(proposal, draft=draft)
        return Reading(whole, self.clauses[number], aim=aim)

    def _weighed(self, choice: Choice, told: Told) -> Iterator[Reading]:
        """What the weights make of a clause, by each likely relation that it may state; else that somebody speaks."""
        if not choice.clause.actors or choice.something < ENOUGH:
            return
        shares, made = choice.shares, 0
        for relation in sorted(shares, key=shares.__getitem__, reverse=True):
            if made == MOST_RELATIONS:
                return
            if choice.something * shares[relation] < LIKELY:
                break
            reading = self._reading(fitting_choice(choice, relation), told)
            if reading is not None:
                made += 1
                yield reading
        if not made and choice.clause.draft is not None:
            remark = self._reading(replace(choice, relation=REMARK), told)
            if remark is not None:
                yield remark

    def _reading(self, choice: Choice | None, told: Told) -> Reading | None:
        """What a choice comes to; None where its words do not bear it out or something speaks against it."""
        if choice is None:
            return None
        if not is_shown(choice) or not self.objections.are_none(choice):
            return None
        proposal = self._chosen(choice, told.first)
        if proposal is None:
            return None
        return Reading(proposal, choice.clause, choice)

    def _chosen(self, choice: Choice, told: tuple[str, ...]) -> Proposal | None:
        """One statement of a clause: as a rule proposes it, else by its grammar alone."""
        proposal, target = proposal_of(choice), target_of_choice(choice)
        if proposal is not None:
            draft, manner = proposal.draft, proposal.manner
            topics = tuple(dict.fromkeys((*told[:2], *draft.topics)))
            draft = replace(draft, target=target, topics=topics, matters=True)
        else:
            clause = choice.clause
            draft = DraftStatement(
                clause.actors,
                choice.relation,
                target,
                told,
                clause.whole,
                LEARNED,
            )
            manner = self._learned(choice)
        return self.collector.prepared(Proposal(draft, manner))

    def _learned(self, choice: Choice) -> Manner:
        """What the weights and the grammar say of a statement that no rule proposes."""
        clause = choice.clause
        text = clause.context.state.text
        wording = kind(text, clause.draft) if clause.draft else "deed"
        basis = "self-report" if clause.draft else "press-report"
        if clause.cue is None or not is_deed(clause):
            return Manner(wording, basis=basis)
        return Manner(
            wording,
            negated=is_negated(clause.cue) and not refuses(clause.cue),
            modality=modality(clause.cue),
            basis=basis,
            according_to=self.deeds.teller(clause.place[0], clause.actors),
        )
