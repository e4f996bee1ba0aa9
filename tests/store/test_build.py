"""A store holds what the files hold, each under its own name, and the edges that follow."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadGraph
from onrecord.model.iris import BASE, GRAPHS
from onrecord.querying.ask import Graph
from onrecord.store.build import EDGES, build, graph_namer, graph_names
from onrecord.workspace import Workspace

ADA, URGES, STUDIO = (
    ox.NamedNode(BASE + name)
    for name in ("Ada-Example", "urges", "Studio-Nine")
)


def test_each_file_has_a_graph_of_its_own(small: Workspace) -> None:
    graphs = {graph.value for graph in build(small).named_graphs()}
    document = f"{BASE}doc/example-herald-2025-ada-asks"
    assert graphs == {
        document,
        GRAPHS["entities"],
        GRAPHS["ontology"],
        GRAPHS["edges"],
    }


def test_an_edge_is_derived_and_stands_in_the_graph_of_edges_alone(
    small: Workspace,
) -> None:
    (found,) = build(small).quads_for_pattern(ADA, URGES, STUDIO, None)
    assert found.graph_name == EDGES


def test_a_triple_in_two_files_of_entities_is_one(small: Workspace) -> None:
    whole = len(build(small))
    folder = small.home / "entities.ttl"
    (Path(folder).with_name("runs.ttl")).write_text("", encoding="utf-8")
    assert len(build(small)) == whole


@pytest.mark.parametrize("name", ["no name", "a<b", "coding-a b"])
def test_a_file_whose_name_makes_no_iri_is_told(
    small: Workspace, name: str
) -> None:
    folder = (
        small.home if name.startswith("coding") else small.home / "documents"
    )
    (folder / f"{name}.ttl").write_text("", encoding="utf-8")
    with pytest.raises(
        BadGraph,
        match=f"{name}.ttl: its name is that of its graph, and makes no IRI: rename it",
    ):
        build(small)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"<http://e/a> <http://e/b> .", 1),
        (b"\n\n<http://e/a> a <http://e/b>\n<http://e/c>", 4),
        (b"\n<http://e/a> a \xff .", 2),
    ],
)
def test_a_file_that_does_not_parse_is_named_with_its_line(
    small: Workspace, text: bytes, line: int
) -> None:
    (small.home / "documents" / "bad.ttl").write_bytes(text)
    with pytest.raises(BadGraph, match=rf"bad\.ttl:{line}: no Turtle: "):
        build(small)


def test_a_file_that_cannot_be_read_is_named(small: Workspace) -> None:
    (small.home / "documents" / "folder.ttl").mkdir()
    with pytest.raises(BadGraph, match=r"folder\.ttl: "):
        build(small)


def test_a_workspace_without_graphs_holds_the_ontology(
    tmp_path: Path, small: Workspace
) -> None:
    empty = Workspace(
        tmp_path, (tmp_path / "graphs",), small.ontology, small.queries
    )
    assert {graph.value for graph in build(empty).named_graphs()} == {
        GRAPHS["ontology"]
    }


def test_every_shipped_edge_is_borne_by_a_statement(graph: Graph) -> None:
    bearing = "GRAPH graph:edges { ?statement :bears ?edge }"
    found = graph.ask(
        f"""SELECT ?x ?edge ?y {{
          GRAPH graph:edges {{ ?x ?edge ?y }}
          FILTER (?edge NOT IN (:bears, :usedIn))
          FILTER NOT EXISTS {{ {bearing} ?statement :actor ?x ; :object ?y }}
          FILTER NOT EXISTS {{ {bearing} ?statement :actor ?y ; :object ?x . ?edge a owl:SymmetricProperty }}
        }}"""
    )
    assert found == []


def test_a_file_is_of_the_graph_that_it_is_read_into(
    shipped: Workspace,
) -> None:
    name = graph_namer(shipped)
    files = [*graph_names(shipped)]
    assert [(path, name(path)) for path, _ in files] == files
    assert not name(shipped.ontology_file("edges.rq"))
