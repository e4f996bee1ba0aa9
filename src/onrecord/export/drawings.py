"""The formats that hold a network with its numbers, by name."""

from collections.abc import Callable, Mapping

from onrecord.export.cytoscape import cytoscape
from onrecord.export.dl import dl
from onrecord.export.gexf import gexf
from onrecord.export.graphml import graphml
from onrecord.export.pajek import pajek
from onrecord.network.discourse.weighted import Drawn

DRAWINGS: Mapping[str, Callable[[Drawn], bytes]] = {
    "graphml": lambda drawn: graphml(drawn.network, drawn),
    "gexf": gexf,
    "pajek": pajek,
    "dl": dl,
    "cytoscape": cytoscape,
}
