"""What is done for an assistant in a worker, and what comes back."""

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


class Asked(Protocol):
    """A graph whose works run elsewhere, under limits."""

    async def fetch(
        self, job: Callable[[Graph, Send], None], limits: Limits
    ) -> bytes:
        """All that a job sends."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Has functions of a graph called in a worker, and gives what they give."""

    asked: Asked
    limits: Limits

    async def call(self, function: Callable[..., T], **given: object) -> T:
        """What `function(graph, **given)` gives; raises what it raises, and LimitReached."""
        job = partial(answer, function=function, given=given)
        pieces = await self.asked.fetch(job, self.limits)
        return cast("T", pickle.loads(pieces))  # noqa: S301  from our own child


def answer(
    graph: Graph,
    send: Send,
    *,
    function: Callable[..., object],
    given: dict[str, object],
) -> None:
    """Sends what a function of a graph gives."""
    send(pickle.dumps(function(graph, **given)))


def warm(graph: Graph, send: Send) -> None:
    """Has a worker read what every call needs."""
    del send
    open_index(graph)
    graph.registry.entities  # noqa: B018  read when first asked for


def read(workspace: Workspace, _: str) -> Graph:
    """What a worker has: the workspace's graph as it is now."""
    graph, keep = Graph(workspace).prepare()
    if keep:
        keep()
    return graph
