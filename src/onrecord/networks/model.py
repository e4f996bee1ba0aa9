"""The one network that pages and exports read: nodes, links, and the statements behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model.dates import Dated, dated
from onrecord.model.iris import OURS, local


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, a topic, or (in discourse networks) an actor.

    `type` is the class label ("Company"), `drawn_as` the ontology's `:drawnAs` key
    (person, company, ai, guild, law, work, other).
    """

    id: str
    label: str
    type: str
    drawn_as: str
    aliases: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A derived edge `source relation target`, one a triple; `evidence` holds the ids of its statements.

    `relation` is the ontology's key ("usesAIIn"), `label` the words ("uses AI in"), `phrase` the verb phrase as it
    stands between the two names ("uses AI in", "speaks well of"). `family` is speech, action or structural.
    """

    source: str
    target: str
    relation: str
    label: str
    phrase: str
    family: str
    evidence: tuple[str, ...]


def node_id(iri: str) -> str:
    """A node's id: an entity's slug, or `topic/KEY` for a topic, so that the two never meet."""
    key = local(iri)
    return f"topic/{key}" if iri.startswith(OURS["topic"]) else key


TOLD_BY_THE_SENTENCE = frozenset({"on a topic", "said about it"})
"""Cautions that say nothing against a statement."""


@dataclass(frozen=True, slots=True)
class EdgeStatement:
    """One statement as a person reads it: the sentence, the gist, the words, the date, the source.

    `actors` and `object` are node ids, `object` perhaps that of a topic. `said`, `published` and `not_before` (of the
    newest event that its document tells as news) are dates as precise as known ("2025", "2025-10", "2025-10-21");
    `dated` is the one that counts. `quote` is the passage's own words: an anchor of at most eight words in what ships,
    the whole words in a user's own graph. `stance` is supportive, critical, conditional, neutral or None. `status` is
    the review's: unreviewed, accepted; rejected and superseded ones are left out before. `caution` says in words what
    keeps the statement from being an edge ("planned", "alleged by X", "negated", "ended", "disputed", "on a topic",
    "found by a program, not reviewed"), "" for one that bears its edge.
    `stage` and `tool` say, of a use of AI, where in the making and with which system. `wording` is direct, mixed or
    indirect speech, or a deed; `via` is the channel through which it was said; `utterance` is the key of the act that
    several statements report.
    """

    id: str
    sentence: str
    actors: tuple[str, ...]
    relation: str
    object: str
    negated: bool
    topics: tuple[str, ...]
    stance: str | None
    gist: str
    quote: str | None
    wording: str
    said: str | None
    published: str | None
    via: str | None
    publisher: str
    title: str
    url: str | None
    document: str
    status: str
    machine_made: bool
    caution: str = ""
    stage: str | None = None
    tool: str | None = None
    not_before: str | None = None
    utterance: str | None = None

    @property
    def act(self) -> str:
        """What it reports: the utterance that other statements report too, or itself."""
        return self.utterance or self.id

    @property
    def is_verbatim(self) -> bool:
        """Whether the gist only repeats the passage, whole or cut short: nobody told it in other words."""
        return repeats(self.gist, self.quote or "")

    @property
    def dated(self) -> Dated:
        """The date that counts, and how it came to be known."""
        return dated(self.said, self.published, self.not_before)

    @property
    def date(self) -> str | None:
        """The date that counts."""
        return self.dated.date


def repeats(gist: str, words: str) -> bool:
    """Whether a gist is the passage itself, whole or cut short."""
    start = gist.removesuffix(" …")
    return bool(start) and " ".join(words.split()).startswith(start)


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, links and the proofs of both, each by its id; every link's evidence is a key of `proofs`.

    A proof that bears no link (negated, planned, alleged, on a topic) is told beside its actors and its object.
    `proposed` are links that a program found and nobody reviewed: no exports and no measures have them, the page draws
    them apart. `subtitle` and `start` are what a workspace's own page says under its title and at its opening.
    `facts` are words about the whole, for a heading: "2,064 statements of 1,863 acts from 617 documents …".
    """

    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    proofs: Mapping[str, EdgeStatement]
    title: str = "onrecord"
    facts: str = ""
    proposed: tuple[Link, ...] = ()
    subtitle: str = ""
    start: str = ""
