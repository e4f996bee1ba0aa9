"""What a graph says of each statement: a row of values, whichever way its store is asked.

An engine joins thirty properties row by row. Asked for one property at a time, and joined here, they come in a third
of the time; but each question to a store over HTTP is a journey, so that it is asked for all of them at once.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from onrecord.model.standing import STANDING
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value

Row = Mapping[str, Value]
Column = dict[Value, Value]
"""The values of a variable, by what a pattern says them of."""
Columns = dict[str, Column]

REQUIRED = (
    "?statement a :Statement ; rdfs:label ?sentence",
    "?statement :relation ?relation",
    "?statement :object ?object",
    "?statement :negated ?negated",
    "?statement :gist ?gist",
    "?statement :document ?document",
    f"?statement :reviewStatus ?status {STANDING}",
    "?statement :modality ?modality",
    "?statement :reportBasis ?basis",
    "?statement :confidence ?confidence",
    "?document dcterms:publisher ?publisher ; rdfs:label ?title",
)
OPTIONAL = (
    "?document schema:url ?url",
    "?document dcterms:issued ?published",
    "?document :notBefore ?notBefore",
    "?statement :saidOn ?said",
    "?statement :stanceOnAI ?stance",
    "?statement :wording ?wording",
    "?statement :saidVia/rdfs:label ?via",
    "?statement :evidence/oa:hasSelector/oa:exact ?quote",
    "?statement :accordingTo/rdfs:label ?accuser",
    "?statement :ended|:validUntil ?ended",
    "?statement prov:wasGeneratedBy/:runKind ?kind",
    "?statement :bears ?bears",
    "?statement :proposes ?proposes",
    "?relation :aboutObject ?about",
    "?statement :stage/rdfs:label ?stage",
    "?statement :utterance ?utterance",
    "?statement :instrument/rdfs:label ?tool",
)
PATTERNS = (*REQUIRED, *OPTIONAL)
"""Each says of its first variable what its other ones are; a subject stands in a pattern before its own."""
VARIABLE = re.compile(r"\?(\w+)")
PATH = re.compile(r"\?statement [\w:]+/")


def statement_rows(
    graph: Graph, among: Collection[str] | None = None
) -> list[Row]:
    """A row for every statement that is neither rejected nor superseded, in the order of their IRIs.

    Or for those of the IRIs in `among`, whatever came of them. Of several values the least is taken.
    """
    is_far = graph.workspace.endpoint is not None
    if is_far or among is not None:
        return list(_joined(_at_once(graph, among)))
    return list(_joined(_one_by_one(graph)))


def _one_by_one(graph: Graph) -> Columns:
    """The columns, each pattern asked by itself."""
    columns: Columns = {}
    for pattern in PATTERNS:
        names = _names(pattern)
        columns |= _by_subject(_asked(graph, names, pattern), names)
    return columns


def _at_once(graph: Graph, among: Collection[str] | None) -> Columns:
    """The columns, all patterns asked in one question."""
    names = _names(" ".join(PATTERNS))
    answer = _asked(graph, names, _all_patterns(among))
    columns: Columns = {}
    for pattern in PATTERNS:
        columns |= _by_subject(answer, _names(pattern))
    return columns


def _asked(
    graph: Graph, names: Sequence[str], where: str
) -> dict[str, list[Value]]:
    """The values of some variables, row by row."""
    variables = " ".join(f"?{name}" for name in names)
    columns = graph.columns(f"SELECT {variables} {{ {where} }}")
    return dict(zip(names, columns, strict=True))


def _all_patterns(among: Collection[str] | None) -> str:
    """What is asked for all statements, or for some.

    Some stand in each optional path too: an engine joins those to what it has, and would look through the whole graph.
    """
    values = ""
    required = " . ".join(REQUIRED)
    if among is not None:
        values = only(among)
        required = required.replace(STANDING, "")
    parts = [values, required]
    for pattern in OPTIONAL:
        start = values if PATH.match(pattern) else ""
        parts.append(f"OPTIONAL {{ {start} {pattern} }}")
    return " ".join(parts)


def only(statements: Iterable[str]) -> str:
    """What keeps a pattern to some statements, by their IRIs."""
    iris = " ".join(f"<{iri}>" for iri in statements)
    return f"VALUES ?statement {{ {iris} }}"


def _names(text: str) -> list[str]:
    """The variables in their order: of a pattern, its subject first."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def _by_subject(
    answer: Mapping[str, list[Value]], names: Sequence[str]
) -> Columns:
    """The columns of a pattern's variables after its first."""
    subject, *others = names
    columns: Columns = {}
    for name in others:
        columns[name] = _column(answer[subject], answer[name])
    return columns


def _column(keys: Sequence[Value], values: Sequence[Value]) -> Column:
    """The value of each key; of several, the least."""
    column: Column = {}
    for key, value in zip(keys, values, strict=True):
        if value is None:
            continue
        known = column.setdefault(key, value)
        if known != value:
            column[key] = min(known, value, key=str)
    return column


def _joined(columns: Columns) -> Iterator[Row]:
    """The rows of the statements that lack nothing, in the order of their IRIs."""
    needed = _names(" ".join(REQUIRED))
    subjects = _subjects()
    for statement in sorted(columns["sentence"], key=str):
        row = {"statement": statement}
        for name, subject in subjects.items():
            row[name] = columns[name].get(row[subject])
        if all(row[name] is not None for name in needed):
            yield row


def _subjects() -> dict[str, str]:
    """The subject of each variable, which comes before it."""
    subjects: dict[str, str] = {}
    for pattern in PATTERNS:
        subject, *names = _names(pattern)
        subjects |= dict.fromkeys(names, subject)
    return subjects
