"""The network page as this server gives it: of the whole graph, or of what lies around an entity."""

import json

from onrecord.model.errors import OnRecordError
from onrecord.networks.graph import network
from onrecord.networks.model import Network
from onrecord.page.shell import bundle, policy, script
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.cards import standing_statements
from onrecord.website.memo import memo
from onrecord.website.publication import publication


def check(about: str, graph: Graph, send: Send) -> None:
    """Sends, as JSON, whether there is somebody to look around, and the policy under which the page's scripts run."""
    known = True
    if about:
        try:
            graph.registry.find(about)
        except OnRecordError:
            known = False
    send(
        json.dumps(
            {"known": known, "policy": policy([bundle(), script()])}
        ).encode()
    )


def network_page(about: str, depth: int, graph: Graph, send: Send) -> None:
    """Sends the network page; raises UnknownName, AmbiguousName."""
    from onrecord.page.view import page  # noqa: PLC0415  pyvis, for this page alone

    drawn = _drawn(about, depth, graph)
    site, suffix = ("../", ".html") if publication().is_static else ("/", "")
    apart = {
        key: file for key, file in publication().apart if key in drawn.nodes
    }
    text = page(
        drawn,
        graph.vocabulary,
        texts=graph.workspace.texts(),
        site=site,
        suffix=suffix,
        apart=apart,
    )
    send(text.encode(errors="replace"))


def _drawn(about: str, depth: int, graph: Graph) -> Network:
    if about:
        return network(graph, about=about, depth=depth)
    if publication().is_static:
        return network(graph, statements=standing_statements(graph))
    return network(graph)


def static_network_page(graph: Graph, send: Send) -> None:
    """Sends the network page of a static site, which stands there twice: once for frames."""
    send(memo(graph, "network page", _whole_page))


def _whole_page(graph: Graph) -> bytes:
    pieces: list[bytes] = []
    network_page("", 1, graph, pieces.append)
    return b"".join(pieces)
