"""`/sparql`: the SPARQL 1.1 Protocol."""

import asyncio
import re
from functools import partial
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.querying.protocol import QueryRequest
from onrecord.server import changes, jobs
from onrecord.server.description import describe
from onrecord.server.negotiate import (
    GRAPHS,
    ROWS,
    Offer,
    by_name,
    choose,
    prefers_html,
)
from onrecord.server.operation import Operation, operation
from onrecord.server.response import respond
from onrecord.server.settings import serving
from onrecord.server.written import written_graphs
from onrecord.store import guard

METHODS = "GET, HEAD, POST, OPTIONS"
EDITOR = "/-/editor"
LONG = 1 << 14
"""Characters of a query that takes so long to read that others should not wait for it."""
CHANGING = re.compile(r"(?:RAND|UUID|NOW)\s*[(#]|\\u", re.IGNORECASE)
"""What a query may hold whose answer differs from time to time; an escape could hide it."""
SEE_OTHER = 303


async def sparql(request: Request) -> Response:
    """A query, an update, or the description of the service."""
    if request.method == "OPTIONS":
        return Response(None, 204, {"allow": METHODS})
    if request.method not in {"GET", "HEAD", "POST"}:
        raise HTTPException(
            405, f"{request.method} is nothing to do here", {"allow": METHODS}
        )
    wanted = await operation(request)
    if wanted is None:
        return await _nothing_asked(request)
    if wanted.kind == "update":
        return await _update(request, wanted)
    return await _query(request, wanted)


async def _nothing_asked(request: Request) -> Response:
    """The description of the service for a program, the editor for a person."""
    if prefers_html(request):
        return RedirectResponse(EDITOR, SEE_OTHER, {"vary": "Accept"})
    offer = choose(request, GRAPHS)
    service = serving(request)
    job = partial(
        describe,
        endpoint=_base(request),
        writable=service.served.writable,
        form=offer.form,
    )
    return await respond(request, job, offer.media_type)


async def _query(request: Request, wanted: Operation) -> Response:
    if (
        request.method != "POST"
        and wanted.form is None
        and prefers_html(request)
    ):
        return RedirectResponse(
            f"{EDITOR}?{urlencode({'query': wanted.text})}",
            SEE_OTHER,
            {"vary": "Accept"},
        )
    offer = await _offer(request, wanted)
    query = QueryRequest(
        wanted.text, _base(request), wanted.default, wanted.named
    )
    return await respond(
        request,
        partial(jobs.answer, query=query, form=offer.form),
        offer.media_type,
        key=f"sparql {query}",
        lasting=not CHANGING.search(wanted.text),
        free=True,
    )


async def _offer(request: Request, wanted: Operation) -> Offer:
    """The format of the answer, which depends on the query's form; raises BadQuery for what is none."""
    form = (
        guard.form(wanted.text)
        if len(wanted.text) < LONG
        else await asyncio.to_thread(guard.form, wanted.text)
    )
    forms = GRAPHS if form in {"CONSTRUCT", "DESCRIBE"} else ROWS
    return (
        by_name(wanted.form, forms) if wanted.form else choose(request, forms)
    )


async def _update(request: Request, wanted: Operation) -> Response:
    service = serving(request)
    change = partial(
        changes.update,
        text=wanted.text,
        base=_base(request),
        using=wanted.default,
        named_using=wanted.named,
    )
    graphs = await asyncio.to_thread(written_graphs, wanted.text)
    await service.served.write(change, service.settings.limits, graphs)
    return Response(None, 204)


def _base(request: Request) -> str:
    """Where relative IRIs are resolved (SPARQL 1.1 Protocol, section 2.1.5): the endpoint's own address."""
    return f"{serving(request).settings.address}/sparql"
