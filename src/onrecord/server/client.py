"""Who waits for an answer: it may go away while the answer is made, or read too slowly."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from onrecord.model.errors import OnRecordError

T = TypeVar("T")
SECONDS_A_PIECE = 60
"""How long a client may take to read one piece."""
SECONDS_IN_ALL = 120
"""How long all of an answer may take, its last piece read: a slow reader holds a worker meanwhile."""


class ClientGone(Exception):
    """The client went away before the answer was there."""


class Client:
    """A client whose request has come whole, so that nothing more comes from it but its going away."""

    def __init__(self, receive: Receive) -> None:
        self._gone = asyncio.ensure_future(_departure(receive))

    async def wait(self, awaited: Coroutine[Any, Any, T]) -> T:
        """What is awaited; raises ClientGone, and what is awaited is given up, where the client goes first."""
        task = asyncio.ensure_future(awaited)
        try:
            await asyncio.wait(
                {task, self._gone}, return_when=asyncio.FIRST_COMPLETED
            )
            if not task.done():
                raise ClientGone
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    def forget(self) -> None:
        """Waits for the client no longer."""
        self._gone.cancel()


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Streamed(Response):
    """An answer that is sent while it is made; where it fails, it is left without an end."""

    def __init__(
        self,
        pieces: AsyncGenerator[bytes, None],
        client: Client,
        status: int,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        super().__init__(None, status, headers, media_type)
        del self.headers["content-length"]
        self._pieces, self._client = pieces, client

    async def __call__(
        self,
        scope: Scope,  # noqa: ARG002  ASGI's call
        receive: Receive,  # noqa: ARG002  as above
        send: Send,
    ) -> None:
        """Sends the answer; returns without the last message where it fails, and the server closes the connection."""
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            async with asyncio.timeout(SECONDS_IN_ALL):
                await self._send_pieces(send)
            await send(
                {"type": "http.response.body", "body": b"", "more_body": False}
            )
        except (OnRecordError, ClientGone, TimeoutError):
            return
        finally:
            self._client.forget()
            await self._pieces.aclose()

    async def _send_pieces(self, send: Send) -> None:
        while (
            piece := await self._client.wait(following(self._pieces))
        ) is not None:
            message = {
                "type": "http.response.body",
                "body": piece,
                "more_body": True,
            }
            async with asyncio.timeout(SECONDS_A_PIECE):
                await send(message)


async def following(pieces: AsyncIterator[bytes]) -> bytes | None:
    """The next piece; None after the last one."""
    return await anext(pieces, None)
