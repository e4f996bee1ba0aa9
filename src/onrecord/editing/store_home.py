"""A graph that lives in a store over HTTP: changes are made on a copy of its files, and go there first.

The copy is a workspace in the person's own folder for state. Before a change it takes
over what others changed; the change itself is sent as one, upon the version that the
copy is at, and written to the copy once the store has it.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from onrecord.editing.incoming import graph_of_path, refuse_faulty
from onrecord.editing.pull import graph_file, place_of
from onrecord.model.errors import ChangedMeanwhile
from onrecord.model.iris import GRAPHS
from onrecord.store.foresight import foreseen_edges
from onrecord.store.sync.in_parallel import in_parallel
from onrecord.store.sync.push import MADE_THERE
from onrecord.store.sync.sources import RemoteSource
from onrecord.store.sync.versions import Change, Version, Versions
from onrecord.workspace import (
    Endpoint,
    Workspace,
    init,
    own_file,
    read_file,
    state_home,
    writing,
)
from onrecord.workspace.log import LOG

STATE = "../store.json"
"""Where the version of the copy is noted, from the folder of the graphs."""
MOST_SECONDS = 120.0
"""How long a change that has not ended is waited for."""
Changes = Mapping[str, bytes | None]
Write = Callable[[Changes], None]


def copy_of(store: Endpoint, where: Workspace) -> Workspace:
    """The copy of a store that is changed by this person, up to date; `where` gives ontology and questions.

    Raises StoreFailed, NotWritten, BadGraph.
    """
    root = _place(store)
    if not (root / "graphs").is_dir():
        init(root)
    home = root / "graphs"
    copy = replace(
        where, root=root, graphs=(home,), endpoint=None, shared=store
    )
    with writing(home) as write, through_store(copy, store, write):
        return copy


def is_known(store: Endpoint) -> bool:
    """Whether this person has worked on a store before."""
    return (_place(store) / "graphs").is_dir()


def _place(store: Endpoint) -> Path:
    key = hashlib.sha256(store.url.encode()).hexdigest()[:32]
    return state_home() / "stores" / key


@contextmanager
def through_store(
    where: Workspace, store: Endpoint, write: Write
) -> Iterator[Write]:
    """The function that commits changes of a copy by way of its store, which it has caught up with."""
    with RemoteSource(store) as there:
        home = _Home(where, there, Versions(there), write)
        home.catch_up()
        yield home.commit


@dataclass(slots=True)
class _Home:
    """A store, the copy of its files, and what writes to them."""

    where: Workspace
    there: RemoteSource
    versions: Versions
    write: Write

    def catch_up(self) -> None:
        """Takes over what was changed in the store; raises ChangedMeanwhile where a change of another is under way."""
        known = self._known()
        while (newest := self.versions.newest()) != known or known is None:
            _wait(newest)
            graphs = self._changed(known)
            changes = dict(in_parallel(self._file, graphs))
            files = {path: file for path, file in changes.items() if file}
            if files:
                refuse_faulty(self.where, files)
            self.write({**changes, **_state(self.there.address, newest)})
            if newest.begun is not None:
                self._mend(newest)
            known = replace(newest, begun=None)

    def _known(self) -> Version | None:
        """The version that the copy is at; None of a copy that was never filled."""
        raw = read_file(own_file(self.where.home, STATE))
        if raw is None:
            return None
        state = json.loads(raw)
        return Version(state["change"], state["number"])

    def _changed(self, known: Version | None) -> Collection[str]:
        if known is not None:
            changed = self.versions.changed_since(known.number)
            return [graph for graph in changed if place_of(graph)]
        return [graph for graph in self.there.graphs() if place_of(graph)]

    def _file(self, graph: str) -> tuple[str, bytes | None]:
        path = place_of(graph) or ""
        quads = self.there.quads(graph)
        if not quads:
            return path, None
        return path, graph_file(graph, path, quads, self.there.dialect).content

    def _mend(self, left: Version) -> None:
        """Ends what a writer left who was killed: the edges follow from what he put."""
        edges, _ = foreseen_edges(self.where, (), ())
        self.there.put(GRAPHS["edges"], edges)
        self.versions.end(left)

    def commit(self, changes: Changes) -> None:
        """Sends what touches the graph, then writes all to the copy; raises ChangedMeanwhile, StoreFailed."""
        known = self._known()
        assert known is not None  # noqa: S101  the copy has caught up
        change = self._change(changes)
        if not change.graphs:
            self.write(changes)
            return
        version = self.versions.make(known, change)
        self.write({**changes, **_state(self.there.address, version)})

    def _change(self, changes: Changes) -> Change:
        before: set[ox.Quad] = set()
        after: set[ox.Quad] = set()
        graphs: dict[str, list[ox.Quad]] = {}
        for path, content in changes.items():
            if not path.endswith(".ttl"):
                continue
            graph = graph_of_path(path)
            graphs[graph] = _quads(content, graph)
            after |= {*graphs[graph]}
            before |= {
                *_quads(read_file(own_file(self.where.home, path)), graph)
            }
        removed, added = before - after, after - before
        if graphs and not self._makes_edges:
            old, new = foreseen_edges(self.where, removed, added)
            removed, added = removed | (old - new), added | (new - old)
            if old != new:
                graphs[GRAPHS["edges"]] = sorted(new, key=str)
        what = _kind(changes, self.where.home)
        return Change(what, frozenset(removed), frozenset(added), graphs)

    @property
    def _makes_edges(self) -> bool:
        return GRAPHS["edges"] in MADE_THERE.get(self.there.dialect, ())


def _wait(newest: Version) -> None:
    """Raises ChangedMeanwhile where a change has not ended, unless its writer must be dead by now."""
    if newest.begun is None:
        return
    since = dt.datetime.now(tz=dt.UTC) - newest.begun
    if since.total_seconds() < MOST_SECONDS:
        message = "a change of another is under way in the store; try again"
        raise ChangedMeanwhile(message)


def _quads(content: bytes | None, graph: str) -> list[ox.Quad]:
    if content is None:
        return []
    name = ox.NamedNode(graph)
    quads = []
    for triple in ox.parse(content, ox.RdfFormat.TURTLE):
        quad = ox.Quad(triple.subject, triple.predicate, triple.object, name)
        quads.append(quad)
    return quads


def _state(address: str, version: Version) -> Changes:
    state = {
        "store": address,
        "change": version.change,
        "number": version.number,
    }
    return {STATE: json.dumps(state).encode() + b"\n"}


def _kind(changes: Changes, home: Path) -> str:
    """What kind of change it is, by the first word of its line in the log: names might be removed one day."""
    log, before = changes.get(LOG), read_file(own_file(home, LOG)) or b""
    if log is None or len(log) < len(before):
        return "undo"
    line = log.splitlines()[-1]
    return str(json.loads(line)["what"]).partition(" ")[0]
