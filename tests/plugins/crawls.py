"""Made-up crawls, and an extractor that reads them in no time."""

import gzip
import re
from collections.abc import Mapping
from pathlib import Path

from onrecord.extract.extractor import ExtractionContext, ExtractionResult
from onrecord.model import Document, Entity, Evidence, Statement
from onrecord.model.errors import BadInput

HEAD = "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
FIELDS = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    "WARC-Date: 2026-11-01T12:00:00Z\r\nContent-Length: {length}\r\n"
    "Content-Type: application/http; msgtype=response\r\n\r\n"
)
PAGE = """<html lang="en"><head><title>{title}</title></head>
<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""
SAYS = re.compile(r"(Singer \w+) supports the use of AI in music\.")


def packed(pages: Mapping[str, str], status: str = "200 OK") -> bytes:
    """Pages by address as a crawl, each record packed by itself."""
    return b"".join(_record(url, text, status) for url, text in pages.items())


def _record(url: str, text: str, status: str) -> bytes:
    page = PAGE.format(title=url.rpartition("/")[2], text=text)
    body = (HEAD.format(status=status) + page).encode()
    head = FIELDS.format(url=url, length=len(body)).encode()
    return gzip.compress(head + body + b"\r\n\r\n")


def ours(name: str) -> str:
    """The text of an article in which one singer says one sentence."""
    words = f"Singer {name} supports the use of AI in music."
    return f"{words} {' '.join(['That was on a day in the week of the fair.'] * 8)}"


def others(name: str) -> str:
    """The text of an article of another field."""
    return f"In {name} it rained for the whole of the week. " * 9


class Singers:
    """States what singers support, and cannot read of one who is broken."""

    settings = "singers 1"

    def __call__(self, document: Document) -> ExtractionResult:
        """One statement a singer."""
        text = document.text or ""
        if "Singer Broken" in text:
            raise BadInput(document.publisher)
        matches = list(SAYS.finditer(text))
        made = tuple(_statement(match) for match in matches)
        people = tuple(Entity(match[1], "Person") for match in matches)
        return ExtractionResult(made, people)


def _statement(match: re.Match[str]) -> Statement:
    words = Evidence(match[0], start=match.start(), end=match.end())
    gist = "Supports AI in music."
    topic = "music-and-sound"
    return Statement(
        (match[1],),
        "supports",
        topic,
        gist,
        object_is_topic=True,
        topics=(topic,),
        evidence=words,
    )


def create(_: ExtractionContext) -> Singers:
    """The extractor."""
    return Singers()


def write(folder: Path, name: str, pages: Mapping[str, str]) -> str:
    """A crawl in a folder."""
    path = folder / name
    path.write_bytes(packed(pages))
    return str(path)
