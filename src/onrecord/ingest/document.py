"""Articles in any form → documents with their text and its hash; a language that is not English is said."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from urllib.parse import urlsplit

from onrecord.ingest.checks import address_fault, date_fault, text_fault
from onrecord.ingest.newsfiles import news_articles
from onrecord.ingest.plain import MOST_BYTES, clean
from onrecord.ingest.readers import (
    foreign_form,
    form_by_magic,
    forms_by_suffix,
    reader_named,
)
from onrecord.model import Document
from onrecord.model.errors import BadInput

UNKNOWN = "unknown publisher"
"""Stands where nothing tells the publisher; no judgement is put in its mouth."""
ENGLISH = frozenset(
    "the of and to in a is that for it was on with as be by at this are from or have an they which you were her all "  # noqa: SIM905  a list would take forty lines
    "has said not but his will can about would their there when who more she he we been".split()
)
LEAST_ENGLISH = 0.2
"""In English prose two words of five are among the commonest; in other languages one of twenty."""
FEWEST_WORDS = 20
UNDETERMINED = "und"
"""The code of a language that is not told (ISO 639-2)."""
MOST_TITLE_WORDS = 20


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of an article; it wins over what the article says of itself."""

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None

    def faults(self) -> list[str]:
        """What of it no record could say either."""
        fields = {
            "publisher": self.publisher,
            "title": self.title,
            "author": self.author,
        }
        found = [
            f"--{name} {text_fault(text)}"
            for name, text in fields.items()
            if text and text_fault(text)
        ]
        if self.url and (fault := address_fault(self.url)):
            found.append(f"--url {fault}")
        if self.published and (fault := date_fault(self.published)):
            found.append(f"--published {fault}")
        return found


def article(
    data: bytes,
    name: str,
    described: Described | None = None,
    form: str | None = None,
    charset: str | None = None,
) -> Document:
    """Reads one article from its bytes; raises BadInput where they hold several, and as `articles_in` does."""
    documents = articles_in(data, name, described, form, charset)
    if len(documents) > 1:
        message = f"{name}: holds {len(documents)} articles, where one belongs"
        raise BadInput(message)
    return documents[0]


def articles_in(
    data: bytes,
    name: str,
    described: Described | None = None,
    form: str | None = None,
    charset: str | None = None,
) -> tuple[Document, ...]:
    """Reads the articles of a file: one, or those of a news database's download.

    The form, a name of `onrecord.ingest.readers`, is told by the file's name and first
    bytes where it is not given. `charset` is what a server says.

    Raises BadInput with what is wrong, UnknownName for a form that is none,
    MissingExtra where a form needs what is not installed.
    """
    if len(data) > MOST_BYTES:
        size, most = len(data) // 1_000_000, MOST_BYTES // 1_000_000
        message = f"{name}: {size} MB; an article has at most {most} MB"
        raise BadInput(message)
    said = described or Described()
    reader = reader_named(form or _form(data, name))
    found = reader.read(data, name, said.url, charset)
    several = news_articles(found.text or "")
    if not several:
        return (completed(found, name, said),)
    return tuple(completed(document, name, said) for document in several)


def completed(found: Document, name: str, said: Described) -> Document:
    """A document as it was read, with what a person says of it, its hash and its language.

    Of other languages than English it is not told which. Raises BadInput where it holds what no graph could.
    """
    text = found.text or ""
    if not text:
        message = f"{name}: holds no text"
        raise BadInput(message)
    url = said.url or found.url
    if url and (fault := address_fault(url)):
        message = f"{name}: {fault}"
        raise BadInput(message)
    return replace(
        found,
        url=url,
        title=_line(said.title or found.title) or _first_line(text),
        published=said.published or found.published,
        author=_line(said.author or found.author),
        publisher=_line(said.publisher or found.publisher or _host(url)) or UNKNOWN,
        language="en" if is_english(text) else UNDETERMINED,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


REFUSED = {
    ".doc": "an old Word file; save it as .docx",
    ".docm": "a Word file with programs in it; save it as .docx",
    ".pages": "a Pages file; export it as .docx",
    ".epub": "a book; give its chapters as HTML",
    ".mobi": "a book; give its chapters as HTML",
    ".mht": "a web archive; save the page as HTML",
    ".mhtml": "a web archive; save the page as HTML",
    ".msg": "an Outlook mail; save it as .eml",
    ".ppt": "a presentation; export its text",
    ".pptx": "a presentation; export its text",
    ".xls": "an old Excel file; save it as .xlsx or .csv",
    ".xml": "XML of no known kind; give the article as HTML or text",
    ".zip": "an archive; unpack it and add the folder",
    ".gz": "packed; unpack it first",
    ".tex": "LaTeX; give the article as text or PDF",
}
"""Suffixes of what is no article that is read here, and what to do."""
OLE = b"\xd0\xcf\x11\xe0"


def is_english(text: str) -> bool:
    """Whether a text looks like English, or is too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:100_000].lower())[:2000]
    common = sum(word in ENGLISH for word in words)
    return len(words) < FEWEST_WORDS or common >= LEAST_ENGLISH * len(words)


def _form(data: bytes, name: str) -> str:
    """The form of an article by its first bytes, else by its name; raises BadInput for other things."""
    suffix = PurePath(name).suffix.lower()
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if form := foreign_form(suffix) or form_by_magic(head):
        return form
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if head.startswith(OLE):
        message = f"{name}: is {REFUSED['.doc']}"
        raise BadInput(message)
    if re.match(
        rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html)",
        head,
        re.IGNORECASE | re.DOTALL,
    ):
        return "html"
    if head.startswith(b"<?xml"):
        message = f"{name}: is {REFUSED['.xml']}"
        raise BadInput(message)
    if suffix in REFUSED:
        message = f"{name}: is {REFUSED[suffix]}"
        raise BadInput(message)
    return forms_by_suffix().get(suffix, "text")


def _zipped(data: bytes, name: str) -> str:
    if b"word/" in data:
        return "docx"
    if b"opendocument.text" in data[:200]:
        return "odt"
    suffix = PurePath(name).suffix.lower()
    message = f"{name}: is {REFUSED.get(suffix, REFUSED['.zip'])}"
    raise BadInput(message)


def _line(value: str | None) -> str | None:
    """A value in one line, without what no graph can carry."""
    return " ".join(clean(value).split()) or None if value else None


def _first_line(text: str) -> str | None:
    line = text.partition("\n")[0].strip()
    return (
        line if len(line.split()) <= MOST_TITLE_WORDS else None
    )  # a longer one is a paragraph, not a title


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
