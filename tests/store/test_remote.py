"""The client against a real `oxigraph` server: the engine's own types, graphs whole, no cut answer taken for one."""

from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadInput, BadQuery, StoreFailed
from onrecord.model.iris import PREFIXES
from onrecord.store.remote.endpoint import Remote
from onrecord.workspace import Endpoint

NAME = "urn:example:graph"
XSD = PREFIXES["xsd"]
ADA, SAYS = (
    ox.NamedNode("http://example.org/Ada%20Example"),
    ox.NamedNode("http://example.org/says#é"),
)
WORDS = [
    ox.Literal('She said:\n"no"\t\\ é 😀'),
    ox.Literal("oui", language="fr"),
    ox.Literal(True),  # noqa: FBT003  the literal's value
    ox.Literal("2025-10", datatype=ox.NamedNode(f"{XSD}gYearMonth")),
    ox.NamedNode("http://example.org/a?x=1&y=2"),
]
TRIPLES = {ox.Triple(ADA, SAYS, word) for word in WORDS}


@pytest.fixture(params=["oxigraph", "generic"])
def store(
    request: pytest.FixtureRequest, oxigraph_server: str
) -> Iterator[Remote]:
    """By its profile, and by what the server tells of itself."""
    with Remote(Endpoint(oxigraph_server, request.param)) as remote:
        yield remote
        remote.delete(NAME)


def test_a_graph_comes_back_as_it_was_put(store: Remote) -> None:
    store.put(NAME, TRIPLES)
    assert {each.triple for each in store.get(NAME)} == TRIPLES
    assert {each.graph_name for each in store.get(NAME)} == {ox.NamedNode(NAME)}
    assert store.graphs()[NAME] == len(TRIPLES)


def test_putting_the_same_again_changes_nothing_and_putting_less_takes_the_rest_away(
    store: Remote,
) -> None:
    store.put(NAME, TRIPLES)
    store.put(NAME, TRIPLES)
    assert store.graphs()[NAME] == len(TRIPLES)
    store.put(NAME, [ox.Triple(ADA, SAYS, WORDS[0])])
    assert len(store.get(NAME)) == 1


def test_a_graph_that_is_not_there_is_empty_and_may_be_deleted(
    store: Remote,
) -> None:
    store.delete(NAME)
    store.delete(NAME)
    assert store.get(NAME) == []


def test_answers_are_of_the_engine_s_own_types(store: Remote) -> None:
    store.put(NAME, TRIPLES)
    rows = store.query(
        "SELECT ?what WHERE { ?who ?says ?what }",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, ox.QuerySolutions)
    assert {row["what"] for row in rows} >= set(WORDS)
    truth = store.query(
        "ASK { ?who ?says ?what }", use_default_graph_as_union=True
    )
    assert isinstance(truth, ox.QueryBoolean)
    assert truth
    graph = store.query(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{NAME}> {{ ?s ?p ?o }} }}"
    )
    assert isinstance(graph, ox.QueryTriples)
    assert set(graph) == TRIPLES


def test_without_the_union_the_default_graph_alone_is_asked(
    store: Remote,
) -> None:
    store.put(NAME, TRIPLES)
    assert not store.query("ASK { ?s ?p ?o }")


def test_quads_are_found_by_pattern_as_the_engine_finds_them(
    store: Remote,
) -> None:
    store.put(NAME, TRIPLES)
    graph = ox.NamedNode(NAME)
    assert store.quads_for_pattern(ADA, None, WORDS[0], graph) == [
        ox.Quad(ADA, SAYS, WORDS[0], graph)
    ]
    assert {
        each.object for each in store.quads_for_pattern(ADA, SAYS, None, None)
    } == set(WORDS)
    assert store.quads_for_pattern(SAYS, None, None, graph) == []


def test_known_prefixes_are_written_where_they_are_used(store: Remote) -> None:
    store.update(
        f"INSERT DATA {{ GRAPH <{NAME}> {{ <{PREFIXES['']}Ada> a <{PREFIXES['']}Person> }} }}"
    )
    found = store.query(
        "ASK { GRAPH ?g { :Ada a :Person } }", prefixes=PREFIXES
    )
    assert found


def test_a_store_without_graph_store_protocol_takes_graphs_by_sparql(
    oxigraph_server: str,
) -> None:
    with Remote(Endpoint(f"{oxigraph_server}query", "oxigraph")) as store:
        store.places = store.places.__class__(
            store.places.query, store.places.update, None
        )
        store.put(NAME, TRIPLES)
        assert {each.triple for each in store.get(NAME)} == TRIPLES
        store.delete(NAME)
        assert store.get(NAME) == []


def test_what_the_store_finds_wrong_is_told_in_its_words(store: Remote) -> None:
    with pytest.raises(BadQuery, match="expected"):
        store.query("SELECT * WHERE {")
    with pytest.raises(BadQuery, match="DATA"):
        store.update("INSERT DATUM { }")


@pytest.mark.parametrize(
    "query", ["SELECT * WHERE { %s }", "CONSTRUCT { ?a ?f ?i } WHERE { %s }"]
)
def test_an_answer_that_the_server_cuts_when_its_time_is_up_is_an_error(
    query: str,
    start_oxigraph: Callable[..., str],
    quads_by_graph: dict[str, list[ox.Quad]],
) -> None:
    endpoint = Endpoint(start_oxigraph("--timeout-s", "1"), "oxigraph")
    with Remote(endpoint) as store:
        store.put(
            NAME,
            [each for quads in quads_by_graph.values() for each in quads][
                :8000
            ],
        )
        with pytest.raises(StoreFailed, match=r"cut or broken|broke off"):
            store.query(
                query
                % "GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j FILTER (?a != ?d) }"
            )


def test_an_address_that_holds_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadInput, match="ONRECORD_STORE_PASSWORD") as told:
        Endpoint("https://ada:open-sesame@store.example/sparql")
    assert "open-sesame" not in str(told.value)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://store.example/",
        "store.example",
        "",
        "https://",
        "https://h/#x",
        "https://h:x/",
        "https://h/\n",
    ],
)
def test_what_is_no_address_of_a_store_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        Endpoint(url)


def test_a_profile_that_nobody_knows_is_answered_with_those_that_there_are() -> (
    None
):
    with pytest.raises(BadInput, match="fuseki"):
        _ = Remote(Endpoint("https://store.example/", "stardog")).profile
