"""The pages of the questions: a form for what a question leaves open, and the answer below it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from onrecord.model.errors import AmbiguousName, OnRecordError, UnknownName
from onrecord.model.iris import OURS, local
from onrecord.model.vocabulary import Topic
from onrecord.querying.ask import Graph
from onrecord.querying.bind import Names, bind
from onrecord.querying.question import (
    Parameter,
    Question,
    named_question,
    questions,
)
from onrecord.querying.table import Iri, Table
from onrecord.store import guard
from onrecord.store.limits import Send
from onrecord.website.address import asked as place_asked
from onrecord.website.address import href
from onrecord.website.feeds import MOST, asked_once, lists_statements
from onrecord.website.frame import render
from onrecord.website.memo import memo
from onrecord.website.properties import Value, cell, labels
from onrecord.website.publication import publication
from onrecord.website.resolve import meant
from onrecord.website.static_data import size

A_PAGE = 100
"""Rows of an answer to a page."""
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
    render(
        "questions.html",
        send,
        questions=questions(graph.workspace),
        fault=fault,
    )


def check(
    name: str, given: Mapping[str, str], graph: Graph, send: Send
) -> None:
    """Sends the status of a question's page as JSON: 404 and 400 where a value is not known or not one of its kind.

    And whether the answer is a graph, since rows and graphs go out in different formats. Raises UnknownName for a
    question that nobody knows.
    """
    question = named_question(name, graph.workspace)
    faults = _faults(graph, question, given)
    status = max((fault.status for fault in faults.values()), default=200)
    send(json.dumps({"status": status, "graph": is_graph(question)}).encode())


def is_graph(question: Question) -> bool:
    """Whether the answer is a graph and not rows."""
    return guard.form(question.sparql) in {"CONSTRUCT", "DESCRIBE"}


def question_page(
    name: str, given: Mapping[str, str], first: int, graph: Graph, send: Send
) -> None:
    """Sends a question's page; the answer from row `first`, where something is given, asked, or nothing is left open.

    `first` is 0 where nobody asked for rows.
    """
    question = named_question(name, graph.workspace)
    faults = _faults(graph, question, given)
    is_right = not faults
    filled = filled_values(given)
    is_whole = all(parameter.default for parameter in question.parameters)
    controls = []
    for parameter in question.parameters:
        fault = faults.pop(parameter.name, None)
        controls.append(_control(graph, parameter, given, fault))
    sparql, answer = question.sparql, None
    if filled and is_right:
        sparql = bind(question, filled, _names(graph))
    if is_right and (given or first or is_whole):
        answer = answered(graph, asked_once(graph, question, filled), first)
    render(
        "question.html",
        send,
        question=question,
        controls=controls,
        strange=list(faults.values()),
        suggestions=_suggestions(graph, question),
        given=filled,
        answer=answer,
        sparql=_plain(sparql),
        is_graph=is_graph(question),
        step=A_PAGE,
        most=MOST,
        size=size(graph),
        feed=asked_feed(question, filled),
    )


def asked_feed(question: Question, filled: dict[str, str]) -> str:
    """The address of the feed of a question's statements; "" where it has none."""
    is_static = publication().is_static
    if not lists_statements(question) or (is_static and question.parameters):
        return ""
    return place_asked(f"/-/questions/{question.name}.atom", filled)


def filled_values(given: Mapping[str, str]) -> dict[str, str]:
    """The values that are not empty: one that is was not given."""
    return {key: value for key, value in given.items() if value}


def answered(graph: Graph, table: Table, first: int) -> Answered:
    """The rows of an answer from number `first`, with names for what they hold of the graph."""
    first = min(max(1, first), max(1, len(table)))
    shown = table[first - 1 : first - 1 + A_PAGE]
    iris: set[str] = set()
    for row in shown:
        iris.update(value for value in row.values() if isinstance(value, Iri))
    # A statement goes by its id: its sentence is long, and mostly stands in the next column.
    named = {iri for iri in iris if not iri.startswith(OURS["st"])}
    names = labels(graph, named)
    places = memo(graph, "places of names", _places_of_names)
    rows: list[tuple[Value, ...]] = []
    for row in shown:
        cells = (_cell(row[column], names, places) for column in table.columns)
        rows.append(tuple(cells))
    return Answered(table.columns, tuple(rows), len(table), first, table.more)


def _cell(
    value: object, names: dict[str, str], places: Mapping[str, str]
) -> Value:
    """A cell; a text that is the name of one entity alone leads to its page."""
    is_text = isinstance(value, str) and not isinstance(value, Iri)
    iri = places.get(str(value)) if is_text else None
    return Value(str(value), href(iri)) if iri else cell(value, names)


def _places_of_names(graph: Graph) -> Mapping[str, str]:
    """The IRI that each name stands for, where it stands for one alone."""
    iris: defaultdict[str, set[str]] = defaultdict(set)
    for known in graph.registry.entities.values():
        iris[known.label].add(known.iri)
    return {label: min(of) for label, of in iris.items() if len(of) == 1}


def _names(graph: Graph) -> Names:
    return Names(lambda: graph.vocabulary, lambda: graph.registry)


def _faults(
    graph: Graph, question: Question, given: Mapping[str, str]
) -> dict[str, Fault]:
    """What is wrong with each value; one that is empty was not given."""
    faults: dict[str, Fault] = {}
    kinds: dict[str, str] = {}
    for parameter in question.parameters:
        kinds[parameter.name] = parameter.kind
    for name, value in given.items():
        try:
            bind(question, {name: value} if value else {}, _names(graph))
        except OnRecordError as error:
            faults[name] = _fault(graph, error, value, kinds.get(name))
    return faults


def _fault(
    graph: Graph, error: OnRecordError, value: str, kind: str | None
) -> Fault:
    if kind != "entity":
        is_unknown = bool(kind) and isinstance(error, UnknownName)
        return Fault(str(error), status=404 if is_unknown else 400)
    choices = []
    for label, of, address in meant(graph, value):
        choice = (f":{address.removeprefix('/')}", f"{label} ({of})")
        choices.append(choice)
    if isinstance(error, AmbiguousName):
        message = f"{value!r} stands for several; which one?"
        return Fault(message, tuple(choices))
    hint = "; did you mean one of these?" if choices else ""
    message = f"nobody and nothing is called {value!r} here{hint}"
    return Fault(message, tuple(choices), 404)


def _control(
    graph: Graph,
    parameter: Parameter,
    given: Mapping[str, str],
    fault: Fault | None,
) -> Control:
    value = given.get(parameter.name, parameter.default or "")
    return Control(
        parameter.name,
        parameter.kind,
        value,
        _options(graph, parameter.kind),
        fault,
    )


def _options(graph: Graph, kind: str) -> tuple[tuple[str, str], ...]:
    """What a value may be, where that is a list, as value and words."""
    words = graph.vocabulary
    if kind == "topic":
        ordered = sorted(words.topics.values(), key=_by_family)
        return tuple(map(_topic_option, ordered))
    if kind == "relation":
        relations = sorted(words.relations.values(), key=attrgetter("label"))
        return tuple((relation.key, relation.label) for relation in relations)
    if kind == "stance":
        return tuple((local(key), key) for key in words.codes["stanceOnAI"])
    return ()


def _by_family(topic: Topic) -> tuple[str, bool]:
    """Orders topics: each family, then what is in it."""
    return topic.family or topic.key, topic.family is not None


def _topic_option(topic: Topic) -> tuple[str, str]:
    return topic.key, f"– {topic.label}" if topic.family else topic.label


def _suggestions(graph: Graph, question: Question) -> list[str]:
    """Those with most statements, whom a form suggests before anything is typed; none where no entity is asked for."""
    if "entity" not in {parameter.kind for parameter in question.parameters}:
        return []
    return memo(graph, "suggestions", _best_known)


def _best_known(graph: Graph) -> list[str]:
    return [str(row["name"]) for row in graph.ask(BEST % SUGGESTED)]


def _plain(sparql: str) -> str:
    """The SPARQL without its header."""
    lines = [line for line in sparql.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip()
