import pyoxigraph as ox

from onrecord.formats.turtle import order, trig, turtle

SOURCE = """
@prefix : <https://w3id.org/onrecord/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix topic: <https://w3id.org/onrecord/topic/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
:b :urges :a . :a :urges :c, :b ; :confidence 0.90 ; :negated false ;
  rdfs:label "A \\"quoted\\"\\nname"@en ; a :Company .
<https://w3id.org/onrecord/statement/1/evidence> :topic topic:deepfakes .
"""
TURTLE = """\
@prefix : <https://w3id.org/onrecord/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix topic: <https://w3id.org/onrecord/topic/> .

:a a :Company ;
    rdfs:label "A \\"quoted\\"\\nname"@en ;
    :confidence 0.90 ;
    :negated false ;
    :urges :b,
        :c .

:b :urges :a .

<https://w3id.org/onrecord/statement/1/evidence> :topic topic:deepfakes .
"""
TRIG = """\
@prefix : <https://w3id.org/onrecord/> .
@prefix graph: <https://w3id.org/onrecord/graph/> .

graph:edges {

:a :urges :b .

:b :urges :a .

}

graph:runs {

:a :urges :b .

}
"""


def test_turtle_is_sorted_declares_the_prefixes_it_uses_and_has_a_line_an_object():
    quads = sorted(ox.parse(SOURCE, format=ox.RdfFormat.TURTLE), key=order)
    assert "".join(turtle(quads)) == TURTLE


def test_trig_has_a_block_a_graph():
    quads = sorted(ox.parse(TRIG, format=ox.RdfFormat.TRIG), key=order)
    assert "".join(trig(quads)) == TRIG


def test_a_statement_comes_before_its_evidence():
    names = [
        "https://w3id.org/onrecord/statement/1/evidence",
        "https://w3id.org/onrecord/statement/1",
    ]
    quads = [
        ox.Quad(ox.NamedNode(name), ox.NamedNode(name), ox.Literal("x"))
        for name in names
    ]
    assert [each.subject.value for each in sorted(quads, key=order)] == names[
        ::-1
    ]
