"""Extraction measured against gold: what was found, what was missed, what nobody stated."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from onrecord.editing.link import Linker
from onrecord.editing.records import read_records
from onrecord.extract.extractor import (
    NOTHING,
    ExtractionContext,
    ExtractionResult,
    Extractor,
    Usage,
    create,
)
from onrecord.extract.many import mapper
from onrecord.ingest.articles import KnownNames
from onrecord.ingest.document import UNDETERMINED, article, is_english
from onrecord.ingest.records import PlacedSource
from onrecord.model import Document, Statement
from onrecord.model.errors import (
    AmbiguousName,
    BadInput,
    BadRecord,
    UnknownName,
)
from onrecord.model.iris import local
from onrecord.model.registry import Registry
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, below, find, read_file, shipped

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, how many were returned in all, how many the gold has.

    Precision, recall and F1 lie in 0..1.
    """

    right: int
    returned: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what was returned that is right."""
        return self.right / self.returned if self.returned else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Scores of statements (actors, relation, negation, object or topic right), also by relation; of actor and words.

    `misses` and `extras` are lines about gold that was not found and findings that no gold bears out; `documents`
    holds each document's own score, to draw from; `rules` the score at each confidence, as the rules differ in theirs.
    `usage` is what a language model took for all texts, `dropped` what was found and not kept, by the reason.
    """

    statements: Score
    words: Score
    relations: Mapping[str, Score]
    documents: tuple[Score, ...]
    misses: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    rules: Mapping[float, Score] = field(default_factory=dict)
    usage: Usage = NOTHING
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gold:
    """Texts, and what people read in each; `registry` knows whom they name.

    `gazetteer` holds the names of the graph alone, as they are known when an article
    comes in: who is new in the gold must be heard of in the text.
    """

    places: tuple[str, ...]
    documents: tuple[Document, ...]
    statements: tuple[tuple[Statement, ...], ...]
    registry: Registry
    gazetteer: KnownNames


def evaluate(
    gold: Path,
    workspace: Workspace | None = None,
    *,
    extractor: str = "rules",
    model: str | None = None,
) -> Report:
    """Extracts from the texts of a gold file, record lines with `doc.text` or `doc.path`, and compares.

    `onrecord evaluate gold.jsonl` is `onrecord.evaluate("gold.jsonl")`. Raises BadRecord, BadInput, MissingExtra.
    """
    where = workspace or find()
    read = read_gold(gold, where)
    made = extractors(read, where, [extractor], model)
    return measured(read, made[extractor])


def read_gold(gold: Path, where: Workspace) -> Gold:
    """The texts and statements of a gold file; raises BadRecord, BadInput."""
    graph = Graph(where)
    batch = read_records(gold, graph, "jsonl")
    registry = _registry(graph, where)
    gazetteer = KnownNames.of(registry)
    linker = Linker(registry, {})
    linker.entities(batch.entities)
    sources = [_linked(source, linker) for source in batch.sources]
    if linker.faults:
        raise BadRecord(linker.faults)
    return Gold(
        places=tuple(source.where for source in sources),
        documents=tuple(_texts(gold, sources)),
        statements=tuple(map(_values, sources)),
        registry=registry,
        gazetteer=gazetteer,
    )


def extractors(
    gold: Gold,
    where: Workspace,
    names: Iterable[str],
    model: str | None = None,
    options: Mapping[str, str] = NO_OPTIONS,
) -> dict[str, Extractor]:
    """Extractors by name, which know the gold's names; raises UnknownName, MissingExtra."""
    vocabulary = gold.registry.vocabulary
    context = ExtractionContext(
        gold.gazetteer, vocabulary, where, model, options
    )
    return {name: create(name, context) for name in names}


def measured(gold: Gold, extract: Extractor, jobs: int = 1) -> Report:
    """What an extractor finds in the texts of a gold file, compared with what people read in them."""
    with mapper(extract, jobs) as in_order:
        results = list(in_order(extract, gold.documents))
    made = [_named(result, gold.registry) for result in results]
    report = _report(list(map(list, gold.statements)), made, list(gold.places))
    usage = Usage()
    dropped = Counter[str]()
    for result in results:
        usage += result.usage
        dropped.update(result.dropped)
    return replace(report, usage=usage, dropped=dropped)


def _values(source: PlacedSource) -> tuple[Statement, ...]:
    return tuple(statement for _, statement in source.statements)


def _named(result: ExtractionResult, registry: Registry) -> list[Statement]:
    """The statements with the gold's IRIs for the names that it knows."""
    return [_meant(statement, registry) for statement in result.statements]


def _meant(statement: Statement, registry: Registry) -> Statement:
    target = statement.object
    if not statement.object_is_topic:
        target = _iri(target, registry)
    actors = {_iri(actor, registry) for actor in statement.actors}
    return replace(statement, actors=tuple(sorted(actors)), object=target)


def _iri(name: str, registry: Registry) -> str:
    """Whom a name stands for; a name that nobody has, or several, stands for itself."""
    try:
        return registry.find(name).iri
    except (UnknownName, AmbiguousName):
        return name


def _registry(graph: Graph, where: Workspace) -> Registry:
    """A registry of its own, since gold may bring entities that the graph does not know."""
    known = (
        Graph(shipped()).registry if not where.is_shipped else graph.registry
    )
    made = Registry(
        graph.vocabulary, {**known.ambiguous, **graph.registry.ambiguous}
    )
    for entity in (*known.entities.values(), *graph.registry.entities.values()):
        made.add(entity)
    return made


def _linked(source: PlacedSource, linker: Linker) -> PlacedSource:
    statements = []
    for where, statement in source.statements:
        linked = linker.statement(where, statement)
        statements.append((where, linked))
    return replace(source, statements=tuple(statements))


def _texts(gold: Path, sources: Iterable[PlacedSource]) -> Iterator[Document]:
    """The documents with their texts, from the record or the file that it names, and their language."""
    given = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line) if line.strip() else {}
        if "doc" in record:
            given.append(record["doc"])
    for source, doc in zip(sources, given, strict=True):
        text = source.document.text or _text(
            gold, source, str(doc.get("path") or "")
        )
        code = "en" if is_english(text) else UNDETERMINED
        language = source.document.language or code
        yield replace(source.document, text=text, language=language)


def _text(gold: Path, source: PlacedSource, path: str) -> str:
    content = read_file(below(gold.parent, path)) if path else None
    if content is None:
        message = f"{source.where}: doc has neither text nor the path of a file"
        raise BadInput(message)
    return article(content, path).text or ""


def _report(
    gold: list[list[Statement]], made: list[list[Statement]], places: list[str]
) -> Report:
    tally = _Tally()
    for expected, extracted, place in zip(gold, made, places, strict=True):
        tally.add(expected, extracted, place)
    return tally.report()


@dataclass
class _Tally:
    """What was wanted, what was made and what of it was right, text by text."""

    wanted: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    made_at: Counter[float] = field(default_factory=Counter)
    right_at: Counter[float] = field(default_factory=Counter)
    words: int = 0
    documents: list[Score] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)

    def add(
        self, expected: list[Statement], extracted: list[Statement], place: str
    ) -> None:
        """Compares what was made of one text with what people read in it."""
        pairs = _pairs(expected, extracted)
        self.documents.append(Score(len(pairs), len(extracted), len(expected)))
        self.words += len(_worded(expected, extracted))
        for index, statement in enumerate(expected):
            self.wanted[statement.relation] += 1
            if index in pairs:
                self.right[statement.relation] += 1
            else:
                self.misses.append(f"{place}: missed: {_line(statement)}")
        used = set(pairs.values())
        for index, statement in enumerate(extracted):
            self.made[statement.relation] += 1
            self.made_at[statement.confidence] += 1
            if index in used:
                self.right_at[statement.confidence] += 1
            else:
                self.extras.append(f"{place}: extra: {_line(statement)}")

    def report(self) -> Report:
        """The scores of all texts."""
        relations = {}
        for key in sorted(self.made | self.wanted):
            relations[key] = Score(
                self.right[key], self.made[key], self.wanted[key]
            )
        rules = {}
        for confidence, number in sorted(self.made_at.items()):
            rules[confidence] = Score(self.right_at[confidence], number, number)
        made, wanted = self.made.total(), self.wanted.total()
        return Report(
            statements=Score(self.right.total(), made, wanted),
            words=Score(self.words, made, wanted),
            relations=relations,
            documents=tuple(self.documents),
            misses=tuple(self.misses),
            extras=tuple(self.extras),
            rules=rules,
        )


def _pairs(
    expected: list[Statement], extracted: list[Statement]
) -> dict[int, int]:
    """Each gold statement with the extracted one that states the same, by index; each is used once."""
    free = dict(enumerate(extracted))
    pairs: dict[int, int] = {}
    for index, wanted in enumerate(expected):
        for other, statement in free.items():
            if _states(wanted, statement):
                pairs[index] = other
                del free[other]
                break
    return pairs


def _states(wanted: Statement, statement: Statement) -> bool:
    if (
        wanted.relation != statement.relation
        or wanted.negated != statement.negated
    ):
        return False
    if set(wanted.actors) != set(statement.actors):
        return False
    return not _aims(wanted).isdisjoint(_aims(statement))


def _aims(value: Statement) -> set[str]:
    return {value.object, *value.topics}


def _worded(expected: list[Statement], extracted: list[Statement]) -> list[int]:
    """The findings whose actor and words are those of a gold statement: one's words lie within the other's."""
    free = dict(enumerate(extracted))
    used: list[int] = []
    for wanted in expected:
        for other, statement in free.items():
            if _has_words(wanted, statement):
                used.append(other)
                del free[other]
                break
    return sorted(used)


def _has_words(wanted: Statement, statement: Statement) -> bool:
    if set(wanted.actors) != set(statement.actors):
        return False
    if wanted.evidence is None or statement.evidence is None:
        return False
    one, other = wanted.evidence.exact, statement.evidence.exact
    return one in other or other in one


def _line(value: Statement) -> str:
    who = ", ".join(map(local, value.actors))
    verb = f"not {value.relation}" if value.negated else value.relation
    return f"{who} {verb} {local(value.object)} — {value.gist}"
