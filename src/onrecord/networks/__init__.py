"""Entities and the links between them, with the evidence of each."""

from onrecord.networks.model import Link, Network, Node, Proof

__all__ = ["Link", "Network", "Node", "Proof"]
