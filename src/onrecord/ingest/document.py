"""Articles in any form → documents with their text and its hash; a language that is not English is said."""

import hashlib
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from onrecord.ingest.checks import (
    address_fault,
    plain_address,
    published_fault,
    text_fault,
)
from onrecord.ingest.forms import form_of
from onrecord.ingest.newsfiles import news_articles
from onrecord.ingest.plain import MOST_BYTES, clean
from onrecord.ingest.readers import reader_named
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
LEAST_IN_SMALL = 1 / 3
"""The same among words in small letters, where a text is full of names; of other languages' a quarter at most."""
FEWEST_WORDS = 20
UNDETERMINED = "und"
"""The code of a language that is not told (ISO 639-2)."""
MOST_TITLE_WORDS = 20


@dataclass(frozen=True, slots=True)
class DocumentDescription:
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
        faults = [
            f"--{name} {text_fault(text)}"
            for name, text in fields.items()
            if text and text_fault(text)
        ]
        if self.url is not None and (fault := address_fault(self.url)):
            faults.append(f"--url {fault}")
        if self.published is not None and (
            fault := published_fault(self.published)
        ):
            faults.append(f"--published {fault}")
        return faults


def article(
    data: bytes,
    name: str,
    described: DocumentDescription | None = None,
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
    described: DocumentDescription | None = None,
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
    said = described or DocumentDescription()
    reader = reader_named(form or form_of(data, name))
    article_read = reader.read(data, name, said.url, charset)
    several = news_articles(article_read.text or "")
    if not several:
        return (completed(article_read, name, said),)
    return tuple(completed(document, name, said) for document in several)


def completed(
    document: Document, name: str, said: DocumentDescription
) -> Document:
    """A document as it was read, with what a person says of it, its hash and its language.

    Of other languages than English it is not told which. Raises BadInput where it holds what no graph could.
    """
    text = document.text or ""
    if not text:
        message = f"{name}: holds no text"
        raise BadInput(message)
    url = said.url or document.url
    if url and (fault := address_fault(url)):
        message = f"{name}: {fault}"
        raise BadInput(message)
    return replace(
        document,
        url=plain_address(url) if url else None,
        title=_line(said.title or document.title) or _first_line(text),
        published=said.published or document.published,
        author=_line(said.author or document.author),
        publisher=_line(said.publisher or document.publisher or _host(url))
        or UNKNOWN,
        language="en" if is_english(text) else UNDETERMINED,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def is_english(text: str) -> bool:
    """Whether a text looks like English, or is too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:100_000])[:2000]
    common = sum(word.lower() in ENGLISH for word in words)
    if len(words) < FEWEST_WORDS or common >= LEAST_ENGLISH * len(words):
        return True
    small = [word for word in words if word.islower()]
    common = sum(word in ENGLISH for word in small)
    return common > LEAST_IN_SMALL * len(small)


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
