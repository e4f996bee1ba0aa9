"""A workspace's graphs → a store over HTTP."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from onrecord.model.errors import NotWritten, UnknownName
from onrecord.model.iris import GRAPHS, OURS, compact
from onrecord.model.names import nearest
from onrecord.store.sync.in_parallel import in_parallel
from onrecord.store.sync.ledger import Ledger
from onrecord.store.sync.sending import Sender
from onrecord.store.sync.sources import Files, RemoteSource, groups
from onrecord.store.sync.together import Taking, chunks
from onrecord.workspace import Endpoint, Workspace, find

MADE_THERE = {"onrecord": frozenset({GRAPHS["edges"]})}
"""What a store makes itself whenever its statements change, by profile."""
COMPARED = "compared and sent"
FEW = 10
"""Graphs that may be deleted though they are the most of those there."""
Hear = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What `push` did, by the IRIs of graphs.

    `differs` are those that the store does not give back as they were sent; `kept` are gone here and were left there.
    `strange` are graphs of ours there that this workspace never had, and were left alone; `unnamed` are files whose
    names make no graph's.
    """

    sent: tuple[str, ...]
    same: tuple[str, ...]
    differs: tuple[str, ...]
    deleted: tuple[str, ...]
    kept: tuple[str, ...]
    strange: tuple[str, ...]
    unnamed: tuple[str, ...]


def push(  # noqa: PLR0913  each is one choice of the one who pushes
    store: Endpoint | str,
    *,
    workspace: Workspace | None = None,
    graphs: Collection[str] = (),
    dry_run: bool = False,
    verify: bool = True,
    keep: bool = False,
    force: bool = False,
    said: Hear | None = None,
) -> Pushed:
    """Makes the named graphs of a store be the workspace's: those that differ are sent, those that are gone go.

    `onrecord push https://host/ --profile virtuoso` is `onrecord.push(Endpoint("https://host/", "virtuoso"))`. A graph
    is read there before it is sent, and after; without `verify`, what the last push noted and the number of triples
    there are believed instead. Deleted are graphs that an earlier push or pull of this workspace had in common with the
    store, or documents that a tombstone names, unless `keep`; others are never touched. With `graphs`, their IRIs, only
    those are sent or deleted. What had no answer in time is read back all the same, and sent again if it did not come.
    `said` hears what is done, with how many graphs of how many. Killed or cut off, the next push goes on where this one
    ended. Raises UnknownName for a graph that is nowhere, NotWritten where most of what is there would be deleted,
    unless `force`, BadGraph, StoreFailed, LimitReached.
    """
    with RemoteSource(
        store if isinstance(store, Endpoint) else Endpoint(store)
    ) as there:
        here = Files(workspace or find())
        sender = Sender(
            here, there, Ledger(here.workspace, there.address), dry_run, verify
        )
        made_there = MADE_THERE.get(there.dialect, frozenset())
        mine, gone = {*here.graphs()} - made_there, _gone(sender)
        _refuse_unknown(graphs, mine | gone)
        lost = gone & {*graphs} if graphs else gone
        if not (keep or force or graphs or dry_run):
            _refuse_most(lost, there)
        _send(sender, mine & {*graphs} if graphs else mine, said)
        for graph in () if keep else sorted(lost):
            sender.delete(graph)
        sender.recount()
        return Pushed(
            sent=sender.of("sent"),
            same=sender.of("same"),
            differs=sender.of("differs"),
            deleted=() if keep else _row(lost),
            kept=_row(lost) if keep else (),
            strange=()
            if graphs
            else _row({*there.counts} - mine - gone - made_there),
            unnamed=_row(map(str, here.unnamed)),
        )


def _send(sender: Sender, graphs: Collection[str], said: Hear | None) -> None:
    counts = sender.there.counts if sender.verify else {}
    read = groups(sorted(graphs), counts)
    if sender.taking:
        _send_together(
            sender, sender.taking, read, _saying(said, COMPARED, graphs)
        )
    else:
        _each(sender.send_some, read, sender, _saying(said, COMPARED, graphs))
    if sender.verify and not sender.dry_run:
        sent = sender.of("sent", "late")
        read = groups(sent, sender.sizes)
        _each(sender.check_some, read, sender, _saying(said, "read back", sent))


def _saying(
    said: Hear | None, what: str, graphs: Collection[str]
) -> Callable[[int], None]:
    """What says of the graph of a number that it is done."""

    def say(number: int) -> None:
        if said:
            said(what, number, len(graphs))

    return say


def _send_together(
    sender: Sender,
    taking: Taking,
    read: Iterable[list[str]],
    say: Callable[[int], None],
) -> None:
    """Compares ahead of what is sent, several chunks of graphs at once."""
    results = in_parallel(sender.prepare_some, read, ahead=1)
    parts = chunks(chain.from_iterable(results), taking.most_bytes)
    count = 0
    for _ in in_parallel(sender.send_together, parts, taking.at_once, ahead=1):
        count = _tell(sender, count, say)
    for _ in in_parallel(sender.send, sorted(sender.alone), ahead=1):
        count = _tell(sender, count, say)
    _tell(sender, count, say)
    sender.raise_failures()


def _tell(sender: Sender, count: int, say: Callable[[int], None]) -> int:
    """Says of each graph of which it was not said that it is done; how many now are."""
    done = len(sender.outcomes)
    for number in range(count + 1, done + 1):
        say(number)
    return done


def _each(
    work: Callable[[list[str]], Sequence[str]],
    read: Iterable[list[str]],
    sender: Sender,
    say: Callable[[int], None],
) -> None:
    """Works on some graphs after others, and says of each that it is done."""
    done = in_parallel(work, read, sender.there.at_once, ahead=1)
    for number, _ in enumerate(chain.from_iterable(done), 1):
        say(number)
    sender.raise_failures()


def _gone(sender: Sender) -> set[str]:
    """The graphs there that this workspace had and has no more."""
    ours = {*sender.ledger.marks, *_buried(sender.here)}
    return (ours & {*sender.there.counts}) - {*sender.here.graphs()}


def _buried(here: Files) -> Iterator[str]:
    """The documents that tombstones name."""
    for quad in here.quads(GRAPHS["removed"]):
        if isinstance(
            quad.subject, ox.NamedNode
        ) and quad.subject.value.startswith(OURS["doc"]):
            yield quad.subject.value


def _refuse_unknown(graphs: Iterable[str], known: Collection[str]) -> None:
    for graph in graphs:
        if graph not in known:
            near = nearest(compact(graph), map(compact, known))
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            message = f"no graph to push is called {compact(graph)}{hint}"
            raise UnknownName(message)


def _refuse_most(lost: Collection[str], there: RemoteSource) -> None:
    """A workspace that lost most of its files is more often a mishap than meant."""
    if len(lost) > max(FEW, len(there.counts) / 2):
        message = (
            f"{len(lost):,} of the {len(there.counts):,} graphs at {there.endpoint.url} are gone here and would be "
            "deleted there: --keep leaves them, --force deletes them; nothing was sent"
        )
        raise NotWritten(message)


def _row(graphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(graphs))
