"""A value becomes a term before it meets the SPARQL, so nothing that it holds is ever read as SPARQL."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model.errors import AmbiguousName, BadInput, UnknownName
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value
from onrecord.workspace import Workspace

HOSTILE = [
    'x" } SELECT * { ?s ?p ?o } #',
    "x' } } INSERT DATA { } #",
    '"""',
    "'''",
    "}",
    "{ UNDEF }",
    "VALUES ?text { UNDEF }",
    "VALUES ?number { UNDEF }",
    "\\",
    "\\u0022 } #",
    "\\U00000022",
    '\\"',
    "a\nb\r\nc\td",
    "a\0b",
    "\x07\x1b[31m",
    "# SERVICE <http://127.0.0.1/>",
    "<http://example.org/>",
    "?text",
    "$1 \\1 \\g<0>",
    "\u202eabc 😀 日本",
    "",
    "x" * 100_000,
]
ECHO = """
#+ params:
#+   - {name: text, type: string}
#+   - {name: number, type: integer, default: 7}
#+   - {name: day, type: date}
SELECT ?text ?number ?day { VALUES ?text { UNDEF } VALUES ?number { UNDEF } VALUES ?day { UNDEF } }
"""


def echo(graph: Graph, **given: object) -> dict[str, Value]:
    (row,) = graph.ask(ECHO, given)
    return row


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_whatever_a_value_holds_comes_back_as_it_was(
    graph: Graph, value: str
) -> None:
    assert echo(graph, text=value)["text"] == value


@settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(graph: Graph, value: str) -> None:
    assert echo(graph, text=value)["text"] == value


def test_what_is_not_given_stays_open_or_takes_its_default(
    graph: Graph,
) -> None:
    assert echo(graph) == {"text": None, "number": 7, "day": None}
    assert echo(graph, number=-12)["number"] == -12


@pytest.mark.parametrize(
    "value", ["2025", "2025-10", "2025-10-21", "2024-02-29"]
)
def test_a_date_is_as_precise_as_it_is_given(graph: Graph, value: str) -> None:
    assert echo(graph, day=value)["day"] == value


@pytest.mark.parametrize(
    "value",
    [
        "2025-13",
        "2025-13-45",
        "2025-02-30",
        "25",
        "0000",
        "20251021",
        "21.10.2025",
        "2025-10-21T00:00",
        "\u0662\u0660\u0662\u0665",
        "yesterday",
        "",
    ],
)
def test_a_date_that_there_is_not_is_refused(graph: Graph, value: str) -> None:
    with pytest.raises(
        BadInput, match="is no date like 2025, 2025-10 or 2025-10-21"
    ):
        echo(graph, day=value)


@pytest.mark.parametrize(
    "value", ["", "7.5", "seven", "1e3", "9" * 30, "\u0667", "0x10", " 7"]
)
def test_a_number_that_is_not_whole_is_refused(
    graph: Graph, value: str
) -> None:
    with pytest.raises(BadInput, match="is no whole number"):
        echo(graph, number=value)


def test_an_unknown_parameter_is_told_the_nearest_or_all(graph: Graph) -> None:
    with pytest.raises(
        UnknownName, match="no parameter 'nummber'; did you mean number"
    ):
        echo(graph, nummber=1)
    with pytest.raises(
        UnknownName, match="no parameter 'q'; it has text, number, day"
    ):
        echo(graph, q=1)
    with pytest.raises(UnknownName, match="no parameter 'q'; it has none"):
        graph.ask("ASK {}", {"q": 1})


def test_a_parameter_without_a_place_is_told(graph: Graph) -> None:
    with pytest.raises(BadInput, match="has no VALUES"):
        graph.ask("#+ params: [{name: x, type: string}]\nASK {}", {"x": "1"})


@pytest.mark.parametrize(
    "name",
    [
        "Ada Example",
        "ada  EXAMPLE",
        "A. Example",
        "Ada-Example",
        ":Ada-Example",
        "https://w3id.org/onrecord/Ada-Example",
    ],
)
def test_an_entity_is_found_by_label_alias_id_and_iri(
    small: Workspace, name: str
) -> None:
    found = Graph(small).ask("statements-by", {"actor": name})
    assert found.column("statement") == [
        "https://w3id.org/onrecord/statement/00000000000a"
    ]


def test_an_unknown_entity_is_told_the_nearest(small: Workspace) -> None:
    with pytest.raises(
        UnknownName,
        match="no entity is called 'Ada Exampel'; did you mean 'Ada Example'",
    ):
        Graph(small).ask("statements-by", {"actor": "Ada Exampel"})


def test_a_name_that_two_share_lists_the_id_of_each(small: Workspace) -> None:
    with pytest.raises(
        AmbiguousName,
        match=r"(?s):Mercury  Mercury \(Film\).*:Mercury-Company  Mercury \(Company\)",
    ):
        Graph(small).ask("statements-by", {"actor": "Mercury"})
    assert (
        Graph(small).ask("statements-by", {"actor": ":Mercury-Company"}) == []
    )


@pytest.mark.parametrize(
    "topic",
    [
        "consent-and-likeness",
        "topic:consent-and-likeness",
        "identity-and-likeness",
    ],
)
def test_a_topic_is_found_by_key_and_prefixed_name_and_a_family_holds_its_topics(
    small: Workspace, topic: str
) -> None:
    assert len(Graph(small).ask("statements-by", {"topic": topic})) == 1


def test_an_unknown_topic_is_told_the_nearest(small: Workspace) -> None:
    with pytest.raises(
        UnknownName,
        match=r"no topic is called 'deepfake'; did you mean '.*eepfakes'",
    ):
        Graph(small).ask("statements-by", {"topic": "deepfake"})


def test_an_entity_is_not_read_from_the_registry_where_none_is_named(
    small: Workspace,
) -> None:
    graph = Graph(small)
    graph.ask("statements-by", {"since": "2025"})
    assert "registry" not in vars(graph)
    assert "vocabulary" not in vars(graph)


def test_a_relation_and_a_stance_are_found_by_key_and_label(
    tmp_path: Path, small: Workspace
) -> None:
    asked = tmp_path / "asked.rq"
    asked.write_text(
        "#+ params: [{name: relation, type: relation}, {name: stance, type: stance}]\n"
        "SELECT ?statement { VALUES ?relation { UNDEF } VALUES ?stance { UNDEF }\n"
        "  ?statement :relation ?relation ; :stanceOnAI ?stance }",
        encoding="utf-8",
    )
    graph = Graph(small)
    for relation in (
        "urges",
        ":urges",
        "https://w3id.org/onrecord/urges",
        "Urges",
    ):
        assert (
            len(
                graph.ask(
                    str(asked), {"relation": relation, "stance": "conditional"}
                )
            )
            == 1
        )
    assert graph.ask(str(asked), {"relation": "concerned about"}) == []
    with pytest.raises(
        UnknownName,
        match="no stance is called 'critcal'; did you mean 'critical'",
    ):
        graph.ask(str(asked), {"stance": "critcal"})
    with pytest.raises(
        UnknownName, match=r"no stance is called 'zzz'; there are .*critical"
    ):
        graph.ask(str(asked), {"stance": "zzz"})
    with pytest.raises(
        UnknownName,
        match="no relation is called 'zzz'; `onrecord list relations` shows them",
    ):
        graph.ask(str(asked), {"relation": "zzz"})
