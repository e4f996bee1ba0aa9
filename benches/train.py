"""Makes `ontology/lexicon/weights-*.tsv` from texts written and coded for it.

The texts are tests/data/news/developing.jsonl and tests/data/news/training (see the
README there); what tests/data/news/measuring.jsonl and the fourth hand hold is not read.
A clause that bears a coded statement teaches its relation, its topics and its side; one
that bears none teaches "none". How often a reading is right is learned from what weights
of other hands make of a hand's texts. Softmax regression by L-BFGS, always the same.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.editing.evaluation import read_gold
from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.choosing import (
    SIDES,
    Chooser,
    by_cue,
    topical,
    votes,
)
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.features import features
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.readings import Reading
from onrecord.extract.rules.sources import words_of
from onrecord.extract.rules.weighing import WeighingBuilder
from onrecord.extract.rules.weights import BIAS, Weights
from onrecord.model import Document, Statement
from onrecord.model.registry import Registry
from onrecord.workspace import shipped

NEWS = Path(__file__).parents[1] / "tests" / "data" / "news"
TRAINING = NEWS / "training"
TEXTS = (
    NEWS / "developing.jsonl",
    *(TRAINING / f"{hand}.jsonl" for hand in ("first", "second", "third")),
)
HANDS = (
    "first",
    "second",
    "third",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
)
PARTS = (
    frozenset({"first", "second", "third"}),
    frozenset({"fifth", "sixth"}),
    frozenset({"seventh", "eighth"}),
    frozenset({"ninth", "developing"}),
    frozenset({"tenth", "eleventh"}),
    frozenset({"twelfth", "thirteenth", "fourteenth"}),
    frozenset({"fifteenth", "sixteenth", "seventeenth"}),
    frozenset({"eighteenth", "nineteenth", "twentieth"}),
    frozenset({"twenty-first", "twenty-second"}),
    frozenset({"twenty-third", "twenty-fourth"}),
)
"""Hands whose texts are read by the weights of the others, to learn which readings are right."""
PASSAGES = tuple(TRAINING / f"{hand}-passages.jsonl" for hand in HANDS)
HEAD = "# {what}, by its features. Made by python -m benches.train{script}; columns: weights.py."
WHAT = {
    "clauses": "Whether a clause states something",
    "relations": "What a clause states",
    "topics": "What a clause is about",
    "stances": "The side a clause takes",
    "right": "Whether a reading is right",
    "right-encoder": "Whether a reading with the encoder is right",
    "referents": "Whether somebody named before is meant",
}
SCRIPTS = {"referents": "_referents", "right-encoder": "_encoder"}
SIDE = "stances"
LEAST = 3
"""How often a feature must be seen."""
PENALTY, ROUNDS = 10.0, 60
"""How much weights shrink, and the most steps: the best of leaving one hand out."""
PENALTIES = {"topics": 3.0}
"""How much the weights of a table shrink that has one of its own."""
SMALLEST, TINY = 0.03, 1e-12
SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "its",
        "his",
        "her",
        "for",
        "at",
        "by",
        "in",
    ]
)
NEAR, TOUCHING = 0.25, 0.15
"""Shares of two places in each other: enough to bear a statement, too much to bear none."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a coder read: where, who in plain words, and what; `aim` is the object's name or none."""

    place: Span
    names: tuple[str, ...]
    relation: str
    topics: tuple[str, ...]
    stance: str | None
    aim: str = ""
    negated: bool = False

    @property
    def who(self) -> frozenset[str]:
        """The plain words for who speaks or acts."""
        return frozenset(_plain(" ".join(self.names)))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A clause by its features, and the code that it bears, if it bears one."""

    clause: Clause
    shown: frozenset[str]
    topical: frozenset[str]
    code: Code | None


Row = tuple[frozenset[str], dict[str, float]]
"""What is shown, and how likely each label is then."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a hand as the rules read it, with what it teaches."""

    hand: str
    builder: WeighingBuilder
    codes: tuple[Code, ...]
    lessons: tuple[Lesson, ...]
    registry: Registry


def main() -> None:
    """Reads all texts, and writes the five tables."""
    texts = list(read_texts())
    for name, rows in _tables(texts):
        write(name, rows)
    write("right", list(_judged(texts)))


def _tables(texts: Iterable[Text]) -> Iterator[tuple[str, list[Row]]]:
    """What the clauses of texts teach, by the name of the table."""
    lessons = [lesson for text in texts for lesson in text.lessons]
    coded = [
        (lesson, lesson.code) for lesson in lessons if lesson.code is not None
    ]
    print(f"{len(lessons):,} clauses, {len(coded):,} bear a statement")
    yield "clauses", list(_clauses(lessons))
    yield "relations", list(_relations(coded))
    yield "topics", list(_topics(coded))
    yield SIDE, list(_sides(coded))


def _judged(texts: Sequence[Text]) -> Iterator[Row]:
    """The readings of all texts by weights of the other parts, each right or wrong."""
    for part in PARTS:
        others = [text for text in texts if text.hand not in part]
        own = [text for text in texts if text.hand in part]
        yield from judged(own, Chooser(weights_of(others)))


def weights_of(texts: Iterable[Text]) -> Callable[[str], Weights]:
    """The weights that texts teach, by their names; none of a side, which tells nothing of what is right."""
    tables = {
        name: fitted(rows, PENALTIES.get(name, PENALTY))
        for name, rows in _tables(texts)
        if name != SIDE
    }
    tables[SIDE] = Weights({}, {"none": 0.0})
    return tables.__getitem__


def judged(texts: Iterable[Text], chooser: Chooser) -> Iterator[Row]:
    """What a chooser reads in texts, each reading right or wrong."""
    for text in texts:
        for reading, shown in text.builder.readings(chooser):
            yield frozenset(shown), {_verdict(text, reading): 1.0}


def _verdict(text: Text, reading: Reading) -> str:
    is_right = any(_is_borne(text, code, reading) for code in text.codes)
    return "right" if is_right else "wrong"


def _is_borne(text: Text, code: Code, reading: Reading) -> bool:
    """Whether a coder read the same: actors, relation, and object or a topic."""
    draft, manner = reading.proposal.draft, reading.proposal.manner
    if (draft.relation, manner.negated) != (code.relation, code.negated):
        return False
    actors = [label(text, actor.entity) for actor in draft.actors]
    alike = len(actors) == len(code.names) and all(
        any(is_same(name, actor) for actor in actors) for name in code.names
    )
    if not alike:
        return False
    if set(draft.topics[:3]) & set(code.topics):
        return True
    target = draft.target
    return target is not None and is_same(code.aim, label(text, target.entity))


def label(text: Text, name: str) -> str:
    """The name of an entity, the longest that its text has."""
    known = text.registry.entities.get(name)
    fuller = text.builder.actors.state.fuller
    return known.label if known is not None else fuller.get(name, name)


def is_same(one: str, two: str) -> bool:
    """Whether all the words of one name are in the other."""
    mine, others = _plain(one), _plain(two)
    return bool(mine and others) and (mine <= others or others <= mine)


def _clauses(lessons: Iterable[Lesson]) -> Iterator[Row]:
    for lesson in lessons:
        yield lesson.shown, {"some" if lesson.code else "none": 1.0}


def _relations(coded: Iterable[tuple[Lesson, Code]]) -> Iterator[Row]:
    for lesson, code in coded:
        yield lesson.shown, {code.relation: 1.0}


def _topics(coded: Iterable[tuple[Lesson, Code]]) -> Iterator[Row]:
    for lesson, code in coded:
        if code.topics:
            share = 1 / len(code.topics)
            yield lesson.topical, dict.fromkeys(code.topics, share)


def _sides(coded: Iterable[tuple[Lesson, Code]]) -> Iterator[Row]:
    for lesson, code in coded:
        yield lesson.shown | {f"relation={code.relation}"}, {side_of(code): 1.0}


def side_of(code: Code) -> str:
    """The label of the side that a code takes."""
    return code.stance if code.stance in SIDES else "none"


def read_texts(*, refers: bool = True) -> Iterator[Text]:
    """The texts of all hands, as the rules read them; by rules alone also whom a pronoun means, unless it `refers`."""
    where = shipped()
    gold = read_gold(TEXTS[0], where)
    extractor = RuleExtractor(
        gold.gazetteer, vocabulary=gold.registry.vocabulary
    )
    extractor.refers = refers
    for path in TEXTS:
        read = read_gold(path, where)
        for document, statements in zip(
            read.documents, read.statements, strict=True
        ):
            text = document.text or ""
            codes = [
                _code(text, statement, read.registry)
                for statement in statements
            ]
            yield _text(extractor, path.stem, text, codes, read.registry)
    for path in PASSAGES:
        hand = path.stem.removesuffix("-passages")
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = record["text"]
            codes = [_told(text, told) for told in record["statements"]]
            yield _text(extractor, hand, text, codes, gold.registry)


def _text(
    extractor: RuleExtractor,
    hand: str,
    text: str,
    codes: Sequence[Code],
    registry: Registry,
) -> Text:
    builder = _read(extractor, text)
    lessons = tuple(_taught(builder, codes, registry))
    return Text(hand, builder, tuple(codes), lessons, registry)


def _code(text: str, value: Statement, registry: Registry) -> Code:
    """A statement of a gold file as a code."""
    exact = value.evidence.exact if value.evidence is not None else ""
    start = text.find(exact)
    names = tuple(registry.entities[name].label for name in value.actors)
    is_topic = value.object_is_topic
    topics = (value.object, *value.topics) if is_topic else value.topics
    return Code(
        (start, start + len(exact)),
        names,
        value.relation,
        tuple(dict.fromkeys(topics)),
        value.stance,
        "" if is_topic else registry.entities[value.object].label,
        value.negated,
    )


def _told(text: str, told: dict[str, str]) -> Code:
    """A statement of a passage as a code."""
    start = text.find(told["words"])
    topics = (told["topic"],) if told["topic"] else ()
    return Code(
        (start, start + len(told["words"])),
        (told["actor"],),
        told["relation"],
        topics,
        told["stance"],
        told["object"] or "",
        bool(told["negated"]),
    )


def _plain(words: str) -> set[str]:
    """The words of a name that tell it from others."""
    bare = re.sub(r"[’']s\b", "", words.lower())
    return set(re.findall(r"[\w’'-]+", bare)) - SMALL


def _taught(
    builder: WeighingBuilder, codes: Sequence[Code], registry: Registry
) -> Iterator[Lesson]:
    """The lessons of one text."""
    borne = borne_by(
        builder.clauses,
        [code for code in codes if code.place[0] >= 0],
        registry,
    )
    proposals = by_cue(builder.collector.proposals)
    told = topical(builder.clauses, builder.topics.matters)
    for number, (clause, (topics, passage)) in enumerate(
        zip(builder.clauses, told, strict=True)
    ):
        if number in borne and borne[number] is None:
            continue
        own = (
            (p.draft.relation, p.draft.rule) for p in votes(clause, proposals)
        )
        yield Lesson(
            clause,
            frozenset(features(clause, own)),
            frozenset(topics | passage),
            borne.get(number),
        )


def _read(extractor: RuleExtractor, text: str) -> WeighingBuilder:
    """A text as the rules read it, with all its clauses."""
    state = DiscourseState(
        extractor.lexicon, text, referents=extractor.referents
    )
    passages = list(extractor.passages(text, state))
    resolver = ActorResolver(state, extractor.matcher)
    builder = WeighingBuilder(
        Document("", text=text), resolver, extractor.is_about_ai(state)
    )
    for context, heard in passages:
        builder.add(context, heard)
    return builder


def borne_by(
    clauses: Sequence[Clause], codes: Sequence[Code], registry: Registry
) -> dict[int, Code | None]:
    """The code that each clause bears; None for one that may bear what another one does."""
    borne: dict[int, Code | None] = {}
    who = [_who(clause, registry) for clause in clauses]
    for code in codes:
        best: tuple[float, int] | None = None
        for number, clause in enumerate(clauses):
            share, inside = (
                _share(code.place, clause.place),
                _holds(code, clause),
            )
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


def write(name: str, rows: Sequence[Row]) -> None:
    """Fits weights to rows, and writes those that count."""
    write_weights(name, fitted(rows, PENALTIES.get(name, PENALTY)))


def write_weights(name: str, weights: Weights) -> None:
    """Writes a table of weights."""
    lines = [
        HEAD.format(what=WHAT[name], script=SCRIPTS.get(name, "")),
        _line(BIAS, weights.bias.items()),
    ]
    lines += [_line(name, row) for name, row in weights.rows.items()]
    path = Lexicon.shipped().path("topics").with_name(f"weights-{name}.tsv")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(
        f"weights-{name}: {len(lines):,} rows, {path.stat().st_size / 1000:,.0f} kB"
    )


def _line(feature: str, pairs: Iterable[tuple[str, float]]) -> str:
    told = " ".join(f"{label}:{weight:.2f}" for label, weight in pairs)
    return f"{feature}\t{told}"


def fitted(rows: Sequence[Row], penalty: float = PENALTY) -> Weights:
    """The weights of features that are seen often enough, without the smallest."""
    seen = Counter(feature for shown, _ in rows for feature in shown)
    often = (name for name, times in seen.items() if times >= LEAST)
    known = sorted(name for name in often if "\n" not in name)
    labels = sorted({label for _, wanted in rows for label in wanted})
    wanted = np.array(
        [[row.get(label, 0.0) for label in labels] for _, row in rows]
    )
    shown = matrix([shown for shown, _ in rows], known)
    weights, bias = _regression(shown, wanted, penalty)
    pairs = {
        feature: _kept(labels, row)
        for feature, row in zip(known, weights, strict=True)
    }
    kept = {feature: row for feature, row in pairs.items() if row}
    return Weights(kept, dict(zip(labels, bias.tolist(), strict=True)))


def _kept(
    labels: Sequence[str], row: np.ndarray
) -> tuple[tuple[str, float], ...]:
    return tuple(
        (label, weight)
        for label, weight in zip(labels, row.round(2).tolist(), strict=True)
        if abs(weight) >= SMALLEST
    )


def matrix(rows: Sequence[Iterable[str]], known: Sequence[str]) -> csr_matrix:
    """Rows of features as a matrix of noughts and ones, with a column for each that is known."""
    places = {feature: number for number, feature in enumerate(known)}
    shown = [
        sorted(places[name] for name in row if name in places) for row in rows
    ]
    ends = np.cumsum([0, *(len(row) for row in shown)])
    columns = np.array(
        [place for row in shown for place in row], dtype=np.int32
    )
    ones = np.ones(len(columns))
    return csr_matrix((ones, columns, ends), shape=(len(rows), len(places)))


def _regression(
    shown: csr_matrix, wanted: np.ndarray, penalty: float
) -> tuple[np.ndarray, np.ndarray]:
    """Softmax regression with an L2 penalty by L-BFGS, from weights of zero."""
    turned = shown.T.tocsr()
    size = shown.shape[1], wanted.shape[1]

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = _parted(values, size)
        shares = _softmax(shown @ weights + bias)
        missed = -(wanted * np.log(shares + TINY)).sum()
        error = shares - wanted
        slope = turned @ error + penalty * weights
        gradient = np.concatenate([slope.ravel(), error.sum(axis=0)])
        return missed + penalty / 2 * (weights**2).sum(), gradient

    start = np.zeros((size[0] + 1) * size[1])
    options = {"maxiter": ROUNDS, "ftol": 1e-5}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    return _parted(best.x, size)


def _parted(
    values: np.ndarray, size: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """The weights of features, and the bias of labels."""
    end = size[0] * size[1]
    return values[:end].reshape(size), values[end:]


def _softmax(scores: np.ndarray) -> np.ndarray:
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)


if __name__ == "__main__":
    main()
