"""A piece of a corpus → its articles with their statements, and what became of the rest."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice, takewhile
from typing import Any

from onrecord.extract.extractor import Extractor
from onrecord.ingest.articles import ReadArticle, ReadingOptions, Work
from onrecord.ingest.bounded import Page, parsed, parsed_pages
from onrecord.ingest.checks import is_address
from onrecord.ingest.document import DocumentDescription
from onrecord.ingest.pieces import (
    Piece,
    ends_whole,
    is_far,
    opened,
    records,
)
from onrecord.ingest.plain import MOST_BYTES
from onrecord.ingest.sieve import Sieve
from onrecord.model import Document
from onrecord.model.errors import BadInput

PAGES = "pages"
"""What a `Harvest` counts, by name: all pages, those that the sieve stopped, those without a text, and so on."""
TURNED_AWAY = "turned away"
NO_ARTICLE = "without an article"
UNREAD = "cannot be read"
SILENT = "state nothing"
ARTICLES = "articles"
PAGES_A_CHILD = 16
"""Pages that one child process parses, since to fork one takes as long as to parse a page."""
GOOD = 200
"""The status of HTTP with which a page was answered."""
HYPERTEXT = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of a piece: its articles, of a crawl those that state something; notes on files; counts."""

    piece: Piece
    reads: tuple[ReadArticle, ...] = ()
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Records:
    """How many records of a piece were read, and where the last one begins."""

    count: int = 0
    last: int = 0

    def note(self, record: Any) -> None:  # noqa: ANN401  fastwarc's own
        """Counts a record."""
        self.count, self.last = self.count + 1, record.stream_pos

    def faults(self, piece: Piece) -> Iterator[str]:
        """What is wrong with the end of a crawl, if the piece is its end."""
        source = piece.sources[0]
        if piece.end is not None:
            return
        if not self.count:
            yield f"{source}: from byte {piece.start:,} on there is no record of a web archive"
        elif not ends_whole(source, self.last):
            yield (
                f"{source}: breaks off: the record that begins at byte {self.last:,} is not whole, or no record "
                f"follows; {self.count:,} were read from byte {piece.start:,} on; fetch the file again"
            )


@dataclass(frozen=True, slots=True)
class PieceReader:
    """Reads pieces of a corpus: a few files, or a stretch of a crawl (WARC).

    Of a crawl, most pages are on something else: only those are parsed that the sieve, which searches their bytes for
    words about AI and words of the field, lets through.
    """

    extractor: Extractor
    sieve: Sieve
    how: ReadingOptions

    def __call__(self, piece: Piece) -> Harvest:
        """What stands in a piece; raises BadInput where a crawl cannot be read, MissingExtra."""
        counts: Counter[str] = Counter()
        seen = Records()
        if piece.is_crawl:
            reads = list(self._of_crawl(piece, counts, seen))
        else:
            reads = [
                read
                for source in piece.sources
                for read in self._of_file(source)
            ]
        done = [Work(self.extractor, self.how).extract(read) for read in reads]
        counts.update(map(_fate, done))
        if piece.is_crawl:
            kept = tuple(filter(_states, done))
            return Harvest(piece, kept, tuple(seen.faults(piece)), dict(counts))
        kept = tuple(read for read in done if not read.fault)
        notes = tuple(
            note for read in done if (note := read.fault or read.note)
        )
        return Harvest(piece, kept, notes, dict(counts))

    def _of_crawl(
        self, piece: Piece, counts: Counter[str], seen: Records
    ) -> Iterator[ReadArticle]:
        """The articles of a stretch of a crawl: the sieve looks at the page, then at the text that was found in it."""
        passed = self._passed(piece, counts, seen)
        while some := tuple(islice(passed, PAGES_A_CHILD)):
            for page, document in zip(some, parsed_pages(some), strict=True):
                if document is None:
                    counts[NO_ARTICLE] += 1
                elif self.sieve.lets_through((document.text or "").encode()):
                    yield self._dated(page.url, document)
                else:
                    counts[TURNED_AWAY] += 1

    def _passed(
        self, piece: Piece, counts: Counter[str], seen: Records
    ) -> Iterator[Page]:
        """The pages of a piece that the sieve lets through."""
        for page in _pages(piece, self.how.described, seen):
            counts[PAGES] += 1
            if self.sieve.lets_through(page.data):
                yield page
            else:
                counts[TURNED_AWAY] += 1

    def _dated(self, where: str, document: Document) -> ReadArticle:
        return Work(self.extractor, self.how).dated(where, document)

    def _of_file(self, source: str) -> list[ReadArticle]:
        """The articles of one file, here or on a store of objects."""
        if not is_far(source):
            return Work(self.extractor, self.how).read(source)
        try:
            with opened(source) as file:
                data = file.read(MOST_BYTES + 1)
            documents = parsed(data, source, self.how.described, self.how.form)
        except BadInput as error:
            return [ReadArticle(source, fault=str(error))]
        return [self._dated(source, document) for document in documents]


def _states(read: ReadArticle) -> bool:
    return read.result is not None and bool(read.result.statements)


def _fate(read: ReadArticle) -> str:
    """What became of an article that was looked at."""
    if read.fault:
        return UNREAD
    return ARTICLES if _states(read) else SILENT


def _pages(
    piece: Piece, described: DocumentDescription, seen: Records
) -> Iterator[Page]:
    """The pages of a piece; raises BadInput."""
    with opened(piece.sources[0]) as file:
        file.seek(piece.start)
        every = records(file, auto_decode="all")
        for record in takewhile(partial(_begins_in, piece), every):
            seen.note(record)
            url = record.headers.get("WARC-Target-URI") or ""
            if _is_page(record) and is_address(url):
                yield _page(url, record, described)


def _page(url: str, record: Any, described: DocumentDescription) -> Page:  # noqa: ANN401
    day = record.record_date
    return Page(
        record.reader.read(MOST_BYTES + 1),
        replace(described, url=url),
        record.http_charset,
        day.date().isoformat() if day else None,
    )


def _begins_in(piece: Piece, record: Any) -> bool:  # noqa: ANN401  fastwarc's own
    return piece.end is None or record.stream_pos < piece.end


def _is_page(record: Any) -> bool:  # noqa: ANN401  fastwarc's own
    head = record.http_headers
    is_good = head is not None and head.status_code == GOOD
    return is_good and record.http_content_type in HYPERTEXT
