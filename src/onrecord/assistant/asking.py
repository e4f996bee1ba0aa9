"""Named questions and SPARQL, asked of an opened graph."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from onrecord.assistant.records import cut, is_long, records
from onrecord.assistant.results import (
    A_PAGE,
    MOST_CELL,
    MOST_ROWS_TEXT,
    ROWS_A_PAGE,
    Cell,
    QuestionEntry,
    QuestionList,
    QuestionParameter,
    RowsResult,
)
from onrecord.model.iris import BASE, OURS, compact
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import table
from onrecord.querying.protocol import QueryRequest, evaluate_request
from onrecord.querying.question import Parameter, Question, named_question
from onrecord.querying.question import questions as every_question
from onrecord.querying.table import Iri, Table, Value
from onrecord.querying.unknown import unknown_terms

MEANT = {
    "entity": "An entity: name, alias or id",
    "topic": "A topic or family: label or key",
    "relation": "A relation: label or key",
    "stance": "A stance on AI",
    "date": "2025, 2025-10 or 2025-10-21",
    "string": "A text",
    "integer": "A whole number",
}
"""What a parameter of each kind stands for."""
PATTERNS = {
    "date": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "integer": r"^[+-]?[0-9]{1,18}$",
}
OF_ROWS = A_PAGE // 2
"""Statements that stand in full under a page of rows."""
TOLD_IN_FULL = frozenset(
    {
        "gist",
        "words",
        "quote",
        "date",
        "dated",
        "publisher",
        "title",
        "url",
        "document",
        "sentence",
        "negated",
        "review",
    }
)
"""Columns that the record of a statement tells."""


def questions(graph: Graph) -> QuestionList:
    """Every question that has a name."""
    stances = [*graph.vocabulary.codes["stanceOnAI"]]
    listed = every_question(graph.workspace)
    return QuestionList(tuple(_entry(question, stances) for question in listed))


def _entry(question: Question, stances: Sequence[str]) -> QuestionEntry:
    parameters = []
    for parameter in question.parameters:
        name, kind, default = parameter.name, parameter.kind, parameter.default
        parameters.append(QuestionParameter(name, kind, default))
    return QuestionEntry(
        question.name,
        question.title,
        question.description,
        tuple(parameters),
        schema(question, stances),
    )


def schema(question: Question, stances: Sequence[str]) -> dict[str, Any]:
    """The JSON Schema of what a question takes; every parameter is text, and none is needed."""
    properties = {}
    for parameter in question.parameters:
        properties[parameter.name] = _property(parameter, stances)
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _property(parameter: Parameter, stances: Sequence[str]) -> dict[str, Any]:
    described: dict[str, Any] = {"type": "string"}
    described["description"] = MEANT[parameter.kind]
    if parameter.kind in PATTERNS:
        described["pattern"] = PATTERNS[parameter.kind]
    if parameter.kind == "stance":
        described["enum"] = [*stances]
    if parameter.default is not None:
        described["default"] = parameter.default
    return described


def question(
    graph: Graph, name: str, parameters: Mapping[str, str], start: int
) -> RowsResult:
    """Rows of a named question's answer; raises UnknownName, AmbiguousName and BadInput."""
    chosen = named_question(name, graph.workspace)
    answer = graph.ask(chosen, parameters, most=start + ROWS_A_PAGE)
    return _rows(graph, chosen.title, answer, start)


def sparql(graph: Graph, query: str, start: int) -> RowsResult:
    """Rows of a query's answer, which is asked as the endpoint asks it: it reads, and reaches no network."""
    most = start + ROWS_A_PAGE
    store = graph.store
    if isinstance(store, ox.Store):
        answer = table(evaluate_request(store, QueryRequest(query, BASE)), most)
    else:
        answer = table(graph.answer(Question("query", query)), most)
    rows = _rows(graph, "SPARQL", answer, start)
    return (
        rows if answer else replace(rows, notes=(*unknown_terms(graph, query),))
    )


def _rows(graph: Graph, title: str, answer: Table, start: int) -> RowsResult:
    answers = answer[start:]
    columns = list(answer.columns)
    if _statements(answers):
        columns = [column for column in columns if column not in TOLD_IN_FULL]
    rows = _within([_row(row, columns) for row in answers])
    shown = answers[: len(rows)]
    has_more = answer.more or len(rows) < len(answers)
    return RowsResult(
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        start=start,
        next_start=start + len(rows) if has_more else None,
        has_cut_cells=_has_long(shown, columns),
        statements=records(graph, _statements(shown)[:OF_ROWS]),
    )


def _statements(rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """The statements that rows name, each once."""
    iris: dict[str, None] = {}
    for row in rows:
        for value in row.values():
            if isinstance(value, Iri) and value.startswith(OURS["st"]):
                iris[str(value)] = None
    return list(iris)


def _row(row: Mapping[str, Value], columns: Sequence[str]) -> dict[str, Cell]:
    return {column: _cell(row[column]) for column in columns}


def _cell(value: Value) -> Cell:
    if isinstance(value, Iri):
        return cut(compact(value), MOST_CELL)
    return cut(value, MOST_CELL) if isinstance(value, str) else value


def _has_long(
    rows: Sequence[Mapping[str, Value]], columns: Sequence[str]
) -> bool:
    for row in rows:
        for column in columns:
            cell = row[column]
            if isinstance(cell, str) and is_long(cell, MOST_CELL):
                return True
    return False


def _within(rows: Sequence[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """As many rows as the text of a page may hold, at least one."""
    kept: list[dict[str, Cell]] = []
    size = 0
    for row in rows:
        size += sum(len(str(cell)) + 3 for cell in row.values())
        if kept and size > MOST_ROWS_TEXT:
            break
        kept.append(row)
    return kept
