"""The one table of formats: names, suffixes, media types, and who writes them.

A format that holds a network is one file with a function, and one line here. Another
package brings one by the entry-point group `onrecord.formats`: the entry's name is the
format's, and what it names is a `Format`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from onrecord.model.errors import BadInput, UnknownName
from onrecord.model.names import nearest

GROUP = "onrecord.formats"


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name; `holds` is rows, graph, network, coding, page or events.

    `writer` is the function that makes bytes of a network (`discourse.weighted.Drawn`),
    or its place as "module:function".
    """

    name: str
    holds: str
    suffixes: tuple[str, ...]
    media_type: str
    writer: "str | Callable[[Any], bytes] | None" = None


SHIPPED = (
    Format("table", "rows", (".txt",), "text/plain"),
    Format("csv", "rows", (".csv",), "text/csv"),
    Format("tsv", "rows", (".tsv",), "text/tab-separated-values"),
    Format(
        "json", "rows", (".json", ".srj"), "application/sparql-results+json"
    ),
    Format("xml", "rows", (".xml", ".srx"), "application/sparql-results+xml"),
    Format("markdown", "rows", (".md",), "text/markdown"),
    Format("turtle", "graph", (".ttl",), "text/turtle"),
    Format("trig", "graph", (".trig",), "application/trig"),
    Format("nquads", "graph", (".nq",), "application/n-quads"),
    Format("ntriples", "graph", (".nt",), "application/n-triples"),
    Format("jsonld", "graph", (".jsonld",), "application/ld+json"),
    Format("rdfxml", "graph", (".rdf",), "application/rdf+xml"),
    Format(
        "graphml",
        "network",
        (".graphml",),
        "application/graphml+xml",
        "onrecord.formats.graphml:graphml_of",
    ),
    Format(
        "gexf",
        "network",
        (".gexf",),
        "application/gexf+xml",
        "onrecord.formats.gexf:gexf",
    ),
    Format(
        "pajek",
        "network",
        (".net",),
        "text/x-pajek",
        "onrecord.formats.pajek:pajek",
    ),
    Format(
        "dl", "network", (".dl",), "text/x-ucinet-dl", "onrecord.formats.dl:dl"
    ),
    Format(
        "cytoscape",
        "network",
        (".cyjs",),
        "application/vnd.cytoscape+json",
        "onrecord.formats.cytoscape:cytoscape",
    ),
    Format("neo4j", "network", (".cypher",), "text/x-cypher"),
    Format("dna", "coding", (".dna",), "application/vnd.sqlite3"),
    Format("records", "coding", (".jsonl",), "application/jsonl"),
    Format("html", "page", (".html",), "text/html"),
    Format("svg", "page", (".svg",), "image/svg+xml"),
    Format("events", "events", (), "text/csv"),
)
FORMATS: Mapping[str, Format] = {entry.name: entry for entry in SHIPPED}
EXPORTED = {"graph", "network", "coding"}
EXPORTS = (
    *(entry.name for entry in SHIPPED if entry.holds in EXPORTED),
    "csv",
)
"""What `onrecord export` writes: every graph and network format, and the edge and node lists in CSV."""
ANSWERS = tuple(
    entry.name for entry in SHIPPED if entry.holds in {"rows", "graph"}
)
"""What `onrecord query` writes."""
NETWORKS = tuple(entry.name for entry in SHIPPED if entry.writer is not None)
"""What holds a network with its numbers, in one file."""


@cache
def foreign() -> Mapping[str, Format]:
    """The formats that other packages bring, by name; a shipped name stays ours."""
    from importlib.metadata import entry_points  # noqa: PLC0415  not at every start

    points = entry_points(group=GROUP)
    names = [point.name for point in points if point.name not in FORMATS]
    return {name: cast("Format", points[name].load()) for name in names}


def format_named(name: str) -> Format:
    """A format, ours or another package's; raises UnknownName."""
    if name in FORMATS:
        return FORMATS[name]
    if name in foreign():
        return foreign()[name]
    raise UnknownName(_unknown(name, [*FORMATS, *foreign()]))


def network_writer(name: str) -> Callable[[Any], bytes]:
    """The function that writes a network in a format; raises UnknownName, BadInput."""
    writer = format_named(name).writer
    if writer is None:
        message = f"{name} holds no network; there are {', '.join(NETWORKS)}"
        raise BadInput(message)
    if isinstance(writer, str):
        module, _, function = writer.partition(":")
        writer = getattr(import_module(module), function)
    return cast("Callable[[Any], bytes]", writer)


def named(
    name: str | None, target: Path | None, default: str, choices: Sequence[str]
) -> str:
    """The format that is asked for by name, else by the target's suffix, else the default; raises UnknownName."""
    if name is None:
        return _by_suffix(target, choices) or default
    if name not in choices:
        raise UnknownName(_unknown(name, choices))
    return name


def _by_suffix(target: Path | None, choices: Sequence[str]) -> str | None:
    if target is None:
        return None
    suffix = target.suffix.lower()
    for name in choices:
        if suffix in format_named(name).suffixes:
            return name
    return None


def _unknown(name: str, choices: Sequence[str]) -> str:
    near = nearest(name, choices)
    if near:
        return f"no format here is called {name!r}; did you mean {' or '.join(near)}?"
    return f"no format here is called {name!r}; there are {', '.join(choices)}"
