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
from onrecord.server.negotiate import GRAPHS, ROWS, Offer, by_name, choose, prefers_html
from onrecord.server.operation import Operation, operation
from onrecord.server.response import respond
from onrecord.server.settings import serving
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
    found = await operation(request)
    if found is None:
        return await _nothing_asked(request)
    return await (
        _update(request, found) if found.kind == "update" else _query(request, found)
    )


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


async def _query(request: Request, asked: Operation) -> Response:
    if request.method != "POST" and asked.form is None and prefers_html(request):
        return RedirectResponse(
            f"{EDITOR}?{urlencode({'query': asked.text})}",
            SEE_OTHER,
            {"vary": "Accept"},
        )
    offer = await _offer(request, asked)
    query = QueryRequest(asked.text, _base(request), asked.default, asked.named)
    return await respond(
        request,
        partial(jobs.answer, query=query, form=offer.form),
        offer.media_type,
        key=f"sparql {query}",
        lasting=not CHANGING.search(asked.text),
        free=True,
    )


async def _offer(request: Request, asked: Operation) -> Offer:
    """The format of the answer, which depends on the query's form; raises BadQuery for what is none."""
    form = (
        guard.form(asked.text)
        if len(asked.text) < LONG
        else await asyncio.to_thread(guard.form, asked.text)
    )
    forms = GRAPHS if form in {"CONSTRUCT", "DESCRIBE"} else ROWS
    return by_name(asked.form, forms) if asked.form else choose(request, forms)


async def _update(request: Request, asked: Operation) -> Response:
    service = serving(request)
    change = partial(
        changes.update,
        text=asked.text,
        base=_base(request),
        using=asked.default,
        named_using=asked.named,
    )
    await service.served.write(change, service.settings.limits)
    return Response(None, 204)


def _base(request: Request) -> str:
    """Where relative IRIs are resolved (SPARQL 1.1 Protocol, section 2.1.5): the endpoint's own address."""
    return f"{serving(request).settings.address}/sparql"
