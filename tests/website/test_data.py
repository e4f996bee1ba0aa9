"""What has an IRI, as data."""

import csv
import io

import pyoxigraph as ox
import pytest

from onrecord.model.iris import BASE, OURS
from onrecord.store.build import build
from onrecord.website import browse, data
from onrecord.website import rows as listed
from onrecord.website.data import description, rows_data
from onrecord.website.publication import Publication, published
from onrecord.website.records import statements_csv


def told(graph, iri: str) -> set[ox.Triple]:
    """All that the graph says of a node."""
    return {
        quad.triple
        for quad in graph.store.quads_for_pattern(ox.NamedNode(iri), None, None)
    }


def described(graph, kind: str, iri: str) -> set[ox.Triple]:
    return {quad.triple for quad in description(kind, iri, graph)}


def test_a_statement_s_description_describes_every_part_that_it_names(odd):
    iri = OURS["st"] + "000000000001"
    found = described(odd, "statement", iri)
    named = {str(triple.object).strip("<>") for triple in found}
    parts = {name for name in named if name.startswith(f"{iri}/")}
    assert parts == {f"{iri}/{part}" for part in ("evidence", "words", "place")}
    assert parts <= {triple.subject.value for triple in found}


@pytest.mark.parametrize(
    ("kind", "iri"),
    [
        ("statement", OURS["st"] + "84c59e2ddca7"),
        ("topic", OURS["topic"] + "deepfakes"),
        ("relation", BASE + "urges"),
        ("class", BASE + "Company"),
        ("thing", BASE + "code/critical"),
    ],
)
def test_the_description_of_all_else_says_what_the_graph_says(graph, kind, iri):
    found = described(graph, kind, iri)
    subjects = {each.subject.value for each in found}
    assert found <= set().union(*(told(graph, each) for each in subjects))
    assert told(graph, iri) <= found


def test_a_document_comes_as_its_own_graph(odd):
    iri = OURS["doc"] + "example-herald-2025-ada-asks"
    found = described(odd, "document", iri)
    assert found == {
        quad.triple
        for quad in build(odd.workspace).quads_for_pattern(
            None, None, None, ox.NamedNode(iri)
        )
    }


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_an_entity_comes_with_its_statements_as_a_table(graph, send):
    found = rows(send(rows_data, "entity", BASE + "SAG-AFTRA", graph=graph))
    asked = graph.ask("statements-by", {"actor": BASE + "SAG-AFTRA"})
    by_statement = {row["statement"]: row for row in found}
    for row in asked:
        assert (
            by_statement[str(row["statement"])]["gist"].removeprefix("'")
            == row["gist"]
        )
    assert found[0]["relation"].startswith(BASE)
    assert {row["review"] for row in found} == {"accepted", "not reviewed"}


def test_a_cell_that_a_spreadsheet_would_calculate_is_defused(odd, send):
    found = rows(send(rows_data, "entity", BASE + "Ada-Example", graph=odd))
    assert {row["publisher"] for row in found} == {"'=Example Herald"}


def test_a_class_comes_as_the_list_of_its_entities(odd, send):
    found = rows(send(rows_data, "class", BASE + "Company", graph=odd))
    assert {row["label"] for row in found} == {
        "Mercury",
        "Studio Nine",
        '<script>alert(1)</script> & "Co"',
    }


def test_a_named_graph_comes_as_the_list_of_its_nodes(odd, send):
    found = rows(send(rows_data, "graph", BASE + "graph/runs", graph=odd))
    assert found == [{"it": BASE + "run/machine", "number": "3"}]


def test_a_static_site_tells_statements_in_csv_as_a_server_does(odd, send):
    served = send(statements_csv, graph=odd)
    with published(Publication(is_static=True)):
        assert send(statements_csv, graph=odd) == served
    assert served.count(b"\r\n") > 70


def test_a_table_tells_every_statement_however_many_a_page_counts(
    odd, send, monkeypatch: pytest.MonkeyPatch
):
    whole = send(statements_csv, graph=odd)
    monkeypatch.setattr(listed, "MOST", 9)
    monkeypatch.setattr(data, "MOST", 7)
    monkeypatch.setattr(data, "A_TIME", 30)
    assert send(statements_csv, graph=odd) == whole
    assert len(rows(whole)) == 75


def test_a_class_comes_whole_however_many_its_page_lists(
    odd, send, drawn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(browse, "AT_MOST", "LIMIT 2")
    company = BASE + "Company"
    page = drawn(browse.class_page, company, 1, graph=odd)
    assert len(page.xpath("(//main//table)[1]//tr[td]")) == 2
    assert len(rows(send(rows_data, "class", company, graph=odd))) == 3


def test_a_table_is_sent_while_it_is_read(odd, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(data, "A_TIME", 30)
    pieces: list[bytes] = []
    statements_csv(odd, pieces.append)
    assert len(pieces) == 1 + 3
