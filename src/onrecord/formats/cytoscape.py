"""Network → Cytoscape JSON (.cyjs), for Cytoscape and Cytoscape.js."""

import json
from operator import attrgetter

from onrecord.discourse.weighted import MeasuredNetwork
from onrecord.networks.model import Link, Node


def cytoscape(drawn: MeasuredNetwork) -> bytes:
    """The network as `{"elements": {"nodes": […], "edges": […]}}`, every attribute in `data`.

    Source: Cytoscape.js, "Elements JSON".
    """
    network = drawn.network
    nodes = []
    for node in sorted(network.nodes.values(), key=attrgetter("id")):
        data = {**_node(node), **drawn.measures.get(node.id, {})}
        nodes.append({"data": data})
    edges = []
    for number, link in enumerate(network.links):
        data = {"id": f"e{number}", **_edge(link, drawn)}
        edges.append({"data": data})
    whole = {
        "data": {"name": network.title, "facts": network.facts},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _node(node: Node) -> dict[str, object]:
    return {
        "id": node.id,
        "name": node.label,
        "type": node.type,
        "drawn_as": node.drawn_as,
        "aliases": [*node.aliases],
        "description": node.description,
    }


def _edge(link: Link, drawn: MeasuredNetwork) -> dict[str, object]:
    stances = {drawn.network.proofs[key].stance for key in link.evidence}
    return {
        "source": link.source,
        "target": link.target,
        "interaction": link.relation,
        "name": link.label,
        "phrase": link.phrase,
        "family": link.family,
        "weight": drawn.weights[link.source, link.relation, link.target],
        "statements": len(link.evidence),
        "evidence": [*link.evidence],
        "stances": sorted(filter(None, stances)),
    }
