"""`onrecord view`: the network as one HTML file."""

from collections import defaultdict
from pathlib import Path

from onrecord.network.graph import network
from onrecord.network.model import Network
from onrecord.page.payload import payload
from onrecord.page.shell import Shell
from onrecord.query.ask import Graph
from onrecord.vocabulary import Vocabulary
from onrecord.workspace import Workspace, find, write_file

OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": False, "selectConnectedEdges": False, "keyboard": False, "multiselect": False},
    "nodes": {"borderWidth": 1.2, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {"font": {"size": 0}, "hoverWidth": 0, "selectionWidth": 0, "arrowStrikethrough": False},
}


def write_page(
    target: Path | str,
    *,
    about: str | None = None,
    depth: int = 1,
    force: bool = False,
    workspace: Workspace | None = None,
) -> Path:
    """Writes the network as one HTML page, offline and complete, and returns the file's full path.

    `onrecord view --about "SAG-AFTRA" --depth 2 -o page.html` is
    `onrecord.write_page("page.html", about="SAG-AFTRA", depth=2)`. Raises UnknownName, AmbiguousName and NotWritten.
    """
    graph = Graph(workspace or find())
    found = network(graph, about=about, depth=depth)
    return write_file([page(found, graph.vocabulary).encode()], Path(target), force=force)


def page(found: Network, words: Vocabulary) -> str:
    """The page of a network; the same network gives the same text, byte by byte."""
    data = payload(found, words)
    shell = Shell("template.html", OPTIONS, data=data.rest, sources=_sources(found))
    shell.nodes, shell.edges = data.nodes, data.edges
    return str(shell.generate_html("page.html"))


def _sources(found: Network) -> list[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """The table for readers without JavaScript: under each source the links whose first evidence it bears."""
    rows: defaultdict[tuple[str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    for link in found.links:
        proof = found.proofs[link.evidence[0]]
        one, two = found.nodes[link.source].label, found.nodes[link.target].label
        url = proof.url if proof.url and proof.url.startswith(("http://", "https://")) else ""
        rows[proof.publisher, url].append((one, link.phrase, two, proof.quote or proof.gist))
    return [(publisher, url, sorted(links)) for (publisher, url), links in sorted(rows.items())]
