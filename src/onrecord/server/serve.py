"""Listens: binds the port, opens the graph, answers until it is told to stop."""

import asyncio
import errno
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from onrecord.model.errors import BadInput, MissingExtra
from onrecord.querying.ask import Graph
from onrecord.server import jobs
from onrecord.store.limits import Limits
from onrecord.store.served import Reading, Writing
from onrecord.workspace import find

try:
    import python_multipart  # noqa: F401  forms need it
    from starlette.applications import Starlette
    from starlette.routing import BaseRoute
    from uvicorn import Config, Server

    from onrecord.server.ahead import draw_ahead
    from onrecord.server.app import application
    from onrecord.server.middleware.request_guard import LARGEST_HEAD
    from onrecord.server.settings import Extension, Served, Settings
    from onrecord.server.timeouts import protocol
except ModuleNotFoundError as error:
    what = "what serves over HTTP (starlette, uvicorn and python-multipart)"
    raise MissingExtra(what, "serve") from error

SECONDS_TO_END = 10
"""How long answers that are under way may take when the server is told to stop."""
KEPT = 1
"""Workers for pages, beside those that clients' queries take: many or slow ones leave it alone."""
SECONDS_IDLE = 5
BACKLOG = 1024
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


def serve(  # noqa: PLR0913  each is one choice of the one who serves
    settings: Settings | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int | None = None,
    data: Path | None = None,
    public: str | None = None,
    ready: Callable[[str], None] = lambda _: None,
    extension: Extension | None = None,
) -> None:
    """Serves a graph over HTTP until SIGINT or SIGTERM comes: `onrecord serve` is `onrecord.serve()`.

    Without `data` it is the workspace's graph, read-only; else a store in the folder `data`, which clients that show
    `settings.token` write. `public` is the address by which clients reach it through a proxy; `ready` is told the
    address when the first request can come. An `extension` adds routes of another room.
    Raises BadInput for a port or a folder that cannot be taken, NotWritten.
    """
    settings = settings or Settings(find())
    many = workers or os.cpu_count() or 1
    served: Reading[Graph] | Writing[Graph]
    if data is None:
        read = partial(jobs.read, settings.workspace)
        served = Reading(settings.workspace, read, many, KEPT)
    elif settings.token is None:
        message = "a store that is written needs a token: Settings(…, token=…)"
        raise BadInput(message)
    else:
        prepare = partial(jobs.read_generation, settings.workspace)
        served = Writing(data, settings.workspace, prepare, many, KEPT)
    with bind(host, port) as listening:
        asyncio.run(
            _serve(
                served,
                reached(settings, host, listening, public),
                listening,
                ready,
                extension,
            )
        )


async def _serve(
    opened: Reading[Graph] | Writing[Graph],
    settings: Settings,
    listening: socket.socket,
    ready: Callable[[str], None],
    extension: Extension | None,
) -> None:
    logging.getLogger("uvicorn.error").addFilter(
        lambda record: OWN_FAULT not in str(record.msg)
    )
    async with opened as served:
        await served.fetch(
            jobs.count, Limits(None, None)
        )  # a graph that cannot be opened is told now, by its error
        async with _extended(served, settings, extension) as more:
            app = application(served, settings, more)
            listener = _listener(app, settings, lambda: ready(settings.address))
            drawing = asyncio.create_task(draw_ahead(app))
            try:
                await listener.serve([listening])
            finally:
                drawing.cancel()


def _extended(
    served: Served, settings: Settings, extension: Extension | None
) -> AbstractAsyncContextManager[Sequence[BaseRoute]]:
    if extension is None:
        none: tuple[BaseRoute, ...] = ()
        return nullcontext(none)
    return extension(served, settings)


def _listener(
    app: Starlette, settings: Settings, ready: Callable[[], None]
) -> Listener:
    """A server that tells nobody its make, trusts no proxy's word, and knows HTTP/1.1 alone."""
    config = Config(
        app,
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
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
    return Listener(config, ready)


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any that is free. Raises BadInput where it cannot."""
    try:
        family, kind, protocol_number, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        # Only a socket that names its protocol is made quick by asyncio (TCP_NODELAY): 40 ms an answer.
        listening = socket.socket(family, kind, protocol_number)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        reason = {
            errno.EADDRINUSE: f"port {port} is in use; --port takes another one, 0 any that is free",
            errno.EACCES: f"port {port} is not open to you; --port takes another one",
        }.get(error.errno or 0, error.strerror or str(error))
        message = f"cannot listen at {host}: {reason}"
        raise BadInput(message) from error
    return listening


def reached(
    settings: Settings,
    host: str,
    listening: socket.socket,
    public: str | None = None,
) -> Settings:
    """The settings with the address by which clients reach the socket, and the names by which they may call it.

    At an address of the network any name will do, unless a public one is given.
    """
    name = f"[{host}]" if ":" in host else host
    address = (public or f"http://{name}:{listening.getsockname()[1]}").rstrip(
        "/"
    )
    if not is_loopback(host) and public is None:
        return replace(settings, address=address, hosts=None)
    called = address.partition("://")[2].partition("/")[0].lower()
    called = (
        called[: called.find("]") + 1]
        if called.startswith("[")
        else called.partition(":")[0]
    )
    return replace(
        settings, address=address, hosts=LOOPBACK | {called, name.lower()}
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
