"""Every shipped question has the same answer on each real store as here."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.model.errors import LimitReached
from onrecord.querying.ask import Graph
from onrecord.querying.question import question, questions
from onrecord.querying.table import Table, Value
from onrecord.store.remote.endpoint import Remote
from onrecord.workspace import Endpoint, Workspace, shipped

# One worker has the stores, and what is answered here.
pytestmark = pytest.mark.xdist_group("virtuoso")
GIVEN = {
    "entity": "SAG-AFTRA",
    "topic": "identity-and-likeness",
    "relation": "urges",
    "stance": "critical",
    "date": "2025-10",
    "string": "voice",
}
SLOW = frozenset({"coded-stances"})
"""Virtuoso takes seconds to compile these, so that they are asked once, as narrowly as answers let them."""
SPECIAL: dict[str, list[dict[str, object]]] = {
    "search": [{"text": "voice"}],
    "coded-stances": [
        {"by": "family", "topic": "regulation"},
        {},
        {"as": "negation", "by": "object"},
    ],
    "stance-changes": [{"actor": "OpenAI"}, {}],
    "stance-differences-undated": [{}, {"actor": "SAG-AFTRA"}],
    "is-it-on-record": [
        {"actor": "SAG-AFTRA", "object": "OpenAI"},
        {"actor": "Netflix", "relation": "sues"},
    ],
    "evidence-of": [{}, {"actor": "SAG-AFTRA", "relation": "urges"}],
    "deals": [{}, {"party": "OpenAI"}],
    "critics-of": [{}, {"entity": "OpenAI"}],
}
Local = Callable[[str, dict[str, object]], Table]
NAMES = [each.name for each in questions(shipped())]


def cases(name: str) -> list[dict[str, object]]:
    """Without parameters, and with each alone."""
    given = [
        {each.name: GIVEN[each.kind]}
        for each in question(name, shipped()).parameters
        if each.kind in GIVEN
    ]
    return SPECIAL.get(name, [{}, *given])


def same(value: Value) -> object:
    """What is one to every engine: numbers by value, parts put together in whatever order, no parts or none."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    return tuple(sorted(value.split(" / "))) if value else None


def rows(found: Table) -> list[tuple[object, ...]]:
    return [
        tuple(same(row[column]) for column in found.columns) for row in found
    ]


def two(name: str) -> list[dict[str, object]]:
    """Enough where it is the same engine that answers, afar."""
    return cases(name)[:2]


@pytest.fixture(scope="module")
def local(graph: Graph) -> Local:
    """What the graph here answers, asked once for all stores."""
    answers: dict[str, Table] = {}

    def answer(name: str, given: dict[str, object]) -> Table:
        key = f"{name} {given}"
        if key not in answers:
            answers[key] = graph.ask(name, given)
        return answers[key]

    return answer


@pytest.fixture(scope="module")
def onrecord_server(start_onrecord: Callable[..., str]) -> str:
    """The program's own server, over the graph that ships."""
    return start_onrecord()


@pytest.fixture
def oxigraph(
    oxigraph_server: str, holding: Callable[[Endpoint], Endpoint]
) -> Endpoint:
    return holding(Endpoint(oxigraph_server, "oxigraph"))


@pytest.fixture
def public_virtuoso(
    virtuoso: str,
    holding: Callable[[Endpoint], Endpoint],
    monkeypatch: pytest.MonkeyPatch,
) -> Endpoint:
    """Filled by one who signs in, asked by one who does not."""
    with monkeypatch.context() as patch:
        patch.setenv("ONRECORD_STORE_USER", "onrecord")
        patch.setenv("ONRECORD_STORE_PASSWORD", "secret")
        holding(Endpoint(virtuoso, "virtuoso"))
    return Endpoint(f"{virtuoso}sparql")


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_the_same_answer_on_an_oxigraph_server(
    name: str, local: Local, shipped: Workspace, oxigraph: Endpoint
) -> None:
    there = Graph(replace(shipped, endpoint=oxigraph))
    for given in two(name):
        here, found = local(name, given), there.ask(name, given)
        assert found.columns == here.columns
        if name == "network-around":
            assert Counter(rows(found)) == Counter(rows(here)), (
                "a graph has no order"
            )
        else:
            assert rows(found) == rows(here)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_the_same_answer_on_the_program_s_own_server(
    name: str, local: Local, shipped: Workspace, onrecord_server: str
) -> None:
    there = Graph(replace(shipped, endpoint=Endpoint(onrecord_server)))
    for given in two(name):
        here, found = local(name, given), there.ask(name, given)
        assert Counter(rows(found)) == Counter(rows(here))


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_the_same_rows_on_virtuoso(
    name: str, local: Local, shipped: Workspace, public_virtuoso: Endpoint
) -> None:
    there = Graph(replace(shipped, endpoint=public_virtuoso))
    for given in cases(name)[: 1 if name in SLOW else None]:
        here, found = local(name, given), there.ask(name, given)
        assert found.columns == here.columns
        assert Counter(rows(found)) == Counter(rows(here)), given


def test_an_answer_that_virtuoso_cuts_is_an_error_and_a_graph_comes_whole(
    public_virtuoso: Endpoint,
    virtuoso_most_rows: Callable[[int], None],
    quads_by_graph: dict[str, list[object]],
) -> None:
    virtuoso_most_rows(100)
    big = max(quads_by_graph, key=lambda name: len(quads_by_graph[name]))
    with Remote(public_virtuoso) as store:
        assert len(store.get(big)) == len(quads_by_graph[big])
        assert (
            len(list(store.query("SELECT * WHERE { ?s ?p ?o } LIMIT 99"))) == 99
        )
        with pytest.raises(LimitReached, match="100 rows"):
            store.query("SELECT * WHERE { ?s ?p ?o }")


def test_a_graph_with_every_kind_of_word_comes_back_from_virtuoso(
    virtuoso: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_STORE_USER", "onrecord")
    monkeypatch.setenv("ONRECORD_STORE_PASSWORD", "secret")
    with Remote(Endpoint(f"{virtuoso}sparql", "virtuoso")) as store:
        store.update(
            'INSERT DATA { GRAPH <urn:example:g> { <urn:example:a> <urn:example:b> "é 😀", "x"@en, true } }'
        )
        assert len(store.get("urn:example:g")) == 3
        store.delete("urn:example:g")
        assert store.get("urn:example:g") == []


def test_every_question_is_asked() -> None:
    assert len(NAMES) > 30
    assert set(SPECIAL) <= set(NAMES)
