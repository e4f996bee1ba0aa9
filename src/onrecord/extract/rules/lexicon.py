"""The lexicon: how texts say what the ontology can state, one documented table each.

The tables stand in `ontology/lexicon/`; the head of each explains its columns. A
workspace's own table stands in the place of the shipped one of the same name, so that
another field needs no change of code.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from unicodedata import normalize

from onrecord.extract.rules.beginnings import ExpressionIndex
from onrecord.extract.rules.phrases import PhraseIndex, phrase_pattern
from onrecord.extract.rules.weights import Weights, read_weights
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace, shipped

FOLDER = "lexicon"
UTTERED = re.compile(
    r"\bvoic(?:e|es|ed|ing)\b(?=(?: [\w“\"’'-]+){0,3}? [“\"]?(?:[\w’'-]+ )?(?:alarm|anger|anxiet|concern|criticism"
    r"|dis(?:approval|content|may|pleasure|satisfaction)|doubt|fear|frustration|hope|irritation|misgiving|objection"
    r"|opinion|opposition|outrage|reservation|s[ck]epticism|support|unease|view|worr))"
)
"""The verb of "voice her concern", which is about no voice."""
CLASS_GROUPS = {
    "Agent": (
        "Person Group Organization Company Guild TradeBody TalentAgency "
        "GovernmentBody NewsOutlet MusicGroup"
    ),
    "CreativeWork": "Film Series VideoGame Song Album CreativeWork",
    "Instrument": "Legislation Lawsuit Agreement Policy OpenLetter Event",
}
"""Classes of the tables that stand for several."""

WORDS = re.compile(r"[a-z][a-z-]+")
ENOUGH_HINTS = 2
"""Different words of AI in another's name that make a text worth reading."""

Cues = Mapping[tuple[str, str], "tuple[Cue, ...]"]
"""Cues by word and kind; a verb and its particle are one word with a space."""
Row = tuple[str, ...]
Weighed = tuple[Counter[str], dict[str, int]]
REMEMBERED = 1024
"""Passages whose topics are kept."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `cues.tsv`; `frames` says where the content stands, of several prepositions the likelier first."""

    word: str
    kind: str
    frames: tuple[str, ...]
    relation: str
    stance: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of `kinds.tsv`; `pronoun` is she, he or "-"."""

    word: str
    place: str
    cls: str
    pronoun: str


@dataclass(frozen=True, slots=True)
class EventPattern:
    """A row of `events.tsv`: where the object stands and which classes it may have."""

    place: str
    relation: str
    classes: frozenset[str]
    topical: bool


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The tables of some folders, read once; of two tables of one name the first folder's counts."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, workspace: Workspace) -> "Lexicon":
        """The lexicon of a workspace: its own tables before the shipped ones."""
        return _read(tuple(folder / FOLDER for folder in workspace.ontology))

    @classmethod
    def shipped(cls) -> "Lexicon":
        """The lexicon that comes with onrecord."""
        return cls.of(shipped())

    def table(self, name: str, columns: int) -> list[Row]:
        """The rows of a table; raises BadInput where one has not so many columns."""
        path = self.path(name)
        lines = path.read_text(encoding="utf-8").splitlines()
        return [
            _cells(path, number, line, columns)
            for number, line in enumerate(lines, start=1)
            if line and not line.startswith("#")
        ]

    def path(self, name: str) -> Path:
        """The file of a table; raises BadInput where there is none."""
        for folder in self.folders:
            path = folder / f"{name}.tsv"
            if path.is_file():
                return path
        message = (
            f"no table {name}.tsv in {self.folders[-1]}; reinstall onrecord"
        )
        raise BadInput(message)

    @cached_property
    def cues(self) -> Cues:
        """What a source does to its content, by the word that says so."""
        rows: defaultdict[tuple[str, str], list[Cue]] = defaultdict(list)
        for word, kind, frames, relation, stance in self.table("cues", 5):
            cue = Cue(word, kind, tuple(frames.split()), relation, stance)
            rows[word, kind].append(cue)
        return {key: tuple(cues) for key, cues in rows.items()}

    @cached_property
    def events(self) -> Mapping[tuple[str, str], tuple[EventPattern, ...]]:
        """Deeds by the word that tells of them and its kind, verb or noun."""
        rows: defaultdict[tuple[str, str], list[EventPattern]] = defaultdict(
            list
        )
        for word, kind, place, relation, classes in self.table("events", 5):
            names = set(classes.split())
            pattern = EventPattern(
                place, relation, self.classes(names), "Topic" in names
            )
            rows[word, kind].append(pattern)
        return {key: tuple(patterns) for key, patterns in rows.items()}

    @staticmethod
    def classes(names: Iterable[str]) -> frozenset[str]:
        """Class keys, those that stand for several spelled out."""
        spelled = (CLASS_GROUPS.get(name, name) for name in names)
        return frozenset(" ".join(spelled).split()) - {"Topic"}

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, Kind]]:
        """What a name names, by the place of a word near it, then the word."""
        rows: defaultdict[str, dict[str, Kind]] = defaultdict(dict)
        for row in self.table("kinds", 4):
            kind = Kind(*row)
            rows[kind.place][kind.word] = kind
        return rows

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Posts, and the relation to the organization that each stands with."""
        return dict(self.table("titles", 2))  # type: ignore[arg-type]

    @cached_property
    def title_pattern(self) -> str:
        """A regular expression of all posts, the longest first."""
        longest = sorted(self.titles, key=len, reverse=True)
        return "|".join(map(re.escape, longest))

    @cached_property
    def first_names(self) -> Mapping[str, str]:
        """First names, plain and in small letters, that mostly go by one pronoun: "she" or "he"."""
        return dict(self.table("first-names", 2))  # type: ignore[arg-type]

    def pronoun_of(self, first_name: str) -> str | None:
        """The pronoun of nine in ten who have a first name, whatever its accents; with a hyphen, of its first part."""
        plain = normalize("NFKD", first_name.lower()).encode("ascii", "ignore")
        return self.first_names.get(plain.decode().partition("-")[0])

    @cached_property
    def roles(self) -> Mapping[str, frozenset[str]]:
        """Nouns that, with "the", stand for a named entity of these classes."""
        rows = self.table("roles", 3)
        return {
            word: self.classes(classes.split())
            for word, kind, classes in rows
            if kind == "role"
        }

    @cached_property
    def nouns(self) -> Mapping[str, frozenset[str]]:
        """The words of `roles.tsv` by their kind: team, paper, spokesperson, people."""
        rows: defaultdict[str, set[str]] = defaultdict(set)
        for word, kind, _ in self.table("roles", 3):
            rows[kind].add(word)
        return {kind: frozenset(words) for kind, words in rows.items()}

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """The words of `words.tsv` by the list that they belong to."""
        rows: defaultdict[str, set[str]] = defaultdict(set)
        for word, kind in self.table("words", 2):
            rows[kind].add(word)
        return {kind: frozenset(words) for kind, words in rows.items()}

    @cached_property
    def contents(self) -> tuple[tuple[str, str, str, float], ...]:
        """What words inside a content say: words, relation, stance, weight."""
        return tuple(
            (words, relation, stance, float(weight))
            for words, relation, stance, weight in self.table("contents", 4)
        )

    def said_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """The number of each row of `contents` that a text says, and where it begins."""
        return self._said(text)

    @cached_property
    def _said(self) -> Callable[[str], tuple[tuple[int, int], ...]]:
        return lru_cache(REMEMBERED)(self._find_contents)

    def _find_contents(self, text: str) -> tuple[tuple[int, int], ...]:
        return tuple(self._content_index.find(text))

    @cached_property
    def _content_index(self) -> ExpressionIndex:
        return ExpressionIndex([words for words, *_ in self.contents])

    @cached_property
    def _confidence(self) -> Mapping[tuple[str, str], float]:
        rows = self.table("confidence", 5)
        return {
            (way, relation): float(value) for way, relation, value, _, _ in rows
        }

    @property
    def ways(self) -> frozenset[str]:
        """The ways of reading that have a confidence."""
        return frozenset(way for way, _ in self._confidence)

    def confidence(self, way: str, relation: str) -> float:
        """How sure a way of reading is, for this relation if enough of it was counted."""
        of_all = self._confidence[way, "*"]
        return self._confidence.get((way, relation), of_all)

    @cached_property
    def ai(self) -> re.Pattern[str]:
        """Words that make a passage one about AI."""
        return phrase_pattern(*self._ai_words)

    @cached_property
    def _ai_words(self) -> list[str]:
        return [word for (word,) in self.table("ai", 1)]

    @cached_property
    def _ai_index(self) -> PhraseIndex:
        return PhraseIndex(self._ai_words)

    def sieved(self, kind: str) -> list[str]:
        """What the sieve of crawls asks of a page: words of one kind, ai or field."""
        rows = self.table("sieve", 2)
        wide = [word for word, of_kind in rows if of_kind == kind]
        exact = self.table("ai", 1) if kind == "ai" else []
        return [*wide, *(word for (word,) in exact)]

    @cached_property
    def _topics(self) -> list[tuple[str, int]]:
        """The topic of each row, and its weight."""
        rows = self.table("topics", 3)
        return [(topic, int(weight)) for _, topic, weight in rows]

    @cached_property
    def _topic_index(self) -> PhraseIndex:
        return PhraseIndex([words for words, _, _ in self.table("topics", 3)])

    @cached_property
    def topic_rows(self) -> Mapping[tuple[str, str], re.Pattern[str]]:
        """The pattern of each row of `topics.tsv`, by its words and topic."""
        rows = self.table("topics", 3)
        return {
            (words, topic): phrase_pattern(words) for words, topic, _ in rows
        }

    def is_about_ai(self, passage: str) -> bool:
        """Whether a passage speaks of AI in so many words."""
        return self._speaks_of_ai(passage)

    @cached_property
    def _speaks_of_ai(self) -> Callable[[str], bool]:
        return lru_cache(REMEMBERED)(self._ai_index.is_in)

    def times_of_ai(self, text: str) -> int:
        """How often a text speaks of AI in so many words."""
        return self._ai_index.count(text)

    def hints_at_ai(self, text: str) -> bool:
        """Whether a text has several of the words by which news speaks of AI without its name."""
        words = set(WORDS.findall(text.lower()))
        return len(words & self.words["ai hint"]) >= ENOUGH_HINTS

    def topics_of(self, passage: str, most: int = 3) -> tuple[str, ...]:
        """The topics of a passage, the weightiest first; () where no word tells one."""
        weights, first = self._weighed(passage)
        ranked = sorted(
            weights, key=lambda topic: (-weights[topic], first[topic])
        )
        return tuple(ranked[:most])

    def weight_of(self, passage: str) -> int:
        """How much a passage says about its first topic; 0 where it has none."""
        weights, _ = self._weighed(passage)
        return max(weights.values(), default=0)

    @cached_property
    def _weighed(self) -> Callable[[str], Weighed]:
        return lru_cache(REMEMBERED)(self._weigh)

    def _weigh(self, passage: str) -> Weighed:
        """The topics of a passage with their weights, and where each begins."""
        weights: Counter[str] = Counter()
        first: dict[str, int] = {}
        heard = UTTERED.sub(_blank, passage)
        for row, start in sorted(self._topic_index.find(heard)):
            topic, weight = self._topics[row]
            weights[topic] += weight
            first[topic] = min(first.get(topic, start), start)
        return weights, first

    @cached_property
    def hints(self) -> Mapping[str, tuple[str, ...]]:
        """What words and phrases hint at, by them."""
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for words, kind in self.table("hints", 2):
            rows[words].append(kind)
        return {words: tuple(kinds) for words, kinds in rows.items()}

    @cached_property
    def hint_beginnings(self) -> frozenset[str]:
        """The first words of hints."""
        first = {words.partition(" ")[0] for words in self.hints}
        return frozenset({*first, " "})

    @property
    def is_trained(self) -> bool:
        """Whether the weights are of the same folder as the topics, and so of this field."""
        own = self.path("topics").parent
        return (own / "weights-relations.tsv").is_file()

    def weights(self, name: str) -> Weights:
        """The trained weights of that name."""
        return self._weights(name)

    @cached_property
    def _weights(self) -> Callable[[str], Weights]:
        return cache(lambda name: read_weights(self.path(f"weights-{name}")))

    @cached_property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that change with any of the tables."""
        names = {
            path.name
            for folder in self.folders
            for path in folder.glob("*.tsv")
        }
        digest = hashlib.sha256()
        for name in sorted(names):
            digest.update(name.encode())
            digest.update(self.path(name.removesuffix(".tsv")).read_bytes())
        return digest.hexdigest()[:8]


@lru_cache(maxsize=4)
def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _read(folders: tuple[Path, ...]) -> Lexicon:
    return Lexicon(folders)


def _cells(path: Path, number: int, line: str, columns: int) -> Row:
    cells = tuple(line.split("\t"))
    if len(cells) != columns:
        message = (
            f"{path}:{number}: {len(cells)} columns where there are {columns}"
        )
        raise BadInput(message)
    return cells
