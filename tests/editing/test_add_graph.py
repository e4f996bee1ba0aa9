"""RDF that is added: our own terms come in as statements, others are refused in words."""

import pyoxigraph as ox
import pytest

import onrecord
from onrecord import workspace
from onrecord.editing.add_graph import FORMATS
from onrecord.model.errors import BadInput, BadRecord
from onrecord.querying.ask import Graph

STATEMENTS = (
    "SELECT ?s ?actor ?relation ?object ?negated ?gist ?words ?start"
    " { ?s a :Statement ; :actor ?actor ; :relation ?relation ; :object ?object ; :gist ?gist ."
    " OPTIONAL { ?s :negated ?negated } OPTIONAL { ?s oa:exact ?words } } ORDER BY ?s ?actor"
)


def stated(where: workspace.Workspace) -> list[tuple]:
    table = Graph(workspace.find(where.root)).ask(STATEMENTS)
    return [tuple(map(str, row.values())) for row in table]


HEAD = """@prefix : <https://w3id.org/onrecord/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix run: <https://w3id.org/onrecord/run/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
MADE = f"{HEAD}<https://w3id.org/onrecord/statement/00000000000a> prov:wasGeneratedBy run:curation-2025 .\n"
RUN = f"""{HEAD}run:curation-2025 a :Run ; :runKind <https://w3id.org/onrecord/code/curation> ;
    <http://www.w3.org/2000/01/rdf-schema#label> "Curation of 2025-03-04"@en ;
    prov:endedAtTime "2025-03-04"^^xsd:date .
"""


def runs(where: workspace.Workspace) -> list[tuple]:
    """Who made each statement, and when."""
    table = Graph(workspace.find(where.root)).ask(
        "SELECT ?s ?label ?kind ?ended { ?s prov:wasGeneratedBy ?run . ?run rdfs:label ?label ;"
        " :runKind ?kind ; prov:endedAtTime ?ended } ORDER BY ?s"
    )
    return [tuple(map(str, row.values())) for row in table]


@pytest.fixture
def empty(tmp_path) -> workspace.Workspace:
    return workspace.init(tmp_path / "empty")


@pytest.mark.parametrize(
    "suffix", [".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld"]
)
def test_a_graph_that_was_exported_comes_in_with_its_statements(
    small, empty, tmp_path, suffix
):
    names = {
        ".ttl": "turtle",
        ".nt": "ntriples",
        ".nq": "nquads",
        ".rdf": "rdfxml",
    }
    document = next((small.root / "graphs" / "documents").glob("*.ttl"))
    document.write_text(
        document.read_text(encoding="utf-8") + MADE, encoding="utf-8"
    )
    (small.root / "graphs" / "runs.ttl").write_text(RUN, encoding="utf-8")
    path = tmp_path / f"graph{suffix}"
    onrecord.export(names.get(suffix, suffix[1:]), path, workspace=small)
    added = onrecord.add([path], workspace=empty)
    assert added.documents["added"] == 1
    assert stated(empty) == stated(small) != []
    assert runs(empty) == runs(small)
    assert [day for *_, day in runs(empty)] == ["2025-03-04"]
    again = onrecord.add([path], workspace=workspace.find(empty.root))
    assert again.documents == {"unchanged": 1}


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_begin_of_a_graph_is_no_part_of_it(
    small, empty, tmp_path, charset
):
    path = tmp_path / "graph.ttl"
    onrecord.export("turtle", path, workspace=small)
    path.write_bytes(path.read_text(encoding="utf-8").encode(charset))
    assert onrecord.add([path], workspace=empty).documents["added"] == 1
    document = next((empty.root / "graphs" / "documents").glob("*.ttl"))
    document.write_bytes(b"\xef\xbb\xbf" + document.read_bytes())
    assert stated(empty) == stated(small)
    assert onrecord.check(workspace.find(empty.root)) is not None


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.ttl",
            "<http://e.org/a> <http://e.org/b> 'c' .",
            "holds no statements in the terms of",
        ),
        ("a.ttl", "<http://e.org/a> <b", "is no RDF that can be read"),
        ("a.rdf", "<rdf", "is no RDF that can be read"),
        ("a.jsonld", "[", "is no RDF that can be read"),
    ],
)
def test_other_rdf_is_refused_with_what_would_be_needed(
    empty, tmp_path, name, text, message
):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        onrecord.add([path], workspace=empty)
    assert list((empty.home / "documents").glob("*")) == []


def test_a_statement_of_unknown_terms_is_a_fault_as_in_records(
    small, empty, tmp_path
):
    path = tmp_path / "graph.nt"
    onrecord.export("ntriples", path, workspace=small)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("onrecord/urges>", "onrecord/loves>"), encoding="utf-8"
    )
    with pytest.raises(BadRecord, match="'loves' is not known"):
        onrecord.add([path], workspace=empty)


def test_every_suffix_of_a_graph_has_its_format():
    assert set(FORMATS.values()) >= {ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML}
