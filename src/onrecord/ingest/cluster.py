"""Tasks on the workers of a Dask cluster: one on this machine, or one that has a scheduler's address.

Every worker is given the recipe when it begins, also one that begins anew, and makes
its reader once. Where a worker dies, Dask gives its task to another.
"""

import logging
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from distributed import (
    Client,
    KilledWorker,
    LocalCluster,
    Worker,
    WorkerPlugin,
    as_completed,
    get_worker,
)

from onrecord.ingest.crawl import PieceReader
from onrecord.ingest.tasks import Outcome, Recipe, Task, outcome
from onrecord.model.errors import BadInput

SECONDS = 30
"""How long a scheduler is waited for."""
ANY_PORT = "127.0.0.1:0"
"""Where the scheduler tells of itself; its usual port may be another one's."""
ABREAST = 2
"""Tasks a worker that are handed out at a time, so that none waits for the next."""


class Reading(WorkerPlugin):
    """What stays on a worker from task to task: the recipe (options, names, ontology), and the reader made of it."""

    def __init__(self, name: str, recipe: Recipe) -> None:
        self.name = name
        self._recipe = recipe
        self._reader: PieceReader | None = None
        self._place: tempfile.TemporaryDirectory[str] | None = None

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  as distributed calls it
        """Takes the ontology's files away."""
        if self._place is not None:
            self._place.cleanup()

    @property
    def reader(self) -> PieceReader:
        """The reader, made at the first task."""
        if self._reader is None:
            self._place = tempfile.TemporaryDirectory(prefix="onrecord-")
            self._reader = self._recipe.reader(Path(self._place.name))
        return self._reader


def _on_worker(name: str, task: Task) -> Outcome:
    try:
        plugin = get_worker().plugins[name]
        assert isinstance(plugin, Reading)  # noqa: S101  registered under this name
        reader = plugin.reader
    except BadInput as error:
        return Outcome(task, fault=str(error))
    return outcome(reader, task)


@contextmanager
def connected(scheduler: str | None, jobs: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or of workers here; raises BadInput."""
    if scheduler is None:
        with _local(jobs) as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=SECONDS)
    except (OSError, ValueError) as error:
        message = f"{scheduler}: no Dask scheduler answers there: {error}"
        raise BadInput(message) from error
    with client:
        yield client


def _local(jobs: int) -> LocalCluster:
    """Workers of this machine, whom nobody else can give work to."""
    return LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": ANY_PORT},
        silence_logs=logging.ERROR,
        security=True,
    )


def on_cluster(
    client: Client, recipe: Recipe, tasks: deque[Task]
) -> Iterator[Outcome]:
    """Does tasks on a client's workers, as long as there are any; more may come meanwhile."""
    name = f"onrecord-{uuid4().hex}"
    client.register_plugin(Reading(name, recipe))
    going: dict[Any, Task] = {}
    ended = as_completed()
    try:
        while tasks or going:
            while tasks and len(going) < _most(client):
                task = tasks.popleft()
                future = client.submit(_on_worker, name, task, pure=False)
                going[future] = task
                ended.add(future)
            future = next(ended)
            yield _outcome_of(future, going.pop(future))
    finally:
        client.cancel(list(going))
        client.unregister_worker_plugin(name)


def _most(client: Client) -> int:
    return ABREAST * max(1, len(client.nthreads()))


def _outcome_of(future: Any, task: Task) -> Outcome:  # noqa: ANN401  distributed tells no types
    try:
        result: Outcome = future.result()
    except KilledWorker:
        fault = f"{task.piece.where}: every worker that read it died"
        return Outcome(task, fault=fault)
    finally:
        future.release()
    return result
