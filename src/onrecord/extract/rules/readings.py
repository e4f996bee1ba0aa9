"""What a text may state: each reading with how sure it is, and those that stand together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from onrecord.extract.rules.attributions import kind
from onrecord.extract.rules.choosing import MOST, Choice, shares_words
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.proposals import Proposal
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sentences import sentence_of

POSTS = {
    "leads": "lead",
    "worksFor": "work",
    "represents": "represent",
    "memberOf": "member",
}
"""Relations that tell a post, and the hint by which a verb may tell it."""
LEAST, LEAST_RULED, LEAST_DONE = 0.1, 0.04, 0.17
"""How sure a reading of weights and one of a rule must be, and one of what was done: few right ones are lost."""
REMARK = "states"
"""What somebody does of whom no more is told than that he says something."""
LIKELY = 0.5
"""How likely a relation of a clause is that is told though its object is unsure."""


Said = tuple[frozenset[str], str, str]
"""Who says or does what, of whom."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement in the making, the clause that bears it, and the choice of weights that made it.

    What a rule made has no choice; it may have no clause either. `aim` is the topic that
    a rule has for its object.
    """

    proposal: Proposal
    clause: Clause | None
    choice: Choice | None = None
    sure: float = 0.0
    aim: str = ""

    @property
    def told(self) -> Proposal:
        """What is told, with the object that a rule has for it."""
        draft = self.proposal.draft
        if not self.aim:
            return self.proposal
        topics = tuple(dict.fromkeys((self.aim, *draft.topics)))[:MOST]
        return replace(self.proposal, draft=replace(draft, topics=topics))

    @property
    def relation(self) -> str:
        """What it states."""
        return self.proposal.draft.relation

    @property
    def place(self) -> Span:
        """The words that bear it."""
        if self.choice is not None:
            return self.choice.clause.place
        return self.proposal.draft.place


def apart(readings: Iterable[Reading], *, hears_people: bool) -> list[Reading]:
    """Those that are sure enough, in the order of their ranks, none of the same words as one before.

    Where it hears people, whoever is quoted by name is told to have said something, whatever his words.
    """
    rank = partial(_rank, hears_people=hears_people)
    ranked = [(rank(reading), reading) for reading in readings]
    likely = [(rank, reading) for rank, reading in ranked if rank is not None]
    weighed = _weighed(reading for _, reading in likely)
    kept: list[Reading] = []
    by_actor: defaultdict[str, list[Reading]] = defaultdict(list)
    for _, reading in sorted(
        likely, key=lambda row: (row[0], -_weight(row[1], weighed))
    ):
        actors = {actor.entity for actor in reading.proposal.draft.actors}
        others = (other for actor in actors for other in by_actor[actor])
        if any(_is_same(reading, other) for other in others):
            continue
        kept.append(reading)
        for actor in actors:
            by_actor[actor].append(reading)
    return kept


def _rank(reading: Reading, *, hears_people: bool) -> int | None:
    """What is sure enough first; last what somebody says, unsure as its meaning is."""
    if _is_sure(reading):
        return FIRST
    is_heard = _tells_of_ai(reading.clause) or (
        hears_people and _quotes_person(reading.clause)
    )
    return LAST if is_heard else None


FIRST, LAST = 0, 1
TRUSTED = 0.2
"""How much less sure than weights a rule may be, to go before them."""


def _weight(reading: Reading, weighed: Mapping[Said, float]) -> float:
    """How much a reading counts beside others; a rule's as much as that of weights which says the same of somebody.

    A rule that reads no more than that somebody says something is trusted no more than weights.
    """
    is_ruled = reading.choice is None and reading.relation != REMARK
    if not is_ruled or not _is_sure(reading):
        return reading.sure
    return max(reading.sure, weighed.get(_said(reading), 0.0)) + TRUSTED


def _weighed(readings: Iterable[Reading]) -> dict[Said, float]:
    """How sure weights are of what they read, by what is said."""
    weighed: dict[Said, float] = {}
    for reading in readings:
        if reading.choice is not None and reading.proposal.draft.target:
            said = _said(reading)
            weighed[said] = max(reading.sure, weighed.get(said, 0.0))
    return weighed


def _said(reading: Reading) -> Said:
    draft = reading.proposal.draft
    actors = frozenset(actor.entity for actor in draft.actors)
    target = draft.target.entity if draft.target is not None else ""
    return actors, draft.relation, target


def _is_sure(reading: Reading) -> bool:
    if reading.choice is None:
        return reading.sure >= LEAST_RULED
    is_deed = reading.choice.clause.kind in {"verb", "noun"}
    least = LEAST_DONE if is_deed else LEAST
    return reading.sure >= least or reading.choice.likely >= LIKELY


MADE = frozenset({"develops", "produces", "releases", "usesAIIn"})
"""What is done with AI, which a speech seldom does."""
MEANT = 0.1
"""How sure a reading must be so that more is told than that somebody has said something."""


def is_remark(reading: Reading) -> bool:
    """Whether no more is sure than that somebody has said something: not of AI, and nothing hints at what he means."""
    is_unsure = not _is_sure(reading) and reading.sure < MEANT
    if is_unsure and reading.relation in MADE:
        return True
    return is_unsure and not _tells_of_ai(reading.clause)


def _quotes_person(clause: Clause | None) -> bool:
    """Whether a clause is somebody's own words, by his name."""
    if clause is None or clause.kind != "report" or clause.draft is None:
        return False
    is_person = any(actor.cls == "Person" for actor in clause.actors)
    text = clause.context.state.text
    return is_person and kind(text, clause.draft) == "direct"


def _tells_of_ai(clause: Clause | None) -> bool:
    """Whether somebody speaks of AI in so many words, or is said to."""
    if clause is None or clause.kind != "report":
        return False
    words = clause.context.state.text[slice(*clause.whole)]
    said = sentence_of(clause.cue).text if clause.cue is not None else ""
    return clause.context.lexicon.is_about_ai(f"{words}\n{said}")


def _is_joined(one: Clause | None, two: Clause | None) -> bool:
    """Whether one verb is joined to another: "has backed the union, and has called for rules"."""
    if one is None or two is None or one.cue is None or two.cue is None:
        return False
    pairs = ((one.cue, two.cue), (two.cue, one.cue))
    return any(cue.dep_ == "conj" and cue.head == head for cue, head in pairs)


SUIT = {"accuses", "sues"}
"""A suit and what it is about, which one sentence tells: "sued the firm, accusing it of copying"."""


def _are_two(one: Clause | None, two: Clause | None) -> bool:
    """Whether two verbs of a sentence tell two things: they are joined, or stand in clauses that share no word."""
    if one is None or two is None:
        return False
    return _is_joined(one, two) or not shares_words(one.place, two.place)


def _is_vaguer(one: Reading, two: Reading) -> bool:
    """Whether two readings have one object, or one of them has a mere topic for it."""
    targets = [reading.proposal.draft.target for reading in (one, two)]
    named = {target.entity for target in targets if target is not None}
    return len(named) <= 1


def _is_same(one: Reading, two: Reading) -> bool:
    """Whether two readings of the same people are of the same words, so that one is wrong, or says less."""
    if one.relation == two.relation and _is_vaguer(one, two):
        return shares_words(one.place, two.place)
    if one.choice is not None and two.choice is not None:
        return shares_words(one.place, two.place)
    ruled, weighed = (two, one) if one.choice is not None else (one, two)
    if weighed.choice is None:
        return False
    if ruled.relation in POSTS and weighed.relation not in POSTS:
        return False
    are_two = _are_two(weighed.clause, ruled.clause)
    is_charge = {one.relation, two.relation} == SUIT
    if weighed.sure >= LIKELY and (are_two or is_charge):
        return False
    return shares_words(ruled.place, weighed.choice.clause.whole)
