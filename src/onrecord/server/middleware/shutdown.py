"""What is under way when the server ends: it is given up, and its client told if nothing was said yet."""

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.server.problem import problem


class ShutdownMiddleware:
    """Answers 503 to a request that is cancelled, which only an ending server does; a begun answer is left cut."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Hands the request on."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except asyncio.CancelledError:
            if not begun:
                detail = "the server is being stopped, and this took too long to be waited for"
                headers = {"connection": "close"}
                answer = problem(
                    Request(scope, receive),
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    detail,
                    headers,
                )
                await answer(scope, receive, send)
