"""CORS (the Fetch standard, section 3.3): which other sites' pages may read the answers."""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHOWN = "Content-Disposition, ETag, Location, Retry-After"
METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
ASKED = "Accept, Authorization, Content-Type, If-Match, If-None-Match"
SECONDS_KEPT = "600"


class CrossOrigin:
    """Says to pages of `origins` (`*` for all) that they may read; credentials are never asked for."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app = app
        self.all, self.origins = "*" in origins, frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what a browser asks beforehand (a preflight), and hands on all else."""
        headers = Headers(scope=scope)
        origin = headers.get("origin") if scope["type"] == "http" else None
        if origin is None or not (self.all or origin in self.origins):
            await self.app(scope, receive, self._varying(send))
        elif (
            scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        ):
            await Response(None, 204, self._allowed(origin))(scope, receive, send)
        else:
            await self.app(scope, receive, self._adding(send, origin))

    def _allowed(self, origin: str) -> dict[str, str]:
        return {
            "access-control-allow-origin": "*" if self.all else origin,
            "access-control-allow-methods": METHODS,
            "access-control-allow-headers": ASKED,
            "access-control-max-age": SECONDS_KEPT,
            "vary": "Origin",
        }

    def _adding(self, send: Send, origin: str) -> Send:
        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["access-control-allow-origin"] = "*" if self.all else origin
                headers["access-control-expose-headers"] = SHOWN
            await self._varying(send)(message)

        return adding

    def _varying(self, send: Send) -> Send:
        """A cache must not give one origin what was said to another."""

        async def varying(message: Message) -> None:
            if message["type"] == "http.response.start" and not self.all:
                MutableHeaders(scope=message).add_vary_header("Origin")
            await send(message)

        return varying
