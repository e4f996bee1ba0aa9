"""The MCP server as a route of the web server (`onrecord serve`): streamable HTTP without sessions.

The web server checks Host, limits the headers and writes the log. Answers are JSON, and no session is kept, so that
any worker, or any server behind a proxy, can take the next request. A client takes a call back by going away.
"""

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.assistant.server import build
from onrecord.assistant.work import Workers
from onrecord.store.limits import Limits

PATH = "/-/mcp"
FORBIDDEN = 403


class OriginGuard:
    """Refuses requests from pages of other origins that are not allowed (Model Context Protocol, Streamable HTTP)."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Hands the request on, or answers 403."""
        origin = Headers(scope=scope).get("origin")
        if origin is None or "*" in self.origins or origin in self.origins:
            await self.app(scope, receive, send)
            return
        detail = f"{origin} may not ask here; `onrecord serve --cors {origin}` lets it"
        refused = JSONResponse(
            {"status": FORBIDDEN, "detail": detail}, FORBIDDEN
        )
        await refused(scope, receive, send)


class DepartureGuard:
    """Gives a call up when its client goes away, so that what works on it is free for others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Hands the request on, one message at a time, and looks out for the client's going."""
        messages: asyncio.Queue[Message] = asyncio.Queue(1)
        answered = asyncio.Event()

        async def sending(message: Message) -> None:
            await send(message)
            if _is_last(message):
                answered.set()

        call = asyncio.ensure_future(self.app(scope, messages.get, sending))
        departure = asyncio.create_task(_departure(receive, messages))
        try:
            await asyncio.wait({call, departure}, return_when=FIRST_COMPLETED)
            if answered.is_set():
                await call
        finally:
            departure.cancel()
            call.cancel()
            with suppress(asyncio.CancelledError):
                await call


def _is_last(message: Message) -> bool:
    """Whether the answer is whole with it."""
    is_body = message["type"] == "http.response.body"
    return is_body and not message.get("more_body", False)


async def _departure(
    receive: Receive, messages: asyncio.Queue[Message]
) -> None:
    """Passes messages on until the client is gone."""
    while (message := await receive())["type"] != "http.disconnect":
        await messages.put(message)


@asynccontextmanager
async def mounted(
    served: Workers, limits: Limits, *, most_body: int, origins: Collection[str]
) -> AsyncIterator[list[BaseRoute]]:
    """The route under which assistants ask a graph; it answers as long as the context lasts."""
    server = build(served, limits)
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=most_body,
        host="0.0.0.0",  # noqa: S104  nothing listens here: the server in front checks Host
    )
    async with server.session_manager.run():
        guarded = OriginGuard(DepartureGuard(app), origins)
        yield [Route(PATH, guarded)]
