"""The end of every change of files: read back by the engine, logged, and written at once."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from onrecord.model.errors import BadInput, NotWritten
from onrecord.store.blocks import changed_blocks
from onrecord.workspace import own_file, read_file
from onrecord.workspace.log import logged

Changes = Mapping[str, bytes | None]
"""Files by their path from the folder of the graphs; None for one that goes."""
NOTHING: Changes = MappingProxyType({})
LONGEST = 1 << 20
"""Characters of one text in a graph; the engine reads none that is longer than 16 MB."""


def write_logged(
    home: Path,
    write: Callable[[Changes], None],
    changes: Changes,
    what: str,
    beside: Changes = NOTHING,
) -> None:
    """Lets the engine read files back, then writes them with a line of the log; what is `beside` is in no log.

    Raises BadInput, NotWritten, Untrusted.
    """
    read_back(home, changes)
    lines = logged(home, changes, what) if changes else NOTHING
    write({**lines, **beside})


def read_back(home: Path, changes: Changes) -> None:
    """Raises NotWritten for what the engine would not read, BadInput for too long a text.

    Either would keep every later command from working.
    """
    for path, content in changes.items():
        if content is None or not path.endswith(".ttl"):
            continue
        try:
            longest = _longest_text(_new_in(own_file(home, path), content))
        except (SyntaxError, MemoryError) as error:
            message = f"{path}: the engine would not read it: {error}; nothing was changed"
            raise NotWritten(message) from error
        if longest > LONGEST:
            message = f"{path}: a text of {longest:,} characters; {LONGEST:,} is the most"
            raise BadInput(message)


def _new_in(file: Path, content: bytes) -> bytes:
    """What a file will hold that it does not hold yet, as a file of its own; all of it where that cannot be told."""
    blocks = changed_blocks(read_file(file) or b"", content)
    return content if blocks is None else blocks[1]


def _longest_text(content: bytes) -> int:
    """How long the longest text of a file is at most: a line of N-Triples holds one, and more."""
    store = ox.Store()
    store.load(content, format=ox.RdfFormat.TURTLE)
    lines = (store.dump(format=ox.RdfFormat.N_QUADS) or b"").split(b"\n")
    most = max(map(len, lines))
    if most <= LONGEST:
        return most
    values = (quad.object for quad in store)
    return max(
        len(value.value) for value in values if isinstance(value, ox.Literal)
    )
