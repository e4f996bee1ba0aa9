"""What the commands do with odd targets and odd arguments."""

import os

import pytest

ODD = b"\xe9"


@pytest.mark.parametrize(
    "words",
    [
        [b"search", ODD],
        [b"query", b'SELECT ?l {?s rdfs:label ?l FILTER(CONTAINS(?l,"\xe9"))}'],
        [b"add", ODD],
    ],
)
def test_an_argument_that_is_not_utf_8_is_an_error_in_words(command, words):
    ran = command(*map(os.fsdecode, words))
    assert ran.returncode == 1
    assert "is not UTF-8" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["export", "turtle", "--about", "Sora 2"],
        ["query", "SELECT ?s { ?s a :Guild } ORDER BY ?s", "-f", "csv"],
    ],
)
def test_a_hyphen_is_standard_output(command, tmp_path, words):
    assert command(*words, "-o", "-").stdout == command(*words).stdout
    assert not (tmp_path / "-").exists()


def test_what_rdf_xml_cannot_name_is_an_error(command):
    query = 'CONSTRUCT { ?x <http://example.com/123> "v" } WHERE { ?x a :Guild } LIMIT 1'
    ran = command("query", query, "-f", "rdfxml")
    assert ran.returncode == 1
    assert (
        "RDF/XML cannot name the property <http://example.com/123>"
        in ran.stderr
    )


def test_two_exports_do_not_overwrite_what_stands_beside_the_other(
    command, tmp_path
):
    command("export", "neo4j", "--about", "Sora 2", "-o", "graph.cypher")
    nodes = (tmp_path / "graph-nodes.csv").read_bytes()
    ran = command("export", "csv", "--about", "Sora 2", "-o", "graph.csv")
    assert ran.returncode == 1
    assert "belongs to" in ran.stderr
    assert (tmp_path / "graph-nodes.csv").read_bytes() == nodes


def test_a_query_saved_with_a_byte_order_mark_is_a_query(command, tmp_path):
    (tmp_path / "a.rq").write_bytes(b"\xef\xbb\xbfASK { ?s a :Guild }")
    ran = command("query", "a.rq")
    assert ran.returncode == 0, ran.stderr
