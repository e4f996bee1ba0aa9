"""Reads what strangers send in a child process: with a wall clock and a memory of its own."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.ingest.document import DocumentDescription, articles_in
from onrecord.ingest.html import finder
from onrecord.model import Document
from onrecord.model.errors import BadInput, LimitReached
from onrecord.store.child import in_child
from onrecord.store.limits import MEGABYTE, Limits, run

T = TypeVar("T")
LIMITS = Limits(seconds=30.0, memory=1024 * MEGABYTE)
"""What a file may take to be parsed."""
LEAST_SECONDS = 30.0
CHARACTERS_A_SECOND = 2_000
"""A quarter of what extraction by rules manages on a busy machine."""
EXTRACTION_MEMORY = 2048 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a crawl holds it: its bytes, what is said of it, and when it was fetched."""

    data: bytes
    described: DocumentDescription
    charset: str | None = None
    retrieved: str | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return self.described.url or ""

    def document(self) -> Document | None:
        """The article in it, or None."""
        try:
            (document,) = articles_in(
                self.data, self.url, self.described, "html", self.charset
            )
        except (BadInput, ValueError, RecursionError):
            return None
        return replace(document, retrieved=self.retrieved)


def parsed_pages(pages: Sequence[Page]) -> Iterator[Document | None]:
    """The articles of pages, in order; None for a page without one, or that takes too long or too much.

    Raises MissingExtra.
    """
    finder()
    left = list(pages)
    while left:
        count = 0
        try:
            for piece in run(lambda: (None, None), _sender(left), LIMITS):
                count += 1
                document: Document | None = pickle.loads(piece)  # noqa: S301  from our own child
                yield document
        except LimitReached:
            yield None
            count += 1
        left = left[count:]


def _sender(
    pages: Iterable[Page],
) -> Callable[[None, Callable[[bytes], None]], None]:
    def work(_: None, send: Callable[[bytes], None]) -> None:
        for page in pages:
            send(pickle.dumps(page.document()))

    return work


def parsed(
    data: bytes,
    name: str,
    described: DocumentDescription | None = None,
    form: str | None = None,
    charset: str | None = None,
) -> tuple[Document, ...]:
    """The articles of a file, as `articles_in` reads them; what takes too long or too much is refused.

    Raises BadInput, MissingExtra.
    """

    def read() -> tuple[Document, ...]:
        try:
            return articles_in(data, name, described, form, charset)
        except RecursionError as error:
            message = f"{name}: is nested too deep to be an article"
            raise BadInput(message) from error

    try:
        return in_child(read, LIMITS)
    except LimitReached as error:
        message = f"{name}: takes more than {_in_words(LIMITS)} to read; no article does"
        raise BadInput(message) from error
    except RuntimeError as error:
        message = f"{name}: cannot be read: {_last_line(error)}"
        raise BadInput(message) from error


def extracted(extract: Callable[[], T], characters: int) -> T:
    """What `extract` makes of a text of so many characters, within a time that grows with them.

    Raises BadInput where it takes longer, more memory than a text needs, or fails; and what `extract` raises.
    """
    limits = extraction_limits(characters)
    try:
        return in_child(extract, limits, offline=False)
    except LimitReached as error:
        message = (
            f"takes more than {_in_words(limits)} to extract statements from; "
            "--extractor none keeps it without any"
        )
        raise BadInput(message) from error
    except RuntimeError as error:
        message = (
            f"no statement can be extracted ({_last_line(error)}); this is a bug, "
            "please report it; --extractor none keeps the article without any"
        )
        raise BadInput(message) from error


def extraction_limits(characters: int) -> Limits:
    """How long the extraction from a text may take, and how much memory."""
    seconds = LEAST_SECONDS + characters / CHARACTERS_A_SECOND
    return Limits(seconds=seconds, memory=EXTRACTION_MEMORY)


def _in_words(limits: Limits) -> str:
    memory = (limits.memory or 0) // MEGABYTE
    return f"{limits.seconds:.0f} seconds or {memory:,} MB"


def _last_line(error: RuntimeError) -> str:
    """What a traceback of the child ends with."""
    return str(error).strip().rpartition("\n")[2]
