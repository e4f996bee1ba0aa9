"""`/health`: whether the server answers, for whoever watches it."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.model.errors import OnRecordError
from onrecord.server import jobs
from onrecord.server.settings import serving
from onrecord.store.limits import Limits

SECONDS = 5


async def health(request: Request) -> Response:
    """200 with the generation and numbers of triples and graphs; 503 where no worker answers in time."""
    served = serving(request).served
    state = {"generation": served.generation, "writable": served.writable}
    try:
        async with asyncio.timeout(
            SECONDS
        ):  # also for a turn, and for a worker that is not ready
            counted = await served.fetch(jobs.count, Limits(SECONDS, None))
    except (OnRecordError, TimeoutError) as error:
        detail = str(error) or f"no worker answered within {SECONDS} s"
        return JSONResponse(
            {"status": "failing", **state, "detail": detail},
            503,
            {"cache-control": "no-store"},
        )
    triples, graphs = map(int, counted.split())
    state |= {"triples": triples, "graphs": graphs}
    return JSONResponse(
        {"status": "ok", **state}, headers={"cache-control": "no-store"}
    )
