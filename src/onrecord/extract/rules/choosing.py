"""What clauses may state, what they are about, and how likely: as trained weights have it."""

from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.features import (
    features,
    passage_features,
    topic_features,
)
from onrecord.extract.rules.mixing import View, mixed
from onrecord.extract.rules.proposals import Proposal
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.weights import Weights

if TYPE_CHECKING:
    from onrecord.extract.rules.encoder import Encoder

ENOUGH = 0.4
"""How likely a clause must be to state something."""
SIDE = 0.75
"""How likely a side on AI must be to be told."""
OVERLAP = 0.5
SIDES = frozenset({"supportive", "critical", "conditional"})
Matters = tuple[str, ...]
Views = Mapping[int, View]


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause with the relation that it most likely states, and how likely others are."""

    clause: Clause
    relation: str
    shares: Mapping[str, float]
    something: float
    shown: frozenset[str]
    proposals: tuple[Proposal, ...]
    view: View | None = None

    @property
    def share(self) -> float:
        """How likely its relation is, if it states something."""
        return self.shares[self.relation]

    @property
    def likely(self) -> float:
        """How likely it is that it states this."""
        return self.something * self.share


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause with what it shows to the weights, and what rules propose for it."""

    clause: Clause
    features: frozenset[str]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """How likely each topic is what a clause is about: by itself, and with the whole text in mind."""

    own: Mapping[str, float]
    whole: Mapping[str, float]

    @property
    def first(self) -> tuple[str, ...]:
        """The likeliest topics."""
        return tuple(nlargest(MOST, self.whole, key=self.whole.__getitem__))


@dataclass(frozen=True)
class Chooser:
    """Chooses by trained weights, which it knows by their names, and by an encoder's views, if it has one."""

    weights: Callable[[str], Weights]
    encoder: "Encoder | None" = None

    def views(self, clauses: Mapping[int, Clause]) -> Views:
        """What the encoder sees in clauses, by their numbers: nothing without one."""
        return {} if self.encoder is None else self.encoder.views(clauses)

    def choices(
        self,
        clauses: Mapping[int, Clause],
        proposals: Sequence[Proposal],
        ruled: Collection[int],
        views: Views,
    ) -> dict[int, Choice]:
        """What the clauses state that likely state something, or that rules have read."""
        cues = by_cue(proposals)
        shown = {
            number: _show(clause, cues) for number, clause in clauses.items()
        }
        something = self._something(shown, views)
        likely = [
            number
            for number in shown
            if something[number] >= ENOUGH or number in ruled
        ]
        shares = self.weights("relations").shares_of(
            shown[number].features for number in likely
        )
        made: dict[int, Choice] = {}
        for number, share in zip(likely, shares, strict=True):
            made[number] = _choice(
                shown[number], something[number], share, views.get(number)
            )
        return made

    def _something(
        self, shown: Mapping[int, Shown], views: Views
    ) -> dict[int, float]:
        """How likely each clause states something."""
        weights = self.weights("clauses")
        shares = weights.shares_of(clause.features for clause in shown.values())
        return {
            number: mixed("clauses", share, views.get(number))["some"]
            for number, share in zip(shown, shares, strict=True)
        }

    def topics(
        self, clauses: Sequence[Clause], matters: Matters, views: Views
    ) -> list[Told]:
        """The topics of each clause, by itself and by those of the text."""
        weights = self.weights("topics")
        rows = topical(clauses, matters)
        shares = [
            mixed("topics", share, views.get(number))
            for number, share in enumerate(
                weights.shares_at(_places(weights, rows))
            )
        ]
        about = {
            topic: (sum(share[topic] for share in shares) / len(shares))
            ** WHOLE
            for topic in weights.bias
            if shares
        }
        return [_told(share, about) for share in shares]

    def stance(self, choice: Choice) -> str | None:
        """The side on AI that a clause takes, where that is sure enough."""
        shown = choice.shown | {f"relation={choice.relation}"}
        weighed = self.weights("stances").shares(shown)
        shares = mixed("stances", weighed, choice.view)
        side = max(shares, key=lambda label: shares[label])
        return side if side in SIDES and shares[side] >= SIDE else None

    def sure(self, shown: Iterable[Iterable[str]]) -> list[float]:
        """How likely each reading is right, by what it shows."""
        table = "right" if self.encoder is None else "right-encoder"
        return [
            share["right"] for share in self.weights(table).shares_of(shown)
        ]


def _show(clause: Clause, proposals: Mapping[int, Sequence[Proposal]]) -> Shown:
    """A clause with what it shows, the votes of rules among it."""
    own = tuple(votes(clause, proposals))
    named = ((p.draft.relation, p.draft.rule) for p in own)
    return Shown(clause, frozenset(features(clause, named)), own)


def _choice(
    shown: Shown,
    something: float,
    weighed: Mapping[str, float],
    view: View | None,
) -> Choice:
    """A clause with the likeliest relation."""
    shares = mixed("relations", weighed, view)
    relation = max(shares, key=lambda label: shares[label])
    return Choice(
        shown.clause,
        relation,
        shares,
        something,
        shown.features,
        shown.proposals,
        view,
    )


def _told(share: Mapping[str, float], about: Mapping[str, float]) -> Told:
    scores = {topic: own * about[topic] for topic, own in share.items()}
    total = sum(scores.values()) or 1.0
    return Told(
        share, {topic: score / total for topic, score in scores.items()}
    )


WHOLE = 1.2
"""How much the topics of the whole text count beside a clause's own."""
MOST = 3


def topical(
    clauses: Iterable[Clause], matters: Matters
) -> Iterator[tuple[set[str], frozenset[str]]]:
    """What tells the topic of each clause: features of its own, and those of its paragraph, read once."""
    passages: dict[int, frozenset[str]] = {}
    for clause in clauses:
        key = id(clause.context)
        if key not in passages:
            passages[key] = passage_features(clause.context)
        yield topic_features(clause, matters), passages[key]


def _places(
    weights: Weights, rows: Iterable[tuple[set[str], frozenset[str]]]
) -> Iterator[frozenset[int]]:
    """The rows of a table that clauses and their paragraphs have; a paragraph's are looked up once."""
    passages: dict[frozenset[str], frozenset[int]] = {}
    for own, passage in rows:
        if passage not in passages:
            passages[passage] = weights.places_of(passage)
        yield weights.places_of(own) | passages[passage]


def by_cue(proposals: Iterable[Proposal]) -> dict[int, list[Proposal]]:
    """Proposals by the place of the word that they go by."""
    rows: defaultdict[int, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        rows[proposal.draft.cue].append(proposal)
    return dict(rows)


def votes(
    clause: Clause, proposals: Mapping[int, Sequence[Proposal]]
) -> Iterator[Proposal]:
    """What rules propose for a clause: by its cue, and of a part by its words."""
    at = clause.context.place(clause.cue) if clause.cue is not None else -1
    for proposal in proposals.get(at, ()):
        if clause.kind in {"verb", "noun", "report"} or shared(
            clause.place, proposal.draft.place
        ) > OVERLAP * (clause.place[1] - clause.place[0]):
            yield proposal


def shared(one: Span, two: Span) -> int:
    """How many characters two places have in common."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def shares_words(one: Span, two: Span) -> bool:
    """Whether two places have half of the shorter one in common."""
    return shared(one, two) > OVERLAP * min(one[1] - one[0], two[1] - two[0])
