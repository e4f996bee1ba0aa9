"""What is named where in a document, what extraction needs of a registry, and nouns that stand for a name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.weights import Weights
from onrecord.model import Entity


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text where an entity is named; `entity` is its IRI, or a new one's name, `cls` its class key."""

    start: int
    end: int
    entity: str
    cls: str


@dataclass(frozen=True, slots=True)
class Suit:
    """Who sues whom."""

    plaintiffs: tuple[Mention, ...]
    defendants: tuple[Mention, ...]


@dataclass(slots=True)
class DiscourseState:
    """What a document has told so far, for names, pronouns and roles that point back.

    `forms` holds names by their short form, `longest` how many words the longest of the first `counted` has by its
    first word, `recent` every mention in order, `by_entity` those of each entity, `subjects`
    the places of those that led a sentence, `strangers` places where somebody is named
    whom nobody knows, `pronouns` who goes by "she" or "he" as the text shows, `first_names` who by a first name,
    `trades` the nouns beside
    people's names, `posts` the organization of a person, `papers` who wrote a letter or
    complaint, `suits` the lawsuits by who sues, the last one last, `quoted` the places of
    names inside quotations, `charged` who was accused, sued or criticized,
    `heard` who spoke, by the place of the words, `author` who says "I",
    `fuller` the longer name of somebody who was first named by a short one,
    `referents` the weights that rank whom words without a name may mean, if they are ranked.
    """

    lexicon: Lexicon
    text: str = ""
    forms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    counted: int = 0
    recent: list[Mention] = field(default_factory=list)
    by_entity: dict[str, list[Mention]] = field(default_factory=dict)
    proposed: dict[str, Entity] = field(default_factory=dict)
    speaker: Mention | None = None
    heard: dict[int, str] = field(default_factory=dict)
    subjects: set[int] = field(default_factory=set)
    pronouns: dict[str, str] = field(default_factory=dict)
    first_names: dict[str, str] = field(default_factory=dict)
    strangers: list[int] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    charged: set[str] = field(default_factory=set)
    papers: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    suits: dict[frozenset[str], Suit] = field(default_factory=dict)
    trades: dict[str, set[str]] = field(default_factory=dict)
    author: Mention | None = None
    quoted: set[int] = field(default_factory=set)
    fuller: dict[str, str] = field(default_factory=dict)
    referents: Weights | None = None

    def take(self, mention: Mention) -> None:
        """Takes in what is named, with the pronoun of a first name."""
        self.recent.append(mention)
        self.by_entity.setdefault(mention.entity, []).append(mention)
        name = self.text[mention.start : mention.end]
        if mention.cls != "Person" or " " not in name:
            return
        pronoun = self.lexicon.pronoun_of(name.partition(" ")[0])
        if pronoun is not None:
            self.first_names.setdefault(mention.entity, pronoun)

    def note(self, mention: Mention) -> None:
        """Takes in a group that leads a sentence, for "they" to point back to."""
        if mention.cls == "Group" and mention.start not in self.subjects:
            self.subjects.add(mention.start)
            self.take(mention)
            self.recent.sort(key=attrgetter("start"))
            self.by_entity[mention.entity].sort(key=attrgetter("start"))

    def goes_by(self, person: Mention) -> str | None:
        """The pronoun of somebody, by what the text has shown, else by a first name."""
        name = person.entity
        return self.pronouns.get(name) or self.first_names.get(name)

    @property
    def last_suit(self) -> Suit | None:
        """The lawsuit that was told of last."""
        return next(reversed(self.suits.values()), None)

    def latest(self, classes: Iterable[str], before: int) -> Mention | None:
        """The entity of one of these classes that was named last before a place of the text."""
        wanted = set(classes)
        return next(
            (
                mention
                for mention in reversed(self.recent)
                if mention.cls in wanted
                and mention.start < before
                and self.text[mention.end : mention.end + 1] != "-"
            ),
            None,
        )


AGENTS = frozenset(
    [
        "Person",
        "Group",
        "Organization",
        "Company",
        "Guild",
        "TradeBody",
        "TalentAgency",
        "GovernmentBody",
        "NewsOutlet",
        "MusicGroup",
    ]
)
SPEAKING = AGENTS | {
    "Legislation",
    "Lawsuit",
    "Agreement",
    "Policy",
    "OpenLetter",
    "Event",
}
"""Classes of entities that say or do something: agents, and instruments whose makers or signers speak."""
COMPANIES = frozenset({"Company", "TalentAgency"})
GUILDS = frozenset({"Guild"})
WORKS = frozenset(
    {"Film", "Series", "VideoGame", "Song", "Album", "CreativeWork"}
)
