"""HTTP connections with an end to patience: what the server's own protocol leaves open.

Of time, uvicorn bounds only how long a connection stands idle between requests. Here a request's head must come in
time, a client that reads nothing is cut off, and there are only so many connections, of one address a quarter of them.
A head that is too large or framed in a way that nobody knows has its own status (RFC 9110, section 15.5; RFC 6585,
section 5).
"""

import asyncio
import sys
from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

SECONDS_FOR_HEAD = 10
SHARES = 4
"""So many parts of all connections there are; one address gets one of them."""
ONE_HOST, ONE_SITE = 32, 64
"""Bits of an address of IPv4 and of IPv6."""
Address = tuple[str, int] | None
"""Host and port, as uvicorn has them."""
SECONDS_TO_LEAVE = 30
"""How long what was written may wait for a client that reads nothing, when all is said."""


def _origin(client: Address) -> IPv4Network | IPv6Network | None:
    """The public address that a client comes from, by IPv6 its network of 64 bits; None for one nearby."""
    if client is None:
        return None
    try:
        address = ip_address(client[0].partition("%")[0])
    except ValueError:
        return None
    bits = ONE_HOST if address.version == 4 else ONE_SITE  # noqa: PLR2004  of the protocol
    return (
        ip_network((address, bits), strict=False) if address.is_global else None
    )


def crowds(client: Address, clients: Iterable[Address], most: int) -> bool:
    """Whether too many of the most connections come from one public address; a proxy has one nearby."""
    origin = _origin(client)
    if origin is None:
        return False
    alike = sum(_origin(other) == origin for other in clients)
    return alike > max(1, most // SHARES)


def protocol(most_connections: int) -> type[H11Protocol]:
    """The protocol of a server that holds so many connections."""
    return type(
        "TimeoutProtocol", (TimeoutProtocol,), {"most": most_connections}
    )


class TimeoutProtocol(H11Protocol):
    """One connection."""

    most: int
    _ending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent has it
        """Takes the connection, or drops it where there are too many."""
        super().connection_made(transport)
        clients = [getattr(other, "client", None) for other in self.connections]
        if len(clients) > self.most or crowds(self.client, clients, self.most):
            transport.abort()
        else:
            self._await_head()

    def data_received(self, data: bytes) -> None:
        """Hands the bytes on; while a head is not whole, the clock runs."""
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.conn.their_state is h11.IDLE:
            self._await_head()
        elif self._ending is not None:
            self._ending.cancel()
            self._ending = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any longer."""
        if self._ending is not None:
            self._ending.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  its parent's call
        """Answers a head that is no HTTP with the status that the parser found."""
        fault = sys.exception()
        status = getattr(fault, "error_status_hint", HTTPStatus.BAD_REQUEST)
        if (
            self.conn.our_state not in {h11.IDLE, h11.SEND_RESPONSE}
            or self._has_begun()
        ):
            self.transport.abort()
            return
        body = f"{HTTPStatus(status).phrase}\n".encode()
        headers = [
            ("content-type", "text/plain"),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        response = h11.Response(
            status_code=status,
            headers=headers,
            reason=HTTPStatus(status).phrase,
        )
        for event in (response, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self._close()

    def timeout_keep_alive_handler(self) -> None:
        """Closes an idle connection, and in the end also one that was not read empty."""
        super().timeout_keep_alive_handler()
        self._abort_later()

    def _has_begun(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return (
            cycle is not None
            and cycle.response_started
            and not cycle.response_complete
        )

    def _await_head(self) -> None:
        if self._ending is None:
            self._ending = self.loop.call_later(SECONDS_FOR_HEAD, self._close)

    def _close(self) -> None:
        self.transport.close()
        self._abort_later()

    def _abort_later(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = self.loop.call_later(
            SECONDS_TO_LEAVE, self.transport.abort
        )
