"""The routes of all pages, and the responses of those that are neither of a node nor of a question."""

import json
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.model.iris import BASE, OURS
from onrecord.server.body import read
from onrecord.server.middleware.headers import POLICY
from onrecord.server.nodes import node
from onrecord.server.questions import (
    lookup,
    question,
    question_list,
    search,
    statements,
    vocabulary,
)
from onrecord.server.representing import ATOM, HTML, MOST_LETTERS, fetch, page
from onrecord.server.response import respond
from onrecord.server.settings import Job, Settings, serving
from onrecord.website import frame
from onrecord.website.browse import corrections_page
from onrecord.website.editor import check as editor_check
from onrecord.website.editor import editor_page
from onrecord.website.embed import MAP, embed_page
from onrecord.website.feeds import feed
from onrecord.website.network import check as network_check
from onrecord.website.network import network_page
from onrecord.website.records import pair_page
from onrecord.website.resolve import unknown_page
from onrecord.website.start import start_page
from onrecord.website.static_links import NETWORK

EDITING = f"{POLICY}; style-src-attr 'unsafe-inline'"
"""Of the editor: while text is typed over text, browsers write style attributes by themselves."""
FOR_EVER = "public, max-age=31536000, immutable"
"""Of a static file, whose address changes with what it holds."""


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of the pages; the last one takes every address that stands for an IRI of the graph."""
    del settings
    return [
        Route("/", start),
        Route("/-/questions", question_list),
        Route("/-/questions/{name}", question),
        Route("/-/search", search),
        Route("/-/search.csv", search),
        Route("/-/search.json", search),
        Route("/-/lookup", lookup),
        Route("/-/vocabulary.json", vocabulary),
        Route("/-/statements", statements),
        Route("/-/statements.json", statements),
        Route("/-/statements.csv", statements),
        Route("/-/feed.atom", whole_feed),
        Route("/-/pair", pair),
        Route("/-/corrections", corrections),
        Route(MAP, embedded_network),
        Route("/-/embed/{key}", embed),
        Route("/-/network", network),
        Route("/-/editor", editor, methods=["GET", "HEAD", "POST"]),
        Route("/-/static/{name}", static),
        Route("/robots.txt", robots),
        Route("/{path:path}", node),
    ]


async def start(request: Request) -> Response:
    """The start page."""
    return await page(
        request, partial(start_page, serving(request).settings.address)
    )


async def whole_feed(request: Request) -> Response:
    """The newest statements."""
    return await respond(request, partial(feed, "all", BASE), ATOM)


async def pair(request: Request) -> Response:
    """Two names side by side."""
    return await page(request, pair_page)


async def corrections(request: Request) -> Response:
    """How to have something corrected."""
    return await page(request, corrections_page)


async def embed(request: Request) -> Response:
    """A statement alone, which pages of the origins that were named may show in a frame."""
    policy = POLICY.replace("frame-ancestors 'none'", _ancestors(request))
    job: Job = partial(embed_page, OURS["st"] + request.path_params["key"])
    headers = {"content-security-policy": policy}
    return await page(request, job, headers=headers)


def _ancestors(request: Request) -> str:
    """The part of a policy that says who may show a page in a frame."""
    named = serving(request).settings.ancestors or ("'none'",)
    return f"frame-ancestors {' '.join(named)}"


async def network(request: Request) -> Response:
    """The network page, under the policy that its own two scripts need."""
    return await _network(request, "frame-ancestors 'none'")


async def embedded_network(request: Request) -> Response:
    """The same page, which pages of the origins that were named may show in a frame."""
    return await _network(request, _ancestors(request))


async def _network(request: Request, framing: str) -> Response:
    about = request.query_params.get("about", "")[:MOST_LETTERS]
    depth = request.query_params.get("depth", "1")
    state = json.loads(await fetch(request, partial(network_check, about)))
    if not state["known"]:
        return await page(request, partial(unknown_page, about), status=404)
    steps = int(depth) if depth in {"1", "2", "3"} else 1
    headers = {"content-security-policy": f"{state['policy']}; {framing}"}
    job: Job = partial(network_page, about, steps)
    # Both addresses give the same bytes, which are kept once.
    key = f"{NETWORK}?{request.url.query}"
    return await respond(request, job, HTML, headers=headers, key=key)


async def editor(request: Request) -> Response:
    """The editor; a query comes by POST from its form, and by GET where it has an address."""
    query = request.query_params.get("query", "")
    if request.method == "POST":
        body = await read(request, serving(request).settings.most_query)
        query = dict(parse_qsl(body.decode(errors="replace"))).get("query", "")
    status = int(await fetch(request, partial(editor_check, query)))
    job: Job = partial(editor_page, query, 1)
    headers = {"content-security-policy": EDITING}
    return await respond(
        request,
        job,
        HTML,
        status=status,
        headers=headers,
        key=f"editor {query}",
        lasting=False,
    )


async def static(request: Request) -> Response:
    """A static file."""
    name = request.path_params["name"]
    try:
        content = frame.content(name)
    except FileNotFoundError:
        return Response("no such file\n", 404, media_type="text/plain")
    tag = f'"{frame.static(name).rpartition("=")[2]}"'
    headers = {"cache-control": FOR_EVER, "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    return Response(content, 200, headers, frame.MEDIA[name.rpartition(".")[2]])


async def robots(_: Request) -> Response:
    """What crawlers are asked to leave alone: what is worked out anew for each address."""
    return Response(
        "User-agent: *\nDisallow: /-/\nDisallow: /sparql\n",
        media_type="text/plain",
    )
