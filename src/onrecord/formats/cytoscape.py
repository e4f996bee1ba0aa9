"""Network → Cytoscape JSON (.cyjs), for Cytoscape and Cytoscape.js."""

import json

from onrecord.discourse.weighted import MeasuredNetwork


def cytoscape(drawn: MeasuredNetwork) -> bytes:
    """The network as `{"elements": {"nodes": […], "edges": […]}}`, every attribute in `data`.

    Source: Cytoscape.js, "Elements JSON".
    """
    network = drawn.network
    nodes = [
        {
            "data": {
                "id": node.id,
                "name": node.label,
                "type": node.type,
                "drawn_as": node.drawn_as,
                "aliases": [*node.aliases],
                "description": node.description,
                **drawn.measures.get(node.id, {}),
            }
        }
        for node in sorted(network.nodes.values(), key=lambda node: node.id)
    ]
    edges = [
        {
            "data": {
                "id": f"e{number}",
                "source": link.source,
                "target": link.target,
                "interaction": link.relation,
                "name": link.label,
                "phrase": link.phrase,
                "family": link.family,
                "weight": drawn.weights[link.source, link.relation, link.target],
                "statements": len(link.evidence),
                "evidence": [*link.evidence],
                "stances": sorted(
                    {
                        stance
                        for key in link.evidence
                        if (stance := network.proofs[key].stance)
                    }
                ),
            }
        }
        for number, link in enumerate(network.links)
    ]
    whole = {
        "data": {"name": network.title, "facts": network.facts},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
