"""`/health`: whether the server answers, for whoever watches it."""

from functools import partial

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import OnRecordError
from onrecord.query.ask import Graph
from onrecord.serve.settings import serving
from onrecord.store.limits import Limits, Send

SECONDS = 5


async def health(request: Request) -> Response:
    """200 with the generation and numbers of triples and graphs; 503 where no worker answers in time."""
    served = serving(request).served
    told = {"generation": served.generation, "writable": served.writable}
    try:
        counted = await served.fetch(partial(count), Limits(SECONDS, None))
    except OnRecordError as error:
        return JSONResponse({"status": "failing", **told, "detail": str(error)}, 503, {"cache-control": "no-store"})
    triples, graphs = map(int, counted.split())
    told |= {"triples": triples, "graphs": graphs}
    return JSONResponse({"status": "ok", **told}, headers={"cache-control": "no-store"})


def count(graph: Graph, send: Send) -> None:
    """How many triples and named graphs there are."""
    store = graph.store
    assert isinstance(store, ox.Store)  # noqa: S101  what is served lies here
    send(f"{len(store)} {sum(1 for _ in store.named_graphs())}".encode())
