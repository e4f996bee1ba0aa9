"""The formats that hold a network with its numbers, by name."""

from collections.abc import Callable, Mapping

from onrecord.discourse.weighted import Drawn
from onrecord.formats.cytoscape import cytoscape
from onrecord.formats.dl import dl
from onrecord.formats.gexf import gexf
from onrecord.formats.graphml import graphml
from onrecord.formats.pajek import pajek

DRAWINGS: Mapping[str, Callable[[Drawn], bytes]] = {
    "graphml": lambda drawn: graphml(drawn.network, drawn),
    "gexf": gexf,
    "pajek": pajek,
    "dl": dl,
    "cytoscape": cytoscape,
}
