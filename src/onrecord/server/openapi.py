"""`/-/openapi.json`: what is served, for programs (OpenAPI 3.1); the description stands as data in `openapi.json`."""

import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord._version import __version__
from onrecord.server.settings import serving


async def openapi(request: Request) -> Response:
    """The description, with this server's address and version."""
    described = json.loads(
        Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    )
    described["info"]["version"] = __version__
    texts = serving(request).settings.workspace.texts()
    described["info"]["summary"] = texts.page["heading"]
    described["servers"] = [{"url": serving(request).settings.address}]
    return JSONResponse(described, headers={"cache-control": "no-cache"})
