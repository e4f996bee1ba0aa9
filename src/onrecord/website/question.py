"""The pages of the questions: a form for what a question leaves open, and the answer below it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, cast

from onrecord.formats import text
from onrecord.model.errors import AmbiguousName, OnRecordError, UnknownName
from onrecord.model.iris import OURS, local
from onrecord.querying.ask import Graph
from onrecord.querying.bind import Names, bind
from onrecord.querying.evaluate import serialize, table
from onrecord.querying.question import (
    Parameter,
    Question,
    named_question,
    questions,
)
from onrecord.querying.table import Iri, Table
from onrecord.store import guard
from onrecord.store.limits import Send
from onrecord.store.pieces import Pieces
from onrecord.website.address import asked as place_asked
from onrecord.website.feeds import lists_statements
from onrecord.website.frame import render
from onrecord.website.memo import memo
from onrecord.website.properties import Value, cell, labels
from onrecord.website.publication import publication
from onrecord.website.resolve import meant
from onrecord.website.static_data import size

A_PAGE = 100
"""Rows of an answer to a page."""
MOST = 10_000
"""Rows of an answer that a page counts; all of them are in the downloads."""
LONG = 40
SUGGESTED = 60
BEST = """
SELECT ?name WHERE { { SELECT ?actor (COUNT(?statement) AS ?number) { ?statement :actor ?actor } GROUP BY ?actor
  ORDER BY DESC(?number) ?actor LIMIT %d } ?actor rdfs:label ?name } ORDER BY ?name
"""
FROM = "from-row"
"""The parameter that pages an answer: no parameter of a question can be called so, since no variable can."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, and what may have been meant, as value and words."""

    message: str
    choices: tuple[tuple[str, str], ...] = ()
    status: int = 400


@dataclass(frozen=True, slots=True)
class Control:
    """A parameter as a form shows it: its kind, what stands in it, what it may be, and what is wrong with it."""

    name: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One page of an answer: cells by row, and how many rows there are; `more` says that there are more than that."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int
    first: int
    more: bool

    @property
    def last(self) -> int:
        """The number of the last row that is shown."""
        return self.first + len(self.rows) - 1


def list_page(fault: str, graph: Graph, send: Send) -> None:
    """Sends the list of all questions, below what was wrong where something was."""
    render("questions.html", send, questions=questions(graph.workspace), fault=fault)


def check(name: str, given: Mapping[str, str], graph: Graph, send: Send) -> None:
    """Sends the status of a question's page as JSON: 404 and 400 where a value is not known or not one of its kind.

    And whether the answer is a graph, since rows and graphs go out in different formats. Raises UnknownName for a
    question that nobody knows.
    """
    asked = named_question(name, graph.workspace)
    faults = _faults(graph, asked, given)
    status = max((each.status for each in faults.values()), default=200)
    send(json.dumps({"status": status, "graph": is_graph(asked)}).encode())


def is_graph(asked: Question) -> bool:
    """Whether the answer is a graph and not rows."""
    return guard.form(asked.sparql) in {"CONSTRUCT", "DESCRIBE"}


def question_page(
    name: str, given: Mapping[str, str], first: int, graph: Graph, send: Send
) -> None:
    """Sends a question's page; the answer from row `first`, where something is given, asked, or nothing is left open.

    `first` is 0 where nobody asked for rows.
    """
    asked = named_question(name, graph.workspace)
    faults = _faults(graph, asked, given)
    wanted = not faults and bool(
        given or first or all(each.default for each in asked.parameters)
    )
    filled = {key: value for key, value in given.items() if value}
    render(
        "question.html",
        send,
        question=asked,
        controls=[
            _control(graph, each, given, faults.get(each.name))
            for each in asked.parameters
        ],
        strange=[
            fault
            for key, fault in faults.items()
            if key not in {each.name for each in asked.parameters}
        ],
        suggestions=_suggestions(graph)
        if any(each.kind == "entity" for each in asked.parameters)
        else [],
        given=filled,
        answer=answered(graph, graph.ask(asked, filled, most=MOST), first)
        if wanted
        else None,
        sparql=_plain(
            bind(asked, filled, _names(graph)) if not faults else asked.sparql
        ),
        is_graph=is_graph(asked),
        step=A_PAGE,
        most=MOST,
        size=size(graph),
        feed=asked_feed(asked, filled),
    )


def asked_feed(question: Question, filled: dict[str, str]) -> str:
    """The address of the feed of a question's statements; "" where it has none."""
    if not lists_statements(question):
        return ""
    place = f"/-/questions/{question.name}.atom"
    return place if publication().is_static else place_asked(place, filled)


def answered(graph: Graph, found: Table, first: int) -> Answered:
    """The rows of an answer from number `first`, with names for what they hold of the graph."""
    first = min(max(1, first), max(1, len(found)))
    shown = found[first - 1 : first - 1 + A_PAGE]
    iris = {
        str(each) for row in shown for each in row.values() if isinstance(each, Iri)
    }
    # A statement goes by its id: its sentence is long, and mostly stands in the next column.
    names = labels(graph, {each for each in iris if not each.startswith(OURS["st"])})
    rows = tuple(
        tuple(cell(row[column], names) for column in found.columns) for row in shown
    )
    return Answered(found.columns, rows, len(found), first, found.more)


def answer(
    name: str, given: Mapping[str, str], form: str, graph: Graph, send: Send
) -> None:
    """Sends all of an answer in a format: the same bytes as `onrecord query NAME --format FORM`."""
    asked = named_question(name, graph.workspace)
    filled = {key: value for key, value in given.items() if value}
    found = graph.answer(asked, filled)
    if form in {"markdown", "table"}:
        rows = table(found)
        send(
            (
                text.markdown(rows)
                if form == "markdown"
                else text.table(rows, text.COLUMNS)
            ).encode()
        )
        return
    output = Pieces(send)
    serialize(found, form, cast("IO[bytes]", output))
    output.end()


def _names(graph: Graph) -> Names:
    return Names(lambda: graph.vocabulary, lambda: graph.registry)


def _faults(
    graph: Graph, asked: Question, given: Mapping[str, str]
) -> dict[str, Fault]:
    """What is wrong with each value; one that is empty was not given."""
    faults: dict[str, Fault] = {}
    kinds = {each.name: each.kind for each in asked.parameters}
    for name, value in given.items():
        try:
            bind(asked, {name: value} if value else {}, _names(graph))
        except OnRecordError as error:
            faults[name] = _fault(graph, error, value, kinds.get(name))
    return faults


def _fault(graph: Graph, error: OnRecordError, value: str, kind: str | None) -> Fault:
    if kind != "entity":
        return Fault(
            str(error), status=404 if kind and isinstance(error, UnknownName) else 400
        )
    choices = tuple(
        (f":{address.removeprefix('/')}", f"{label} ({of})")
        for label, of, address in meant(graph, value)
    )
    if isinstance(error, AmbiguousName):
        return Fault(f"{value!r} stands for several; which one?", choices)
    hint = "; did you mean one of these?" if choices else ""
    return Fault(f"nobody and nothing is called {value!r} here{hint}", choices, 404)


def _control(
    graph: Graph, parameter: Parameter, given: Mapping[str, str], fault: Fault | None
) -> Control:
    value = given.get(parameter.name, parameter.default or "")
    return Control(
        parameter.name, parameter.kind, value, _options(graph, parameter.kind), fault
    )


def _options(graph: Graph, kind: str) -> tuple[tuple[str, str], ...]:
    """What a value may be, where that is a list, as value and words."""
    words = graph.vocabulary
    if kind == "topic":
        ordered = sorted(
            words.topics.values(),
            key=lambda each: (each.family or each.key, each.family is not None),
        )
        return tuple(
            (each.key, f"– {each.label}" if each.family else each.label)
            for each in ordered
        )
    if kind == "relation":
        return tuple(
            sorted(
                ((key, each.label) for key, each in words.relations.items()),
                key=lambda pair: pair[1],
            )
        )
    if kind == "stance":
        return tuple((local(key), key) for key in words.codes["stanceOnAI"])
    return ()


def _suggestions(graph: Graph) -> list[str]:
    """Those with most statements, whom a form suggests before anything is typed."""
    return memo(
        graph,
        "suggestions",
        lambda graph: [str(row["name"]) for row in graph.ask(BEST % SUGGESTED)],
    )


def _plain(sparql: str) -> str:
    """The SPARQL without its header."""
    return "\n".join(
        line for line in sparql.splitlines() if not line.startswith("#+")
    ).strip()
