"""How pages are published: by the server, or as files; under which title and address."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

TITLE = "Who says and does what about AI in entertainment"


@dataclass(frozen=True, slots=True)
class Publication:
    """What all pages of a site have in common.

    `base` is the address of the start page, with a slash at the end, "" where nobody said it; `ancestors` are the
    origins that may show the embed pages in a frame.
    """

    title: str = TITLE
    base: str = ""
    is_static: bool = False
    ancestors: tuple[str, ...] = ()

    def absolute(self, address: str) -> str:
        """The full address of a page of this site, "" where the site's own is not known."""
        return self.base + address.removeprefix("/") if self.base else ""


SERVED = Publication()
_current: ContextVar[Publication] = ContextVar("publication", default=SERVED)


def publication() -> Publication:
    """The publication that pages are made for."""
    return _current.get()


def publish(by: Publication) -> None:
    """Makes all further pages of this process for a publication."""
    _current.set(by)


@contextmanager
def published(by: Publication) -> Iterator[None]:
    """Makes pages for a publication."""
    token = _current.set(by)
    try:
        yield
    finally:
        _current.reset(token)
