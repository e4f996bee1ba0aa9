"""The application: every address, and what stands before all of them."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from onrecord.model.errors import OnRecordError
from onrecord.server.client import ClientGone
from onrecord.server.graphs import graphs
from onrecord.server.health import health
from onrecord.server.llms import llms
from onrecord.server.middleware.headers import SecurityHeaders
from onrecord.server.middleware.log import AccessLog
from onrecord.server.middleware.request_guard import RequestGuard
from onrecord.server.middleware.shutdown import ShutdownMiddleware
from onrecord.server.openapi import openapi
from onrecord.server.pages import routes as pages
from onrecord.server.problem import crashed, failed
from onrecord.server.response_cache import ResponseCache
from onrecord.server.settings import Served, Service, Settings
from onrecord.server.sparql import sparql
from onrecord.server.update_lock import UpdateLock

EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""Methods of an address that says itself which ones it takes."""
READ_ACROSS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
SENT_ACROSS = [
    *("Authorization", "Content-Type", "If-Match", "If-None-Match"),
    *("Mcp-Method", "Mcp-Name", "Mcp-Protocol-Version", "Mcp-Session-Id"),
]
SHOWN_ACROSS = ["Content-Disposition", "ETag", "Location", "Retry-After"]
NOBODY = 499
"""What the log says of a client that went away."""


def application(
    served: Served, settings: Settings, more: Sequence[BaseRoute] = ()
) -> Starlette:
    """The graph as an ASGI application; `served` must be open as long as it is asked. `more` are another room's."""
    app = Starlette(
        routes=[*more, *_routes(settings)],
        middleware=_middleware(settings),
        exception_handlers={
            OnRecordError: failed,
            HTTPException: failed,
            ClientGone: _gone,
            Exception: crashed,
        },
    )
    app.router.redirect_slashes = False
    app.state.service = Service(
        served, settings, ResponseCache(settings.cache), UpdateLock()
    )
    return app


def _routes(settings: Settings) -> list[BaseRoute]:
    """The program's own addresses, and the pages, which take every other one."""
    return [
        Route("/sparql", sparql, methods=EVERY_METHOD),
        Route("/-/graphs", graphs, methods=EVERY_METHOD),
        Route("/-/openapi.json", openapi),
        Route("/health", health),
        Route("/llms.txt", llms),
        *_desk_routes(settings),
        *pages(settings),
    ]


def _desk_routes(settings: Settings) -> list[BaseRoute]:
    if settings.desk is None:
        return []
    from onrecord.server.desk.routes import DeskRoutes  # noqa: PLC0415  rdflib, for the desk alone

    return DeskRoutes(settings, settings.desk).routes()


def _middleware(settings: Settings) -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(AccessLog, whole=settings.log_queries),
        Middleware(SecurityHeaders),
        Middleware(RequestGuard, hosts=settings.hosts),
        _cross_origin(settings.origins),
        Middleware(ShutdownMiddleware),
    ]


def _cross_origin(origins: Sequence[str]) -> Middleware:
    """Which other sites' pages may read responses (CORS); none may send credentials."""
    return Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=READ_ACROSS,
        allow_headers=SENT_ACROSS,
        expose_headers=SHOWN_ACROSS,
    )


async def _gone(_: Request, __: Exception) -> Response:
    """For the log alone: nobody is there to read it."""
    return Response(None, NOBODY)
