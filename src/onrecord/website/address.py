"""IRIs of the graph ⇄ paths of this server: what stands at BASE + X is told at `/X`."""

from urllib.parse import quote, urlencode

import pyoxigraph as ox

from onrecord.model.iris import BASE, topic_iri

SAFE = "/:@!$'()*+,;=-._~"
"""What a path may hold as it is (RFC 3986, section 3.3)."""
MANY = 12
"""An address of fewer words is told whole to the browser that looks for them; of more, only both ends."""
ENDS = 5
LEAST = 3


def href(iri: str) -> str | None:
    """Where a link to an IRI leads: to a path here for one of ours, out for a web address, nowhere for any other."""
    if iri.startswith(f"{BASE}/"):
        return None  # "//host" would lead to another server
    if iri.startswith(BASE) and iri != BASE:
        return "/" + quote(iri.removeprefix(BASE), safe=SAFE)
    return iri if iri.startswith(("http://", "https://")) else None


def named(path: str) -> str | None:
    """The IRI that a path here stands for; None where no IRI can have it."""
    try:
        return str(ox.NamedNode(BASE + path.removeprefix("/")).value)
    except ValueError:
        return None


def node_iri(node: str) -> str:
    """The IRI of a node of the network: the other way of `node_id`."""
    return (
        topic_iri(node.removeprefix("topic/"))
        if node.startswith("topic/")
        else BASE + node
    )


def node_href(node: str) -> str:
    """Where the page of a node of the network stands."""
    return "/" + quote(node, safe=SAFE)


def asked(
    path: str,
    parameters: dict[str, str] | None = None,
    **more: str | int | None,
) -> str:
    """A path with a query; what is empty is left out."""
    given = {
        name.replace("_", "-"): str(value)
        for name, value in more.items()
        if value not in {None, ""}
    }
    query = urlencode(
        {
            **{
                name: value
                for name, value in (parameters or {}).items()
                if value
            },
            **given,
        }
    )
    return f"{path}?{query}" if query else path


def passage(url: str | None, words: str | None) -> str | None:
    """A source's address that opens at the words, where there are enough of them to find (a text fragment).

    Only web addresses are opened. "-", ",", "&" and "*" are the fragment's own (URL Fragment Text Directives, 3.3).
    """
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    spoken = (words or "").split()
    if len(spoken) < LEAST:
        return url
    parts = [spoken] if len(spoken) <= MANY else [spoken[:ENDS], spoken[-ENDS:]]
    text = ",".join(
        quote(" ".join(part), safe="").replace("-", "%2D") for part in parts
    )
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"
