"""Turtle that is small and means harm: nested triple terms, and prefixes that unfold.

The engine parses triple terms by recursion, and some ten thousand levels crash the
process; a prefix of a megabyte that is used a thousand times takes a gigabyte.
"""

import re

from onrecord.model.errors import BadGraph

OPENING = b"<<("
LONGEST_PREFIX, LONGEST_IRI = 200, 2_048
MOST_BASES = 4
LOOKED_BACK = 100
LONG = re.compile(rb"<[^<>\s\"]{200,2100}")
BASES = re.compile(rb"[bB][aA][sS][eE]\s*<")
DECLARES = re.compile(rb"(?:prefix\s+[^\s<>]*:|base)\s*(?:#[^\n]*\s*)?$", re.IGNORECASE)
MOST = 64
"""How often a file may open a triple term (RDF 1.2); no graph of ours holds any."""


def may_nest(data: bytes) -> bool:
    """Whether triple terms may be nested too deep to be read in this process."""
    return data.count(OPENING) > MOST


def refuse_harmful(data: bytes, where: object) -> None:
    """Raises BadGraph where a file of a workspace may nest triple terms too deep, or unfold."""
    if may_nest(data):
        message = f"{where}: holds triple terms (<<( … )>>), more than {MOST}; no graph of ours does"
        raise BadGraph(message)
    has_bases = data.lower().count(b"base") > MOST_BASES
    is_rebased = has_bases and len(BASES.findall(data)) > MOST_BASES
    if is_rebased or any(map(_unfolds, LONG.finditer(data))):
        told = f"{where}: declares a prefix or a base longer than {LONGEST_PREFIX} characters"
        message = f"{told}, or base upon base; write the IRIs out"
        raise BadGraph(message)


def _unfolds(long: re.Match[bytes]) -> bool:
    """Whether a long IRI may be written many times by a few letters; no address is longer than 2,000 characters."""
    start = long.start()
    before = long.string[max(0, start - LOOKED_BACK) : start]
    return len(long.group()) > LONGEST_IRI or DECLARES.search(before) is not None
