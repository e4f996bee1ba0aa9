"""Where statements of hands that no weight was trained on are lost, and what a higher line gains.

Each part of the hands is read by weights of the others, and what is right was learned on
others too (`benches.train`). Names are compared by their words. Nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benches import train
from benches.train import Code, Text
from onrecord.editing.evaluation import Score
from onrecord.extract.rules.clauses import Clause
from onrecord.extract.rules.readings import Reading, apart
from onrecord.extract.rules.sides import as_told
from onrecord.extract.rules.weights import Weights

STAGES = (
    "no clause",
    "actor unknown",
    "actor wrong",
    "clause not read",
    "relation wrong",
    "object wrong",
    "not told",
    "told",
)
"""How far a coded statement comes."""
LINES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
"""How sure a reading must be at least, beside the lines that stand."""
Shown = list[tuple[Reading, set[str]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A text with all its readings, and those of them that are told."""

    text: Text
    readings: tuple[Reading, ...]
    told: tuple[Reading, ...]


def main() -> None:
    """Prints how far coded statements come, and what lines gain, a column a group of texts."""
    texts = list(train.read_texts())
    parts = [list(train.read_by_others(texts, part)) for part in train.PARTS]
    outcomes = list(_outcomes(parts))
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(_group(outcome.text), []).append(outcome)
    print("  " + " | ".join(["", *groups]))
    print_losses(groups.values())
    print_lines(groups.values())


def _group(text: Text) -> str:
    """Texts apart from passages, the first three hands together."""
    hands = "1-3" if text.hand in train.PARTS[0] else text.hand
    return f"{'texts' if text.is_whole else 'passages'} {hands}"


def _outcomes(
    parts: Sequence[Sequence[tuple[Text, Shown]]],
) -> Iterator[Outcome]:
    """What is told of each text, where what is right was learned on the other parts."""
    rows = [
        [row for text, shown in part for row in train.verdicts(text, shown)]
        for part in parts
    ]
    for number, part in enumerate(parts):
        others = rows[:number] + rows[number + 1 :]
        right = train.fitted([row for part in others for row in part])
        for text, shown in part:
            yield _outcome(text, shown, right)


def _outcome(text: Text, shown: Shown, right: Weights) -> Outcome:
    shares = right.shares_of(features for _, features in shown)
    readings = tuple(
        replace(reading, sure=share["right"])
        for (reading, _), share in zip(shown, shares, strict=True)
    )
    hears_people = text.builder.topics.about_ai
    told = tuple(
        replace(reading, proposal=as_told(reading))
        for reading in apart(readings, hears_people=hears_people)
    )
    return Outcome(text, readings, told)


def print_losses(groups: Iterable[Sequence[Outcome]]) -> None:
    """The share of coded statements that come as far as each stage."""
    columns = [
        Counter(_stage(o, code) for o in group for code in o.text.codes)
        for group in groups
    ]
    for stage in STAGES:
        shares = [f"{c[stage] / c.total():.2f}" for c in columns]
        print("  " + " | ".join([stage, *shares]))


def print_lines(groups: Iterable[Sequence[Outcome]]) -> None:
    """F1 and precision of what is told, where it must also be as sure as a line says."""
    columns = list(groups)
    for line in LINES:
        scores = [score(group, line) for group in columns]
        told = [f"{s.f1:.2f} ({s.precision:.2f})" for s in scores]
        print("  " + " | ".join([f"sure from {line}", *told]))


def score(outcomes: Iterable[Outcome], line: float) -> Score:
    """How many of the readings told are right, each code borne out once."""
    right = made = wanted = 0
    for outcome in outcomes:
        sure = [reading for reading in outcome.told if reading.sure >= line]
        made += len(sure)
        wanted += len(outcome.text.codes)
        right += _borne_out(outcome.text, sure)
    return Score(right, made, wanted)


def _borne_out(text: Text, readings: Iterable[Reading]) -> int:
    """How many codes readings bear out, each reading one."""
    left = list(text.codes)
    for reading in readings:
        code = next((c for c in left if train.is_borne(text, c, reading)), None)
        if code is not None:
            left.remove(code)
    return len(text.codes) - len(left)


def _stage(outcome: Outcome, code: Code) -> str:
    """How far a code comes among the readings of its text."""
    text = outcome.text
    if any(train.is_borne(text, code, reading) for reading in outcome.told):
        return "told"
    if any(train.is_borne(text, code, reading) for reading in outcome.readings):
        return "not told"
    near = [
        reading
        for reading in outcome.readings
        if train.is_of_actors(text, code, reading.proposal.draft.actors)
    ]
    if any(train.is_of_relation(code, reading) for reading in near):
        return "object wrong"
    if any(_touches(code, reading) for reading in near):
        return "relation wrong"
    return _unread(text, code)


def _touches(code: Code, reading: Reading) -> bool:
    return reading.clause is not None and train.is_near(code, reading.clause)


def _unread(text: Text, code: Code) -> str:
    """Why no reading has the actors of a code."""
    clauses = [c for c in text.builder.clauses if train.is_near(code, c)]
    if not clauses:
        return "no clause"
    if any(_has_actors(text, code, clause) for clause in clauses):
        return "clause not read"
    is_known = any(clause.actors for clause in clauses)
    return "actor wrong" if is_known else "actor unknown"


def _has_actors(text: Text, code: Code, clause: Clause) -> bool:
    return train.is_of_actors(text, code, clause.actors)


if __name__ == "__main__":
    main()
