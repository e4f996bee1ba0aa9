"""Listens: binds the port, opens the graph, answers until it is told to stop."""

import asyncio
import errno
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from ipaddress import ip_address

from onrecord.errors import BadInput, MissingExtra

try:
    import python_multipart  # noqa: F401  forms need it
    from uvicorn import Config, Server

    from onrecord.serve.app import application
    from onrecord.serve.patience import protocol
    from onrecord.serve.settings import Served, Settings
except ModuleNotFoundError as error:
    what = "what serves over HTTP (starlette, uvicorn and python-multipart)"
    raise MissingExtra(what, "serve") from error

SECONDS_TO_END = 10
"""How long answers that are under way may take when the server is told to stop."""
SECONDS_IDLE = 5
MOST_HEAD = 1 << 16
"""Bytes of a request's head, and so of a query in an address."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
OWN_FAULT = "returned without completing response"


class Listener(Server):
    """The ASGI server, told to stop by a signal and not by the exception that it would become afterwards."""

    def __init__(self, config: Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so."""
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM end the server in good order; the second SIGINT at once."""
        kinds = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(kind, self.handle_exit) for kind in kinds]
        try:
            yield
        finally:
            for kind, handler in zip(kinds, before, strict=True):
                signal.signal(kind, handler)


def serve(
    opened: AbstractAsyncContextManager[Served],
    settings: Settings,
    listening: socket.socket,
    ready: Callable[[str], None],
) -> None:
    """Serves on a socket until a signal comes; `ready` is told the address when the first request can come."""
    logging.getLogger("uvicorn.error").addFilter(lambda record: OWN_FAULT not in str(record.msg))

    async def run() -> None:
        async with opened as served:
            await _listener(served, settings, lambda: ready(settings.address)).serve([listening])

    asyncio.run(run())


def _listener(served: Served, settings: Settings, ready: Callable[[], None]) -> Listener:
    """A server that tells nobody its make, trusts no proxy's word, and knows HTTP/1.1 alone."""
    config = Config(
        application(served, settings),
        http=protocol(settings.most_connections),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        headers=[("server", "onrecord")],
        timeout_keep_alive=SECONDS_IDLE,
        timeout_graceful_shutdown=SECONDS_TO_END,
        h11_max_incomplete_event_size=MOST_HEAD,
    )
    return Listener(config, ready)


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any that is free. Raises BadInput where it cannot."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=1024)
    except OSError as error:
        reason = {
            errno.EADDRINUSE: f"port {port} is in use; --port takes another one, 0 any that is free",
            errno.EACCES: f"port {port} is not open to you; --port takes another one",
        }.get(error.errno or 0, error.strerror or str(error))
        message = f"cannot listen at {host}: {reason}"
        raise BadInput(message) from error


def reached(settings: Settings, host: str, listening: socket.socket, public: str | None = None) -> Settings:
    """The settings with the address by which clients reach the socket, and the names by which they may call it.

    At an address of the network any name will do, unless a public one is given.
    """
    name = f"[{host}]" if ":" in host else host
    address = (public or f"http://{name}:{listening.getsockname()[1]}").rstrip("/")
    if not is_loopback(host) and public is None:
        return replace(settings, address=address, hosts=None)
    called = address.partition("://")[2].partition("/")[0].lower()
    called = called[: called.find("]") + 1] if called.startswith("[") else called.partition(":")[0]
    return replace(settings, address=address, hosts=LOOPBACK | {called, name.lower()})


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
