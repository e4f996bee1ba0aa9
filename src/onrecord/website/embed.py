"""A statement in somebody else's page: its page for a frame, and the code that a newsroom pastes."""

from html import escape

from onrecord.model.errors import UnknownName
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.address import href, node_iri
from onrecord.website.cards import Card, cards
from onrecord.website.describe import LICENCE
from onrecord.website.frame import render
from onrecord.website.publication import publication
from onrecord.website.static_links import file_of

HEIGHT = 300
"""Pixels that most statements need in a column of text."""
MAP = "/-/embed/network"
"""Where the network page stands that others may show in a frame."""
UNKNOWN_SITE = "https://YOUR-SITE/"
"""Stands for the address of a site that does not know its own; the page's script puts the visitor's there."""
CODE = """<iframe src="{frame}" title="{title}" width="100%" height="{height}" style="border:0" \
loading="lazy" referrerpolicy="no-referrer" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<p><small><a href="{page}">{title}</a>. Source: {site}, record under <a href="{licence}">CC BY 4.0</a>.</small></p>
"""
"""A frame with a name and no rights but links that open, and a line that says whose record it is."""


def embed_address(card: Card) -> str:
    """Where the page stands that others may show in a frame."""
    return f"/-/embed/{card.proof.id}"


def embed_code(card: Card) -> str:
    """The HTML that shows a statement in somebody else's page."""
    values = {
        "frame": _full(embed_address(card)),
        "page": _full(href(node_iri(f"statement/{card.proof.id}")) or "/"),
        "title": card.proof.sentence,
        "site": publication().name,
        "licence": LICENCE,
    }
    quoted = {name: escape(value) for name, value in values.items()}
    return CODE.format(**quoted, height=HEIGHT)


def _full(address: str) -> str:
    """The address with its host, as far as that is known."""
    name = file_of(address) if publication().is_static else address
    place = (name or "").removeprefix("/")
    return publication().absolute(place) or UNKNOWN_SITE + place


def embed_page(iri: str, graph: Graph, send: Send) -> None:
    """Sends a statement alone, to stand in a frame; raises UnknownName."""
    by_iri = cards(graph, {iri})
    if iri not in by_iri:
        message = f"there is no statement {local(iri)} here"
        raise UnknownName(message)
    render("embed.html", send, card=by_iri[iri], licence=LICENCE)
