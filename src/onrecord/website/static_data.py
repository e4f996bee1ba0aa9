"""The data of a static site, from which its scripts answer."""

import gzip
import io
import json

from onrecord.model.iris import BASE
from onrecord.model.reading_order import unturned
from onrecord.querying.ask import Graph
from onrecord.website.memo import memo
from onrecord.website.publication import publication
from onrecord.website.quads import parts_of
from onrecord.website.resolve import class_label

LEVEL = 6
"""Of compression: 9 takes thrice as long for a fiftieth of the size."""
DESCRIPTIONS = """
SELECT ?entity (MIN(?description) AS ?text) {
  GRAPH graph:entities { ?entity dcterms:description ?description }
} GROUP BY ?entity
"""


def size(graph: Graph) -> str:
    """How large the packed graph is, in words; "" where a server answers in its place."""
    if not publication().is_static:
        return ""
    return f"{len(graph_gz(graph)) / 1e6:.1f} MB, and 1.5 MB of engine"


def graph_gz(graph: Graph) -> bytes:
    """The whole dataset as sorted N-Quads, packed without a time in it."""
    return memo(graph, "graph.nq.gz", _graph_gz)


def _graph_gz(graph: Graph) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", LEVEL, packed, mtime=0) as file:
        file.writelines(parts_of(graph))
    return packed.getvalue()


def names_json(graph: Graph) -> bytes:
    """Entities by IRI: label, class, description and aliases, from which names are completed, told apart and found."""
    described = graph.ask(DESCRIPTIONS)
    texts = {str(row["entity"]): str(row["text"]) for row in described}
    entities = sorted(
        graph.registry.entities.values(), key=lambda known: known.iri
    )
    rows = [
        [
            known.iri.removeprefix(BASE),
            known.label,
            class_label(graph, known),
            texts.get(known.iri, ""),
            *sorted(known.aliases),
        ]
        for known in entities
    ]
    return packed_json(rows)


def packed_json(value: object) -> bytes:
    """JSON without white space; the same value gives the same bytes."""
    text = json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return unturned(text).encode()
