"""Clients from outside are served as they come: rdflib, SPARQLWrapper, curl, and the requests that YASGUI sends."""

import json
import shutil
import subprocess

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, RDFXML, TURTLE, XML, SPARQLWrapper

URGES = "SELECT ?whom { :SAG-AFTRA :urges ?whom }"
GUILD = URIRef("https://w3id.org/onrecord/SAG-AFTRA")
URGED = URIRef("https://w3id.org/onrecord/urges")


@pytest.mark.parametrize(
    ("method", "form"), [("GET", "xml"), ("POST", "json"), ("POST_FORM", "csv")]
)
def test_rdflib_asks(method: str, form: str, reader) -> None:
    store = SPARQLStore(
        f"{reader.url}/sparql", method=method, returnFormat=form
    )
    assert len(list(Graph(store).query(URGES))) == 3
    assert len(list(Graph(store).triples((GUILD, URGED, None)))) == 3


def test_rdflib_writes_with_the_token(writer) -> None:
    headers = {"authorization": writer.client.headers["authorization"]}
    store = SPARQLUpdateStore(
        f"{writer.url}/sparql",
        f"{writer.url}/sparql",
        headers=headers,
        autocommit=True,
    )
    graph = Graph(store, identifier=URIRef("http://example.org/rdflib"))
    triple = (
        URIRef("http://example.org/a"),
        URIRef("http://example.org/p"),
        Literal("told by rdflib"),
    )
    graph.add(triple)
    assert list(graph) == [triple]
    graph.remove(triple)
    assert list(graph) == []


@pytest.mark.parametrize("form", [JSON, XML, CSV])
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_asks_for_rows(form: str, method: str, reader) -> None:
    client = SPARQLWrapper(f"{reader.url}/sparql", returnFormat=form)
    client.setMethod(method)
    client.setQuery(URGES)
    found = client.queryAndConvert()
    text = (
        found.toxml()
        if form == XML
        else json.dumps(found)
        if form == JSON
        else found.decode()
    )
    assert text.count("https://w3id.org/onrecord/") == 3


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated"
)  # SPARQLWrapper's own way to rdflib
@pytest.mark.parametrize("form", [TURTLE, RDFXML])
def test_sparqlwrapper_asks_for_a_graph(form: str, reader) -> None:
    client = SPARQLWrapper(f"{reader.url}/sparql", returnFormat=form)
    client.setQuery("CONSTRUCT { ?a :urges ?b } WHERE { ?a :urges ?b }")
    found = client.queryAndConvert()
    graph = (
        found
        if isinstance(found, Graph)
        else Graph().parse(data=found, format="turtle")
    )
    assert len(list(graph.objects(GUILD, URGED))) == 3


@pytest.mark.parametrize(
    "words",
    [
        ["--get", "--data-urlencode", f"query={URGES}"],
        ["--data-urlencode", f"query={URGES}"],
        [
            "-H",
            "Content-Type: application/sparql-query",
            "--data-binary",
            URGES,
        ],
        ["--compressed", "--data-urlencode", f"query={URGES}"],
    ],
)
def test_curl_asks(words: list[str], reader) -> None:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    line = [
        program,
        "-sS",
        "--fail",
        "-H",
        "Accept: text/csv",
        *words,
        f"{reader.url}/sparql",
    ]
    found = subprocess.run(
        line, capture_output=True, text=True, timeout=250, check=True
    )
    assert found.stdout.splitlines()[0] == "whom"
    assert len(found.stdout.splitlines()) == 4


@pytest.mark.parametrize(
    "origins", [("--cors", "*"), ("--cors", "https://yasgui.example")]
)
def test_a_page_of_another_site_asks_if_it_may(
    origins: tuple[str, str], starting
) -> None:
    site = starting(*origins)
    page = {"origin": "https://yasgui.example"}
    beforehand = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    preflight = site.client.options("/sparql", headers={**page, **beforehand})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] in {
        "*",
        page["origin"],
    }
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert (
        "content-type"
        in preflight.headers["access-control-allow-headers"].lower()
    )
    accept = "application/sparql-results+json,*/*;q=0.9"
    answer = site.client.post(
        "/sparql", data={"query": URGES}, headers={**page, "accept": accept}
    )
    assert len(answer.json()["results"]["bindings"]) == 3
    assert answer.headers["access-control-allow-origin"] in {
        "*",
        page["origin"],
    }
    failed = site.client.post(
        "/sparql", data={"query": "SELECT"}, headers={**page, "accept": accept}
    )
    assert failed.status_code == 400
    assert failed.headers["access-control-allow-origin"] in {
        "*",
        page["origin"],
    }
    other = site.client.options(
        "/sparql", headers={"origin": "https://other.example", **beforehand}
    )
    assert ("access-control-allow-origin" in other.headers) == (
        origins[1] == "*"
    )
    site.stop()


def test_without_a_word_no_other_site_s_page_may_ask(reader) -> None:
    answer = reader.client.get(
        "/health", headers={"origin": "https://yasgui.example"}
    )
    assert "access-control-allow-origin" not in answer.headers
