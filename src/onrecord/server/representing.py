"""What the routes of pages share: a page as a response, a form by the suffix of an address, numbers in it."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from onrecord.server.response import respond
from onrecord.server.settings import Job, serving

HTML = "text/html; charset=utf-8"
JSON = "application/json"
ATOM = "application/atom+xml"
GRAPHS = ("turtle", "jsonld", "ntriples", "rdfxml", "nquads", "trig")
"""Formats that hold a graph, the preferred one first."""
MOST_LETTERS = 200
"""Of a text that is looked for."""
NUMBER = re.compile(r"[1-9][0-9]{0,6}")


async def page(
    request: Request,
    job: Job,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page."""
    return await respond(request, job, HTML, status=status, headers=headers)


async def fetch(request: Request, job: Job) -> bytes:
    """All that a job sends."""
    service = serving(request)
    return await service.served.fetch(job, service.settings.limits)


def split_suffix(
    path: str, suffixes: Mapping[str, str]
) -> tuple[str, str | None]:
    """A path without its suffix, and the format that the suffix stands for."""
    stem, dot, suffix = path.rpartition(".")
    form = suffixes.get(f".{suffix}") if dot else None
    return (stem, form) if form and stem else (path, None)


def with_charset(media_type: str) -> str:
    """The media type; of a text with its encoding."""
    return (
        f"{media_type}; charset=utf-8"
        if media_type.startswith("text/")
        else media_type
    )


def number(request: Request) -> int:
    """The number of the page that is asked for; the first one where it is none."""
    return whole_number(request.query_params.get("page", ""))


def whole_number(given: str) -> int:
    """The number that a text is; 1 where it is none."""
    return int(given) if NUMBER.fullmatch(given) else 1
