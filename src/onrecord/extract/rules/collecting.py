"""Proposals → statements: completed with object, words and confidence, and each kept once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from textwrap import shorten

from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.passages import place_in_text
from onrecord.extract.rules.proposals import (
    DraftStatement,
    Manner,
    Proposal,
)
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.retelling import is_retold, is_twin
from onrecord.extract.rules.tellers import Tellers
from onrecord.extract.rules.text_topics import TextTopics
from onrecord.model import Evidence, Statement

LONGEST_GIST = 240
"""Characters of a passage that stand for it in lists."""
CONTEXT = 32
"""Characters of prefix and suffix that tell a passage from its like."""
MOST_TOPICS = 3
"""Topics of a statement, as `onrecord check` counts them."""
CHARGES = frozenset(
    [
        "accuses",
        "sues",
        "criticizes",
        "opposes",
        "urges",
        "threatens",
        "protests",
    ]
)
"""Relations after which the object is somebody who was charged."""
WANTING = frozenset({"supports", "callsFor", "promises", "usesAIIn"})
"""Relations whose object nobody gives who is asked for a harm."""
INSTEAD = {
    "supports": "ai-as-such",
    "callsFor": "safeguards",
    "promises": "safeguards",
    "usesAIIn": "efficiency-and-cost",
}
"""The object of a wish where the words name a harm alone."""
POSTED = frozenset({"leads", "worksFor", "memberOf", "represents"})
"""Relations that tell a post, which a report takes for known."""
HELD = frozenset({"leads", "worksFor"})
"""Relations that tell the post of one person."""
THAT = re.compile(r"that\s+(?=\w)")
Key = tuple[frozenset[str], str, str, bool, str]
"""What tells a statement of one document from another."""


@dataclass(slots=True)
class Collector:
    """Completes what is proposed for one document, and keeps it."""

    topics: TextTopics
    state: DiscourseState
    tellers: Tellers
    made: dict[Key, Statement] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)

    def statements(self) -> tuple[Statement, ...]:
        """What was made, in the order of the text; a remark on one's own deed is that deed."""
        made = sorted(self.made.values(), key=place_in_text)
        kept: list[Statement] = []
        for number, value in enumerate(made):
            before = made[:number]
            if is_retold(value, made) or is_twin(value, before):
                continue
            kept.append(value)
        return tuple(kept)

    def add(self, proposal: Proposal) -> None:
        """Keeps what a rule proposes, unless it is there or has no object."""
        draft = self._whole(proposal)
        if draft is None:
            return
        made = self._completed(draft, proposal.manner)
        self.proposals.append(Proposal(draft, proposal.manner))
        if draft.matters:
            self._keep(draft, made)

    def prepared(self, proposal: Proposal) -> Proposal | None:
        """What weights choose, with topics that words bear out; None where it has no object."""
        topics = self.topics.borne_out(proposal.draft.topics)
        draft = replace(proposal.draft, topics=topics)
        whole = self._whole(Proposal(draft, proposal.manner))
        return None if whole is None else Proposal(whole, proposal.manner)

    def tell(self, proposals: Iterable[tuple[Proposal, float]]) -> None:
        """Keeps these in the place of what was made, each as sure as it is."""
        self.made.clear()
        for proposal, sure in proposals:
            made = self._completed(proposal.draft, proposal.manner)
            self._keep(proposal.draft, replace(made, confidence=round(sure, 2)))

    def _whole(self, proposal: Proposal) -> DraftStatement | None:
        """A draft that has an object and is no hearsay, without the "that" before its words."""
        draft = proposal.draft
        if self._is_hearsay(proposal) or not _has_object(draft):
            return None
        if draft.relation in HELD and draft.actors[0].cls == "Group":
            return None
        place = _without_that(self.topics.text, draft.place)
        return replace(draft, place=place)

    def _is_hearsay(self, proposal: Proposal) -> bool:
        """Whether a deed is told by somebody alone whom the text does not name: "a suit claims that …"."""
        draft, manner = proposal.draft, proposal.manner
        if manner.wording != "deed" or draft.relation in POSTED:
            return False
        if manner.according_to is not None:
            return False
        is_by_word = draft.cue >= 0
        place = draft.cue if is_by_word else draft.actors[0].start
        return self.tellers.is_hearsay(place)

    def _completed(self, draft: DraftStatement, manner: Manner) -> Statement:
        """A statement with its object, its topics, its words and how sure it is."""
        aim, topics = self.aim(draft), draft.topics
        if draft.target is None:
            topics = tuple(dict.fromkeys((aim, *topics)))[:3]
        lexicon = self.topics.lexicon
        return Statement(
            actors=tuple(actor.entity for actor in draft.actors),
            relation=draft.relation,
            object=aim,
            gist=self._gist(draft.place),
            object_is_topic=draft.target is None,
            negated=manner.negated,
            instrument=manner.instrument,
            stage=manner.stage,
            topics=topics[:MOST_TOPICS],
            stance=manner.stance,
            modality=manner.modality,
            basis=manner.basis,
            according_to=manner.according_to,
            evidence=self._evidence(draft.place),
            wording=manner.wording,
            confidence=lexicon.confidence(draft.rule, draft.relation),
        )

    def _keep(self, draft: DraftStatement, made: Statement) -> None:
        if draft.relation in CHARGES and draft.target is not None:
            self.state.charged.add(draft.target.entity)
        key = (
            frozenset(made.actors),
            made.relation,
            made.object,
            made.negated,
            made.gist,
        )
        self.made.setdefault(key, made)

    def aim(self, draft: DraftStatement) -> str:
        """The object: a target, else the first topic; no harm is what somebody wants."""
        if draft.target is not None:
            return draft.target.entity
        if draft.relation == "decides":
            return self._decided(draft.topics)
        first = draft.topics[0]
        harms = self.topics.lexicon.words["harm topic"]
        if draft.relation not in WANTING or first not in harms:
            return first
        for topic in draft.topics:
            if topic not in harms:
                return topic
        return INSTEAD[draft.relation]

    def _decided(self, topics: tuple[str, ...]) -> str:
        """What a court decides on: of the topics first one of rights."""
        rights = self.topics.lexicon.words["legal topic"]
        return next((row for row in topics if row in rights), topics[0])

    def _gist(self, place: Span) -> str:
        """The passage in one line, cut at a word where it is long."""
        words = " ".join(self.topics.text[slice(*place)].split())
        if len(words) <= LONGEST_GIST:
            return words
        return shorten(words, LONGEST_GIST, placeholder=" …")

    def _evidence(self, place: Span) -> Evidence:
        """The words with their place, and what stands left and right of them."""
        text, (start, end) = self.topics.text, place
        before = text[max(0, start - CONTEXT) : start]
        after = text[end : end + CONTEXT]
        return Evidence(
            text[start:end], before or None, after or None, start, end
        )


def _has_object(draft: DraftStatement) -> bool:
    return draft.target is not None or bool(draft.topics)


def _without_that(text: str, place: Span) -> Span:
    """The words of a report without the conjunction that they begin with."""
    match = THAT.match(text, *place)
    return (match.end(), place[1]) if match else place
