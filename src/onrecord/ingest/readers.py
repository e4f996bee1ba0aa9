"""The one table of article readers: names, suffixes, first bytes, and who reads them.

A form of article is one file with a function, imported when first a file asks for it, and
one line here. Another package brings one by the entry-point group `onrecord.readers`: what the entry names is an
`ArticleReader`, and the entry's name is its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import cast

from onrecord.ingest.plain import decode
from onrecord.model import Document
from onrecord.model.errors import UnknownName
from onrecord.model.names import nearest

GROUP = "onrecord.readers"
ReadBytes = Callable[[bytes, str, str | None, str | None], Document]
"""From bytes, the file's name, the article's address and a server's charset to a document."""


@dataclass(frozen=True, slots=True)
class ArticleReader:
    """What reads one form of article, the suffixes of its files, and their first bytes.

    `read` raises BadInput for a file that is broken, MissingExtra where a library is missing.
    """

    name: str
    suffixes: tuple[str, ...]
    read: ReadBytes
    magic: bytes | None = None


def _text(
    data: bytes, name: str, _url: str | None, charset: str | None
) -> Document:
    return Document("", text=decode(data, name, charset))


def _markdown(
    data: bytes, name: str, _url: str | None, charset: str | None
) -> Document:
    from onrecord.ingest.markdown import markdown  # noqa: PLC0415

    return markdown(decode(data, name, charset), name)


def _html(
    data: bytes, name: str, url: str | None, charset: str | None
) -> Document:
    from onrecord.ingest.html import html  # noqa: PLC0415

    return html(data, name, url, charset)


def _pdf(data: bytes, name: str, *_: str | None) -> Document:
    from onrecord.ingest.pdf import pdf  # noqa: PLC0415

    return pdf(data, name)


def _docx(data: bytes, name: str, *_: str | None) -> Document:
    from onrecord.ingest.word import docx  # noqa: PLC0415

    return docx(data, name)


def _odt(data: bytes, name: str, *_: str | None) -> Document:
    from onrecord.ingest.opendocument import odt  # noqa: PLC0415

    return odt(data, name)


def _rtf(data: bytes, name: str, *_: str | None) -> Document:
    from onrecord.ingest.rtf import rtf  # noqa: PLC0415

    return rtf(data, name)


def _mail(data: bytes, name: str, *_: str | None) -> Document:
    from onrecord.ingest.mail import mail  # noqa: PLC0415

    return mail(data, name)


SHIPPED = (
    ArticleReader("text", (".txt", ".text"), _text),
    ArticleReader(
        "md", (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), _markdown
    ),
    ArticleReader("html", (".html", ".htm", ".xhtml", ".xht", ".shtml"), _html),
    ArticleReader("pdf", (".pdf",), _pdf, b"%PDF-"),
    ArticleReader("docx", (".docx",), _docx),
    ArticleReader("odt", (".odt",), _odt),
    ArticleReader("rtf", (".rtf",), _rtf, b"{\\rtf"),
    ArticleReader("eml", (".eml",), _mail),
)


@cache
def readers() -> Mapping[str, ArticleReader]:
    """All readers by name: ours, then those of other packages; a shipped name stays ours."""
    by_name = {reader.name: reader for reader in SHIPPED}
    for point in entry_points(group=GROUP):
        if point.name not in by_name:
            by_name[point.name] = cast("ArticleReader", point.load())
    return by_name


@cache
def forms_by_suffix() -> Mapping[str, str]:
    """The names of readers by the suffixes of their files, such as ".htm" → "html"."""
    forms: dict[str, str] = {}
    for name, reader in readers().items():
        forms |= dict.fromkeys(reader.suffixes, name)
    return forms


def foreign_form(suffix: str) -> str | None:
    """The name of another package's reader for files of this suffix; it goes before our own."""
    ours = {reader.name for reader in SHIPPED}
    form = forms_by_suffix().get(suffix)
    return None if form in ours else form


def form_by_magic(head: bytes) -> str | None:
    """The name of the reader whose files start with these bytes."""
    for name, reader in readers().items():
        if reader.magic and head.startswith(reader.magic):
            return name
    return None


def reader_named(name: str) -> ArticleReader:
    """A reader by its name; raises UnknownName with the names there are."""
    if name in readers():
        return readers()[name]
    known = sorted(readers())
    near = nearest(name, known) or known
    message = (
        f"no form of article is called {name!r}; there is {', '.join(near)}"
    )
    raise UnknownName(message)
