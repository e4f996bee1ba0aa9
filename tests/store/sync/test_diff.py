import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from onrecord import export, load
from onrecord.model.errors import BadGraph, BadInput
from onrecord.store.build import build
from onrecord.store.sync.diff import diff
from onrecord.workspace import Workspace

DOCUMENT = "https://w3id.org/onrecord/doc/example-herald-2025-ada-asks"
EDGES = "https://w3id.org/onrecord/graph/edges"


def found(*sides: object, **more: object) -> dict[str, tuple[str, int, int]]:
    """The graphs that differ: how, and by how many triples."""
    compared = [each for each in diff(*sides, **more) if not each.is_same]
    return {
        each.graph: (each.how, len(each.only_here), len(each.only_there))
        for each in compared
    }


@pytest.fixture
def other(small: Workspace, tmp_path: Path) -> Workspace:
    """The same workspace once more."""
    shutil.copytree(small.root, tmp_path / "other")
    return Workspace(
        tmp_path / "other",
        (tmp_path / "other" / "graphs",),
        small.ontology,
        small.queries,
    )


def test_a_workspace_and_its_copy_are_the_same(
    small: Workspace, other: Workspace
) -> None:
    compared = [*diff(small.root, other.root)]
    assert {each.how for each in compared} == {"same"}
    assert {DOCUMENT, EDGES} < {each.graph for each in compared}


def test_a_changed_value_is_one_triple_on_each_side(
    small: Workspace, other: Workspace
) -> None:
    file = other.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    file.write_text(file.read_text().replace("0.90", "0.8"))
    (compared,) = (each for each in diff(small, other) if not each.is_same)
    assert (compared.graph, compared.how) == (DOCUMENT, "different")
    assert [line.count('"0.9"') for line in compared.only_here] == [1]
    assert [line.count('"0.8"') for line in compared.only_there] == [1]


def test_a_value_that_is_only_written_in_another_way_is_no_difference(
    small: Workspace, other: Workspace
) -> None:
    file = other.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    file.write_text(file.read_text().replace("0.90", '"0.9000"^^xsd:decimal'))
    assert found(small, other) == {}


def test_a_document_that_one_side_lacks_is_told_with_the_edges_that_follow(
    small: Workspace, other: Workspace
) -> None:
    (
        other.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    ).unlink()
    assert found(small, other) == {
        DOCUMENT: ("only here", 21, 0),
        EDGES: ("only here", 2, 0),
    }
    assert found(other, small)[DOCUMENT] == ("only there", 0, 21)


@pytest.mark.parametrize("suffix", [".nq", ".trig"])
def test_a_workspace_and_all_of_it_in_one_file_are_the_same(
    small: Workspace, tmp_path: Path, suffix: str
) -> None:
    form = ox.RdfFormat.from_extension(suffix[1:])
    build(small).dump(str(tmp_path / f"all{suffix}"), format=form)
    assert found(small, tmp_path / f"all{suffix}") == {}


def test_a_file_without_names_of_graphs_is_compared_with_all_as_one(
    small: Workspace, tmp_path: Path
) -> None:
    target = export("turtle", tmp_path / "all.ttl", workspace=small)
    assert target
    (compared,) = diff(small, tmp_path / "all.ttl")
    assert (compared.graph, compared.only_there) == ("", frozenset())


def test_a_file_without_names_stands_for_the_graph_that_is_named(
    small: Workspace,
) -> None:
    file = small.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    assert [each.how for each in diff(file, small, graphs=[DOCUMENT])] == [
        "same"
    ]


def test_what_is_nothing_to_compare_is_refused(
    small: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="no workspace's folder"):
        [*diff(small, tmp_path / "nowhere.ttl")]
    (tmp_path / "page.html").write_text("<p>")
    with pytest.raises(BadInput, match=r"ends in \.ttl"):
        [*diff(small, tmp_path / "page.html")]


def test_a_file_that_does_not_parse_is_told_with_its_line(
    small: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "bad.ttl").write_text(
        "<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense .\n"
    )
    with pytest.raises(BadGraph, match=r"bad\.ttl:2: no Turtle"):
        [*diff(small, tmp_path / "bad.ttl")]


def test_blank_nodes_are_compared_by_their_place(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text("<urn:a> <urn:b> [ <urn:c> 1 ] , [ <urn:c> 2 ] .")
    two.write_text(
        "_:x <urn:c> 2 . _:y <urn:c> 1 . <urn:a> <urn:b> _:y , _:x ."
    )
    assert found(one, two) == {}


def test_the_shipped_graph_is_the_same_for_rdflib(
    shipped: Workspace, tmp_path: Path
) -> None:
    union = Graph()
    for triple in load(workspace=shipped):
        union.add(triple[:3])
    union.serialize(tmp_path / "all.nt", format="nt", encoding="utf-8")
    assert found(shipped, tmp_path / "all.nt") == {}
