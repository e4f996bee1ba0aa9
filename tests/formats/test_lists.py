import csv
import io

import pytest

from onrecord.formats import lists
from onrecord.formats.lists import EDGE_COLUMNS, NODE_COLUMNS, edges, nodes
from onrecord.networks.graph import network


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture(scope="module")
def whole(hostile):
    return network(hostile)


@pytest.fixture(scope="module")
def listed(whole):
    return rows(edges(whole))


def the(listed, source, relation):
    [row] = [
        row
        for row in listed
        if (row["source"], row["relation"]) == (source, relation)
    ]
    return row


def test_a_row_is_an_edge_and_every_edge_has_one(whole, listed):
    assert [
        (row["source"], row["relation"], row["target"]) for row in listed
    ] == [(link.source, link.relation, link.target) for link in whole.links]


def test_an_edge_carries_its_evidence(listed):
    row = the(listed, "Eve-Example", "criticizes")
    assert (row["source_name"], row["label"], row["target_name"]) == (
        "Eve Example",
        "criticizes",
        "Studio <script>alert(1)</script> Nine",
    )
    assert (
        row["weight"],
        row["sources"],
        row["first"],
        row["last"],
        row["undated"],
    ) == (
        "2",
        "1",
        "2026-05",
        "2026-05",
        "1",
    )
    assert row["stances"] == "conditional 1; critical 1"
    assert row["gists"] == "Finds fault with it. | Finds fault with it again."
    assert row["urls"] == " | ".join(["https://example.org/2?a=1&b=2"] * 2)
    assert len(row["statements"].split(" | ")) == 2


def test_every_statement_of_a_row_is_one_of_the_graph(whole, listed):
    assert {
        key for row in listed for key in row["statements"].split(" | ")
    } <= whole.proofs.keys()


def test_a_row_is_a_node_and_every_node_has_one(whole):
    found = rows(nodes(whole))
    assert [row["id"] for row in found] == sorted(whole.nodes)
    assert tuple(found[0]) == NODE_COLUMNS


def test_no_cell_begins_as_a_formula(whole):
    table = [
        *csv.reader(io.StringIO(edges(whole).decode(), newline="")),
        *csv.reader(io.StringIO(nodes(whole).decode(), newline="")),
    ]
    assert not [
        text
        for row in table
        for text in row
        if text.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


def test_a_cell_that_looks_like_a_formula_keeps_its_text_after_an_apostrophe(
    whole, listed
):
    names = {row["label"] for row in rows(nodes(whole))}
    assert {
        '\'=HYPERLINK("https://example.org/x")',
        "'+1 Plus Pictures",
        "'-2 Minus Music",
        "'@At Agency",
    } <= names
    assert (
        the(listed, "Eve-Example", "urges")["gists"]
        == "'=1+1 is what she asks for."
    )
    assert (
        next(row for row in rows(nodes(whole)) if row["id"] == "Eve-Example")[
            "aliases"
        ]
        == "'=E; Eve"
    )


def test_lines_and_quotation_marks_stay_inside_their_cell(listed):
    gist = the(listed, "At-Agency", "urges")["gists"]
    assert (
        gist
        == 'Says it in two lines.\nThe second has "quotes", <b>marks</b> and a \\ backslash.'
    )


def test_every_column_is_explained():
    missing = [
        name
        for name in (*EDGE_COLUMNS, *NODE_COLUMNS)
        if name not in lists.__doc__
    ]
    assert missing == []
