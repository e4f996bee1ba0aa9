"""`/-/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol, by the names of graphs (its section 4.2).

`?graph=IRI` is a named graph. `?default` is the unnamed graph. It cannot be the default graph of queries,
which is the union of all graphs, this one among them: nobody could write into a union. Without either, it is the whole
dataset.
"""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.formats.registry import FORMATS
from onrecord.model.iris import BASE
from onrecord.server import changes, jobs
from onrecord.server.authorize import require_writable
from onrecord.server.negotiate import DATASETS, GRAPHS, choose
from onrecord.server.response import require_unchanged, respond
from onrecord.server.settings import serving
from onrecord.server.upload import received

T = TypeVar("T")
READING = "GET, HEAD, OPTIONS"
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
PLACE = "/-/graphs"


async def graphs(request: Request) -> Response:
    """Gives, puts, adds to or deletes a graph."""
    if request.method == "OPTIONS":
        return Response(
            None,
            204,
            {"allow": METHODS if serving(request).served.writable else READING},
        )
    name = _name(request)
    if request.method in {"GET", "HEAD"}:
        return await _give(request, name)
    if request.method not in {"PUT", "POST", "DELETE"}:
        allowed = METHODS if serving(request).served.writable else READING
        raise HTTPException(
            405, f"{request.method} is nothing to do here", {"allow": allowed}
        )
    require_writable(request, READING)
    if request.method == "DELETE":
        return await _delete(request, name)
    return await _take(request, name)


def _name(request: Request) -> str | None:
    """The graph that is meant: "" for the unnamed one, None for the whole dataset; raises HTTPException 400."""
    given = request.query_params.multi_items()
    names = [value for key, value in given if key == "graph"]
    is_default = any(key == "default" for key, _ in given)
    if len(names) + is_default > 1:
        raise HTTPException(
            400, "one request, one graph: ?graph=IRI or ?default"
        )
    if not names:
        return "" if is_default else None
    try:
        return ox.NamedNode(names[0]).value
    except ValueError:
        raise HTTPException(
            400, f"{names[0]!r} is no absolute IRI, and so no graph's name"
        ) from None


async def _give(request: Request, name: str | None) -> Response:
    """Section 5.2; the dataset comes as a download."""
    offer = choose(request, DATASETS if name is None else GRAPHS)
    headers = {}
    if name is None:
        suffix = FORMATS[offer.form].suffixes[0]
        headers["content-disposition"] = (
            f'attachment; filename="onrecord{suffix}"'
        )
    job = partial(jobs.dump, form=offer.form, name=name)
    return await respond(
        request,
        job,
        offer.media_type,
        headers=headers,
        key=_key(name),
        version=_version(request, name),
        strong=True,
        free=True,
    )


def _key(name: str | None) -> str:
    return f"{PLACE} {name!r}"


def _version(request: Request, name: str | None) -> str:
    """What changes as a graph does; the dataset changes with each of them."""
    served = serving(request).served
    return served.generation if name is None else served.version(name)


async def _delete(request: Request, name: str | None) -> Response:
    """Section 5.4."""
    if name is None:
        raise HTTPException(
            400, "which graph? ?graph=IRI, or ?default for the unnamed one"
        )
    await _write(request, name, name, partial(changes.delete, name=name))
    return Response(None, 204)


async def _take(request: Request, name: str | None) -> Response:
    """Sections 5.3 and 5.5; a POST to the dataset itself makes a graph with a new name."""
    if name is None and request.method == "PUT":
        raise HTTPException(
            400, "which graph? ?graph=IRI, or ?default for the unnamed one"
        )
    target = f"{BASE}graph/{secrets.token_hex(8)}" if name is None else name
    with ExitStack() as stack:
        files = await received(
            request,
            target or f"{serving(request).settings.address}{PLACE}",
            stack,
        )
        change = partial(
            changes.put,
            name=target,
            files=files,
            replace=request.method == "PUT",
        )
        is_new = await _write(request, name, target, change)
    if not is_new:
        return Response(None, 204)
    # Relative (RFC 9110, section 10.2.2): what stands before the server may be known by another address.
    return Response(
        None, 201, {"location": f"{PLACE}?{urlencode({'graph': target})}"}
    )


async def _write(
    request: Request,
    name: str | None,
    target: str,
    change: Callable[[ox.Store], T],
) -> T:
    """Runs a change of the graph `target`, which the request may call by `name`.

    Under a condition (RFC 9110, section 13) nothing else changes between condition and change.
    """
    service = serving(request)
    write = partial(
        service.served.write,
        change,
        service.settings.limits,
        frozenset({target}),
    )
    if not {"if-match", "if-none-match"} & {*request.headers}:
        async with service.updates.together():
            return await write()
    async with service.updates.alone():
        exists = await _exists(request, name)
        require_unchanged(
            request,
            _key(name),
            _version(request, name),
            [FORMATS[form].media_type for form in GRAPHS],
            exists=exists,
        )
        return await write()


async def _exists(request: Request, name: str | None) -> bool:
    service = serving(request)
    if not name:
        return name == ""
    names = await service.served.fetch(jobs.names, service.settings.limits)
    return name in names.decode().split("\n")
