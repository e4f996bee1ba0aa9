"""What an IRI of the graph stands for: as a page, or as data by suffix or as the client accepts."""

import json
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.formats.registry import FORMATS
from onrecord.model.iris import BASE
from onrecord.server import jobs
from onrecord.server.negotiate import choose
from onrecord.server.representing import (
    ATOM,
    GRAPHS,
    fetch,
    number,
    page,
    split_suffix,
    with_charset,
)
from onrecord.server.response import respond
from onrecord.website.address import href
from onrecord.website.data import rows_data
from onrecord.website.feeds import feed
from onrecord.website.pages import FEEDS, PAGES
from onrecord.website.resolve import (
    ELSEWHERE,
    GONE,
    MOVED,
    UNKNOWN,
    Resolution,
    find,
    gone_page,
    unknown_page,
)

ROWS = ("csv",)
SUFFIXES = {
    suffix: form
    for form in ("html", *GRAPHS, *ROWS)
    for suffix in FORMATS[form].suffixes
}


async def node(request: Request) -> Response:
    """What an IRI of the graph stands for: as a page, or as data by suffix or as the client accepts.

    An IRI is that of w3id.org, which sends a client on to here; so what is found here is a document about it, and comes
    at once (200 with Content-Location), not by another redirection (W3C, "Cool URIs for the Semantic Web", 4.2).
    """
    path, form = split_suffix(request.url.path, SUFFIXES | {".atom": "atom"})
    what = Resolution(**json.loads(await fetch(request, partial(find, path))))
    if what.kind in {MOVED, ELSEWHERE}:
        suffix = request.url.path[len(path) :] if form else ""
        return RedirectResponse(
            what.location + suffix, 301 if what.kind == MOVED else 302
        )
    if what.kind == GONE:
        return await page(request, partial(gone_page, what.iri), status=410)
    if what.kind == UNKNOWN:
        return await page(request, partial(unknown_page, path), status=404)
    if form == "atom":
        if what.kind not in FEEDS:
            raise HTTPException(404, "entities and topics have feeds")
        return await respond(request, partial(feed, what.kind, what.iri), ATOM)
    return await _representation(request, what, form)


async def _representation(
    request: Request, what: Resolution, form: str | None
) -> Response:
    offer = None if form else choose(request, ("html", *GRAPHS, *ROWS))
    form = form or (offer.form if offer else "html")
    media_type = offer.media_type if offer else FORMATS[form].media_type
    query = f"?{request.url.query}" if request.url.query else ""
    place = f"{href(what.iri)}{FORMATS[form].suffixes[0]}{query}"
    headers = {"content-location": place, "link": _links(href(what.iri) or "")}
    if form == "html":
        return await page(
            request,
            partial(PAGES[what.kind], what.iri, number(request)),
            headers=headers,
        )
    job = partial(jobs.describe, kind=what.kind, iri=what.iri, form=form)
    if form in ROWS:
        job = partial(rows_data, what.kind, what.iri)
    return await respond(
        request, job, with_charset(media_type), headers=headers
    )


def _links(path: str) -> str:
    """The document's other formats, and what it describes (RFC 8288; "describes": RFC 6892)."""
    forms = ("html", *GRAPHS[:4], *ROWS)
    others = [
        f'<{path}{FORMATS[form].suffixes[0]}>; rel="alternate"; type="{FORMATS[form].media_type}"'
        for form in forms
    ]
    return ", ".join(
        [f'<{BASE}{path.removeprefix("/")}>; rel="describes"', *others]
    )
