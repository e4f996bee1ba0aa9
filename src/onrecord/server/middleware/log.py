"""The access log: one line a request."""

import logging
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("onrecord.access")
LONGEST = 2000


class AccessLog:
    """Says of each request when it came, from where, what it asked and what it got.

    What stands after `?` and may hold somebody's question is said only if `whole`. An answer that was cut says so.
    """

    def __init__(self, app: ASGIApp, *, whole: bool) -> None:
        self.app, self.whole = app, whole

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Hands the request on and logs it when its answer has gone."""
        if scope["type"] != "http" or not LOG.isEnabledFor(logging.INFO):
            await self.app(scope, receive, send)
            return
        since = time.perf_counter()
        status, sent, ended = 500, 0, False

        async def counting(message: Message) -> None:
            nonlocal status, sent, ended
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                sent += len(message.get("body", b""))
                ended = not message.get("more_body", False)
            await send(message)

        try:
            await self.app(scope, receive, counting)
        finally:
            self._say(
                scope,
                status,
                sent,
                time.perf_counter() - since,
                "" if ended else " cut",
            )

    def _say(
        self, scope: Scope, status: int, sent: int, seconds: float, cut: str
    ) -> None:
        target = scope["raw_path"].decode("latin-1")
        if self.whole and scope["query_string"]:
            target += f"?{scope['query_string'].decode('latin-1')}"
        client = scope["client"][0] if scope["client"] else "-"
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        LOG.info(
            "%s %s %s %s %s %s %.1fms%s",
            at,
            client,
            scope["method"],
            target[:LONGEST],
            status,
            sent,
            seconds * 1000,
            cut,
        )
