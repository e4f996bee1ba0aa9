"""Quads → bytes in each of the RDF formats, sorted, so that the same graph gives the same bytes."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from onrecord.formats import jsonld, turtle
from onrecord.formats.xml import sound
from onrecord.model.errors import BadGraph
from onrecord.model.iris import PREFIXES, QNAME


def serialize(quads: Iterable[ox.Quad], form: str, context: Path) -> bytes:
    """The quads in a format of `formats.FORMATS` that holds a graph; `context` is the file of the JSON-LD context.

    TriG, N-Quads and JSON-LD keep the named graphs, the others hold their union. Raises BadGraph for what RDF/XML
    cannot carry.
    """
    return _WRITERS[form](sorted(set(quads), key=turtle.order), context)


def _union(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    union = {
        ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads
    }
    return sorted(union, key=turtle.order)


def _lines(quads: Iterable[ox.Quad]) -> bytes:
    return "".join(f"{quad} .\n" for quad in quads).encode()


def _rdfxml(quads: Iterable[ox.Quad]) -> bytes:
    triples = [quad.triple for quad in _union(quads)]
    for name in {triple.predicate.value for triple in triples}:
        if not QNAME.fullmatch(name):
            message = (
                "RDF/XML cannot name the property "
                f"<{name}>; take turtle or another format"
            )
            raise BadGraph(message)
    stream = io.BytesIO()
    ox.serialize(triples, stream, ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
    return sound(stream.getvalue() + b"\n", "RDF/XML")


_WRITERS: dict[str, Callable[[list[ox.Quad], Path], bytes]] = {
    "turtle": lambda quads, _: "".join(turtle.turtle(_union(quads))).encode(),
    "trig": lambda quads, _: "".join(turtle.trig(quads)).encode(),
    "ntriples": lambda quads, _: _lines(_union(quads)),
    "nquads": lambda quads, _: _lines(quads),
    "jsonld": lambda quads, context: "".join(
        jsonld.jsonld(quads, jsonld.Context(context))
    ).encode(),
    "rdfxml": lambda quads, _: _rdfxml(quads),
}
