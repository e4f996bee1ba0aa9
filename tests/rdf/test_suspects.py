"""Queries that are made of shapes find what breaks them, and no query is made of a shape that one cannot say."""

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from onrecord.rdf.suspects import translated

PREFIXES = """@prefix : <urn:x:> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = """:a a :Cat ; :name "Tom", "Tim" ; :born "2025-02-30"^^xsd:date ; :likes :b .
:b a :Dog ; :name "Rex" ; :born "2025-02-03"^^xsd:date .
:Cat rdfs:subClassOf :Animal . :Dog rdfs:subClassOf :Animal ."""
FINDS = {
    "sh:property [ sh:path :name ; sh:maxCount 1 ]": "a",
    "sh:property [ sh:path :name ; sh:minCount 2 ]": "b",
    "sh:property [ sh:path :born ; sh:datatype xsd:date ]": "a",
    "sh:property [ sh:path :name ; sh:pattern '^T' ]": "b",
    "sh:property [ sh:path ( :likes :name ) ; sh:hasValue 'Rex' ]": "b",
    "sh:property [ sh:path [ sh:inversePath :likes ] ; sh:maxCount 0 ]": "b",
    "sh:not [ sh:class :Dog ]": "b",
    "sh:or ( [ sh:class :Dog ] [ sh:property [ sh:path :likes ; sh:class :Cat ] ] )": "a",
    "sh:property [ sh:path :name ; sh:pattern '(?=T)' ]": "ab",
}
UNTOLD = [
    "sh:closed true",
    "sh:property [ sh:path :name ; sh:in ( 'Rex' ) ]",
    "sh:property [ sh:path :name ; sh:uniqueLang true ]",
    "sh:property [ sh:path :edge ; sh:maxCount 1 ]",
    "sh:property [ sh:minCount 1 ]",
    "sh:not [ sh:property [ sh:path :born ; sh:datatype xsd:date ] ]",
]


def queries(shape: str) -> list[str]:
    text = f"{PREFIXES} :S a sh:NodeShape ; sh:targetClass :Animal ; {shape} ."
    shapes = Graph().parse(data=text)
    return [row.query for row in translated(shapes, {URIRef("urn:x:edge")})]


@pytest.mark.parametrize("shape", FINDS)
def test_a_query_finds_what_may_break_its_shape(shape: str) -> None:
    store = ox.Store()
    store.load((PREFIXES + DATA).encode(), ox.RdfFormat.TURTLE)
    (query,) = queries(shape)
    names = {
        row["this"].value.removeprefix("urn:x:") for row in store.query(query)
    }
    assert names == {*FINDS[shape]}


@pytest.mark.parametrize("shape", UNTOLD)
def test_no_query_is_made_of_what_one_cannot_say(shape: str) -> None:
    assert queries(shape) == []
