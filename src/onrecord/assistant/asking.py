"""Named questions and SPARQL, asked of an opened graph."""

from collections.abc import Mapping, Sequence

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
from onrecord.querying.question import Question, named_question
from onrecord.querying.question import questions as every_question
from onrecord.querying.table import Iri, Table, Value

OF_ROWS = A_PAGE // 2
"""Statements that stand in full under a page of rows."""
TOLD_IN_FULL = frozenset(
    {
        *("gist", "words", "quote", "date", "dated", "publisher", "title", "url"),
        *("document", "sentence", "negated", "review"),
    }
)
"""Columns that the record of a statement tells."""


def questions(graph: Graph) -> QuestionList:
    """Every question that has a name."""
    return QuestionList(tuple(map(_entry, every_question(graph.workspace))))


def _entry(question: Question) -> QuestionEntry:
    parameters = (
        QuestionParameter(parameter.name, parameter.kind, parameter.default)
        for parameter in question.parameters
    )
    return QuestionEntry(
        question.name, question.title, question.description, tuple(parameters)
    )


def question(
    graph: Graph, name: str, parameters: Mapping[str, str], start: int
) -> RowsResult:
    """Rows of a named question's answer; raises UnknownName, AmbiguousName and BadInput."""
    asked = named_question(name, graph.workspace)
    answer = graph.ask(asked, parameters, most=start + ROWS_A_PAGE)
    return _rows(graph, asked.title, answer, start)


def sparql(graph: Graph, query: str, start: int) -> RowsResult:
    """Rows of a query's answer, which is asked as the endpoint asks it: it reads, and reaches no network."""
    most = start + ROWS_A_PAGE
    store = graph.store
    if isinstance(store, ox.Store):
        answer = table(evaluate_request(store, QueryRequest(query, BASE)), most)
    else:
        answer = table(graph.answer(Question("query", query)), most)
    return _rows(graph, "SPARQL", answer, start)


def _rows(graph: Graph, title: str, answer: Table, start: int) -> RowsResult:
    found = answer[start:]
    has_statements = bool(_statements(found))
    columns = [
        column
        for column in answer.columns
        if not has_statements or column not in TOLD_IN_FULL
    ]
    rows = _within([_row(row, columns) for row in found])
    shown = found[: len(rows)]
    has_more = answer.more or len(rows) < len(found)
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
    cells = (value for row in rows for value in row.values())
    iris = (str(value) for value in cells if isinstance(value, Iri))
    return [*dict.fromkeys(iri for iri in iris if iri.startswith(OURS["st"]))]


def _row(row: Mapping[str, Value], columns: Sequence[str]) -> dict[str, Cell]:
    return {column: _cell(row[column]) for column in columns}


def _cell(value: Value) -> Cell:
    if isinstance(value, Iri):
        return cut(compact(value), MOST_CELL)
    return cut(value, MOST_CELL) if isinstance(value, str) else value


def _has_long(rows: Sequence[Mapping[str, Value]], columns: Sequence[str]) -> bool:
    cells = (row[column] for row in rows for column in columns)
    return any(isinstance(cell, str) and is_long(cell, MOST_CELL) for cell in cells)


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
