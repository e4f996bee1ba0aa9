"""`onrecord view`: the network as one HTML file."""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from onrecord.model.errors import BadInput
from onrecord.model.vocabulary import Vocabulary
from onrecord.model.vocabulary import read as read_vocabulary
from onrecord.networks.model import Network
from onrecord.networks.packing import Point
from onrecord.networks.part import Choice, chosen_network
from onrecord.page.drawn import Shell
from onrecord.page.maps import Places
from onrecord.page.payload import key_of, payload
from onrecord.page.story import Story
from onrecord.page.story import story as read_story
from onrecord.workspace import Workspace, find, write_file
from onrecord.workspace.texts import FieldTexts

STANDARD_OUTPUT = "-"
MANY_ROWS, MOST_ROWS = 2000, 5000
"""From how many links the table without JavaScript names publishers alone, and how many it holds at most."""
NODES = re.compile(
    r'<script type="application/json" id="nodes">(.*?)</script>', re.DOTALL
)
STRANGE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What the data of a page that is none of ours may raise."""
OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "multiselect": False,
    },
    "nodes": {
        "borderWidth": 1,
        "chosen": False,
        "fixed": True,
        "font": {"size": 0},
    },
    "edges": {
        "chosen": False,
        "color": {"inherit": False},
        "font": {"size": 0},
        "smooth": {"enabled": False},
    },
}


def view(  # noqa: PLR0913  each of them chooses a part or adds to it, and all have their defaults
    target: Path | str,
    *,
    about: str | None = None,
    depth: int = 1,
    topic: str | None = None,
    relation: str | None = None,
    stance: str | None = None,
    since: str | None = None,
    until: str | None = None,
    exact_dates: bool = False,
    story: str | None = None,
    positions: Path | str | None = None,
    force: bool = False,
    workspace: Workspace | None = None,
) -> Path:
    """Writes the network as one HTML page, offline and complete, and returns the file's full path.

    `onrecord view --about "SAG-AFTRA" --depth 2 --since 2025 -o page.html` is
    `onrecord.view("page.html", about="SAG-AFTRA", depth=2, since="2025")`. `story` is a name or a TOML file,
    `positions` an earlier page whose map is kept; without it, a workspace of one's own keeps the map of the page that
    it writes over, where that has at least half of the names. "-" is standard output. Raises UnknownName,
    AmbiguousName, BadInput and NotWritten.
    """
    workspace = workspace or find()
    choice = Choice(topic, relation, stance, since, until, exact_dates)
    part = chosen_network(workspace, choice, about=about, depth=depth)
    tale = read_story(story, part, workspace) if story else None
    places: Places | None = earlier(Path(positions)) if positions else None
    if places is None and not workspace.is_shipped:
        places = _written_before(Path(target), part)
    text = page(
        part,
        read_vocabulary(workspace.ontology_files()),
        texts=workspace.texts(),
        story=tale,
        places=places,
    )
    if str(target) == STANDARD_OUTPUT:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return Path(target)
    return write_file([text.encode()], Path(target), force=force)


def page(  # noqa: PLR0913  what the page is made of, and where it stands
    network: Network,
    words: Vocabulary,
    *,
    texts: FieldTexts | None = None,
    story: Story | None = None,
    places: Places | None = None,
    site: str = "",
    suffix: str = "",
    apart: Mapping[str, str] = {},
) -> str:
    """The page of a network; the same network gives the same text, byte by byte.

    `site` is the address under which each entity has a page of its own, if the page stands beside them; `suffix` is
    what the addresses of those pages end in, `apart` are nodes whose address has another name.
    """
    data = payload(network, words, texts=texts, story=story, places=places)
    links = {"site": site, "suffix": suffix} if site else {}
    others = {"apart": dict(apart)} if apart else {}
    rest = {**data.rest, **links, **others}
    shell = Shell(
        "template.html",
        OPTIONS,
        data=rest,
        sources=_sources(network),
        more=len(network.links) - MOST_ROWS,
    )
    shell.nodes, shell.edges = data.nodes, data.edges
    return str(shell.generate_html("page.html"))


def earlier(path: Path) -> dict[str, list[Point | None]]:
    """The positions of an earlier page's nodes; raises BadInput where it is no page of onrecord."""
    try:
        if not path.is_file():
            path.stat()
            _no_page(path)
        match = NODES.search(path.read_text(encoding="utf-8"))
        nodes = json.loads(match[1]) if match else _no_page(path)
        return dict(map(_place, nodes))
    except (*STRANGE, OSError) as error:
        message = f"{path} is no page that onrecord wrote: {error}"
        raise BadInput(message) from error


def _place(node: dict[str, Any]) -> tuple[str, list[Point | None]]:
    """A node's key and its points, one a map; raises one of STRANGE where it is none of ours."""
    key = node["key"] if "key" in node else key_of(node["label"])
    points = [None if point is None else _point(*point) for point in node["at"]]
    return str(key), points


def _point(x: float, y: float) -> Point:
    if not (isfinite(x) and isfinite(y)):
        message = "a node has no place"
        raise ValueError(message)
    return x, y


def _written_before(target: Path, network: Network) -> Places | None:
    """The positions on the page that the target holds; None where it is no page, or lacks over half of the nodes."""
    if not target.is_file():
        return None
    try:
        places = earlier(target)
    except BadInput:
        return None
    known = sum(key in places for key in network.nodes)
    return places if 2 * known >= len(network.nodes) else None


def _no_page(path: Path) -> NoReturn:
    message = f"{path} is no page that onrecord wrote"
    raise BadInput(message)


def _sources(
    network: Network,
) -> list[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """The table for readers without JavaScript: under each source the links whose first evidence it bears.

    A large network's table names publishers alone, and a huge one's has the links with most evidence: else it would be
    larger than the data.
    """
    rows: defaultdict[tuple[str, str], list[tuple[str, str, str, str]]] = (
        defaultdict(list)
    )
    for link in sorted(network.links, key=lambda link: -len(link.evidence))[
        :MOST_ROWS
    ]:
        proof = network.proofs[link.evidence[0]]
        one, two = (
            network.nodes[link.source].label,
            network.nodes[link.target].label,
        )
        url = (
            proof.url
            if proof.url and proof.url.startswith(("http://", "https://"))
            else ""
        )
        source = (
            f"{proof.publisher}: {proof.title}"
            if len(network.links) < MANY_ROWS
            else proof.publisher
        )
        rows[source, url].append(
            (one, link.phrase, two, proof.quote or proof.gist)
        )
    return [
        (source, url, sorted(links))
        for (source, url), links in sorted(rows.items())
    ]
