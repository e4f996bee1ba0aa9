"""Tables → networks: what is drawn, measured and exported as nodes and links."""

from onrecord.networks.model import Link, Network, Node, Proof

__all__ = ["Link", "Network", "Node", "Proof"]
