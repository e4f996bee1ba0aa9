"""The one table of formats: names, suffixes, media types, and what each can hold."""

from dataclasses import dataclass
from pathlib import Path

from onrecord.model.errors import UnknownName
from onrecord.model.names import nearest


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name; `holds` is rows, graph, network or page."""

    name: str
    holds: str
    suffixes: tuple[str, ...]
    media_type: str


FORMATS = {
    each.name: each
    for each in (
        Format("table", "rows", (".txt",), "text/plain"),
        Format("csv", "rows", (".csv",), "text/csv"),
        Format("tsv", "rows", (".tsv",), "text/tab-separated-values"),
        Format("json", "rows", (".json", ".srj"), "application/sparql-results+json"),
        Format("xml", "rows", (".xml", ".srx"), "application/sparql-results+xml"),
        Format("markdown", "rows", (".md",), "text/markdown"),
        Format("turtle", "graph", (".ttl",), "text/turtle"),
        Format("trig", "graph", (".trig",), "application/trig"),
        Format("nquads", "graph", (".nq",), "application/n-quads"),
        Format("ntriples", "graph", (".nt",), "application/n-triples"),
        Format("jsonld", "graph", (".jsonld",), "application/ld+json"),
        Format("rdfxml", "graph", (".rdf",), "application/rdf+xml"),
        Format("graphml", "network", (".graphml",), "application/graphml+xml"),
        Format("gexf", "network", (".gexf",), "application/gexf+xml"),
        Format("pajek", "network", (".net",), "text/x-pajek"),
        Format("dl", "network", (".dl",), "text/x-ucinet-dl"),
        Format("cytoscape", "network", (".cyjs",), "application/vnd.cytoscape+json"),
        Format("neo4j", "network", (".cypher",), "text/x-cypher"),
        Format("dna", "coding", (".dna",), "application/vnd.sqlite3"),
        Format("html", "page", (".html",), "text/html"),
        Format("svg", "page", (".svg",), "image/svg+xml"),
        Format("events", "events", (), "text/csv"),
    )
}
EXPORTS = (
    *(
        name
        for name, each in FORMATS.items()
        if each.holds in {"graph", "network", "coding"}
    ),
    "csv",
)
"""What `onrecord export` writes: every graph and network format, and the edge and node lists in CSV."""
ANSWERS = tuple(
    name for name, each in FORMATS.items() if each.holds in {"rows", "graph"}
)
"""What `onrecord query` writes."""


def named(
    name: str | None, target: Path | None, default: str, choices: tuple[str, ...]
) -> str:
    """The format that is asked for by name, else by the target's suffix, else the default; raises UnknownName."""
    if name is None:
        by_suffix = {
            suffix: each for each in choices for suffix in FORMATS[each].suffixes
        }
        return by_suffix.get(target.suffix.lower(), default) if target else default
    if name not in choices:
        near = nearest(name, choices)
        hint = (
            f"did you mean {' or '.join(near)}?"
            if near
            else f"there are {', '.join(choices)}"
        )
        message = f"no format here is called {name!r}; {hint}"
        raise UnknownName(message)
    return name
