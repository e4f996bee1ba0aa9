"""How pages are published: by the server, or as files; under which title and address."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from onrecord.workspace import shipped
from onrecord.workspace.texts import FieldTexts


@dataclass(frozen=True, slots=True)
class Publication:
    """What all pages of a site have in common.

    `base` is the address of the start page, with a slash at the end, "" where it is not known; `ancestors` are the
    origins that may show the embed pages in a frame. `apart` are the paths whose file has another name, since file
    systems that take capitals and small letters for the same would have it overwrite another.
    """

    title: str | None = None
    base: str = ""
    is_static: bool = False
    ancestors: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What the site is called: its title, else the heading of the field."""
        return self.title or texts().page["heading"]

    def absolute(self, address: str) -> str:
        """The full address of a page of this site, "" where the site's own is not known."""
        return self.base + address.removeprefix("/") if self.base else ""


SERVED = Publication()
_current: ContextVar[Publication] = ContextVar("publication", default=SERVED)


_texts: ContextVar[FieldTexts | None] = ContextVar("texts", default=None)


def texts() -> FieldTexts:
    """What pages of this process say of their field; the shipped texts, where `speak` set no others."""
    return _texts.get() or shipped().texts()


def speak(of: FieldTexts) -> None:
    """Sets what all further pages of this process say of their field."""
    _texts.set(of)


def publication() -> Publication:
    """The publication that pages are made for."""
    return _current.get()


def publish(by: Publication) -> None:
    """Sets the publication of all further pages of this process."""
    _current.set(by)


@contextmanager
def published(by: Publication) -> Iterator[None]:
    """Sets the publication of pages, as long as the context lasts."""
    token = _current.set(by)
    try:
        yield
    finally:
        _current.reset(token)
