import io
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

import onrecord
from onrecord.formats.graphml import graphml
from onrecord.model.errors import BadGraph
from onrecord.networks import Network, Node
from onrecord.networks.graph import network


@pytest.fixture(scope="module")
def content(hostile) -> bytes:
    return graphml(network(hostile))


def links(graph):
    return sorted(
        (source, target, sorted(data.items()))
        for source, target, data in graph.edges(data=True)
    )


def test_networkx_reads_back_every_node_and_every_attribute(content, workspace):
    want = onrecord.to_networkx(workspace=workspace)
    got = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert dict(got.nodes(data=True)) == dict(want.nodes(data=True))
    assert got.graph.items() >= want.graph.items()


def test_networkx_reads_back_parallel_edges_with_every_attribute(
    content, workspace
):
    want = onrecord.to_networkx(workspace=workspace)
    got = nx.read_graphml(io.BytesIO(content))
    assert got.is_multigraph()
    assert (
        got.number_of_edges("Eve-Example", "Studio-script-alert-1-script-Nine")
        == 2
    )
    assert links(got) == links(want)


def test_the_network_that_ships_is_read_back_whole(shipped, graph):
    want = onrecord.to_networkx(workspace=shipped)
    got = nx.read_graphml(
        io.BytesIO(graphml(network(graph))), force_multigraph=True
    )
    assert dict(got.nodes(data=True)) == dict(want.nodes(data=True))
    assert links(got) == links(want)


def test_no_two_edges_have_one_id(content):
    ids = [
        each.get("id")
        for each in ET.fromstring(content).iter(  # noqa: S314
            "{http://graphml.graphdrawing.org/xmlns}edge"
        )
    ]
    assert len(ids) == len(set(ids)) > 10


def test_a_carriage_return_is_read_back():
    made = graphml(
        Network({"a": Node("a", "one\rtwo", "person", "person")}, (), {})
    )
    assert nx.read_graphml(io.BytesIO(made)).nodes["a"]["label"] == "one\rtwo"


def test_a_character_that_xml_cannot_hold_is_an_error():
    with pytest.raises(BadGraph, match=r"U\+001B.*GraphML"):
        graphml(
            Network({"a": Node("a", "one\x1btwo", "person", "person")}, (), {})
        )
