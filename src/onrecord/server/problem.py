"""Errors as answers: the status of each class, and its message as JSON (RFC 9457), HTML or text."""

import html
import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model import errors
from onrecord.model.reading_order import unturned
from onrecord.server.negotiate import Offer, best
from onrecord.website.frame import static

STATUS: Mapping[type[Exception], int] = {
    errors.UnknownName: 404,
    errors.Conflict: 409,
    errors.LimitReached: 503,
    errors.MissingExtra: 501,
    errors.NotWritten: 507,
    errors.OnRecordError: 400,
}
SECONDS_TO_RETRY = "2"
OFFERS = (
    Offer("text", "text/plain"),
    Offer("json", "application/problem+json"),
    Offer("json", "application/json"),
    Offer("json", "application/sparql-results+json"),
    Offer("json", "application/ld+json"),
    Offer("html", "text/html"),
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · onrecord</title>
<link rel="stylesheet" href="{house}"><link rel="stylesheet" href="{pages}"></head>
<body><main><h1>{title}</h1><pre>{detail}</pre><p><a href="/">To the start</a></p></main></body></html>
"""


async def failed(request: Request, error: Exception) -> Response:
    """The answer to a request that an error of ours ended."""
    if isinstance(error, HTTPException):
        return problem(request, error.status_code, error.detail, error.headers)
    status = next(
        STATUS[kind] for kind in type(error).__mro__ if kind in STATUS
    )
    headers = (
        {"retry-after": SECONDS_TO_RETRY}
        if status == HTTPStatus.SERVICE_UNAVAILABLE
        else None
    )
    return problem(request, status, str(error), headers)


async def crashed(request: Request, _: Exception) -> Response:
    """The answer where a bug is met; its traceback goes to the log and to nobody else."""
    return problem(
        request, 500, "something went wrong in the server; its log says what"
    )


def problem(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A status with a sentence, in the form that the client prefers."""
    title = HTTPStatus(status).phrase
    offer = best(request.headers.getlist("accept"), OFFERS) or OFFERS[0]
    if offer.form == "json":
        text = json.dumps(
            {"title": title, "status": status, "detail": detail},
            ensure_ascii=False,
        )
        content = f"{unturned(text)}\n"
        media_type = "application/problem+json"
    elif offer.form == "html":
        content, media_type = _page(title, detail), "text/html"
    else:
        content, media_type = f"{detail}\n", "text/plain"
    fields = {"cache-control": "no-store", "vary": "Accept", **(headers or {})}
    return Response(
        content.encode(errors="replace"), status, fields, media_type
    )


def _page(title: str, detail: str) -> str:
    fields = {"title": html.escape(title), "detail": html.escape(detail)}
    return PAGE.format(
        house=static("house.css"), pages=static("pages.css"), **fields
    )
