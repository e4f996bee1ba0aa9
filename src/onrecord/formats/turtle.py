"""Quads → Turtle and TriG for people: sorted, with the prefixes that are used, a line an object.

Written here, since Oxigraph's own puts its prefixes in another order each time, and rdflib takes ten times as long.
Literals keep the lexical form that they have in the graph's files.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

import pyoxigraph as ox

from onrecord.model.iris import PREFIXES, split

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph
"""What may stand in a quad."""
TYPE = PREFIXES["rdf"] + "type"
XSD = PREFIXES["xsd"]
BARE = {
    f"{XSD}boolean": re.compile("true|false"),
    f"{XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
"""The datatypes, with the lexical forms that Turtle writes without quotation marks and type (section 2.5.2)."""
FIRST = {TYPE: "", PREFIXES["rdfs"] + "label": " "}
"""What a reader wants to know first of a subject, by a key that sorts before every IRI."""


def order(quad: ox.Quad) -> tuple[str, ...]:
    """The place of a quad among others: by graph, subject, predicate (type and label first), object."""
    predicate = quad.predicate.value
    return (
        str(quad.graph_name),
        str(quad.subject).strip("<>"),
        FIRST.get(predicate, predicate),
        str(quad.object),
    )


def turtle(triples: Iterable[ox.Quad]) -> Iterator[str]:
    """Turtle of sorted quads without graph names."""
    used: set[str] = set()
    body = []
    for subject, group in groupby(triples, attrgetter("subject")):
        described = _subject(subject, group, used)
        body.append(f"\n{described}")
    yield from _head(used)
    yield from body


def trig(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """TriG of sorted quads, a block a graph."""
    used: set[str] = set()
    body = []
    for graph, group in groupby(quads, attrgetter("graph_name")):
        subjects = []
        for subject, triples in groupby(group, attrgetter("subject")):
            described = _subject(subject, triples, used)
            subjects.append(described)
        name = _term(graph, used)
        body.append(f"\n{name} {{\n\n" + "\n".join(subjects) + "\n}\n")
    yield from _head(used)
    yield from body


def _head(used: set[str]) -> Iterator[str]:
    for prefix in sorted(used):
        yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"


def _subject(subject: Term, quads: Iterable[ox.Quad], used: set[str]) -> str:
    parts = []
    for predicate, group in groupby(quads, attrgetter("predicate")):
        verb = "a" if predicate.value == TYPE else _term(predicate, used)
        objects = ",\n        ".join(_term(quad.object, used) for quad in group)
        parts.append(f"{verb} {objects}")
    return f"{_term(subject, used)} " + " ;\n    ".join(parts) + " .\n"


def _term(term: Term, used: set[str]) -> str:
    if isinstance(term, ox.Literal):
        return _literal(term, used)
    name = split(term.value) if isinstance(term, ox.NamedNode) else None
    if name is None:
        return str(term)
    prefix, local = name
    used.add(prefix)
    return f"{prefix}:{local}"


def _literal(term: ox.Literal, used: set[str]) -> str:
    kind = term.datatype.value
    if term.language or kind == f"{XSD}string":
        return str(term)
    if kind in BARE and BARE[kind].fullmatch(term.value):
        return term.value
    return f"{ox.Literal(term.value)}^^{_term(term.datatype, used)}"
