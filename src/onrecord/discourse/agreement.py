"""Coders against each other: Krippendorff's alpha for each variable, and whether they marked the same passages.

The coders may be persons, or a program and a person: each gives one file of records, of the same documents.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations
from pathlib import Path

from onrecord.editing.folder import document_marks
from onrecord.ingest.records import records
from onrecord.model import Document, Evidence, Statement
from onrecord.model.errors import BadInput, BadRecord
from onrecord.model.names import fold
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table, Value
from onrecord.workspace import Workspace, find

STANCES = {"critical": -1.0, "conditional": 0.0, "supportive": 1.0}
Code = str | float | frozenset[str]
Distance = Callable[[Code, Code], float]


def unlike(one: Code, two: Code) -> float:
    """δ² of names: 0 for the same, 1 for another."""
    return float(one != two)


def apart(one: Code, two: Code) -> float:
    """δ² of numbers: the square of their difference."""
    assert isinstance(one, float)  # noqa: S101  a scale holds numbers
    assert isinstance(two, float)  # noqa: S101
    return (one - two) ** 2


def disjoint(one: Code, two: Code) -> float:
    """δ² of sets: the share of what is not common (Jaccard)."""
    first, second = frozenset(one) if isinstance(one, frozenset) else frozenset(), two
    assert isinstance(second, frozenset)  # noqa: S101  a set is compared with a set
    return 1 - len(first & second) / len(first | second) if first | second else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree: a row a variable with its alpha, and a row a pair of coders with what they marked."""

    coders: tuple[str, ...]
    variables: Table
    spans: Table


@dataclass(frozen=True, slots=True)
class _Marked:
    """One statement as a coder gave it, in the document that it stands in."""

    document: int
    statement: Statement


def agreement(
    paths: Sequence[Path | str], *, workspace: Workspace | None = None
) -> Agreement:
    """Compares two or more record files, a coder each.

    `onrecord agreement one.csv two.csv` is
    `onrecord.agreement(["one.csv", "two.csv"])`. Documents are the same by id,
    address or hash of the text. Statements are the same by id; else, in one document, by their words: spans that
    overlap, or quotations one of which holds the other; else by actors, relation and object. A statement that a coder
    does not have counts as missing. Raises BadInput for fewer than two files, BadRecord with all faults of one.
    """
    if len(paths) < 2:  # noqa: PLR2004  one coder agrees with himself
        message = "agreement needs the records of two coders at least: onrecord agreement coder1.csv coder2.csv"
        raise BadInput(message)
    graph = Graph(workspace or find())
    coders = tuple(Path(path).stem for path in paths)
    marked = _read(graph, [Path(path) for path in paths])
    units = _units(marked)
    variables = Table(
        ("variable", "scale", "units", "agree", "alpha"),
        [_row(name, units) for name in VARIABLES],
    )
    pairs = combinations(range(len(paths)), 2)
    spans = [_spans(marked, units, coders, one, two) for one, two in pairs]
    return Agreement(
        coders,
        variables,
        Table(("coders", "statements", "both", "share", "span overlap"), spans),
    )


def alpha(units: Iterable[Sequence[Code]], distance: Distance = unlike) -> float | None:
    """Krippendorff's alpha, 1 − D_o / D_e; None where fewer than two values can be paired, or all are the same.

    Each unit holds the values that coders gave it, missing ones left out; units with one value do not count. With n_u
    values in unit u and n in all,

        D_o = (1/n) Σ_u Σ_{i≠j} δ²(v_ui, v_uj) / (n_u − 1)
        D_e = 1 / (n (n − 1)) Σ_{c,k} n_c n_k δ²(c, k)

    Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"; sets by Jaccard's distance.
    """
    paired = [list(unit) for unit in units if len(unit) > 1]
    counts = Counter(value for unit in paired for value in unit)
    total = counts.total()
    if total < 2:  # noqa: PLR2004
        return None
    observed = (
        sum(
            sum(distance(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1)
            for unit in paired
        )
        / total
    )
    expected = sum(
        counts[a] * counts[b] * distance(a, b) for a, b in permutations(counts, 2)
    ) / (total * (total - 1))
    return 1 - observed / expected if expected else None


def _read(graph: Graph, paths: Sequence[Path]) -> list[list[_Marked]]:
    """Each coder's statements, in documents that have the same number for all."""
    numbers: dict[str, int] = {}
    found = []
    for path in paths:
        batch = records(
            [path],
            graph.workspace.ontology_file("records.schema.json"),
            graph.vocabulary,
        )
        if batch.faults:
            raise BadRecord(batch.faults)
        found.append(
            [
                _Marked(_number(source.document, numbers), statement)
                for source in batch.sources
                for _, statement in source.statements
            ]
        )
    return found


def _number(document: Document, numbers: dict[str, int]) -> int:
    marks = document_marks(document) or [
        f"{document.publisher} {document.title} {document.published}"
    ]
    known = next((numbers[mark] for mark in marks if mark in numbers), len(numbers))
    numbers.update(dict.fromkeys(marks, known))
    return known


def _units(marked: Sequence[Sequence[_Marked]]) -> list[dict[int, Statement]]:
    """The statements of all coders, the same ones in one unit; each coder's statement is in one unit only."""
    units: list[tuple[int, dict[int, Statement]]] = []
    for coder, mine in enumerate(marked):
        for same in (_same_id, _same_words, _same_deed):
            left = [
                each
                for each in mine
                if not any(held.get(coder) is each.statement for _, held in units)
            ]
            for each in left:
                home = next(
                    (
                        held
                        for document, held in units
                        if document == each.document
                        and coder not in held
                        and any(same(each.statement, other) for other in held.values())
                    ),
                    None,
                )
                if home is not None:
                    home[coder] = each.statement
        left = [
            each
            for each in mine
            if not any(held.get(coder) is each.statement for _, held in units)
        ]
        units += [(each.document, {coder: each.statement}) for each in left]
    return [held for _, held in units]


def _same_id(one: Statement, two: Statement) -> bool:
    return one.id is not None and one.id == two.id


def _same_words(one: Statement, two: Statement) -> bool:
    """Spans that overlap; without spans, quotations one of which holds the other."""
    if one.evidence is None or two.evidence is None:
        return False
    if _has_span(one.evidence) and _has_span(two.evidence):
        return bool(_shared(one.evidence, two.evidence))
    first, second = fold(one.evidence.exact), fold(two.evidence.exact)
    return first in second or second in first


def _same_deed(one: Statement, two: Statement) -> bool:
    """The same actors, relation and object: the likeness that is left where nobody marked words."""
    if one.evidence is not None and two.evidence is not None:
        return False
    names = [
        ({fold(name) for name in each.actors}, each.relation, fold(each.object))
        for each in (one, two)
    ]
    return names[0] == names[1]


def _has_span(evidence: Evidence) -> bool:
    return evidence.start is not None and evidence.end is not None


def _shared(one: Evidence, two: Evidence) -> int:
    """How many characters two spans share."""
    return max(0, min(one.end or 0, two.end or 0) - max(one.start or 0, two.start or 0))


def _name(value: str | None) -> Code | None:
    return fold(value) if value is not None else None


def _names(values: Collection[str]) -> Code | None:
    return frozenset(map(fold, values)) if values else None


VARIABLES: Mapping[str, tuple[str, Callable[[Statement], Code | None], Distance]] = {
    "actors": ("set", lambda each: _names(each.actors), disjoint),
    "relation": ("nominal", lambda each: each.relation, unlike),
    "object": ("nominal", lambda each: _name(each.object), unlike),
    "negated": ("nominal", lambda each: str(each.negated), unlike),
    "topics": ("set", lambda each: _names(each.topics), disjoint),
    "stance": ("interval", lambda each: STANCES.get(each.stance or ""), apart),
    "modality": ("nominal", lambda each: each.modality, unlike),
    "basis": ("nominal", lambda each: each.basis, unlike),
    "date": ("nominal", lambda each: each.date, unlike),
}
"""Each variable with its scale, how it is read, and its δ². A neutral stance has no place on the scale, nor none."""


def _row(name: str, units: Iterable[Mapping[int, Statement]]) -> dict[str, Value]:
    scale, value, distance = VARIABLES[name]
    coded = [
        [code for each in unit.values() if (code := value(each)) is not None]
        for unit in units
    ]
    paired = [each for each in coded if len(each) > 1]
    same = sum(len(set(each)) == 1 for each in paired)
    found = alpha(paired, distance)
    return {
        "variable": name,
        "scale": scale,
        "units": len(paired),
        "agree": round(same / len(paired), 3) if paired else None,
        "alpha": round(found, 3) if found is not None else None,
    }


def _spans(
    marked: Sequence[Sequence[_Marked]],
    units: Sequence[Mapping[int, Statement]],
    coders: Sequence[str],
    one: int,
    two: int,
) -> dict[str, Value]:
    """Of two coders: how many statements both have, as a share of what either has (Dice), and of marked characters."""
    both = [unit for unit in units if one in unit and two in unit]
    sizes = len(marked[one]), len(marked[two])
    return {
        "coders": f"{coders[one]} and {coders[two]}",
        "statements": f"{sizes[0]} and {sizes[1]}",
        "both": len(both),
        "share": round(2 * len(both) / sum(sizes), 3) if sum(sizes) else None,
        "span overlap": _overlap(marked[one], marked[two]),
    }


def _overlap(one: Sequence[_Marked], two: Sequence[_Marked]) -> float | None:
    """Dice of the characters that each marked, over all documents; None where nobody gave places."""
    first, second = map(_characters, (one, two))
    sizes = [sum(map(len, each.values())) for each in (first, second)]
    if not all(sizes):
        return None
    shared = sum(
        len(characters & second[document]) for document, characters in first.items()
    )
    return round(2 * shared / sum(sizes), 3)


def _characters(marked: Iterable[_Marked]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(partial(set[int]))
    for each in marked:
        place = each.statement.evidence
        if place is not None and _has_span(place):
            found[each.document] |= {*range(place.start or 0, place.end or 0)}
    return found
