"""Entities and the links between them, with the evidence of each."""

from onrecord.networks.model import EdgeStatement, Link, Network, Node

__all__ = ["EdgeStatement", "Link", "Network", "Node"]
