import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from onrecord.discourse.weighted import MeasuredNetwork, of_entities
from onrecord.formats.export import export
from onrecord.formats.neo4j import neo4j
from onrecord.formats.registry import NETWORKS, network_writer
from onrecord.model.errors import BadInput
from onrecord.networks import EdgeStatement, Link, Network, Node
from onrecord.networks.graph import network

GEXF = "{http://gexf.net/1.3}"


def proof(key, said, stance):
    return EdgeStatement(
        id=key, sentence="Ada urges Nine", actors=("Ada",), relation="urges", object="Nine", negated=False, topics=(),
        stance=stance, gist="Asks.", quote=None, wording="direct", said=said, published=None, via=None, publisher="P",
        title="T", url=None, document="d", status="unreviewed", machine_made=False,
    )  # fmt: skip


@pytest.fixture
def drawn():
    """Two parallel links, one of two dated statements, one of an undated one; a name that must be escaped."""
    nodes = {
        "Ada": Node(
            "Ada", 'Ada "the <first>" & co', "person", "person", ("A.", "B.")
        ),
        "Nine": Node(
            "Nine", "Studio Nine", "company", "company", (), "Makes films."
        ),
        "alone": Node("alone", "Ülo", "person", "person"),
    }
    links = (
        Link("Ada", "Nine", "sues", "sues", "sues", "action", ("s3",)),
        Link("Ada", "Nine", "urges", "urges", "urges", "speech", ("s1", "s2")),
    )
    proofs = {
        "s1": proof("s1", "2024-05", "critical"),
        "s2": proof("s2", "2025-01-02", "critical"),
        "s3": proof("s3", None, None),
    }
    return of_entities(Network(nodes, links, proofs, "A test"))


@pytest.fixture
def measured(drawn):
    measures = {
        "Ada": {"cluster": 1, "betweenness": 0.5, "camp": "A", "core": True}
    }
    return MeasuredNetwork(
        drawn.network, drawn.weights, measures, drawn.spells, directed=False
    )


def test_gexf_holds_attributes_and_parallel_edges(measured):
    found = nx.read_gexf(io.BytesIO(network_writer("gexf")(measured)))
    assert found.number_of_edges() == 2
    assert found.nodes["Ada"]["label"] == 'Ada "the <first>" & co'
    assert {
        key: found.nodes["Ada"][key]
        for key in ("cluster", "betweenness", "camp", "core")
    } == measured.measures["Ada"]
    assert found.nodes["Ada"]["aliases"] == "A.; B."
    assert sorted(edge["weight"] for *_, edge in found.edges(data=True)) == [
        1,
        2,
    ]


def test_gexf_has_a_spell_for_each_date_and_none_for_undated_links(drawn):
    root = ET.fromstring(network_writer("gexf")(drawn))  # noqa: S314  ours
    spells = [
        [(s.get("start"), s.get("end")) for s in edge.iter(f"{GEXF}spell")]
        for edge in root.iter(f"{GEXF}edge")
    ]
    assert spells == [
        [],
        [("2024-05-01", "2024-05-31"), ("2025-01-02", "2025-01-02")],
    ]
    assert root.find(f"{GEXF}graph").attrib == {
        "defaultedgetype": "directed",
        "mode": "dynamic",
        "timeformat": "date",
    }


def test_pajek_reads_back_with_parallel_edges_and_stances(drawn):
    text = network_writer("pajek")(drawn).decode()
    found = nx.parse_pajek(text.splitlines())
    assert set(found) == {"Ada 'the <first>' & co", "Studio Nine", "Ülo"}
    assert sorted(
        (each["weight"], each["l"]) for *_, each in found.edges(data=True)
    ) == [
        (1, "sues"),
        (2, "urges; critical 2"),
    ]


def test_pajek_knows_ties_without_direction(measured):
    assert b"*Edges\r\n" in network_writer("pajek")(measured)


def test_dl_is_an_edge_list_a_relation_and_both_ways_without_direction(
    drawn, measured
):
    text = network_writer("dl")(drawn).decode()
    assert text.startswith("dl n=3 nm=2 format=edgelist1\nlabels:\n")
    assert text.endswith('"urges"\ndata:\n1 2 1\n!\n1 2 2\n')
    assert (
        network_writer("dl")(measured)
        .decode()
        .endswith("data:\n1 2 1\n2 1 1\n!\n1 2 2\n2 1 2\n")
    )


def test_cytoscape_reads_back_whole(measured):
    found = json.loads(network_writer("cytoscape")(measured))
    nodes = {
        each["data"]["id"]: each["data"] for each in found["elements"]["nodes"]
    }
    assert nodes["Ada"]["aliases"] == ["A.", "B."]
    assert nodes["Ada"]["cluster"] == 1
    edges = {
        each["data"]["interaction"]: each["data"]
        for each in found["elements"]["edges"]
    }
    assert edges["urges"]["evidence"] == ["s1", "s2"]
    assert edges["urges"]["stances"] == ["critical"]


def test_graphml_holds_measures_and_weights(measured):
    found = nx.read_graphml(
        io.BytesIO(network_writer("graphml")(measured)), force_multigraph=True
    )
    assert found.nodes["Ada"]["betweenness"] == 0.5
    assert sorted(each["weight"] for *_, each in found.edges(data=True)) == [
        1,
        2,
    ]


def test_neo4j_is_a_script_and_the_two_files_it_loads(drawn):
    script, nodes, links = (
        each.decode() for each in neo4j(drawn, "n.csv", "l.csv")
    )
    assert "'file:///n.csv'" in script
    assert set(re.findall(r"\[r:(\w+)\]", script)) == {"URGES", "SUES"}
    assert [row["name"] for row in csv.DictReader(io.StringIO(nodes))] == [
        'Ada "the <first>" & co',
        "Studio Nine",
        "Ülo",
    ]
    assert [row["evidence"] for row in csv.DictReader(io.StringIO(links))] == [
        "s3",
        "s1 s2",
    ]


def test_neo4j_names_relations_as_cypher_does(graph):
    found = of_entities(network(graph))
    names = set(re.findall(r"\[r:(\w+)\]", neo4j(found)[0].decode()))
    assert {"USES_AI_IN", "CONCERNED_ABOUT", "URGES"} <= names
    assert len(names) == len({link.relation for link in found.network.links})


def test_neo4j_writes_three_files_and_needs_a_place_for_them(shipped, tmp_path):
    written = export("neo4j", tmp_path / "graph.cypher", workspace=shipped)
    assert [path.name for path in written.files] == [
        "graph.cypher",
        "graph-nodes.csv",
        "graph-links.csv",
    ]
    with pytest.raises(BadInput, match=r"-o graph\.cypher"):
        export("neo4j", workspace=shipped)


@pytest.mark.parametrize("form", sorted(NETWORKS))
def test_a_drawing_of_nothing_is_still_one(form):
    assert network_writer(form)(of_entities(Network({}, (), {})))
