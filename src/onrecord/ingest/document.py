"""Articles in any form → documents with their text and its hash; a language that is not English is said."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from urllib.parse import urlsplit

from onrecord.ingest.docx import docx
from onrecord.ingest.html import html
from onrecord.ingest.pdf import pdf
from onrecord.ingest.plain import MOST_BYTES, decode, markdown
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


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says of an article; it wins over what the article says of itself."""

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None


def article(
    data: bytes, name: str, described: Described | None = None, form: str | None = None
) -> Document:
    """Reads an article from its bytes, in a form (text, md, html, pdf, docx) or as its name and first bytes tell.

    Raises BadInput with what is wrong, MissingExtra where a form needs what is not installed.
    """
    if len(data) > MOST_BYTES:
        message = f"{name}: {len(data) // 1_000_000} MB; an article has at most {MOST_BYTES // 1_000_000} MB"
        raise BadInput(message)
    said = described or Described()
    found = READERS[form or _form(data, name)](data, name, said.url)
    text = found.text or ""
    refuse_other_languages(text, name)
    return replace(
        found,
        url=said.url or found.url,
        title=said.title or found.title or _first_line(text),
        published=said.published or found.published,
        author=said.author or found.author,
        publisher=said.publisher or found.publisher or _host(said.url) or UNKNOWN,
        language="en",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


Reader = Callable[[bytes, str, str | None], Document]
READERS: Mapping[str, Reader] = {
    "text": lambda data, name, _: Document("", text=decode(data, name)),
    "md": lambda data, name, _: Document("", text=markdown(decode(data, name))),
    "html": html,
    "pdf": lambda data, name, _: pdf(data, name),
    "docx": lambda data, name, _: docx(data, name),
}
FORMS = {
    ".txt": "text",
    ".text": "text",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
}
FORMS |= {".pdf": "pdf", ".docx": "docx"}


def refuse_other_languages(text: str, name: str) -> None:
    """Raises BadInput where a text is not English, since everything after this reads English alone."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:2000]
    if len(words) >= FEWEST_WORDS and sum(
        word in ENGLISH for word in words
    ) < LEAST_ENGLISH * len(words):
        message = f"{name}: does not look like English, and only English is read; add it as records"
        raise BadInput(message)


def _form(data: bytes, name: str) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return "docx"
    if re.match(rb"\s*(?:<!doctype html|<html)", data[:1000], re.IGNORECASE):
        return "html"
    return FORMS.get(PurePath(name).suffix.lower(), "text")


def _first_line(text: str) -> str | None:
    line = text.partition("\n")[0].strip()
    return line if len(line.split()) <= 20 else None  # noqa: PLR2004  a longer one is a paragraph, not a title


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
