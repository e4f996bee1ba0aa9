"""Calls of functions in worker processes, which hold the opened graph, and what comes back from there."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar, cast

from onrecord.querying.ask import Graph
from onrecord.querying.search import open_index
from onrecord.store.limits import Limits, Send
from onrecord.workspace import Workspace

T = TypeVar("T")


class Workers(Protocol):
    """Worker processes that hold the opened graph."""

    async def fetch(
        self, job: Callable[[Graph, Send], None], limits: Limits
    ) -> bytes:
        """Runs a job in a worker under limits, and gives all that it sends."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls functions of a graph in a worker and returns what they return."""

    workers: Workers
    limits: Limits

    async def call(self, function: Callable[..., T], **given: object) -> T:
        """What `function(graph, **given)` returns; raises what it raises, and LimitReached."""
        job = partial(answer, function=function, given=given)
        pieces = await self.workers.fetch(job, self.limits)
        return cast("T", pickle.loads(pieces))  # noqa: S301  from our own child


def answer(
    graph: Graph,
    send: Send,
    *,
    function: Callable[..., object],
    given: dict[str, object],
) -> None:
    """The job of a call: sends back, pickled, what a function of the graph returns."""
    send(pickle.dumps(function(graph, **given)))


def warm(graph: Graph, send: Send) -> None:
    """Has a worker read what every call needs."""
    del send
    open_index(graph)
    graph.registry.entities  # noqa: B018  read when first asked for


def read(workspace: Workspace, _: str) -> Graph:
    """What a worker holds: the workspace's graph as it is now."""
    graph, keep = Graph(workspace).prepare()
    if keep:
        keep()
    return graph
