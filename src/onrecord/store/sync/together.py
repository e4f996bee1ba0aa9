"""Many graphs in one request, for stores that make a state of their own of every change that they commit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

MOST_BYTES = 1_000_000
"""Of one update: what a server of ours takes by default is 1 MB, which is a little more."""
AT_ONCE = 32
"""Updates that are sent at a time."""


@dataclass(frozen=True, slots=True)
class Taking:
    """How a store takes many graphs in one update: bytes of it, and of one graph, at most, and how many at a time.

    `replaces` says that a graph that is there is made anew; otherwise only graphs that are not there go together, and
    what is read back decides whether they are sent once more, alone.
    """

    most_bytes: int = MOST_BYTES
    largest: int = MOST_BYTES
    at_once: int = AT_ONCE
    replaces: bool = True


TAKING = {
    "onrecord": Taking(),
    "virtuoso": Taking(250_000, 60_000, 4, replaces=False),
}
"""By profile. Ours makes a state of its own of every change; Virtuoso compiles some thousand triples, but not 6,000."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What makes a named graph hold its triples: a part of a SPARQL Update."""

    graph: str
    text: str

    @property
    def size(self) -> int:
        """Bytes of it, with what joins it to the next one."""
        return len(self.text.encode()) + 2


def operation(
    graph: str, quads: Sequence[ox.Quad], taking: Taking = TAKING["onrecord"]
) -> Operation | None:
    """What makes a graph hold just these; None where it must be put alone.

    That is a graph of more than one update's size, one of nothing, which an update does not make, and one with terms
    that are not the same in an update as in N-Triples, blank nodes above all.
    """
    if not quads or not all(map(_is_plain, quads)):
        return None
    name = ox.NamedNode(graph)
    triples = "".join(
        f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads
    )
    block = f"GRAPH {name} {{\n{triples}}}"
    if taking.replaces:
        block = f"CLEAR SILENT GRAPH {name} ;\nINSERT DATA {{ {block} }}"
    whole = Operation(graph, block)
    return whole if whole.size <= taking.largest else None


def _is_plain(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.NamedNode) and isinstance(
        quad.object, ox.NamedNode | ox.Literal
    )


def chunks(
    operations: Iterable[Operation | None], most_bytes: int = MOST_BYTES
) -> Iterator[Sequence[Operation]]:
    """The operations in their order, as many together as one update may hold."""
    chunk: list[Operation] = []
    size = 0
    for operation in operations:
        if operation is None:
            continue
        if chunk and size + operation.size > most_bytes:
            yield chunk
            chunk, size = [], 0
        chunk.append(operation)
        size += operation.size
    if chunk:
        yield chunk


def update(
    chunk: Iterable[Operation], taking: Taking = TAKING["onrecord"]
) -> str:
    """The text of an update, one transaction where the store has any."""
    if taking.replaces:
        return ";\n".join(operation.text for operation in chunk)
    blocks = "\n".join(operation.text for operation in chunk)
    return f"INSERT DATA {{\n{blocks}\n}}"
