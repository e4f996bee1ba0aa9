"""`/sparql` beyond the table of the protocol: formats, what a query asks, what is refused, what is kept."""

import time

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

RESULTS = "application/sparql-results+json"
SD = "http://www.w3.org/ns/sparql-service-description#"
BOOK = "http://example.org/Book"


def get(site, query: str, **more) -> httpx.Response:
    return site.client.get(
        "/sparql", params={"query": query, **more.pop("params", {})}, **more
    )


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("json", RESULTS),
        ("xml", "application/sparql-results+xml"),
        ("table", "text/plain"),
        ("markdown", "text/markdown"),
    ],
)
def test_rows_come_in_every_format_by_name_and_by_accept(
    form: str, media_type: str, shelf
) -> None:
    query = f"SELECT ?book {{ ?book a <{BOOK}> }} ORDER BY ?book"
    named = get(shelf, query, params={"format": form})
    accepted = get(shelf, query, headers={"accept": media_type})
    assert named.status_code == accepted.status_code == 200
    assert named.headers["content-type"].partition(";")[0] == media_type
    assert named.content == accepted.content
    assert named.text.count("example.org/book") == 3


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_graph_comes_in_every_format(
    media_type: str, parser: ox.RdfFormat, shelf
) -> None:
    query = f"CONSTRUCT {{ ?book a <{BOOK}> }} WHERE {{ ?book a <{BOOK}> }}"
    answer = get(shelf, query, headers={"accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    found = ox.parse(answer.content, parser)
    assert {each.subject.value for each in found} == {
        f"http://example.org/book{number}" for number in (1, 2, 3)
    }


def test_known_prefixes_need_no_words(reader) -> None:
    assert reader.ask(
        "SELECT (COUNT(?whom) > 1 AS ?many) { :SAG-AFTRA :urges ?whom }"
    ) == ["true"]


def test_the_default_graph_is_the_union_of_all_graphs_unless_from_names_some(
    shelf,
) -> None:
    for source, many in {
        "SELECT ?b": 3,
        "SELECT ?b FROM doc:one": 1,
        "SELECT ?b FROM NAMED doc:one": 0,
    }.items():
        assert (
            len(shelf.ask(source + " { ?b a <http://example.org/Book> }"))
            == many
        )
    in_graph = "SELECT ?b FROM NAMED doc:one { GRAPH ?g { ?b a <http://example.org/Book> } }"
    assert len(shelf.ask(in_graph)) == 1


def test_a_graph_that_is_not_there_is_empty_and_never_fetched(
    shelf, endpoint
) -> None:
    address, reached = endpoint
    reached.clear()
    asked = get(
        shelf,
        f"DESCRIBE ?s FROM <{address}> {{ ?s ?p ?o }}",
        headers={"accept": "application/n-triples"},
    )
    assert (asked.status_code, asked.content) == (200, b"")
    answer = get(
        shelf,
        "ASK { ?s ?p ?o }",
        params={"default-graph-uri": address},
        headers={"accept": RESULTS},
    )
    assert answer.json()["boolean"] is False
    assert reached == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <E> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE SILENT <E> { ?s ?p ?o } }",
    ],
)
def test_a_query_reaches_no_other_server(query: str, shelf, endpoint) -> None:
    address, reached = endpoint
    reached.clear()
    answer = get(shelf, query.replace("<E>", f"<{address}>"))
    assert answer.status_code == 400
    assert "SERVICE reaches the network" in answer.text
    assert reached == []


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <E>",
        "CLEAR DEFAULT;LOAD<E>",
        "L\\u004fAD <E>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <E> { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <http://example.org/x> { <http://example.org/a> a 'LOAD' } } ; LOAD <E>",
    ],
)
def test_an_update_reaches_no_other_server(
    update: str, writer, endpoint
) -> None:
    address, reached = endpoint
    reached.clear()
    answer = writer.client.post(
        "/sparql", data={"update": update.replace("<E>", f"<{address}>")}
    )
    assert answer.status_code == 400
    assert "reaches the network" in answer.text
    assert reached == []
    assert writer.ask(
        "SELECT (COUNT(*) AS ?n) { <http://example.org/a> ?p 'LOAD' }"
    ) == ["0"]


@pytest.mark.parametrize(
    "update",
    [
        "load silent <E> into graph <http://example.org/g>",
        "LOADSILENT<E>",
        "LOAD SILENT <file:///etc/passwd>",
    ],
)
def test_loading_in_silence_succeeds_and_loads_nothing(
    update: str, writer, endpoint
) -> None:
    address, reached = endpoint
    reached.clear()
    before = writer.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    text = update.replace("<E>", f"<{address}>")
    assert (
        writer.client.post("/sparql", data={"update": text}).status_code == 204
    )
    assert reached == []
    assert writer.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def test_no_disguise_reaches_another_server(
    shelf, writer, disguises, endpoint
) -> None:
    address, reached = endpoint
    reached.clear()
    for call in disguises(150, address, seed=7):
        kind = "update" if call.is_update else "query"
        site = writer if call.is_update else shelf
        answer = site.client.post("/sparql", data={kind: call.text})
        assert answer.status_code in {200, 204, 400}, call.text
    assert reached == []


def test_a_query_that_does_not_parse_is_explained(shelf) -> None:
    answer = get(shelf, "SELECT ?book WHERE { ?book a }")
    assert answer.status_code == 400
    assert "line 1, column 30" in answer.text
    told = get(
        shelf, "SELECT ?book WHERE { ?book a }", headers={"accept": RESULTS}
    )
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == 400
    assert "^" in told.json()["detail"]


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("SELECT * {}", "image/png", 406),
        ("CONSTRUCT {} {}", "text/csv", 406),
        ("INSERT DATA {}", RESULTS, 400),
        ("", RESULTS, 400),
    ],
)
def test_what_cannot_be_answered_has_a_status(
    query: str, accept: str, status: int, shelf
) -> None:
    assert get(shelf, query, headers={"accept": accept}).status_code == status


@pytest.mark.parametrize(
    "fields",
    [
        [("query", "ASK {}"), ("update", "CLEAR ALL")],
        [("query", "ASK {}"), ("using-graph-uri", "http://example.org/g")],
        [("query", "ASK {}"), ("default-graph-uri", "not absolute")],
        [("default-graph-uri", "http://example.org/g")],
        [],
    ],
)
def test_a_form_that_the_protocol_does_not_know_is_refused(
    fields: list[tuple[str, str]], shelf
) -> None:
    answer = shelf.client.post(
        "/sparql",
        data=dict(fields),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400


def test_the_service_describes_itself(shelf, writer) -> None:
    for site, languages in (
        (shelf, {"SPARQL11Query"}),
        (writer, {"SPARQL11Query", "SPARQL11Update"}),
    ):
        answer = site.client.get("/sparql", headers={"accept": "text/turtle"})
        found = Graph().parse(data=answer.text, format="turtle")
        service = URIRef(f"{site.url}/sparql")
        assert set(
            found.objects(service, URIRef(f"{SD}supportedLanguage"))
        ) == {URIRef(SD + each) for each in languages}
        assert (
            service,
            URIRef(f"{SD}feature"),
            URIRef(f"{SD}UnionDefaultGraph"),
        ) in found
        assert URIRef("https://w3id.org/onrecord/doc/one") in set(
            found.objects(None, URIRef(f"{SD}name"))
        )


def test_a_browser_is_led_to_the_editor(shelf) -> None:
    accept = {
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    }
    assert (
        shelf.client.get("/sparql", headers=accept).headers["location"]
        == "/-/editor"
    )
    asked = get(shelf, "ASK {}", headers=accept)
    assert (asked.status_code, asked.headers["location"]) == (
        303,
        "/-/editor?query=ASK+%7B%7D",
    )
    assert (
        shelf.client.get(asked.headers["location"], headers=accept).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [("ASK {}", True), ("SELECT (NOW() AS ?now) {}", False)],
)
def test_an_answer_that_lasts_has_a_tag(
    query: str, is_kept: bool, shelf
) -> None:
    answer = get(shelf, query)
    assert ("etag" in answer.headers) == is_kept
    if is_kept:
        again = get(
            shelf, query, headers={"if-none-match": answer.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
        other = get(
            shelf,
            query,
            headers={
                "if-none-match": answer.headers["etag"],
                "accept": "text/csv",
            },
        )
        assert other.status_code == 200


def answers_of_all(site, query: str) -> set[str]:
    """What the workers answer: one that is first asked after a change knows of it a second before the others."""
    return {answer for _ in range(6) for answer in site.ask(query)}


def test_what_is_added_to_the_workspace_is_answered_without_a_restart(
    starting, desk
) -> None:
    site = starting("--workers", "2", before=("-C", desk.workspace.root))
    count = "SELECT (COUNT(*) AS ?n) { ?s a :Statement }"
    assert site.ask(count) == ["0"]
    desk.put(desk.told(desk.said()))
    end = time.monotonic() + 60
    while answers_of_all(site, count) != {"1"} and time.monotonic() < end:
        time.sleep(0.2)
    assert answers_of_all(site, count) == {"1"}
    site.stop()
