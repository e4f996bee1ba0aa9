"""Turtle that is small and means harm: nested triple terms, and prefixes that unfold.

The engine parses triple terms by recursion, and some ten thousand levels crash the
process; a prefix of a megabyte that is used a thousand times takes a gigabyte.
"""

import re

from onrecord.model.errors import BadGraph

OPENING = b"<<("
LONGEST_PREFIX = 200
MOST_BASES = 4
BETWEEN = rb"(?:\s|#[^\n\r]*+[\n\r])*+"
"""White space and comments, however long."""
LONG, LONGEST = (
    re.compile(rb"<[^<>\s\"]{200}"),
    re.compile(rb"<[^<>\s\"]{2049}"),
)
"""A longer IRI than any that a prefix needs, and one longer than any address."""
BASES = re.compile(rb"base" + BETWEEN + rb"<", re.IGNORECASE)
DECLARED = re.compile(
    rb"(?:prefix"
    + BETWEEN
    + rb"[^\s<>#\":]*+:|base)"
    + BETWEEN
    + rb"<[^<>\s\"]{200}",
    re.IGNORECASE,
)
MOST = 64
"""How often a file may open a triple term (RDF 1.2); no graph of ours holds any."""


def may_nest(data: bytes) -> bool:
    """Whether triple terms may be nested too deep to be read in this process."""
    return data.count(OPENING) > MOST


def refuse_harmful(data: bytes, where: object) -> None:
    """Raises BadGraph where a file of a workspace may nest triple terms too deep, or unfold."""
    if may_nest(data):
        message = (
            f"{where}: holds triple terms (<<( … )>>), "
            f"more than {MOST}; no graph of ours does"
        )
        raise BadGraph(message)
    has_bases = data.lower().count(b"base") > MOST_BASES
    is_rebased = has_bases and len(BASES.findall(data)) > MOST_BASES
    if is_rebased or _unfolds(data):
        limit = f"longer than {LONGEST_PREFIX} characters"
        fault = f"declares a prefix or a base {limit}, or base upon base"
        message = f"{where}: {fault}; write the IRIs out"
        raise BadGraph(message)


def _unfolds(data: bytes) -> bool:
    """Whether a long IRI may be written many times by a few letters; no address is longer than 2,048 characters."""
    if LONG.search(data) is None:
        return False
    return LONGEST.search(data) is not None or DECLARED.search(data) is not None
