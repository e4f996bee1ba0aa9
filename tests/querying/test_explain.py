"""A syntax error is shown where it is: the line, a caret under the fault, and what is wrong."""

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadQuery
from onrecord.querying.evaluate import evaluate

# The sign ¦ stands before the place at fault, and is taken out.
FAULTS = [
    (
        "SELECT ?x WHERE { ?x :urges ?y . ¦FILTR(?x) }",
        "FILTR is not expected here",
    ),
    ("SELECT ?x WHERE{?x :urges ?y.¦FILTR(?x)}", "FILTR is not expected here"),
    ("SELECT ?x WHERE { ?x ?y ¦}", "} is not expected here"),
    ("SELECT ?x WHERE { ?x :urges ?y ¦", "the query ends too early"),
    ("SELECT ?x { ?x :a ?y } ¦ORDR BY ?x", "ORDR is not expected here"),
    ("SELECT ?x { ?x :a ?y } LIMIT ¦many", "many is not expected here"),
    ("SELECT * { ?s ?p ?o }¦}", "} is not expected here"),
    ("SELECT * { FILTER(1 + ¦) }", ") is not expected here"),
    ("SELECT * {\n  ?x ¦foo:bar ?y\n}", "Prefix not found: foo:bar"),
    (
        "PREFIX : <http://e/>\nPREFIX x: <http://x/>\nSELECT ?x\nWHERE { ?x ?y ¦}",
        "} is not expected here",
    ),
    ("SELECT ?x { ?x ¦<relative> ?y }", "IRI parsing failed: <relative>"),
    ("SELECT * { ?x :p ¦'abc }\n}", "this string does not end"),
    ('SELECT * { ?x :p ¦"one\ntwo" }', "this string does not end"),
    (
        "SELECT * { ?x :a ?y # a } comment ( here\n ¦?z }",
        "?z is not expected here",
    ),
    ("SELECT ?a { ?a :b 'é日本😀' ¦?c }", "?c is not expected here"),
    ("SELECT\t?x {\t?x ?y ¦}", "} is not expected here"),
    ("SELECT ?x {\r\n ?x ?y ¦}\r\n", "} is not expected here"),
    (
        "SELECT *{?a ?b ?c}GROUP BY ?a¦",
        "SELECT * is not authorized with GROUP BY",
    ),
]


@pytest.mark.parametrize(("marked", "what"), FAULTS)
def test_a_fault_is_shown_with_its_line_and_a_caret_under_it(
    marked: str, what: str
) -> None:
    before, _, after = marked.partition("¦")
    with pytest.raises(BadQuery) as raised:
        evaluate(ox.Store(), before + after)
    head, shown, caret = str(raised.value).split("\n")
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert head.startswith(f"line {line}, column {column}: {what}")
    assert shown == "  " + (before + after).split("\n")[line - 1].rstrip("\r")
    assert caret.index("^") == column + 1
    assert caret.replace("^", "").strip() == ""
    assert [at for at, sign in enumerate(caret) if sign == "\t"] == [
        at for at, sign in enumerate(shown[: column + 1]) if sign == "\t"
    ]


def test_a_long_query_is_explained_in_a_moment() -> None:
    with pytest.raises(
        BadQuery, match="line 20001, column 1: oops is not expected here"
    ):
        evaluate(
            ox.Store(), "SELECT * {\n" + "?x :a ?y .\n" * 19_999 + "oops }"
        )
