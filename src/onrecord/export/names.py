"""IRIs as people read and write them: with a prefix."""

import re
from functools import lru_cache

import pyoxigraph as ox

from onrecord.vocabulary import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph
"""What may stand in a quad."""

LOCAL_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""The part of Turtle's PN_LOCAL (section 6.5) that our own names keep to: letters, digits, hyphens inside."""
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda pair: len(pair[1]), reverse=True)


@lru_cache(maxsize=1 << 16)
def split(iri: str) -> tuple[str, str] | None:
    """Prefix and local name of an IRI, `("", "SAG-AFTRA")`; None where no known prefix leaves a plain local name."""
    for prefix, base in _BY_LENGTH:
        rest = iri.removeprefix(base)
        if rest != iri and LOCAL_NAME.fullmatch(rest):
            return prefix, rest
    return None


def compact(iri: str) -> str:
    """An IRI with a known prefix (`:SAG-AFTRA`), else whole."""
    found = split(iri)
    return f"{found[0]}:{found[1]}" if found else iri
