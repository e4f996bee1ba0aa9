"""The lawsuits of a text: for whom "the suit" and "the labels" stand, and whom those who sue accuse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.frames import Candidate
from onrecord.extract.rules.meanings import Meaning
from onrecord.extract.rules.mentions import (
    AGENTS,
    DiscourseState,
    Mention,
    Suit,
)
from onrecord.extract.rules.objects import subject_target
from onrecord.extract.rules.role_nouns import is_definite, is_paper, paper_kind

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

PLAIN = frozenset({"det", "nummod", "punct", "cc", "conj", "acl", "appos"})
"""What stands beside a noun that says no more of whom it means."""
SUING = frozenset({"claimant", "complainant", "plaintiff"})
SUED = frozenset({"defendant"})
RANKING = frozenset({"big", "large", "major"})
PAIR = 2
BENCH = frozenset({"judge", "justice", "magistrate"})
COURTS = frozenset({"court", "tribunal"})


def plaintiffs(
    context: ParagraphContext, token: "Token"
) -> tuple[Mention, ...]:
    """Those who sue, by a noun for them all: "the labels", "the plaintiff"; and whom they sue: "the defendants"."""
    suit = context.state.last_suit
    lemma = token.lemma_.lower()
    if not is_definite(token):
        return ()
    if lemma in SUED or lemma in SUING:
        return _side(context.state, token)
    if suit is None or lemma not in context.lexicon.words["party"]:
        return ()
    if token.tag_ != "NNS" or not _is_plain(token):
        return ()
    kind = context.lexicon.kinds["before"].get(lemma)
    are_people = suit.plaintiffs[0].cls == "Person"
    if kind is not None and (kind.cls == "Person") != are_people:
        return ()
    return suit.plaintiffs if len(suit.plaintiffs) >= PAIR else ()


def _side(state: DiscourseState, token: "Token") -> tuple[Mention, ...]:
    """Those on the side of a suit that a noun tells, if they are one or several as it says."""
    suit, is_sued = state.last_suit, token.lemma_.lower() in SUED
    side = state.papers.get(paper_kind("lawsuit"), ())
    if suit is not None:
        side = suit.defendants if is_sued else suit.plaintiffs
    elif is_sued:
        return ()
    is_many = token.tag_ == "NNS"
    return side if is_many == (len(side) >= PAIR) else ()


def _is_plain(noun: "Token") -> bool:
    """Whether a noun has no words that tell whom of many it means."""
    return all(
        word.dep_ in PLAIN or word.lemma_.lower() in RANKING
        for word in noun.children
    )


def sued_by(
    state: DiscourseState, actors: Iterable[Mention]
) -> tuple[Mention, ...]:
    """Whom these sue, as the text told last."""
    suing = {actor.entity for actor in actors}
    for suit in reversed(state.suits.values()):
        if suing and suing <= {party.entity for party in suit.plaintiffs}:
            return suit.defendants
    return ()


def accusers(
    state: DiscourseState, named: Sequence[Mention]
) -> Sequence[Mention]:
    """Who alleges something, by a noun: those who sue where it would be whom they sue."""
    suit = state.last_suit
    if suit is None or not named:
        return named
    sued = {party.entity for party in suit.defendants}
    are_sued = all(one.entity in sued for one in named)
    return suit.plaintiffs if are_sued else named


def accused(
    context: ParagraphContext,
    target: Mention | None,
    actors: list[Mention],
    place: tuple[int, int],
) -> tuple[Mention | None, ...]:
    """Whom a charge is against: its target, else whom those who bring it sue, as its words name them."""
    if target is not None and target.cls != "Group":
        return (target,)
    sued = sued_by(context.state, actors)
    named = {mention.entity for mention in context.within(*place)}
    by_name = tuple(party for party in sued if party.entity in named)
    return by_name or sued or (target,)


def note_suit(
    state: DiscourseState, actors: tuple[Mention, ...], defendant: Mention
) -> None:
    """Remembers that these sue somebody, beside whom else they sue."""
    if any(actor.entity == defendant.entity for actor in actors):
        return
    if defendant.cls not in AGENTS:
        return
    key = frozenset(actor.entity for actor in actors)
    before = state.suits.pop(key, None)
    sued = before.defendants if before is not None else ()
    if all(party.entity != defendant.entity for party in sued):
        sued = (*sued, defendant)
    state.suits[key] = Suit(actors, sued)
    state.papers[paper_kind("lawsuit")] = actors


def are_judges(state: DiscourseState, actors: Iterable[Mention]) -> bool:
    """Whether these sit in judgement: judges by trade, or courts."""
    return all(_is_judge(state, actor) for actor in actors)


ARGUING = frozenset({"allege", "argue", "assert", "claim", "contend"})
CLAIMING = ARGUING | {"say", "state"}
UNCHARGED = frozenset({"states", "supports"})
"""What a charge is taken for whose words do not tell it."""


def as_charged(
    context: ParagraphContext,
    candidate: Candidate,
    meant: Meaning,
    actors: Sequence[Mention],
) -> Meaning:
    """What a suit says of those sued is a charge: "the suit claims that the firm copied songs"."""
    of_paper = is_paper(context, candidate.source)
    verbs = CLAIMING if of_paper else ARGUING
    is_claim = candidate.cue.lemma_.lower() in verbs
    if meant.relation not in UNCHARGED or not is_claim or meant.negated:
        return meant
    subject = subject_target(context, candidate)
    charged = {party.entity for party in sued_by(context.state, actors)}
    if of_paper and not charged:
        charged = context.state.charged
    if subject is None or subject.entity not in charged:
        return meant
    return replace(meant, relation="accuses", object=subject)


FINDING = frozenset(["conclude", "decide", "determine", "find", "hold", "rule"])
"""Verbs by which a judge decides."""
RULED = frozenset({"accuses", "denies", "rejects"})
"""What a judge does by a decision."""


def as_ruled(
    context: ParagraphContext,
    candidate: Candidate,
    meant: Meaning,
    actors: Sequence[Mention],
) -> Meaning:
    """What a judge finds is decided, and no judge accuses."""
    is_by_words = meant.relation == "states" or meant.rule == "content"
    is_finding = is_by_words and candidate.cue.lemma_.lower() in FINDING
    if meant.relation not in RULED and not is_finding:
        return meant
    if not are_judges(context.state, actors):
        return meant
    return replace(meant, relation="decides", object=None, stance=None)


def _is_judge(state: DiscourseState, actor: Mention) -> bool:
    if actor.cls == "GovernmentBody":
        words = state.text[actor.start : actor.end].lower().split()
        return not COURTS.isdisjoint(words)
    nothing: set[str] = set()
    return bool(BENCH & state.trades.get(actor.entity, nothing))
