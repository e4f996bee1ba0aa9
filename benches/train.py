"""Makes `ontology/lexicon/weights-*.tsv` from texts written and coded for it.

The texts are tests/data/news/developing.jsonl and tests/data/news/training (see the
README there); what tests/data/news/measuring.jsonl and the fourth hand hold is not read.
A clause that bears a coded statement teaches its relation, its topics and its side; one
that bears none teaches "none". Softmax regression by Adagrad, always the same.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from onrecord.editing.evaluation import read_gold
from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.choosing import SIDES, by_cue, topical, votes
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.features import features
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.sources import words_of
from onrecord.extract.rules.weighing import WeighingBuilder
from onrecord.model import Document
from onrecord.model.registry import Registry
from onrecord.workspace import shipped

NEWS = Path(__file__).parents[1] / "tests" / "data" / "news"
HANDS = ("first", "second", "third")
TEXTS = (NEWS / "developing.jsonl", *(NEWS / "training" / f"{h}.jsonl" for h in HANDS))
PASSAGES = tuple(NEWS / "training" / f"{hand}-passages.jsonl" for hand in HANDS)
HEAD = (
    "# {what}, by its features. Made by python -m benches.train; columns: weights.py."
)
LEAST = 3
"""How often a feature must be seen."""
SMALL = frozenset(
    ["the", "a", "an", "of", "and", "its", "his", "her", "for", "at", "by", "in"]
)
NEAR, TOUCHING = 0.25, 0.15
"""Shares of two places in each other: enough to bear a statement, too much to bear none."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a coder read: where, who in plain words, and what."""

    place: Span
    who: frozenset[str]
    relation: str
    topics: tuple[str, ...]
    stance: str | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A clause by its features, and the code that it bears, if it bears one."""

    shown: frozenset[str]
    topical: frozenset[str]
    code: Code | None


@dataclass(frozen=True, slots=True)
class Course:
    """How weights are made: how much they shrink, how often all is seen, the least kept."""

    shrink: float
    rounds: int
    least: float


def main() -> None:
    """Reads all texts, and writes the three tables."""
    lessons = list(_lessons())
    coded = [lesson for lesson in lessons if lesson.code is not None]
    print(f"{len(lessons):,} clauses, {len(coded):,} bear a statement")
    relations = [
        (lesson.shown, {lesson.code.relation if lesson.code else "none": 1.0})
        for lesson in lessons
    ]
    _write("relations", "What a clause states", relations, Course(1e-3, 15, 0.15))
    topics = [
        (lesson.topical, dict.fromkeys(code.topics, 1 / len(code.topics)))
        for lesson in coded
        if (code := lesson.code) is not None and code.topics
    ]
    _write("topics", "What a clause is about", topics, Course(5e-4, 15, 0.2))
    sides = [
        (lesson.shown | {f"relation={code.relation}"}, {_side(code): 1.0})
        for lesson in coded
        if (code := lesson.code) is not None
    ]
    _write("stances", "The side a clause takes", sides, Course(1e-3, 10, 0.15))


def _side(code: Code) -> str:
    return code.stance if code.stance in SIDES else "none"


def _lessons() -> Iterator[Lesson]:
    where = shipped()
    gold = read_gold(TEXTS[0], where)
    extractor = RuleExtractor(gold.gazetteer, vocabulary=gold.registry.vocabulary)
    for path in TEXTS:
        read = read_gold(path, where)
        for document, statements in zip(read.documents, read.statements, strict=True):
            codes = [
                _code(document.text or "", statement, read.registry)
                for statement in statements
            ]
            yield from _taught(extractor, document.text or "", codes, read.registry)
    for path in PASSAGES:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            codes = [_told(record["text"], told) for told in record["statements"]]
            yield from _taught(extractor, record["text"], codes, gold.registry)


def _code(text: str, statement: object, registry: Registry) -> Code:
    """A statement of a gold file as a code."""
    value = statement
    exact = value.evidence.exact  # type: ignore[attr-defined]
    start = text.find(exact)
    names = (registry.entities[name].label for name in value.actors)  # type: ignore[attr-defined]
    return Code(
        (start, start + len(exact)),
        frozenset(_plain(" ".join(names))),
        value.relation,  # type: ignore[attr-defined]
        value.topics,  # type: ignore[attr-defined]
        value.stance,  # type: ignore[attr-defined]
    )


def _told(text: str, told: dict[str, str]) -> Code:
    """A statement of a passage as a code."""
    start = text.find(told["words"])
    topics = (told["topic"],) if told["topic"] else ()
    return Code(
        (start, start + len(told["words"])),
        frozenset(_plain(told["actor"])),
        told["relation"],
        topics,
        told["stance"],
    )


def _plain(words: str) -> set[str]:
    """The words of a name that tell it from others."""
    bare = re.sub(r"[’']s\b", "", words.lower())
    return set(re.findall(r"[\w’'-]+", bare)) - SMALL


def _taught(
    extractor: RuleExtractor, text: str, codes: Sequence[Code], registry: Registry
) -> Iterator[Lesson]:
    """The lessons of one text."""
    builder = _read(extractor, text)
    borne = _borne(
        builder.clauses, [code for code in codes if code.place[0] >= 0], registry
    )
    proposals = by_cue(builder.proposals)
    told = topical(builder.clauses, builder.matters)
    for number, (clause, topics) in enumerate(zip(builder.clauses, told, strict=True)):
        if number in borne and borne[number] is None:
            continue
        own = ((p.draft.relation, p.draft.rule) for p in votes(clause, proposals))
        yield Lesson(
            frozenset(features(clause, own)),
            frozenset(topics),
            borne.get(number),
        )


def _read(extractor: RuleExtractor, text: str) -> WeighingBuilder:
    """A text as the rules read it, with all its clauses."""
    state = DiscourseState(extractor.lexicon, text)
    passages = list(extractor.passages(text, state))
    resolver = ActorResolver(state, extractor.matcher)
    builder = WeighingBuilder(
        Document("", text=text), resolver, extractor.is_about_ai(state)
    )
    for context, heard in passages:
        builder.add(context, heard)
    return builder


def _borne(
    clauses: Sequence[Clause], codes: Sequence[Code], registry: Registry
) -> dict[int, Code | None]:
    """The code that each clause bears; None for one that may bear what another one does."""
    borne: dict[int, Code | None] = {}
    who = [_who(clause, registry) for clause in clauses]
    for code in codes:
        best: tuple[float, int] | None = None
        for number, clause in enumerate(clauses):
            share, inside = _share(code.place, clause.place), _holds(code, clause)
            same = bool(code.who & who[number])
            if share > TOUCHING * 2 or (same and inside):
                borne.setdefault(number, None)
            fits = share > NEAR or (inside and same)
            score = share + 0.3 * inside + 0.5 * same
            free = borne.get(number) is None
            if fits and free and (best is None or score > best[0]):
                best = score, number
        if best is not None:
            borne[best[1]] = code
    return borne


def _share(one: Span, two: Span) -> float:
    both = min(one[1], two[1]) - max(one[0], two[0])
    return max(0, both) / max(1, max(one[1], two[1]) - min(one[0], two[0]))


def _holds(code: Code, clause: Clause) -> bool:
    """Whether the words of a code hold the cue of a clause."""
    if clause.cue is None:
        return False
    return code.place[0] <= clause.context.place(clause.cue) < code.place[1]


def _who(clause: Clause, registry: Registry) -> set[str]:
    """The plain words for who speaks or acts in a clause."""
    words: set[str] = set()
    for token in words_of(clause.source) if clause.source is not None else ():
        words |= _plain(token.text)
    for actor in clause.actors:
        known = registry.entities.get(actor.entity)
        words |= _plain(known.label if known is not None else actor.entity)
    for start, end in clause.draft.source if clause.draft is not None else ():
        words |= _plain(clause.context.state.text[start:end])
    return words


def _write(
    name: str,
    what: str,
    lessons: Sequence[tuple[frozenset[str], dict[str, float]]],
    course: Course,
) -> None:
    """Fits weights, and writes those that count."""
    seen = Counter(feature for shown, _ in lessons for feature in shown)
    known = sorted(feature for feature, times in seen.items() if times >= LEAST)
    labels = sorted({label for _, wanted in lessons for label in wanted})
    places = {feature: number for number, feature in enumerate(known)}
    wanted = np.array([[row.get(label, 0) for label in labels] for _, row in lessons])
    shown = _matrix([shown for shown, _ in lessons], places)
    weights, bias = _fitted(shown, wanted.astype(np.float32), course)
    rows = [
        _row("*", labels, bias, 0),
        *(
            _row(feature, labels, weights[places[feature]], course.least)
            for feature in known
        ),
    ]
    lines = [HEAD.format(what=what), *filter(None, rows)]
    path = Lexicon.shipped().path(f"weights-{name}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"weights-{name}: {len(lines):,} rows, {path.stat().st_size / 1000:,.0f} kB")


def _row(feature: str, labels: Sequence[str], row: np.ndarray, least: float) -> str:
    pairs = (
        f"{label}:{weight:.2f}"
        for label, weight in zip(labels, row, strict=True)
        if abs(weight) >= least
    )
    told = " ".join(pairs)
    return f"{feature}\t{told}" if told and "\n" not in feature else ""


def _matrix(rows: Sequence[Iterable[str]], places: dict[str, int]) -> csr_matrix:
    known = [sorted(places[name] for name in row if name in places) for row in rows]
    ends = np.cumsum([0, *(len(row) for row in known)])
    columns = np.array([place for row in known for place in row], dtype=np.int32)
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, columns, ends), shape=(len(rows), len(places)))


BATCH, RATE, START = 64, 0.15, 1e-6


def _fitted(
    shown: csr_matrix, wanted: np.ndarray, course: Course
) -> tuple[np.ndarray, np.ndarray]:
    """Softmax regression by Adagrad over small batches, in an order that is always the same."""
    draw = np.random.default_rng(1)
    weights = np.zeros((shown.shape[1], wanted.shape[1]), dtype=np.float32)
    grown = np.full_like(weights, START)
    bias = np.zeros(wanted.shape[1], dtype=np.float32)
    grown_bias = np.full_like(bias, START)
    for _ in range(course.rounds):
        order = draw.permutation(shown.shape[0])
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            batch = shown[rows]
            used = np.unique(batch.indices)
            dense = batch[:, used].toarray()
            error = _softmax(dense @ weights[used] + bias) - wanted[rows]
            slope = dense.T @ error / BATCH + course.shrink * weights[used]
            grown[used] += slope**2
            weights[used] -= RATE * slope / np.sqrt(grown[used])
            drift = error.mean(axis=0)
            grown_bias += drift**2
            bias -= RATE * drift / np.sqrt(grown_bias)
    return weights, bias


def _softmax(scores: np.ndarray) -> np.ndarray:
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)


if __name__ == "__main__":
    main()
