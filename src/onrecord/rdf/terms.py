"""A term as rdflib has it and as the engine has it, literals as written."""

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from onrecord.model.iris import PREFIXES

EngineTerm = ox.NamedNode | ox.BlankNode | ox.Literal
STRING = f"{PREFIXES['xsd']}string"


def from_engine(term: object) -> Node:
    """A term of the engine's, which is no triple term, as rdflib's."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)  # noqa: S101  the files are RDF 1.1
    # A plain literal is an xsd:string in RDF 1.1, but to rdflib another one.
    plain = term.language or term.datatype.value == STRING
    datatype = None if plain else URIRef(term.datatype.value)
    return Literal(
        term.value, lang=term.language, datatype=datatype, normalize=False
    )


def to_engine(node: Node) -> EngineTerm:
    """A term of rdflib's as the engine's."""
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if not isinstance(node, Literal):
        return ox.NamedNode(str(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
    return ox.Literal(str(node), datatype=datatype)
