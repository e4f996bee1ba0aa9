"""`onrecord.load()` gives rdflib's users what the files hold, to the letter, and the derived edges."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

import onrecord
from onrecord.model.errors import BadGraph
from onrecord.model.iris import GRAPHS
from onrecord.querying.ask import Graph as Asked
from onrecord.store.build import EDGES, graph_names
from onrecord.workspace import Workspace

# rdflib 7.6 warns of what its own Dataset calls.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning"
)
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
LITERALS = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://e/a> <http://e/p> 0.90, 1e3, "01"^^xsd:integer, "1"^^xsd:boolean, "2025-10"^^xsd:gYearMonth,
  "2025-10-21Z"^^xsd:date, "plain", "tagged"@en, "a\\nb \\"c\\"",
  "\\u202Eabc", [ <http://e/q> "node" ] .
"""

Written = tuple[str, str, tuple[str, str | None, str | None]]


@pytest.fixture(scope="module")
def dataset(shipped: Workspace) -> Dataset:
    return onrecord.load(shipped)


def from_files(terms: Iterable[ox.Quad]) -> set[Written]:
    return {
        (
            each.subject.value,
            each.predicate.value,
            _written(each.object.value, each.object),
        )
        for each in terms
    }


def _written(
    value: str, term: ox.NamedNode | ox.Literal
) -> tuple[str, str | None, str | None]:
    if not isinstance(term, ox.Literal):
        return value, None, None
    plain = term.language or term.datatype.value == XSD_STRING
    return value, term.language, None if plain else term.datatype.value


def from_rdflib(graph: Graph) -> set[Written]:
    return {
        (
            str(s),
            str(p),
            (str(o), o.language, o.datatype and str(o.datatype))
            if isinstance(o, Literal)
            else (str(o), None, None),
        )
        for s, p, o in graph
    }


def test_each_graph_holds_what_its_files_hold_to_the_letter(
    dataset: Dataset, shipped: Workspace
) -> None:
    expected: dict[str, set[Written]] = {}
    for path, graph in graph_names(shipped):
        quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        expected.setdefault(graph, set()).update(from_files(quads))
    assert len(expected) > 400
    for graph, written in expected.items():
        assert from_rdflib(dataset.graph(URIRef(graph))) == written


def test_it_holds_the_same_edges_as_the_engine(
    dataset: Dataset, graph: Asked
) -> None:
    edges = from_files(graph.store.quads_for_pattern(None, None, None, EDGES))
    assert len(edges) > 500
    assert from_rdflib(dataset.graph(URIRef(EDGES.value))) == edges


def test_rdflib_derives_the_same_edges_as_oxigraph(small: Workspace) -> None:
    dataset = onrecord.load(small)
    held = from_rdflib(dataset.graph(URIRef(GRAPHS["edges"])))
    dataset.remove_graph(URIRef(GRAPHS["edges"]))
    rule = small.ontology_file("edges.rq").read_text(encoding="utf-8")
    derived = dataset.query(rule).graph
    assert derived is not None
    assert from_rdflib(derived) == held
    assert len(held) > 1


def test_the_union_is_the_default_graph_and_prefixes_are_known(
    dataset: Dataset,
) -> None:
    (row,) = dataset.query(
        "SELECT (COUNT(*) AS ?n) { ?statement a :Statement ; :actor/rdfs:label ?who }"
    )
    assert int(row[0]) > 1000


def test_literals_and_nodes_are_as_rdflib_itself_reads_them(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    path = small.home / "documents" / "literals.ttl"
    path.write_text(LITERALS, encoding="utf-8")
    graph = onrecord.load(small).graph(
        URIRef("https://w3id.org/onrecord/doc/literals")
    )
    assert isomorphic(graph, Graph().parse(path))
    assert {str(o) for o in graph.objects(URIRef("http://e/a"))} >= {
        "0.90",
        "1e3",
        "01",
        "2025-10-21Z",
    }


def test_equal_node_labels_in_two_files_are_two_nodes(small: Workspace) -> None:
    for name in ("one", "two"):
        path = small.home / "documents" / f"{name}.ttl"
        path.write_text(f'_:b0 <http://e/p> "{name}" .', encoding="utf-8")
    assert len(set(onrecord.load(small).subjects(URIRef("http://e/p")))) == 2


def test_a_query_reads_no_file_that_it_names(
    small: Workspace, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text('<http://e/a> <http://e/b> "secret" .', encoding="utf-8")
    for clause in ("FROM", "FROM NAMED"):
        found = onrecord.load(small).query(
            f"SELECT * {clause} <{secret.as_uri()}> {{ {{ ?x ?y ?z }} UNION {{ GRAPH ?g {{ ?x ?y ?z }} }} }}"
        )
        assert "secret" not in {str(term) for row in found for term in row}


def test_a_file_that_does_not_parse_is_named_with_its_line(
    small: Workspace,
) -> None:
    (small.home / "documents" / "bad.ttl").write_text(
        "\n<http://e/a> oops .\n", encoding="utf-8"
    )
    with pytest.raises(BadGraph, match=r"bad\.ttl:2: no Turtle: "):
        onrecord.load(small)
