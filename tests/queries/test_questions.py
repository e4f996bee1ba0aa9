"""The promises of the questions: each parses as it stands, has a title, and answers on the graph that ships."""

import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from onrecord.querying.ask import Graph
from onrecord.querying.question import KINDS, Question, read
from onrecord.querying.table import Value
from onrecord.store import guard
from onrecord.workspace import Workspace

QUERIES = Path(__file__).parents[2] / "queries"
QUESTIONS = [read(path) for path in sorted(QUERIES.glob("*.rq"))]
LEAST = 20
NEEDED = {"search": {"text": "voice"}}
"""Questions that ask of nothing as long as nothing is given."""
IDS = {"statement", "document", "actor", "work", "topic", "id"}
"""What tells one thing from another of the same name."""
COUNTED = re.compile(r"\(.*?AS ")
VARIABLE = re.compile(r"\?(\w+)")

every_question = pytest.mark.parametrize(
    "question", QUESTIONS, ids=lambda question: question.name
)


def test_there_are_enough_and_of_every_form() -> None:
    assert len(QUESTIONS) >= LEAST
    assert {guard.form(each.sparql) for each in QUESTIONS} == {
        "SELECT",
        "CONSTRUCT",
        "ASK",
    }


@every_question
def test_its_title_is_a_question_and_it_is_described(
    question: Question,
) -> None:
    assert question.title.endswith("?")
    assert len(question.title) <= 52, (
        "a name and a title share a line of 80 columns"
    )
    assert question.description.endswith(".")


@every_question
def test_any_engine_can_run_it_as_it_stands(question: Question) -> None:
    prepareQuery(question.sparql)
    ox.Store().query(question.sparql)


OF_REVIEWERS = {"corrections", "kept-apart"}
"""What is asked of changes by reviewers, of which the shipped graph keeps none."""


@every_question
def test_it_answers_on_the_shipped_graph_and_rows_that_differ_have_an_order(
    question: Question, graph: Graph
) -> None:
    answer = graph.ask(question.name, NEEDED.get(question.name, {}))
    assert bool(answer) is (question.name not in OF_REVIEWERS)
    if guard.form(question.sparql) != "SELECT":
        return
    order = re.findall(r"^ORDER BY (.*)$", question.sparql, re.MULTILINE) or [
        ""
    ]
    keys = [
        key
        for key in re.findall(r"\?(\w+)", order[-1])
        if key in answer.columns
    ]
    rows = {tuple(row.values()) for row in answer}
    assert len({tuple(row[key] for key in keys) for row in answer}) == len(rows)


@pytest.fixture(scope="module")
def refilled(graph: Graph, shipped: Workspace) -> Graph:
    """The graph that ships, in a store that was filled in another order."""
    quads = sorted(graph.store, key=str)
    random.Random(0).shuffle(quads)  # noqa: S311  the same order each time
    other = Graph(shipped)
    other.store = ox.Store()
    other.store.extend(quads)
    return other


def parts(value: Value) -> object:
    """A value; several gists in one have no order, since Virtuoso fails where a query gives them one."""
    return (
        tuple(sorted(value.split(" / "))) if isinstance(value, str) else value
    )


@every_question
def test_its_answer_is_the_same_in_whatever_order_the_store_was_filled(
    question: Question, graph: Graph, refilled: Graph
) -> None:
    given = NEEDED.get(question.name, {})
    answers = [each.ask(question.name, given) for each in (graph, refilled)]
    one, other = (
        [tuple(map(parts, row.values())) for row in each] for each in answers
    )
    if guard.form(question.sparql) == "CONSTRUCT":
        assert {*one} == {*other}
    else:
        assert one == other


@every_question
def test_two_things_of_one_name_have_an_order_too(question: Question) -> None:
    head = re.search(
        r"^SELECT (.*?) WHERE", question.sparql, re.DOTALL | re.MULTILINE
    )
    if head is None:
        return
    columns = VARIABLE.findall(COUNTED.sub("", head[1]))
    [*_, order] = re.findall(r"^ORDER BY .*$", question.sparql, re.MULTILINE)
    assert IDS.intersection(columns) <= {*VARIABLE.findall(order)}


@every_question
def test_whoever_prints_a_relation_prints_whether_it_is_negated(
    question: Question,
) -> None:
    if guard.form(question.sparql) != "SELECT":
        return
    head = question.sparql.partition("SELECT")[2].partition("WHERE")[0]
    speaks = re.search(r"[:?]relation\b|rdfs:label \?sentence", question.sparql)
    assert (
        not speaks
        or re.search(r"negated", head, re.IGNORECASE)
        or question.name == "works"
    )


@every_question
def test_every_parameter_has_its_place(
    question: Question, graph: Graph
) -> None:
    given = {
        "entity": "SAG-AFTRA",
        "topic": "regulation",
        "relation": "urges",
        "stance": "critical",
        "date": "2025-10",
        "string": "voice",
        "integer": "3",
    }
    for parameter in question.parameters:
        asked = {
            **NEEDED.get(question.name, {}),
            parameter.name: given[parameter.kind],
        }
        graph.ask(question.name, asked)


def test_a_parameter_narrows_the_answer(graph: Graph) -> None:
    everyone = graph.ask("who-urges-whom")
    one = graph.ask("who-urges-whom", {"actor": "SAG-AFTRA"})
    assert 0 < len(one) < len(everyone)
    assert set(one.column("who")) == {"SAG-AFTRA"}
    assert [row for row in everyone if row["who"] == "SAG-AFTRA"] == list(one)


def test_a_topic_family_takes_its_topics_along(graph: Graph) -> None:
    family = graph.ask("on-topic", {"topic": "identity-and-likeness"})
    topic = graph.ask("on-topic", {"topic": "voice-cloning"})
    assert {row["gist"] for row in topic} < {row["gist"] for row in family}


def test_dates_are_compared_as_far_as_both_are_known(graph: Graph) -> None:
    found = graph.ask("statements-by", {"since": "2025-10", "until": "2025-10"})
    dates = {str(date) for date in found.column("date")}
    assert all(date.startswith("2025-10") or date == "2025" for date in dates)
    assert any(len(date) == len("2025-10-21") for date in dates)


def test_gaps_are_shown_as_gaps(graph: Graph) -> None:
    uses = graph.ask("who-uses-ai-where")
    assert any(row["with"] is None and row["in"] for row in uses)
    assert any(row["with"] and row["at"] for row in uses)


def test_an_earlier_stance_stands_before_the_later_one(graph: Graph) -> None:
    for row in graph.ask("stance-changes"):
        shorter = min(len(str(row["earlier"])), len(str(row["later"])))
        assert str(row["earlier"])[:shorter] < str(row["later"])[:shorter]
        assert row["earlierStance"] != row["laterStance"]


def test_a_stance_on_one_topic_towards_one_party_differs_whatever_the_objects(
    desk,
) -> None:
    fair = desk.said(
        "urges",
        "Studio Nine",
        topics=["consent-and-likeness"],
        stance="critical",
        date="2025-01",
    )
    glad = {
        "topics": ["consent-and-likeness"],
        "stance": "supportive",
        "recipient": "Studio Nine",
    }
    elsewhere = desk.said(
        "states",
        "Studio Ten",
        topics=["consent-and-likeness"],
        stance="supportive",
        date="2025-04",
    )
    desk.put(
        desk.told(
            fair,
            elsewhere,
            desk.said("states", "consent-and-likeness", date="2025-03", **glad),
        ),
        desk.told(desk.said("states", "deepfakes", **glad), name="two"),
    )
    asked = Graph(desk.workspace)
    told = [
        (row["on"], row["earlierGist"], row["laterGist"])
        for row in asked.ask("stance-changes")
    ]
    on = f"{asked.vocabulary.topics['consent-and-likeness'].label}, towards Studio Nine"
    assert told == [(on, "urges Studio Nine", "states consent-and-likeness")]
    undated = asked.ask("stance-differences-undated")
    assert {row["on"] for row in undated} == {on}
    assert {*undated.column("firstGist"), *undated.column("secondGist")} == {
        "urges Studio Nine",
        "states deepfakes",
    }


def test_an_allegation_names_its_accuser_and_a_plan_is_no_deed(
    graph: Graph,
) -> None:
    assert all(row["accuser"] for row in graph.ask("alleged"))
    assert {row["modality"] for row in graph.ask("planned")} == {
        "planned",
        "hypothetical",
    }


def test_what_a_denial_contradicts_is_listed_and_no_edge(graph: Graph) -> None:
    found = [
        row
        for row in graph.ask("disputed-or-ended")
        if row["why"] == "contradicted"
    ]
    assert found
    assert all(row["against"] for row in found)


def test_the_readme_tells_every_kind_of_parameter() -> None:
    readme = (QUERIES / "README.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in readme] == []
    (example,) = re.findall(r"```sparql\n(.*?)```", readme, re.DOTALL)
    assert Question("example", example).parameters[0].kind == "topic"
    ox.Store().query(example)
