"""What goes out is what came in, whatever a literal holds."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.formats.rdf import serialize
from onrecord.model.errors import BadGraph
from onrecord.model.iris import BASE
from onrecord.workspace import shipped

CONTEXT = shipped().ontology_file("context.jsonld")
FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
NAMED = {"trig", "nquads", "jsonld"}
AS_WRITTEN = f"""
@prefix : <{BASE}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :confidence 0.90, 0.9, .5, "1."^^xsd:decimal ; :end 01, -7, "+1"^^xsd:integer ; :other 1.50E0, "INF"^^xsd:double ;
  :negated true, "1"^^xsd:boolean, "yes"^^xsd:boolean ; :gist "x"@en, "x"@en-GB, "x", "true" ;
  :saidOn "2026"^^xsd:gYear, "2026-05"^^xsd:gYearMonth, "2026-05-31"^^xsd:date, "2026-05-31" ;
  :url <https://example.org/a(b)?c=1&d=%20#e>, "https://example.org/" ;
  :topic <{BASE}topic/>, <{BASE}topic/a/b>, <{BASE}> ;
  a :Company, <https://example.org/Other> ; <https://example.org/p> :a, <https://w3id.org/other>, <{BASE}/x> .
<{BASE}statement/1/evidence> :2x <urn:x:y> . <mailto:ada@example.org> :b <{BASE}a:b>, <{BASE}2x-> .
"""
TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
    )
    | st.sampled_from("\t\n\r\"'\\")
)


def in_graph(quads, form):
    name = ox.NamedNode(f"{BASE}graph/entities")
    return {
        ox.Quad(
            each.subject,
            each.predicate,
            each.object,
            *([name] if form in NAMED else []),
        )
        for each in quads
    }


def parse(content, form):
    return set(ox.parse(content, format=FORMATS[form]))


@pytest.mark.parametrize("form", FORMATS)
def test_every_literal_and_iri_is_carried_as_it_is_written(form):
    quads = in_graph(
        [
            each
            for each in ox.parse(AS_WRITTEN, format=ox.RdfFormat.TURTLE)
            if not named_oddly(each, form)
        ],
        form,
    )
    assert parse(serialize(quads, form, CONTEXT), form) == quads


def named_oddly(quad, form):
    """RDF/XML cannot name such a property, which has a test of its own."""
    return form == "rdfxml" and quad.predicate.value.endswith("2x")


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(text=TEXT)
def test_any_text_is_read_back_as_it_was(form, text):
    node = ox.NamedNode(f"{BASE}a")
    literals = [
        ox.Literal(text),
        ox.Literal(text, language="en"),
        ox.Literal(text, datatype=ox.NamedNode(f"{BASE}Type")),
    ]
    quads = in_graph(
        [ox.Quad(node, ox.NamedNode(f"{BASE}gist"), each) for each in literals],
        form,
    )
    assert parse(serialize(quads, form, CONTEXT), form) == quads


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_of_what_comes_makes_no_difference(form):
    quads = [
        each
        for each in ox.parse(AS_WRITTEN, format=ox.RdfFormat.TURTLE)
        if not named_oddly(each, form)
    ]
    quads = sorted(in_graph(quads, form), key=str)
    assert serialize(quads, form, CONTEXT) == serialize(
        quads[::-1], form, CONTEXT
    )


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml"])
def test_what_stands_in_two_graphs_goes_out_once_where_graphs_have_no_names(
    form,
):
    names = [
        ox.NamedNode(f"{BASE}graph/{name}") for name in ("entities", "runs")
    ]
    quads = [
        ox.Quad(names[0], names[1], ox.Literal("once"), each) for each in names
    ]
    assert serialize(quads, form, CONTEXT).count(b"once") == 1


@pytest.mark.parametrize("character", "\x00\x01\x0b\x1b\x1f\uffff")
def test_a_character_that_xml_cannot_hold_is_an_error_and_not_a_broken_file(
    character,
):
    quad = ox.Quad(
        ox.NamedNode(BASE),
        ox.NamedNode(f"{BASE}gist"),
        ox.Literal(f"a{character}b"),
    )
    with pytest.raises(
        BadGraph, match=f"U\\+{ord(character):04X}.*RDF/XML.*take turtle"
    ):
        serialize([quad], "rdfxml", CONTEXT)
    assert parse(serialize([quad], "turtle", CONTEXT), "turtle") == {quad}


@pytest.mark.parametrize(
    "name",
    ["https://example.org/1x", f"{BASE}topic/", "https://example.org/a%20b"],
)
def test_a_property_that_xml_cannot_name_is_an_error(name):
    quad = ox.Quad(ox.NamedNode(BASE), ox.NamedNode(name), ox.Literal("x"))
    with pytest.raises(BadGraph, match="cannot name the property"):
        serialize([quad], "rdfxml", CONTEXT)
