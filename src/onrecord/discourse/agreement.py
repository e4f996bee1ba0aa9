"""Coders against each other: alpha for each variable, and how many statements both have.

The coders may be persons, or a program and a person: each gives one file of records, of
the same documents.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

from onrecord.discourse.krippendorff import (
    Code,
    Distance,
    alpha,
    interval,
    jaccard,
    nominal,
)
from onrecord.discourse.matching import (
    Same,
    has_span,
    matched,
    same_actor_and_words,
    same_deed,
    same_id,
    same_statement,
    same_words,
)
from onrecord.editing.folder import document_marks
from onrecord.editing.records import read_records
from onrecord.model import Document, Statement
from onrecord.model.errors import BadInput
from onrecord.model.names import fold
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table, Value
from onrecord.workspace import Workspace, find

STANCES = {"critical": -1.0, "conditional": 0.0, "supportive": 1.0}
COLUMNS = (
    "coders",
    "statements",
    "both",
    "share",
    "actor, relation, object",
    "actor and words",
    "span overlap",
)
Documents = Mapping[int, list[Statement]]
"""A coder's statements by the number of their document."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree.

    `variables` has a row a variable with its alpha; `spans` a row a pair of coders: the
    statements that both have, as a share of what either has (Dice, which is F1 of one
    against the other), those whose actor, relation and object or topic are the same,
    those whose actor and words are, and the marked characters that both marked.
    """

    coders: tuple[str, ...]
    variables: Table
    spans: Table


def agreement(
    paths: Sequence[Path | str] = (), *, workspace: Workspace | None = None
) -> Agreement:
    """Compares two or more record files, a coder each; or, without any, the graph's coders.

    `onrecord agreement one.csv two.csv` is
    `onrecord.agreement(["one.csv", "two.csv"])`. Documents are the same by id, address
    or hash of the text. Statements are the same by id; else, in one document, by their
    words: spans that overlap, or quotations one of which holds the other; else by
    actors, relation and object. A statement that a coder does not have counts as
    missing. Raises BadInput for fewer than two files, BadRecord with all faults of one.
    """
    graph = Graph(workspace or find())
    if not paths:
        from onrecord.discourse.coders import in_graph  # noqa: PLC0415  it compares by this module

        return in_graph(graph.workspace)
    if len(paths) < 2:  # noqa: PLR2004  one coder agrees with himself
        message = (
            "agreement needs the records of two coders at "
            "least: onrecord agreement coder1.csv coder2.csv"
        )
        raise BadInput(message)
    files = list(map(Path, paths))
    coded = dict(zip(_names_of(files), _read(graph, files), strict=True))
    return compared(coded)


def compared(coded: Mapping[str, Documents]) -> Agreement:
    """Compares coders, each with the statements of documents that all have numbered alike."""
    coders, documents = tuple(coded), list(coded.values())
    shared = units(documents)
    variables = [_variable_row(name, shared) for name in VARIABLES]
    pairs = []
    for pair in combinations(range(len(coders)), 2):
        row = _pair_row(documents, shared, coders, pair)
        pairs.append(row)
    columns = ("variable", "scale", "units", "agree", "alpha")
    return Agreement(coders, Table(columns, variables), Table(COLUMNS, pairs))


def _names_of(paths: Sequence[Path]) -> tuple[str, ...]:
    """A coder's name is the file's; files of one name are told apart by their folder."""
    stems = [path.stem for path in paths]
    if len(set(stems)) == len(stems):
        return tuple(stems)
    return tuple(str(path.with_suffix("")) for path in paths)


def _read(graph: Graph, paths: Sequence[Path]) -> list[Documents]:
    """Each coder's statements, in documents that have the same number for all."""
    numbers: dict[str, int] = {}
    return [_read_coder(graph, path, numbers) for path in paths]


def _read_coder(graph: Graph, path: Path, numbers: dict[str, int]) -> Documents:
    documents: defaultdict[int, list[Statement]] = defaultdict(list)
    for source in read_records(path, graph).sources:
        number = _number(source.document, numbers)
        documents[number] += [statement for _, statement in source.statements]
    return documents


def _number(document: Document, numbers: dict[str, int]) -> int:
    """The number that a document has for all coders."""
    marks = document_marks(document)
    if not marks:
        marks = [f"{document.publisher} {document.title} {document.published}"]
    number = len(numbers)
    for mark in marks:
        if mark in numbers:
            number = numbers[mark]
            break
    numbers.update(dict.fromkeys(marks, number))
    return number


Unit = dict[int, Statement]
"""One statement as each coder has it, by the coder's place."""


def units(coded: Sequence[Documents]) -> list[Unit]:
    """The statements of all coders; each coder's statement is in one unit only."""
    numbers: set[int] = set()
    for documents in coded:
        numbers |= documents.keys()
    units: list[Unit] = []
    for number in sorted(numbers):
        units += _units_of_document([coder.get(number, []) for coder in coded])
    return units


def _units_of_document(coded: Sequence[list[Statement]]) -> list[Unit]:
    units: list[Unit] = []
    for coder, statements in enumerate(coded):
        left = statements
        for same in (same_id, same_words, same_deed):
            left = _join(units, coder, left, same)
        units += [{coder: statement} for statement in left]
    return units


def _join(
    units: Sequence[Unit],
    coder: int,
    statements: Iterable[Statement],
    same: Same,
) -> list[Statement]:
    """Puts a coder's statements to the units that hold the same, and returns the others."""
    left: list[Statement] = []
    for statement in statements:
        unit = _unit_of(units, coder, statement, same)
        if unit is None:
            left.append(statement)
        else:
            unit[coder] = statement
    return left


def _unit_of(
    units: Iterable[Unit], coder: int, statement: Statement, same: Same
) -> Unit | None:
    """The first unit without this coder that holds the same statement."""
    for unit in units:
        if coder in unit:
            continue
        if any(same(statement, other) for other in unit.values()):
            return unit
    return None


def _name(value: str | None) -> Code | None:
    return fold(value) if value is not None else None


def _names(values: Collection[str]) -> Code | None:
    return frozenset(map(fold, values)) if values else None


def _stance(statement: Statement) -> Code | None:
    return STANCES.get(statement.stance or "")


@dataclass(frozen=True, slots=True)
class Variable:
    """How a variable is read from a statement, its scale, and the distance of values."""

    scale: str
    value: Callable[[Statement], Code | None]
    distance: Distance = nominal


VARIABLES: Mapping[str, Variable] = {
    "actors": Variable(
        "set", lambda statement: _names(statement.actors), jaccard
    ),
    "relation": Variable("nominal", lambda statement: statement.relation),
    "object": Variable("nominal", lambda statement: _name(statement.object)),
    "negated": Variable("nominal", lambda statement: str(statement.negated)),
    "topics": Variable(
        "set", lambda statement: _names(statement.topics), jaccard
    ),
    "stance": Variable("interval", _stance, interval),
    "modality": Variable("nominal", lambda statement: statement.modality),
    "basis": Variable("nominal", lambda statement: statement.basis),
    "date": Variable("nominal", lambda statement: statement.date),
}
"""A neutral stance has no place on the scale, nor has none."""


def _variable_row(name: str, units: Iterable[Unit]) -> dict[str, Value]:
    variable = VARIABLES[name]
    paired: list[list[Code]] = []
    same = 0
    for unit in units:
        codes = _codes(variable, unit)
        if len(codes) > 1:
            paired.append(codes)
            same += len(set(codes)) == 1
    value = alpha(paired, variable.distance)
    return {
        "variable": name,
        "scale": variable.scale,
        "units": len(paired),
        "agree": _rounded(same, len(paired)),
        "alpha": round(value, 3) if value is not None else None,
    }


def _codes(variable: Variable, unit: Unit) -> list[Code]:
    values = map(variable.value, unit.values())
    return [code for code in values if code is not None]


def _pair_row(
    coded: Sequence[Documents],
    units: Sequence[Unit],
    coders: Sequence[str],
    pair: tuple[int, int],
) -> dict[str, Value]:
    one, two = pair
    first, second = coded[one], coded[two]
    sizes = _size(first), _size(second)
    whole = sum(sizes)
    both = sum(one in unit and two in unit for unit in units)
    alike = _count_matched(first, second, same_statement)
    worded = _count_matched(first, second, same_actor_and_words)
    values: tuple[Value, ...] = (
        f"{coders[one]} and {coders[two]}",
        f"{sizes[0]} and {sizes[1]}",
        both,
        _rounded(2 * both, whole),
        _rounded(2 * alike, whole),
        _rounded(2 * worded, whole),
        _span_overlap(first, second),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _size(documents: Documents) -> int:
    return sum(map(len, documents.values()))


def _rounded(part: float, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _count_matched(first: Documents, second: Documents, same: Same) -> int:
    count = 0
    for number, statements in first.items():
        others = second.get(number, [])
        count += len(matched(statements, others, same))
    return count


def _span_overlap(first: Documents, second: Documents) -> float | None:
    """Dice of the characters that each marked; None where nobody gave places."""
    one, two = _marked_characters(first), _marked_characters(second)
    if not one or not two:
        return None
    return round(2 * len(one & two) / (len(one) + len(two)), 3)


def _marked_characters(documents: Documents) -> set[tuple[int, int]]:
    """The marked characters, each as the number of its document and its place."""
    marked: set[tuple[int, int]] = set()
    for number, statements in documents.items():
        for statement in statements:
            evidence = statement.evidence
            if evidence is not None and has_span(evidence):
                places = range(evidence.start or 0, evidence.end or 0)
                marked.update(product((number,), places))
    return marked
