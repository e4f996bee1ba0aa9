"""Asks: opens the store, binds the parameters, evaluates, under limits if there are any."""

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from onrecord.model import vocabulary as words
from onrecord.querying.bind import Names, bind
from onrecord.querying.columns import columns
from onrecord.querying.evaluate import evaluate, serialize, table
from onrecord.querying.question import Question, question
from onrecord.querying.table import Table, Value
from onrecord.store.cache import OpenedStore, open_workspace
from onrecord.store.files import Snapshot
from onrecord.store.limits import Limits, run
from onrecord.store.text_index import TextIndex
from onrecord.workspace import Workspace, find
from onrecord.workspace.offline import run_offline

if TYPE_CHECKING:
    from onrecord.model.registry import Registry
    from onrecord.store.remote.endpoint import Remote

PIECE = 1 << 16
T = TypeVar("T")
EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass
class Graph:
    """One opened graph: what every question of a process is asked of."""

    workspace: Workspace = field(default_factory=find)
    allow_network: bool = False
    files: Snapshot | None = None
    """The files that the store was made from, as soon as it is open; none where it has no files."""
    text_index: TextIndex | None = None
    """The index of searches, where it is kept in memory alone."""

    @property
    def is_offline(self) -> bool:
        """Whether what is asked may reach no network: its engine is in this process, and nobody allowed it."""
        return self.workspace.endpoint is None and not self.allow_network

    @cached_property
    def store(self) -> "ox.Store | Remote":
        """The store, opened when first needed."""
        remote = self._remote()
        if remote is not None:
            return remote
        opened = self._open()
        if opened.keep:
            opened.keep()
        return opened.store

    def _open(self) -> OpenedStore:
        opened = open_workspace(self.workspace)
        self.files = opened.files
        return opened

    def _remote(self) -> "Remote | None":
        if self.workspace.endpoint is None:
            return None
        from onrecord.store.remote.endpoint import Remote  # noqa: PLC0415  an extra, and a tenth of a second

        return Remote(self.workspace.endpoint)

    def prepare(self) -> tuple["Graph", Callable[[], None] | None]:
        """The graph with its store open, and what is left to do when all is answered."""
        keep = None
        remote = self._remote()
        if remote is None:
            opened = self._open()
            self.store, keep = opened.store, opened.keep
        else:
            self.store = remote
        return self, keep

    @cached_property
    def vocabulary(self) -> words.Vocabulary:
        """The ontology of the workspace."""
        return words.read(self.workspace.ontology_files())

    @cached_property
    def registry(self) -> "Registry":
        """The entities of the graph."""
        from onrecord.querying.lookup import registry  # noqa: PLC0415  only for a question that names somebody

        return registry(self.store, self.vocabulary, self.workspace)

    def answer(
        self, what: str | Question, parameters: Mapping[str, object] = EMPTY
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The engine's own answer to a question, which it works on as it is read: offline only where this thread is."""
        if isinstance(what, str):
            what = question(what, self.workspace)
        names = Names(lambda: self.vocabulary, lambda: self.registry)
        sparql = bind(what, parameters, names)
        return evaluate(self.store, sparql, allow_network=self.allow_network)

    def ask(
        self,
        what: str | Question,
        parameters: Mapping[str, object] = EMPTY,
        *,
        most: int | None = None,
    ) -> Table:
        """The answer as a table of at most `most` rows."""

        def work() -> Table:
            return table(self.answer(what, parameters), most)

        return self._run(work)

    def columns(self, sparql: str) -> list[list[Value]]:
        """The values of a SELECT's answer by its variables, in their order."""
        return self._run(lambda: columns(self.answer(sparql)))

    def _run(self, work: Callable[[], T]) -> T:
        return run_offline(work) if self.is_offline else work()


def query(  # noqa: PLR0913  each is one choice of the one who asks
    what: str,
    *,
    workspace: Workspace | None = None,
    limits: Limits | None = None,
    max_rows: int | None = None,
    allow_network: bool = False,
    parameters: Mapping[str, object] | None = None,
    **more: object,
) -> Table:
    """Answers a question: its name, a file's path, or SPARQL.

    `onrecord query who-urges-whom --param actor="SAG-AFTRA"` is `onrecord.query("who-urges-whom", actor="SAG-AFTRA")`.
    Parameters are given by name, or in `parameters` where a name is one of this function's own. Without `limits` the
    query runs in this process, as long as it takes; with them in a child that is stopped in time. Raises UnknownName,
    AmbiguousName, BadInput, BadQuery, BadGraph and LimitReached.
    """
    graph = Graph(_within(workspace or find(), limits), allow_network)
    given = {**(parameters or {}), **more}
    if limits is None:
        return graph.ask(what, given, most=max_rows)

    def work(graph: Graph, send: Callable[[bytes], None]) -> None:
        send(pickle.dumps(graph.ask(what, given, most=max_rows)))

    pieces = run(graph.prepare, work, limits, offline=graph.is_offline)
    table = pickle.loads(b"".join(pieces))  # noqa: S301  from our own child
    assert isinstance(table, Table)  # noqa: S101
    return table


ask = query
"""The same verb under the name that reads well in a notebook."""


def stream(  # noqa: PLR0913  the same choices as `ask`, and a format
    what: str,
    form: str,
    *,
    workspace: Workspace | None = None,
    limits: Limits | None = None,
    allow_network: bool = False,
    parameters: Mapping[str, object] | None = None,
) -> Iterator[bytes]:
    """The answer in a standard format, piece by piece; the same parameters and errors as `ask`."""
    graph = Graph(_within(workspace or find(), limits), allow_network)

    def work(graph: Graph, send: Callable[[bytes], None]) -> None:
        with io.BufferedWriter(_Sender(send), PIECE) as output:
            serialize(graph.answer(what, parameters or {}), form, output)

    return run(
        graph.prepare,
        work,
        limits or Limits(None, None),
        offline=graph.is_offline,
    )


def _within(workspace: Workspace, limits: Limits | None) -> Workspace:
    """The workspace, whose store over HTTP has as much time as the limits give."""
    if workspace.endpoint is None or limits is None or limits.seconds is None:
        return workspace
    return replace(
        workspace, endpoint=replace(workspace.endpoint, seconds=limits.seconds)
    )


class _Sender(io.RawIOBase):
    """Hands what is written to it to a function."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send

    def writable(self) -> bool:
        return True

    def write(self, piece: object, /) -> int:
        data = bytes(piece)  # type: ignore[call-overload]  # anything that holds bytes
        self._send(data)
        return len(data)
