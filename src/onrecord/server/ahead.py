"""Makes ahead what takes long whenever the graph has become another one: the index of searches, the network page."""

import asyncio
from contextlib import suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from onrecord.model.errors import OnRecordError
from onrecord.server.pages import network
from onrecord.server.representing import fetch
from onrecord.server.settings import serving
from onrecord.website.search import index_ahead

SECONDS_QUIET = 5
"""How long a graph stays as it is before its network is drawn: changes come in rows."""
PLACE = "/-/network"


async def draw_ahead(app: Starlette, quiet: float = SECONDS_QUIET) -> None:
    """Makes both of each generation once, until it is cancelled; visitors then find them ready.

    Not of one that changes already: the states of a push may each last longer than what is waited for.
    """
    served = app.state.service.served
    drawn = None
    while True:
        generation = served.generation
        await asyncio.sleep(quiet)
        if drawn != generation == served.generation and not served.changing:
            drawn = generation
            with suppress(OnRecordError, HTTPException):
                await draw(app)


async def draw(app: Starlette) -> None:
    """Has the index made, and asks for the network page as a browser does, so that the answer is kept."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": PLACE,
        "query_string": b"",
        "headers": [(b"accept", b"text/html"), (b"accept-encoding", b"gzip")],
        "app": app,
    }
    request = Request(scope, _stay)
    await fetch(request, index_ahead)
    if serving(request).responses.room:
        response = await network(request)
        await response(scope, _stay, _drop)


async def _stay() -> Message:
    """A client that never goes away."""
    await asyncio.Event().wait()
    return {"type": "http.disconnect"}


async def _drop(message: Message) -> None:
    """What is sent to nobody."""
