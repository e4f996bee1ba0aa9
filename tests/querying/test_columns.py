"""Columns hold what a table's rows do."""

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadQuery
from onrecord.querying.columns import columns
from onrecord.querying.evaluate import evaluate, table
from onrecord.querying.table import Iri

VALUES = r"""
SELECT ?x ?nothing {
  VALUES ?x {
    "plain" "a\tb\nc\rd \"e\" \\n f \u00e9\u2028" "english"@en "" "3" "true"
    "5"^^xsd:int 5 -7 "05"^^xsd:integer 0.5 2e3 "INF"^^xsd:double "five"^^xsd:integer
    true false "1"^^xsd:boolean "2025-10"^^xsd:gYearMonth <urn:a> :Ada-Example
  }
}
"""


def test_each_value_is_the_one_that_a_table_holds() -> None:
    store = ox.Store()
    rows = table(evaluate(store, VALUES))
    values, nothing = columns(evaluate(store, VALUES))
    assert list(map(repr, values)) == list(map(repr, rows.column("x")))
    assert [*map(type, values)] == [*map(type, rows.column("x"))]
    assert Iri in map(type, values)
    assert nothing == [None] * len(rows)


def test_a_blank_node_goes_by_its_label() -> None:
    store, said = ox.Store(), ox.NamedNode("urn:p")
    store.add(ox.Quad(ox.BlankNode("b1"), said, ox.Literal("x")))
    ((node,),) = columns(evaluate(store, "SELECT ?x { ?x <urn:p> ?y }"))
    assert node.startswith("_:")


def test_an_answer_without_rows_has_empty_columns() -> None:
    answer = evaluate(ox.Store(), "SELECT ?x ?y { ?x ?y 1 }")
    assert columns(answer) == [[], []]


def test_what_fails_on_the_way_is_told() -> None:
    asked = "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }"
    with pytest.raises(BadQuery, match="the query failed"):
        columns(evaluate(ox.Store(), asked, allow_network=True))
