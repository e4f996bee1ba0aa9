"""The end of an exchange over HTTP, whatever the server sends until then, and however slowly.

A time-out of httpx is one of each reading: a header that drips in, or interim answers without end, never let it pass.
"""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Timer
from typing import Any, Protocol, Self

ESTABLISHED = (".connect_tcp.complete", ".start_tls.complete")
"""What httpcore calls a connection that was made, in its trace."""


class Stream(Protocol):
    """A connection of httpcore's."""

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  as httpcore has it
        """The socket, by the name "socket"."""


class Deadline:
    """Shuts the connections of an exchange down when its time is up; `is_over` says that it did.

    `streams` are those of earlier exchanges that this one may use again, and gets those that it makes.
    """

    def __init__(
        self, seconds: float, streams: list[Stream] | None = None
    ) -> None:
        self.is_over = False
        self._streams = [] if streams is None else streams
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    @property
    def extensions(
        self,
    ) -> Mapping[str, Callable[[str, Mapping[str, Any]], None]]:
        """What a request of httpx is to be sent with."""
        return {"trace": self._hear}

    def _hear(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(ESTABLISHED):
            open_ones = list(filter(_is_open, self._streams))
            self._streams[:] = [*open_ones, info["return_value"]]

    def _end(self) -> None:
        self.is_over = True
        for stream in tuple(self._streams):
            with suppress(OSError):
                # The socket's own method: that of TLS would take the session from the one who reads.
                socket.socket.shutdown(_socket(stream), socket.SHUT_RDWR)


def _is_open(stream: Stream) -> bool:
    return _socket(stream).fileno() >= 0


def _socket(stream: Stream) -> socket.socket:
    connection = stream.get_extra_info("socket")
    assert isinstance(connection, socket.socket)  # noqa: S101  of the network, where else
    return connection
