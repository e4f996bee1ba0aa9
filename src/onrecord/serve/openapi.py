"""`/-/openapi.json`: what is served, for programs (OpenAPI 3.1)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


async def openapi(_: Request) -> Response:
    """The description."""
    return JSONResponse({})
