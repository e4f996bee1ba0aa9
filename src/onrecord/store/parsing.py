"""Parses RDF that strangers wrote: what may unfold, or end the process that reads it, is read in a child first.

Entities of RDF/XML and prefixes of Turtle make gigabytes of a few kilobytes; N-Triples and N-Quads say what they mean.
"""

import json
import sys
import tempfile
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from onrecord.model.errors import BadGraph, LimitReached
from onrecord.model.harmful import may_nest
from onrecord.store.child import in_child
from onrecord.store.limits import MEGABYTE, Limits

T = TypeVar("T")
PLAIN = frozenset({ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS})
SECONDS, BYTES_A_SECOND = 60.0, MEGABYTE
MEMORY = 1024 * MEGABYTE
DEEPEST = 64
ALL_BUT_BRACES = bytes(set(range(256)) - set(b"{}"))
MOST_TIMES = 100
"""So many times larger than the file its plain form may be."""


def plain_triples(data: bytes, form: ox.RdfFormat, where: str) -> bytes:
    """The triples as N-Triples that this process can read; raises BadGraph, SyntaxError, ValueError."""
    data = data.removeprefix(BOM_UTF8)
    if form == ox.RdfFormat.N_TRIPLES and not may_nest(data):
        return data

    def unfold() -> bytes | Exception:
        try:
            triples = [quad.triple for quad in ox.parse(data, form)]
        except (SyntaxError, ValueError) as error:
            return error
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""

    unfolded = _unfolded(unfold, len(data), where)
    if isinstance(unfolded, Exception):
        raise _anew(unfolded)
    return unfolded


@contextmanager
def plain_file(
    path: Path, form: ox.RdfFormat
) -> Iterator[tuple[Path, ox.RdfFormat]]:
    """A file of the same quads that this process can read, while it is used; raises BadGraph, SyntaxError."""
    if form in PLAIN and not (_may_nest(path) or _is_marked(path)):
        yield path, form
        return
    size = path.stat().st_size
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.nq"

        def unfold() -> SyntaxError | None:
            _bound_files(MOST_TIMES * max(size, MEGABYTE))
            try:
                with path.open("rb") as file:
                    file.seek(len(BOM_UTF8) if _is_marked(path) else 0)
                    quads = ox.parse(file, form)
                    ox.serialize(quads, str(plain), format=ox.RdfFormat.N_QUADS)
            except SyntaxError as error:
                return error
            except OSError as error:
                message = f"{path}: {error.strerror or error}"
                raise LimitReached(message) from error
            return None

        error = _unfolded(unfold, size, str(path))
        if error:
            raise _anew(error)
        yield plain, ox.RdfFormat.N_QUADS


def _anew(error: Exception) -> Exception:
    """The error made of its arguments: Dask, where it is imported, has errors of syntax come without their fields."""
    return type(error)(*error.args)


def _unfolded(unfold: Callable[[], T], size: int, where: str) -> T:
    seconds = SECONDS + size / BYTES_A_SECOND
    try:
        return in_child(
            unfold, Limits(seconds, MEMORY + MOST_TIMES * size // 5)
        )
    except LimitReached as error:
        message = (
            f"{where}: unfolds to very much, or is nested too deep: not read in "
            f"{seconds:.0f} seconds and {MEMORY // MEGABYTE:,} MB"
        )
        raise BadGraph(message) from error


def _is_marked(path: Path) -> bool:
    """Whether a file begins with a byte order mark."""
    with path.open("rb") as file:
        return file.read(len(BOM_UTF8)) == BOM_UTF8


def _may_nest(path: Path) -> bool:
    with path.open("rb") as file:
        return any(map(may_nest, file))


def _bound_files(most: int) -> None:
    """Bounds the files that this process writes, on systems that know it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def refuse_deep(data: bytes) -> None:
    """Raises ValueError for JSON nested deeper than any answer is, at which the engine would end this process."""
    braces = data.translate(None, delete=ALL_BUT_BRACES)
    for _ in range(DEEPEST):
        braces = braces.replace(b"{}", b"")
    if braces.count(b"{") <= DEEPEST:
        return
    # Braces inside words may be left over too, so it is read to be sure.
    try:
        json.loads(data)
    except RecursionError:
        message = "nested too deep"
        raise ValueError(message) from None
