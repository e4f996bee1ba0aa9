"""The rate limit: so many requests a minute from one address."""

import math
import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.server.problem import problem

MOST_ADDRESSES = 10_000
NETWORK_BITS = 64
"""Who has one IPv6 address has a network of them."""


class RateLimit:
    """Answers 429 where an address asks more often than `rate` times a minute (a token bucket); /health is free.

    The address is the connection's own: what X-Forwarded-For says, anybody can write.
    """

    def __init__(self, app: ASGIApp, rate: int) -> None:
        self.app, self.rate = app, rate
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on, or refuses."""
        wait = (
            self._wait(_address(scope))
            if scope["type"] == "http" and scope["path"] != "/health"
            else 0
        )
        if not wait:
            await self.app(scope, receive, send)
            return
        told = f"more than {self.rate} requests a minute; wait {wait} s"
        await problem(Request(scope), 429, told, {"retry-after": str(wait)})(
            scope, receive, send
        )

    def _wait(self, address: str) -> int:
        """Seconds until the address may ask again; 0 where it may now, which counts."""
        now = time.monotonic()
        left, since = self._buckets.pop(address, (float(self.rate), now))
        left = min(self.rate, left + (now - since) * self.rate / 60)
        may = left >= 1
        self._buckets[address] = (left - 1 if may else left, now)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if may else math.ceil((1 - left) * 60 / self.rate)


def _address(scope: Scope) -> str:
    host = scope["client"][0] if scope["client"] else ""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(int(found) >> NETWORK_BITS) if isinstance(found, IPv6Address) else host
