"""Sources → pieces, each read by itself on any machine: a stretch of a crawl, or a few files.

A crawl is a file in the form of web archives (WARC), packed or not. It is cut where its
records begin, which only who reads it through can tell; so the cuts are the same in
every run, and a piece that is done need not be done again.
"""

import glob
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from onrecord.ingest.checks import is_address
from onrecord.model.errors import BadInput, MissingExtra

CRAWLS = (".warc", ".warc.gz")
BUCKETS = frozenset({"s3", "gs", "gcs", "abfs", "abfss", "az", "hdfs", "file"})
PIECE = 16 << 20
"""Bytes of a crawl that make a piece."""
FILES = 20
"""Files that make a piece."""
GZIP = b"\x1f\x8b"
AT_ONCE = 1 << 20
"""Bytes that are read or unpacked at a time."""
LONGEST_HEAD = 1 << 16
"""Bytes of a record's own header."""
LENGTH = re.compile(rb"(?im)^content-length:\s*([0-9]{1,15})\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read in one go: files, or of one crawl the records that begin from `start` until `end`.

    `mark` changes with the crawl's content.
    """

    sources: tuple[str, ...]
    mark: str = ""
    start: int = 0
    end: int | None = None

    @property
    def is_crawl(self) -> bool:
        """Whether it is a stretch of a crawl."""
        return is_crawl(self.sources[0])

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        if self.is_crawl:
            return f"{self.sources[0]} from byte {self.start:,}"
        return f"{len(self.sources)} files from {self.sources[0]}"

    @property
    def key(self) -> str:
        """What tells it from others, in every run."""
        text = "\n".join((*self.sources, self.mark, f"{self.start} {self.end}"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_crawl(source: str) -> bool:
    """Whether a source is a web archive, by its name."""
    return source.lower().endswith(CRAWLS)


def is_far(source: str) -> bool:
    """Whether a source lies in a bucket or on another kind of file system."""
    return urlsplit(source).scheme in BUCKETS and "://" in source


def is_pattern(source: str) -> bool:
    """Whether a source stands for all files whose names are like it; an address of the web never does."""
    if is_address(source):
        return False
    return glob.has_magic(source) and not Path(source).exists()


def whole_files(sources: Iterable[str]) -> list[Piece]:
    """The crawls as a piece each, the other files by the score, in order.

    A pattern stands for the files that it fits. Raises BadInput where it fits none,
    MissingExtra.
    """
    files = [name for source in sources for name in _fitting(source)]
    crawls = [Piece((name,), _mark(name)) for name in files if is_crawl(name)]
    others = [name for name in files if not is_crawl(name)]
    return [*crawls, *_by_the_score(others)]


def _by_the_score(files: Sequence[str]) -> Iterator[Piece]:
    for start in range(0, len(files), FILES):
        score = tuple(files[start : start + FILES])
        yield Piece(score, " ".join(map(_mark, score)))


def _fitting(source: str) -> list[str]:
    if not (is_far(source) or is_pattern(source)):
        return [source]
    system, path = _system(source)
    names = system.glob(path) if glob.has_magic(path) else [path]
    if not names:
        message = f"{source}: no file is called so"
        raise BadInput(message)
    return sorted(_named(system, name, source) for name in names)


def _named(system: Any, name: str, source: str) -> str:  # noqa: ANN401  fsspec's own
    return system.unstrip_protocol(name) if is_far(source) else name


def _mark(source: str) -> str:
    """What changes with a file: its size, and its tag or time."""
    system, path = _system(source)
    try:
        facts = system.info(path)
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error
    tag = (
        facts.get("ETag")
        or facts.get("mtime")
        or facts.get("LastModified")
        or ""
    )
    return f"{facts.get('size')} {tag}"


def _unreadable(source: str, error: Exception) -> BadInput:
    return BadInput(f"{source}: cannot be read: {error}")


def _system(source: str) -> tuple[Any, str]:
    """The file system of a source and its path there; raises MissingExtra, BadInput."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "fsspec, which opens files wherever they lie,"
        raise MissingExtra(what, "cluster") from error
    try:
        system, path = url_to_fs(source)
    except ImportError as error:
        message = f"{source}: {error}"
        raise BadInput(message) from error
    return system, str(path)


@contextmanager
def opened(source: str) -> Iterator[BinaryIO]:
    """A file, wherever it lies, to be read; raises BadInput, MissingExtra."""
    system, path = _system(source)
    try:
        with system.open(path, "rb") as file:
            yield file
    except OSError as error:
        raise _unreadable(source, error) from error


def cut(piece: Piece, size: int | None = None) -> list[Piece]:
    """A whole crawl as pieces of about a size, cut where records begin; raises BadInput."""
    starts = [0]
    for place in record_places(piece):
        if place >= starts[-1] + (size or PIECE):
            starts.append(place)
    return [
        replace(piece, start=start, end=end)
        for start, end in pairwise([*starts, None])
        if start is not None
    ]


def record_places(piece: Piece) -> Iterator[int]:
    """Where the records of a crawl begin."""
    with opened(piece.sources[0]) as file:
        for record in records(file, parse_http=False):
            yield record.stream_pos


def records(file: BinaryIO, **settings: Any) -> Iterator[Any]:  # noqa: ANN401  fastwarc's own
    """The records of a web archive from where it stands; raises MissingExtra, BadInput."""
    try:
        from fastwarc import ArchiveIterator  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "fastwarc, which reads web archives,"
        raise MissingExtra(what, "cluster") from error
    yield from ArchiveIterator(file, **settings)


def ends_whole(source: str, place: int) -> bool:
    """Whether a crawl ends with the whole record that begins at a place; raises BadInput."""
    with opened(source) as file:
        file.seek(place)
        head = file.read(LONGEST_HEAD)
        file.seek(place)
        if head.startswith(GZIP):
            return _is_one_member(file)
        return source.lower().endswith(".gz") or _is_one_record(head, file)


def _is_one_member(file: BinaryIO) -> bool:
    """Whether what is left of a file is one whole member of gzip."""
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    while not inflater.eof:
        data = inflater.unconsumed_tail or file.read(AT_ONCE)
        if not data:
            return False
        try:
            inflater.decompress(data, AT_ONCE)
        except zlib.error:
            return False
    return not inflater.unused_data and not file.read(1)


def _is_one_record(head: bytes, file: BinaryIO) -> bool:
    """Whether what is left of a file is one whole record, and the blank lines behind it."""
    start = head.find(b"\r\n\r\n") + 4
    length = LENGTH.search(head[:start])
    if start < 4 or length is None:  # noqa: PLR2004  there is no end of a header
        return False
    end = file.seek(0, 1) + start + int(length[1])
    if file.seek(0, 2) < end:
        return False
    file.seek(end)
    return not file.read(AT_ONCE).strip()
