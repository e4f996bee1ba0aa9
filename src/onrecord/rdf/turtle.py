"""Turtle as it stands in `graphs/`: rdflib's, subjects sorted, so that a change of one statement is a small diff."""

import io
import logging
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from onrecord.model.errors import BadGraph
from onrecord.model.harmful import refuse_harmful
from onrecord.model.iris import PREFIXES, split
from onrecord.rdf.encode import Triple

# A literal that is none of its datatype is for the shapes to name, not for a traceback in the log.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


class SortedTurtle(TurtleSerializer):
    """rdflib's Turtle with subjects by IRI, and a prefix wherever the rest is a plain local name."""

    def orderSubjects(self) -> list[Node]:  # noqa: N802  rdflib's name
        """Every subject by its IRI, where rdflib would put those referred to more often later."""
        return sorted(self.store.subjects(unique=True), key=str)

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:  # noqa: ARG002, FBT001, FBT002  rdflib's own
        """A prefixed name, also for a digest that begins with a digit, which rdflib would cut elsewhere."""
        parts = split(str(uri)) if isinstance(uri, URIRef) else None
        if parts is None:
            return None
        self.addNamespace(parts[0], URIRef(PREFIXES[parts[0]]))
        return ":".join(parts)


def write(triples: Iterable[Triple]) -> bytes:
    """The triples as one Turtle file."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    stream = io.BytesIO()
    SortedTurtle(graph).serialize(stream, encoding="utf-8")
    return stream.getvalue()


def read(path: Path) -> Graph:
    """A Turtle file as a graph; raises BadGraph with file and line where it does not parse."""
    import pyoxigraph as ox  # noqa: PLC0415  only to name the line: rdflib's own message counts differently

    graph = Graph(bind_namespaces="none")
    try:
        data = path.read_bytes().removeprefix(BOM_UTF8)
        refuse_harmful(data, path)
        graph.parse(data=data, format="turtle")
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise BadGraph(message) from error
    except BadGraph:
        raise
    except Exception as error:  # rdflib raises whatever its parser runs into
        try:
            list(ox.parse(data, format=ox.RdfFormat.TURTLE))
        except SyntaxError as better:
            message = f"{path}:{better.lineno}: no Turtle: {better.msg}"
            raise BadGraph(message) from error
        message = f"{path}: no Turtle: {error}"
        raise BadGraph(message) from error
    return graph
