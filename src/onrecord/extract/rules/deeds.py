"""Posts and events → proposals: what somebody is, and what somebody did."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.barring import refuses
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.events import MUTUAL, events
from onrecord.extract.rules.factuality import (
    is_negated,
    is_open,
    is_owed,
    is_undone,
    modality,
)
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.passages import place_of
from onrecord.extract.rules.proposals import (
    DraftStatement,
    Manner,
    Proposal,
)
from onrecord.extract.rules.relevance import Relevance
from onrecord.extract.rules.role_mentions import (
    RoleMention,
    role_mentions,
)
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.tellers import Tellers
from onrecord.extract.rules.uses import Event

USE = "usesAIIn"
COSTS = ("efficiency-and-cost",)
"""What a use is about that names no matter."""
STAGE = "stage "
"""How the lists of words for stages of production begin."""
PAIR = 2


@dataclass(frozen=True, slots=True)
class DeedReader:
    """Reads the posts and events of one document."""

    actors: ActorResolver
    relevance: Relevance
    tellers: Tellers

    def posts(self, context: ParagraphContext) -> Iterator[Proposal]:
        """Who leads, works for or represents whom."""
        actors = self.actors
        for post in role_mentions(context, actors.employer, actors.who):
            firm = post.organization.entity
            actors.state.posts[post.person.entity] = firm
            yield _post(post)

    def events(self, context: ParagraphContext) -> Iterator[Proposal]:
        """What was done, by whom."""
        for event in events(context, self.actors.estate):
            doers = self._doers(context, event)
            actors = _others(doers, event)
            if actors and _happened(event, actors):
                yield self._event(context, event, actors)

    def _doers(self, context: ParagraphContext, event: Event) -> list[Mention]:
        """Who did it; the makers of a work where nobody is named."""
        if event.actor is not None:
            return self.actors.who(context, event.actor)
        if event.object is None:
            return []
        return [self.actors.makers(event.object)]

    def _event(
        self,
        context: ParagraphContext,
        event: Event,
        actors: list[Mention],
    ) -> Proposal:
        """What an event states."""
        sentence = sentence_of(event.cue)
        place = place_of(context, sentence)
        cue = context.place(event.cue)
        about = self.relevance.topics
        matters = about.about_ai or self.relevance.is_about_ai(
            context, [place], sentence.text
        )
        topics = context.lexicon.topics_of(_words(event))
        if not topics and event.relation == USE:
            topics = COSTS
        draft = DraftStatement(
            tuple(actors),
            event.relation,
            event.object,
            about.with_matters(topics),
            place,
            event.rule,
            cue,
            matters,
        )
        manner = Manner(
            "deed",
            negated=is_negated(event.cue) and not refuses(event.cue),
            modality=modality(event.cue),
            instrument=_instrument(event),
            stage=_stage(context.lexicon, event),
            according_to=self.teller(cue, actors),
        )
        return Proposal(draft, manner)

    def teller(
        self, place: int, actors: "list[Mention] | tuple[Mention, ...]"
    ) -> str | None:
        """Who tells of a deed that is part of what somebody else says."""
        teller = self.tellers.of(place)
        if teller is None or teller in actors:
            return None
        return teller.entity


def _post(post: RoleMention) -> Proposal:
    """What a post states."""
    draft = DraftStatement(
        (post.person,),
        post.relation,
        post.organization,
        (),
        (post.start, post.end),
        post.rule,
    )
    return Proposal(draft, Manner("deed"))


def _others(actors: list[Mention], event: Event) -> list[Mention]:
    """The actors of what two do with each other, without the one that is its object."""
    is_pair = event.relation in MUTUAL and len(actors) == PAIR
    if event.object is None or not is_pair:
        return actors
    other = event.object.entity
    return [actor for actor in actors if actor.entity != other]


def _happened(event: Event, actors: list[Mention]) -> bool:
    """Whether the text says that it was done, by somebody to something else."""
    if is_open(event.cue) or is_undone(event.cue) or is_owed(event.cue):
        return False
    if event.object is None:
        return True
    target = event.object.entity
    return all(actor.entity != target for actor in actors)


def _words(event: Event) -> str:
    """The words that tell what an event is about."""
    cue = event.cue
    if event.object is not None:
        return sentence_of(cue).text
    whole = cue.head if cue.pos_ == "NOUN" else cue
    return " ".join(token.text for token in whole.subtree)


def _instrument(event: Event) -> str | None:
    """What it was done with, if that is not its object."""
    tool = event.instrument
    if tool is None or tool == event.object:
        return None
    return tool.entity


def _stage(lexicon: Lexicon, event: Event) -> str | None:
    """The stage of production that a use of AI belongs to."""
    if event.relation != USE:
        return None
    text = sentence_of(event.cue).text.lower()
    for name, words in lexicon.words.items():
        if not name.startswith(STAGE):
            continue
        if any(word in text for word in words):
            return name.removeprefix(STAGE)
    return None
