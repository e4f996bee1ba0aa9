"""What a server is told when it starts, what it serves, and how a request finds both."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from starlette.requests import Request
from starlette.routing import BaseRoute

from onrecord.server.response_cache import ResponseCache
from onrecord.server.update_lock import UpdateLock
from onrecord.store.limits import MEGABYTE, Limits, Send
from onrecord.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

    from onrecord.querying.ask import Graph

T = TypeVar("T")
Job = Callable[["Graph", Send], None]
"""What is done with the graph in a worker: a function of a module, or a `functools.partial` of one."""


class Served(Protocol):
    """A graph that is served: its works run in workers that can be killed, each on the newest generation."""

    writable: bool
    changing: bool
    """Whether another generation is being made of changes."""

    @property
    def generation(self) -> str:
        """A name that changes with every change of the graph."""

    def run(
        self, job: Job, limits: Limits, *, free: bool = False
    ) -> AsyncIterator[bytes]:
        """The pieces that a job sends, the first one when 64 kB are full or at the end.

        A `free` one does what a client wrote, so that it leaves a worker to others.
        """

    async def fetch(self, job: Job, limits: Limits) -> bytes:
        """All that a job sends."""

    def version(self, graph: str) -> str:
        """A name that changes with every change of one named graph, "" for the unnamed one."""

    async def write(
        self,
        change: Callable[["ox.Store"], T],
        limits: Limits,
        graphs: frozenset[str] | None = None,
    ) -> T:
        """What a change of a writable graph gives, once the changed graph is published.

        Where `graphs` names the only ones that it writes into, the change costs what it touches.
        """


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """The desk: `tokens` leads to the name of the coder who bears it, "" for one who gives it.

    `blind` hides what other persons coded; `document` is opened first.
    """

    tokens: Mapping[str, str] = field(repr=False)
    blind: bool = False
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How the graph is served.

    `address` is where clients reach the server, without a slash at the end; `token` is what a writing client must
    show; `cache`, `most_query` and `most_upload` are bytes; `origins` are the
    pages of other servers that may read answers, `*` for all; `ancestors`
    those that may show embed pages in a frame; `hosts` are the names by which clients may call the
    server, None for any, so that no other site's page makes its own name lead here; `desk` is None where none is open.
    """

    workspace: Workspace
    address: str = "http://127.0.0.1:8000"
    limits: Limits = field(default_factory=Limits)
    token: str | None = field(default=None, repr=False)
    cache: int = 64 * MEGABYTE
    origins: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    most_query: int = MEGABYTE
    most_upload: int = 1024 * MEGABYTE
    most_connections: int = 512
    log_queries: bool = False
    hosts: frozenset[str] | None = None
    desk: DeskSettings | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One server's graph, settings, response cache and update lock."""

    served: Served
    settings: Settings
    responses: ResponseCache
    updates: UpdateLock


Extension = Callable[
    [Served, Settings], AbstractAsyncContextManager[Sequence[BaseRoute]]
]
"""Gives routes that another room adds to the server's own, as long as it runs."""


def serving(request: Request) -> Service:
    """The service that a request came to."""
    service = request.app.state.service
    assert isinstance(service, Service)  # noqa: S101  the application is made with one
    return service
