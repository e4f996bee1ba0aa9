import csv
import io
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

import onrecord
from onrecord.formats.export import export, nodes_beside
from onrecord.formats.registry import EXPORTS, FORMATS
from onrecord.model.errors import BadInput, NotWritten, UnknownName

# rdflib warns of what it calls itself.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph):DeprecationWarning"
)
UNION = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}
NAMED = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
ONE_FILE = [each for each in EXPORTS if each != "neo4j"]
"""The formats that need no place to be written to; the other is tested with the drawings."""


@pytest.fixture(scope="module")
def loaded(workspace) -> Dataset:
    return onrecord.load(workspace)


def graphs(dataset):
    return {
        str(each.identifier): each for each in dataset.graphs() if len(each)
    }


def read_back(form: str, content: bytes) -> int:
    """How much of it a reader that is not ours finds."""
    if form in UNION:
        return len(Graph().parse(data=content, format=UNION[form]))
    if form in NAMED:
        return len(
            list(Dataset().parse(data=content, format=NAMED[form]).quads())
        )
    if form == "dna":
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(content)
            return database.execute(
                "SELECT COUNT(*) FROM STATEMENTS"
            ).fetchone()[0]
    if form == "graphml":
        return nx.read_graphml(io.BytesIO(content)).number_of_edges()
    return len(list(csv.DictReader(io.StringIO(content.decode()))))


@pytest.mark.parametrize("form", ONE_FILE)
def test_every_format_of_the_table_is_exported_and_read_back(form, workspace):
    assert read_back(form, export(form, workspace=workspace).content) > 10


@pytest.mark.parametrize("form", UNION)
def test_a_format_without_graph_names_holds_the_union_of_all_graphs(
    form, workspace, loaded
):
    union = Graph()
    for triple in loaded.triples((None, None, None)):
        union.add(triple)
    got = Graph().parse(
        data=export(form, workspace=workspace).content, format=UNION[form]
    )
    assert isomorphic(got, union)


@pytest.mark.parametrize("form", NAMED)
def test_a_format_with_graph_names_keeps_every_graph_by_its_name(
    form, workspace, loaded
):
    got = graphs(
        Dataset().parse(
            data=export(form, workspace=workspace).content, format=NAMED[form]
        )
    )
    want = graphs(loaded)
    assert got.keys() == want.keys()
    assert all(isomorphic(got[name], want[name]) for name in want)


@pytest.fixture(scope="module")
def shipped_quads(graph):
    """What ships, with the names of its graphs and without."""
    named = numbers_aside(graph.store)
    return named, {ox.Quad(*quad.triple) for quad in named}


@pytest.mark.xdist_group("formats-of-what-ships")
@pytest.mark.parametrize("form", [*UNION, *NAMED])
def test_the_graph_that_ships_goes_out_whole(form, shipped, shipped_quads):
    kind = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    kind |= {
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    got = ox.parse(export(form, workspace=shipped).content, format=kind[form])
    named, union = shipped_quads
    assert numbers_aside(got) == (named if form in NAMED else union)


def numbers_aside(quads):
    """The quads but for decimals, which the store writes in its own way."""
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    return {
        each
        for each in quads
        if not (
            isinstance(each.object, ox.Literal)
            and each.object.datatype == decimal
        )
    }


@pytest.mark.parametrize("form", ONE_FILE)
def test_the_same_graph_gives_the_same_bytes(form, workspace):
    assert (
        export(form, workspace=workspace).content
        == export(form, workspace=workspace).content
    )


@pytest.mark.parametrize(
    ("form", "parser"),
    [("turtle", "turtle"), ("rdfxml", "rdfxml"), ("ntriples", "ntriples")],
)
def test_rapper_reads_as_many_triples_as_went_out(
    form, parser, workspace, tmp_path, loaded
):
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (raptor2-utils) is not installed")
    file = export(form, tmp_path / "graph", workspace=workspace).files[0]
    answer = subprocess.run(
        [rapper, "-c", "-i", parser, file],
        capture_output=True,
        text=True,
        check=True,
        timeout=250,
    )
    assert f"{len(loaded)} triples" in answer.stderr


def test_a_target_is_written_and_its_suffix_names_the_format(
    workspace, tmp_path
):
    written = export(target=tmp_path / "graph.nq", workspace=workspace)
    assert written.files == (tmp_path / "graph.nq",)
    assert (tmp_path / "graph.nq").read_bytes() == export(
        "nquads", workspace=workspace
    ).content


def test_csv_writes_the_nodes_beside_the_edges(workspace, tmp_path):
    target = tmp_path / "graph.csv"
    written = export("csv", str(target), workspace=workspace)
    assert (
        written.files
        == (target, tmp_path / "graph-nodes.csv")
        == (target, nodes_beside(target))
    )
    assert target.read_bytes().startswith(b"source,source_name,label,target,")
    assert written.files[1].read_bytes().startswith(b"id,label,type,")


def test_a_file_of_somebody_else_is_overwritten_by_force_alone(
    workspace, tmp_path
):
    target = tmp_path / "graph.ttl"
    target.write_text("mine")
    with pytest.raises(NotWritten, match="--force"):
        export("turtle", target, workspace=workspace)
    assert target.read_text() == "mine"
    export("turtle", target, workspace=workspace, force=True)
    export("turtle", target, workspace=workspace)
    assert target.read_text().startswith("@prefix")


def test_where_the_list_of_nodes_is_refused_the_list_of_edges_stays_as_it_was(
    workspace, tmp_path
):
    (tmp_path / "graph-nodes.csv").write_text("mine")
    with pytest.raises(NotWritten, match="graph-nodes"):
        export("csv", tmp_path / "graph.csv", workspace=workspace)
    assert not (tmp_path / "graph.csv").exists()


@pytest.mark.parametrize(
    "form", [form for form in EXPORTS if FORMATS[form].holds != "coding"]
)
def test_only_edges_and_only_statements_exclude_each_other(form, workspace):
    with pytest.raises(BadInput, match="one of the two"):
        export(form, edges_only=True, statements_only=True, workspace=workspace)


@pytest.mark.parametrize(
    "form",
    [form for form in ONE_FILE if FORMATS[form].holds in {"network", "rows"}],
)
def test_statements_alone_cannot_go_into_a_network_format(form, workspace):
    with pytest.raises(BadInput, match=f"{form} holds edges"):
        export(form, statements_only=True, workspace=workspace)


@pytest.mark.parametrize("form", ["turtle", "csv"])
def test_a_folder_is_no_file_to_write(form, workspace, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotWritten, match=r"^\. is a folder; name a file in it"):
        export(form, ".", workspace=workspace)
    assert [*tmp_path.iterdir()] == []


def test_an_unknown_format_suggests_the_nearest(workspace):
    with pytest.raises(UnknownName, match="did you mean turtle"):
        export("turtel", workspace=workspace)


def test_names_and_dates_that_nobody_knows_are_errors(workspace):
    with pytest.raises(UnknownName, match="Eve Example"):
        export("turtle", about="Eve Exampel", workspace=workspace)
    with pytest.raises(BadInput, match="no date"):
        export("turtle", since="yesterday", workspace=workspace)


def test_an_empty_workspace_goes_out_in_every_format(tmp_path):
    empty = onrecord.init(tmp_path / "empty")
    for form in ONE_FILE:
        content = export(form, workspace=empty).content
        # Of records, a line a document, nothing is left.
        assert content or form == "records"
    assert (
        b":Statement"
        not in export("turtle", workspace=empty, edges_only=True).content
    )


def test_beside_a_device_no_other_file_is_written(workspace, tmp_path) -> None:
    device = tmp_path / "out"
    device.symlink_to(os.devnull)
    written = export("csv", device, workspace=workspace)
    assert [path.name for path in written.files] == ["out"]
    assert list(tmp_path.iterdir()) == [device]
    with pytest.raises(BadInput, match="neo4j makes three files"):
        export("neo4j", device, workspace=workspace)
