"""Nested triple terms: the engine parses them by recursion, and some ten thousand levels crash the process."""

from onrecord.model.errors import BadGraph

OPENING = b"<<("
MOST = 64
"""How often a file may open a triple term (RDF 1.2); no graph of ours holds any."""


def may_nest(data: bytes) -> bool:
    """Whether triple terms may be nested too deep to be read in this process."""
    return data.count(OPENING) > MOST


def refuse_nested(data: bytes, where: object) -> None:
    """Raises BadGraph where a file of a workspace may nest triple terms too deep."""
    if may_nest(data):
        message = f"{where}: holds triple terms (<<( … )>>), more than {MOST}; no graph of ours does"
        raise BadGraph(message)
