"""Reads what a client sends, as far as it may, and gives up on one that sends too slowly."""

import asyncio
from collections.abc import AsyncGenerator
from tempfile import NamedTemporaryFile
from typing import IO

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from onrecord.server.client import ClientGone

SECONDS_A_PIECE = 10
"""How long the next piece of a body may take."""
LEAST_A_SECOND = 1000
"""Bytes that must come in each second, after the first ones."""
PATIENCE = 20
"""Seconds that a client has before its rate counts."""


async def pieces(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes; raises HTTPException 413 beyond `most` bytes, and 408 for one that hardly comes."""
    if (
        length := request.headers.get("content-length", "")
    ).isdecimal() and int(length) > most:
        raise _too_large(most)
    size, since = 0, asyncio.get_running_loop().time()
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(SECONDS_A_PIECE):
                piece = await anext(stream, None)
            if piece is None:
                return
            size += len(piece)
            if size > most:
                raise _too_large(most)
            if (
                asyncio.get_running_loop().time() - since
                > PATIENCE + size / LEAST_A_SECOND
            ):
                raise _too_slow()
            yield piece
    except TimeoutError:
        raise _too_slow() from None
    except ClientDisconnect:
        raise ClientGone from None


async def read(request: Request, most: int) -> bytes:
    """All of the body, in memory."""
    return b"".join([piece async for piece in pieces(request, most)])


async def spool(request: Request, most: int) -> IO[bytes]:
    """All of the body, in a file that goes when it is closed."""
    file = NamedTemporaryFile(prefix="onrecord-")  # noqa: SIM115  the caller closes it
    try:
        async for piece in pieces(request, most):
            file.write(piece)
        file.flush()
    except BaseException:
        file.close()
        raise
    return file


def _too_large(most: int) -> HTTPException:
    return HTTPException(
        413,
        f"more than {most:,} bytes, which this server does not take",
        {"connection": "close"},
    )


def _too_slow() -> HTTPException:
    return HTTPException(
        408, "the request came too slowly", {"connection": "close"}
    )
