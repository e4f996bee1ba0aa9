"""How sure a reading is: what it shows of itself to the weights that tell right ones from wrong."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.rules.choosing import Choice, Told
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.mixing import View
from onrecord.extract.rules.readings import Reading

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

CUTS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Where shares fall into bins."""
LOWEST_RANK = 4
LONG, LONGEST = 60, 6
"""Characters of a step of length, and the most steps."""
HEAVIEST = 4


def shown_by(
    reading: Reading, told: Told | None, held: Choice | None
) -> Iterator[str]:
    """The features of a reading; `held` is what the weights hold of its clause."""
    if reading.choice is not None:
        yield from _of_choice(reading.choice)
    else:
        yield from _of_rule(reading, held)
    if told is not None:
        yield from _of_topics(reading, told)
    yield from _of_draft(reading)
    if reading.clause is not None:
        yield from _of_clause(reading, reading.clause)


def _bin(share: float) -> int:
    return bisect_right(CUTS, share)


def _of_choice(choice: Choice) -> Iterator[str]:
    """How likely the weights hold it, beside what else they hold likely."""
    relation, share = choice.relation, choice.share
    ranked = sorted(choice.shares.values(), reverse=True)
    rules = {p.draft.relation: p.draft.rule for p in choice.proposals}
    yield "by=weights"
    yield f"weights something={_bin(choice.something)}"
    yield f"weights share={_bin(share)}"
    yield f"weights rank={sum(other > share for other in ranked)}"
    yield f"weights likely={_bin(choice.likely)}"
    yield f"{relation} share={_bin(share)}"
    yield f"{choice.clause.kind} likely={_bin(choice.likely)}"
    yield f"margin={_bin(ranked[0] - ranked[1])}"
    yield f"by rule={rules.get(relation, 'none')}"
    yield f"rules={min(2, len(rules))}"
    yield f"other rule={any(other != relation for other in rules)}"
    if choice.view is not None:
        yield from _of_view(choice.view, relation, "weights")


def _of_rule(reading: Reading, held: Choice | None) -> Iterator[str]:
    """Which rule made it, and whether the weights agree."""
    draft = reading.proposal.draft
    yield "by=rule"
    yield f"rule={draft.rule}"
    yield f"rule={draft.rule} {draft.relation}"
    if held is None:
        yield "rule alone"
        return
    share = held.shares.get(draft.relation, 0.0)
    rank = sum(other > share for other in held.shares.values())
    yield f"rule something={_bin(held.something)}"
    yield f"rule share={_bin(share)}"
    yield f"rule rank={min(rank, LOWEST_RANK)}"
    yield f"rule likely={_bin(held.something * share)}"
    yield f"{draft.rule} share={_bin(share)}"
    if held.view is not None:
        yield from _of_view(held.view, draft.relation, "rule")


def _of_view(view: View, relation: str, by: str) -> Iterator[str]:
    """What the encoder alone holds of a clause and a relation that weights or a rule read there."""
    share = view["relations"].get(relation, 0.0)
    rank = sum(other > share for other in view["relations"].values())
    yield f"{by} seen something={_bin(view['clauses']['some'])}"
    yield f"{by} seen share={_bin(share)}"
    yield f"{by} seen rank={min(rank, LOWEST_RANK)}"


def _of_topics(reading: Reading, told: Told) -> Iterator[str]:
    """How likely its topics are."""
    topics = reading.proposal.draft.topics[:3]
    shares = [told.whole.get(topic, 0.0) for topic in topics]
    own = [told.own.get(topic, 0.0) for topic in topics]
    yield f"topic={_bin(max(shares, default=0.0))}"
    yield f"topics={_bin(sum(shares))}"
    yield f"own topic={_bin(max(own, default=0.0))}"


def _of_draft(reading: Reading) -> Iterator[str]:
    """Who does what to whom, in which manner."""
    draft, manner = reading.proposal.draft, reading.proposal.manner
    actor = draft.actors[0]
    by = "weights" if reading.choice is not None else "rule"
    target = draft.target.cls if draft.target is not None else "none"
    yield f"relation={draft.relation}"
    yield f"{by} relation={draft.relation}"
    yield f"actor={actor.cls}"
    yield f"actors={len(draft.actors) > 1}"
    yield f"target={target}"
    yield f"{draft.relation} target={target}"
    yield f"negated={manner.negated}"
    yield f"modality={manner.modality}"
    yield f"wording={manner.wording}"
    start, end = draft.place
    yield f"long={min(LONGEST, (end - start) // LONG)}"


def _of_clause(reading: Reading, clause: Clause) -> Iterator[str]:
    """How its clause is put, and whether it speaks of the matter."""
    lexicon, text = clause.context.lexicon, clause.text
    passage = clause.context.paragraph.text
    yield f"kind={clause.kind}"
    yield f"kind={clause.kind} {reading.relation}"
    yield f"ai={lexicon.is_about_ai(text)} {lexicon.is_about_ai(passage)}"
    yield f"weight={min(HEAVIEST, lexicon.weight_of(text))}"
    yield f"source={_source(clause)}"
    yield from _of_actor(reading, clause.context.state)
    if clause.cue is not None:
        yield f"cue={clause.cue.lemma_.lower()}"
        yield f"cue tag={clause.cue.tag_} {clause.cue.dep_}"
    if clause.candidate is not None:
        yield f"frame={clause.candidate.frame}"


def _of_actor(reading: Reading, state: DiscourseState) -> Iterator[str]:
    """Whether the text alone names its actor."""
    actor = reading.proposal.draft.actors[0]
    is_new = actor.entity in state.proposed
    yield f"new={is_new}"
    yield f"new={is_new} {actor.cls}"


def _source(clause: Clause) -> str:
    """By what words its actor is told: a name, a pronoun, a role."""
    source: Token | None = clause.source
    if source is None:
        return "none"
    if source.pos_ == "PRON":
        return source.lower_
    is_named = clause.context.at(source) is not None
    return f"{source.pos_} {'named' if is_named else 'role'}"
