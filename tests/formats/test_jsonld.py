import json

import pyoxigraph as ox
import pytest

from onrecord.formats.jsonld import Context, jsonld
from onrecord.formats.turtle import order
from onrecord.model.iris import BASE
from onrecord.workspace import shipped

SOURCE = f"""
@prefix : <{BASE}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> . @prefix st: <{BASE}statement/> . @prefix code: <{BASE}code/> .
<{BASE}doc/d> {{
  st:1 a :Statement ; rdfs:label "It"@en ; :actor :Ada, :Bea ; :object <{BASE}topic/deepfakes> ;
    :negated false ; :modality code:actual ; :gist "Says it."@en ;
    :confidence 0.90 ; :saidOn "2026-05"^^xsd:gYearMonth ; :evidence <{BASE}statement/1/evidence> .
  <{BASE}doc/d> schema:url <https://example.org/> .
}}
"""


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(shipped().ontology_file("context.jsonld"))


@pytest.fixture(scope="module")
def found(context):
    quads = sorted(ox.parse(SOURCE, format=ox.RdfFormat.TRIG), key=order)
    return json.loads("".join(jsonld(quads, context)))


def test_a_graph_is_a_member_with_its_nodes(found):
    [graph] = found["@graph"]
    assert graph["id"] == "doc:d"
    assert [node["id"] for node in graph["@graph"]] == ["doc:d", "st:1"]


def test_a_statement_reads_like_json(found):
    assert found["@graph"][0]["@graph"][1] == {
        "id": "st:1",
        "type": "Statement",
        "label": {"@value": "It", "@language": "en"},
        "actor": ["Ada", "Bea"],
        "confidence": "0.90",
        "evidence": "st:1/evidence",
        "gist": "Says it.",
        "modality": "code:actual",
        "negated": False,
        "object": "topics:deepfakes",
        "saidOn": {"@value": "2026-05", "@type": "xsd:gYearMonth"},
    }


def test_an_address_stays_whole(found):
    assert found["@graph"][0]["@graph"][0]["url"] == "https://example.org/"


def test_the_bundled_context_stands_in_the_file_with_the_base_of_ids(found):
    bundled = json.loads(
        shipped().ontology_file("context.jsonld").read_text(encoding="utf-8")
    )["@context"]
    assert found["@context"] == {**bundled, "@base": BASE}


def test_a_property_that_shares_its_name_with_a_term_of_another_vocabulary_is_written_whole(
    context,
):
    assert context.name("http://www.w3.org/ns/oa#end").key == "end"
    assert context.name(f"{BASE}end").key == f"{BASE}end"


def test_an_empty_graph_is_valid_json(context):
    assert json.loads("".join(jsonld([], context)))["@graph"] == []
