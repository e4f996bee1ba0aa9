"""A store over HTTP, asked in this process: nothing of its work is done here that a worker would have to bound."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from onrecord.querying.ask import Graph
from onrecord.store.limits import Limits, Send
from onrecord.workspace import Workspace


class AskedStore:
    """A store over HTTP that does one work at a time, each in a thread; the time limit holds for each request."""

    def __init__(self, workspace: Workspace, limits: Limits) -> None:
        endpoint = workspace.endpoint
        assert endpoint is not None  # noqa: S101  a store over HTTP is asked
        if limits.seconds is not None:
            endpoint = replace(endpoint, seconds=limits.seconds)
        self._graph = Graph(replace(workspace, endpoint=endpoint))
        self._turn = asyncio.Lock()

    async def fetch(
        self, job: Callable[[Graph, Send], None], _: Limits
    ) -> bytes:
        """All that a job sends."""
        pieces: list[bytes] = []
        async with self._turn:
            await asyncio.to_thread(job, self._graph, pieces.append)
        return b"".join(pieces)
