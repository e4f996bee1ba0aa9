"""Each form of SPARQL is answered, as a table or in the format that is asked for."""

import csv
import gc
import io
import json
import math
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from onrecord.model.errors import BadQuery
from onrecord.querying.columns import columns
from onrecord.querying.evaluate import (
    GRAPH_FORMATS,
    ROW_FORMATS,
    evaluate,
    serialize,
    table,
)
from onrecord.querying.table import Iri, Table

TURTLE = """
@prefix : <https://w3id.org/onrecord/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Ada-Example :urges :Studio-Nine ; rdfs:label "Ada, the \\"Example\\" <b>"@en , "line\\nbreak" .
:Studio-Nine :made 3 , 1.50 , 2e3 , true , "1"^^xsd:boolean , "2025-10-21"^^xsd:date , "NaN"^^xsd:double ,
  "x"^^xsd:integer .
"""
ROWS = "SELECT ?label ?none { :Ada-Example rdfs:label ?label } ORDER BY STR(?label)"
TRIPLES = "CONSTRUCT { ?x rdfs:label ?label ; :urges ?y } { ?x rdfs:label ?label ; :urges ?y }"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(
        TURTLE,
        format=ox.RdfFormat.TURTLE,
        to_graph=ox.NamedNode("http://example.org/graph"),
    )
    return store


BROKEN = "SELECT * { SERVICE <E> { ?x ?y ?z } }"


def ask(store: ox.Store, sparql: str, most: int | None = None) -> Table:
    return table(evaluate(store, sparql), most)


def written(store: ox.Store, sparql: str, form: str) -> str:
    output = io.BytesIO()
    serialize(evaluate(store, sparql), form, output)
    return output.getvalue().decode()


def test_a_select_gives_rows_over_the_union_of_all_graphs(
    store: ox.Store,
) -> None:
    found = ask(store, ROWS)
    assert found.columns == ("label", "none")
    assert found.column("label") == ['Ada, the "Example" <b>', "line\nbreak"]
    assert found.column("none") == [None, None]


def test_an_ask_gives_one_cell(store: ox.Store) -> None:
    assert ask(store, "ASK { :Ada-Example :urges :Studio-Nine }") == [
        {"answer": True}
    ]
    assert ask(store, "ASK { :Studio-Nine :urges :Ada-Example }") == [
        {"answer": False}
    ]


def test_a_construct_and_a_describe_give_triples(store: ox.Store) -> None:
    made = ask(store, TRIPLES)
    assert made.columns == ("subject", "predicate", "object")
    assert len(made) == 3
    described = ask(store, "DESCRIBE :Ada-Example")
    assert sorted(map(repr, described)) == sorted(map(repr, made))


def test_values_are_python_s_own_and_iris_are_told_apart(
    store: ox.Store,
) -> None:
    found = ask(
        store, "SELECT ?x { { :Studio-Nine :made ?x } UNION { ?x :urges ?y } }"
    ).column("x")
    assert {3, 1.5, 2000.0, "2025-10-21", "x"} <= set(found)
    assert found.count(True) == 1  # "1" and true are one value to the engine
    assert any(isinstance(each, float) and math.isnan(each) for each in found)
    (iri,) = (each for each in found if isinstance(each, Iri))
    assert iri == "https://w3id.org/onrecord/Ada-Example"
    assert not any(isinstance(each, Iri) for each in found if each != iri)


@pytest.mark.parametrize("sparql", [ROWS, TRIPLES])
def test_rows_are_left_out_at_the_limit_and_that_is_said(
    store: ox.Store, sparql: str
) -> None:
    whole = ask(store, sparql)
    assert not whole.more
    assert (len(ask(store, sparql, 1)), ask(store, sparql, 1).more) == (1, True)
    assert (
        len(ask(store, sparql, len(whole))),
        ask(store, sparql, len(whole)).more,
    ) == (len(whole), False)
    assert (len(ask(store, sparql, 0)), ask(store, sparql, 0).more) == (0, True)


def test_a_query_may_declare_prefixes_anew_and_have_a_base(
    store: ox.Store,
) -> None:
    assert ask(
        store, "PREFIX : <http://other.example/> ASK { :Ada-Example ?x ?y }"
    ) == [{"answer": False}]
    assert ask(
        store, "BASE <https://w3id.org/onrecord/> ASK { <Ada-Example> ?x ?y }"
    ) == [{"answer": True}]


def test_csv_and_tsv_hold_the_values(store: ox.Store) -> None:
    rows = [
        *csv.DictReader(io.StringIO(written(store, ROWS, "csv"), newline=""))
    ]
    assert [row["label"] for row in rows] == [
        'Ada, the "Example" <b>',
        "line\nbreak",
    ]
    assert (
        written(store, ROWS, "tsv")
        == '?label\t?none\n"Ada, the \\"Example\\" <b>"@en\t\n"line\\nbreak"\t\n'
    )


def test_json_and_xml_are_the_standard_s_results(store: ox.Store) -> None:
    found = json.loads(written(store, ROWS, "json"))
    assert found["head"]["vars"] == ["label", "none"]
    assert found["results"]["bindings"][0]["label"] == {
        "type": "literal",
        "value": 'Ada, the "Example" <b>',
        "xml:lang": "en",
    }
    root = ET.fromstring(written(store, ROWS, "xml"))  # noqa: S314  our own
    assert [
        each.text
        for each in root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    ] == [
        'Ada, the "Example" <b>',
        "line\nbreak",
    ]


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("csv", "answer\ntrue\n"),
        ("tsv", "answer\ntrue\n"),
        ("json", '"boolean":true'),
        ("xml", "<boolean>true</boolean>"),
    ],
)
def test_an_ask_is_written_in_every_format_of_rows(
    store: ox.Store, form: str, holds: str
) -> None:
    assert holds in written(store, "ASK { ?x :urges ?y }", form)


@pytest.mark.filterwarnings(
    r"ignore:(Dataset\.\w+|ConjunctiveGraph) is deprecated:DeprecationWarning"
)  # of rdflib
@pytest.mark.parametrize(
    ("form", "parser"),
    [
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("nquads", "nquads"),
        ("trig", "trig"),
        ("rdfxml", "xml"),
        ("jsonld", "json-ld"),
    ],
)
def test_a_graph_reads_back_from_every_format(
    store: ox.Store, form: str, parser: str
) -> None:
    expected = Graph().parse(
        data=written(store, TRIPLES, "ntriples"), format="nt"
    )
    dataset = Dataset()
    dataset.parse(data=written(store, TRIPLES, form), format=parser)
    found = Graph()
    for subject, predicate, value, _ in dataset.quads():
        found.add((subject, predicate, value))
    assert len(found) == 3
    assert isomorphic(found, expected)


def test_every_format_of_graphs_is_tried_above() -> None:
    assert set(GRAPH_FORMATS) == {
        "turtle",
        "ntriples",
        "nquads",
        "trig",
        "rdfxml",
        "jsonld",
    }


def test_turtle_uses_the_known_prefixes(store: ox.Store) -> None:
    assert ":Ada-Example :urges :Studio-Nine" in written(
        store, "CONSTRUCT { ?x :urges ?y } { ?x :urges ?y }", "turtle"
    )


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_a_graph_is_no_rows(store: ox.Store, form: str) -> None:
    with pytest.raises(
        BadQuery,
        match=f"makes a graph, which cannot be written as {form}; take turtle",
    ):
        written(store, TRIPLES, form)


@pytest.mark.parametrize("form", GRAPH_FORMATS)
@pytest.mark.parametrize("sparql", [ROWS, "ASK {}"])
def test_rows_are_no_graph(store: ox.Store, form: str, sparql: str) -> None:
    with pytest.raises(
        BadQuery,
        match=f"gives rows, which cannot be written as {form}; take csv",
    ):
        written(store, sparql, form)


CONTROL = "CONSTRUCT { ?x rdfs:label '\\u0001' } { ?x :urges ?y }"


def failing(store: ox.Store, sparql: str, endpoint: str) -> ox.QuerySolutions:
    answer = evaluate(
        store, sparql.replace("<E>", f"<{endpoint}/broken>"), allow_network=True
    )
    assert isinstance(answer, ox.QuerySolutions)
    return answer


@pytest.mark.parametrize(
    "read",
    [
        lambda store, _: written(store, ROWS, "turtle"),
        lambda store, _: written(store, TRIPLES, "csv"),
        lambda store, _: written(store, CONTROL, "rdfxml"),
        lambda store, at: table(failing(store, BROKEN, at)),
        lambda store, at: serialize(
            failing(store, BROKEN, at), "csv", io.BytesIO()
        ),
        lambda store, at: columns(failing(store, BROKEN, at)),
    ],
    ids=["rows", "graph", "names", "table", "written", "columns"],
)
def test_an_error_keeps_nothing_that_is_its_thread_s_alone(
    store: ox.Store,
    endpoint: tuple[str, list[str]],
    read: Callable[[ox.Store, str], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        sys, "unraisablehook", lambda one: told.append(str(one.exc_value))
    )
    gc.collect()
    gc.disable()

    def refuse() -> int:
        errors: list[BadQuery] = []
        try:
            read(store, endpoint[0])
        except BadQuery as error:
            errors.append(error)  # whose frames hold the list: a cycle
        return len(errors)

    try:
        assert refuse() == 1
    finally:
        gc.enable()
    other = threading.Thread(target=gc.collect)
    other.start()
    other.join()
    assert told == []


def test_an_update_and_a_service_are_refused(store: ox.Store) -> None:
    with pytest.raises(BadQuery, match="onrecord add"):
        evaluate(store, "DELETE WHERE { ?x ?y ?z }")
    with pytest.raises(BadQuery, match="--allow-network"):
        evaluate(
            store, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }"
        )


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (
            "SELECT * FROM <http://example.org/graph> { :Ada-Example :urges ?y }",
            1,
        ),
        (
            "SELECT * FROM <http://example.org/other> { :Ada-Example :urges ?y }",
            0,
        ),
        (
            "SELECT * FROM NAMED <http://example.org/graph> { GRAPH ?g { :Ada-Example :urges ?y } }",
            1,
        ),
        (
            "SELECT * FROM NAMED <http://example.org/graph> { :Ada-Example :urges ?y }",
            0,
        ),
        (
            "SELECT ?from { ?from :urges ?y } # FROM <http://example.org/other>",
            1,
        ),
    ],
)
def test_from_names_the_graphs_that_are_asked(
    store: ox.Store, query: str, rows: int
) -> None:
    assert len(ask(store, query)) == rows


def test_a_query_reads_no_file_that_it_names(
    store: ox.Store, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text(
        "<http://e/a> <http://e/b> <http://e/c> .", encoding="utf-8"
    )
    for clause in ("FROM", "FROM NAMED"):
        body = "{ { ?x ?y ?z } UNION { GRAPH ?g { ?x ?y ?z } } }"
        assert ask(store, f"SELECT * {clause} <{secret.as_uri()}> {body}") == []


@pytest.mark.parametrize(
    "query",
    [
        BROKEN,
        "ASK { SERVICE <E> { ?x ?y ?z } }",
    ],
)
def test_what_another_endpoint_says_of_its_fault_is_not_repeated(
    store: ox.Store, endpoint: tuple[str, list[str]], query: str
) -> None:
    address = f"{endpoint[0]}/broken"
    with pytest.raises(
        BadQuery, match="500 Internal Server Error returned by"
    ) as raised:
        table(
            evaluate(
                store, query.replace("<E>", f"<{address}>"), allow_network=True
            )
        )
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_control_character_is_an_error_in_rdf_xml(store: ox.Store) -> None:
    with pytest.raises(BadQuery, match="RDF/XML cannot hold the control"):
        written(store, CONTROL, "rdfxml")
    assert "\\u0001" in written(store, CONTROL, "ntriples").lower()
