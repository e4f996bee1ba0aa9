"""Which clauses state something, and what: the trained weights choose among what rules propose."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.features import features, passage_features, topic_features
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.proposals import Proposal
from onrecord.extract.rules.quotations import Span

ENOUGH = 0.6
"""How likely a clause must be to state something."""
SIDE = 0.75
"""How likely a side on AI must be to be told."""
OVERLAP = 0.5
SIDES = frozenset({"supportive", "critical", "conditional"})
Matters = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause with the relation that it most likely states, and how likely others are."""

    clause: Clause
    relation: str
    shares: Mapping[str, float]
    something: float
    shown: frozenset[str]
    proposals: tuple[Proposal, ...]

    @property
    def share(self) -> float:
        """How likely its relation is, if it states something."""
        return self.shares[self.relation]

    @property
    def likely(self) -> float:
        """How likely it is that it states this."""
        return self.something * self.share

    def others(self) -> "Iterator[Choice]":
        """The same clause with each relation, the likeliest first."""
        for relation in sorted(self.shares, key=lambda name: -self.shares[name]):
            yield replace(self, relation=relation)


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause with what it shows to the weights, and what rules propose for it."""

    clause: Clause
    features: frozenset[str]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Chooser:
    """Chooses by the weights of a lexicon."""

    lexicon: Lexicon

    def choices(
        self, clauses: Iterable[Clause], proposals: Sequence[Proposal]
    ) -> list[Choice]:
        """What the clauses of a paragraph state, none of them twice."""
        told = by_cue(proposals)
        shown = [_show(clause, told) for clause in clauses if clause.actors]
        likely = list(self._likely(shown))
        shares = self.lexicon.weights("relations").shares_of(
            clause.features for clause, _ in likely
        )
        made: list[Choice] = []
        for (clause, something), share in zip(likely, shares, strict=True):
            made.append(_choice(clause, something, share))
        return _apart(made)

    def _likely(self, shown: Sequence[Shown]) -> Iterator[tuple[Shown, float]]:
        """The clauses that likely state something, and how likely."""
        weights = self.lexicon.weights("clauses")
        shares = weights.shares_of(clause.features for clause in shown)
        for clause, share in zip(shown, shares, strict=True):
            if share["some"] >= ENOUGH:
                yield clause, share["some"]

    def topics(
        self, choices: Sequence[Choice], clauses: Sequence[Clause], matters: Matters
    ) -> list[tuple[str, ...]]:
        """The topics of each choice, the likeliest first: its own, and those of the text."""
        weights = self.lexicon.weights("topics")
        shares = list(weights.shares_of(topical(clauses, matters)))
        about = {
            topic: sum(share[topic] for share in shares) / len(shares)
            for topic in weights.bias
            if shares
        }
        own = {
            clause.identity: share
            for clause, share in zip(clauses, shares, strict=True)
        }
        return [_likeliest(own[choice.clause.identity], about) for choice in choices]

    def stance(self, choice: Choice) -> str | None:
        """The side on AI that a clause takes, where that is sure enough."""
        shown = choice.shown | {f"relation={choice.relation}"}
        shares = self.lexicon.weights("stances").shares(shown)
        side = max(shares, key=lambda label: shares[label])
        return side if side in SIDES and shares[side] >= SIDE else None


def _show(clause: Clause, proposals: Mapping[int, Sequence[Proposal]]) -> Shown:
    """A clause with what it shows, the votes of rules among it."""
    own = tuple(votes(clause, proposals))
    named = ((p.draft.relation, p.draft.rule) for p in own)
    return Shown(clause, frozenset(features(clause, named)), own)


def _choice(shown: Shown, something: float, shares: Mapping[str, float]) -> Choice:
    """A clause with the likeliest relation."""
    relation = max(shares, key=lambda label: shares[label])
    return Choice(
        shown.clause,
        relation,
        shares,
        something,
        shown.features,
        shown.proposals,
    )


def _likeliest(
    share: Mapping[str, float], about: Mapping[str, float]
) -> tuple[str, ...]:
    scores = {topic: own * about[topic] ** WHOLE for topic, own in share.items()}
    return tuple(sorted(scores, key=lambda topic: -scores[topic])[:MOST])


WHOLE = 1.2
"""How much the topics of the whole text count beside a clause's own."""
MOST = 3


def topical(clauses: Iterable[Clause], matters: Matters) -> Iterator[set[str]]:
    """What tells the topic of each clause; what its paragraph adds is read once."""
    passages: dict[int, frozenset[str]] = {}
    for clause in clauses:
        key = id(clause.context)
        if key not in passages:
            passages[key] = passage_features(clause.context)
        yield topic_features(clause, matters, passages[key])


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
        if clause.kind in {"verb", "noun", "report"} or _shared(
            clause.place, proposal.draft.place
        ) > OVERLAP * (clause.place[1] - clause.place[0]):
            yield proposal


def _shared(one: Span, two: Span) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _apart(choices: list[Choice]) -> list[Choice]:
    """The surest first, without what only tells the same words of the same people again."""
    kept: list[Choice] = []
    for choice in sorted(choices, key=lambda choice: -choice.likely):
        if not any(_same_words(choice, other) for other in kept):
            kept.append(choice)
    return sorted(kept, key=lambda choice: choice.clause.place)


def _same_words(one: Choice, two: Choice) -> bool:
    mine = {actor.entity for actor in one.clause.actors}
    if not mine & {actor.entity for actor in two.clause.actors}:
        return False
    return shares_words(one.clause.place, two.clause.place)


def shares_words(one: Span, two: Span) -> bool:
    """Whether two places have half of the shorter one in common."""
    return _shared(one, two) > OVERLAP * min(one[1] - one[0], two[1] - two[0])
