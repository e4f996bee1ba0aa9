"""A made-up crawl through the sieve: how many pages are turned away, and its bytes a second beside the bare pipeline.

ONRECORD_PAGES sets another number of pages than 100,000; one of a thousand is an article of ours. The bare pipeline
parses every page and asks the extractor; it reads a few pages only, for it takes seconds for what the sieve does in
milliseconds.
"""

import gzip
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from onrecord.extract.extractor import ExtractionContext, create
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.ingest.articles import KnownNames, ReadingOptions, Work
from onrecord.ingest.document import articles_in
from onrecord.ingest.pieces import opened, records
from onrecord.ingest.sieve import Sieve
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

PAGES = int(os.environ.get("ONRECORD_PAGES", "100000"))
OURS = 1000
"""Of so many pages one is an article of the field."""
BARE = 60
"""Pages that the bare pipeline reads."""
TEXTS = Path(__file__).parents[1] / "tests" / "data" / "texts"
SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()  # noqa: SIM905
)
SECTIONS = "News World Politics Business Tech AI Sport Movies Music Games Health Travel Opinion".split()  # noqa: SIM905
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>{style}</style><script>{script}</script></head><body><nav><ul>{menu}</ul></nav>
<article><h1>{title}</h1>{text}</article><aside>{aside}</aside><script>{script}</script></body></html>"""


class Press:
    """Makes pages up, as news sites print them: menus, programs, a text, and teasers of others."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)  # noqa: S311  nothing secret
        self.words = [self._word() for _ in range(30_000)]
        style = "".join(f".{self._word()}{{margin:{n}px}}" for n in range(150))
        calls = [
            f'push({{"event":"{self._word()}","n":{n}}});' for n in range(150)
        ]
        self.around = {"style": style, "script": "".join(calls)}
        self.texts = [
            path.read_text("utf-8") for path in sorted(TEXTS.iterdir())
        ]

    def _word(self) -> str:
        return "".join(
            self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4))
        )

    def page(self, *, is_ours: bool) -> bytes:
        """One page; of the others, one of fifteen has a menu that names AI."""
        text = self._ours() if is_ours else self._others()
        sections = [
            name for name in SECTIONS if name != "AI" or self._chance(15)
        ]
        menu = "".join(map(self._entry, sections + self._some(60)))
        aside = "".join(map(self._entry, self._some(100)))
        title = " ".join(self._some(8))
        return PAGE.format(
            title=title, menu=menu, text=text, aside=aside, **self.around
        ).encode()

    def _chance(self, of: int) -> bool:
        return self.chance.randrange(of) == 0

    def _some(self, count: int) -> list[str]:
        return self.chance.choices(self.words, k=count)

    def _entry(self, word: str) -> str:
        return f'<li class="item"><a href="https://news.example/{word}">{word}</a></li>'

    def _ours(self) -> str:
        paragraphs = self.chance.choice(self.texts).split("\n\n")
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)

    def _others(self) -> str:
        paragraphs = [" ".join(self._some(70)) for _ in range(12)]
        return "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)


def crawl(pages: int, seed: int = 1) -> Iterator[bytes]:
    """The records of a crawl, each packed by itself."""
    press = Press(seed)
    for number in range(pages):
        page = press.page(is_ours=number % OURS == OURS // 2)
        yield packed(f"https://news.example/{seed}/{number}", page)


def packed(url: str, page: bytes) -> bytes:
    """A page as a record of a web archive, packed."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    fields = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2026-11-01T12:00:00Z\r\n"
        f"Content-Length: {len(head) + len(page)}\r\n\r\n"
    )
    return gzip.compress(fields.encode() + head + page + b"\r\n\r\n", 1)


def main() -> None:
    """Prints how many pages pass, and the bytes a second of both ways."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "crawl.warc.gz"
        with file.open("wb") as target:
            target.writelines(crawl(PAGES))
        _measure(file)


def _measure(file: Path) -> None:
    graph = Graph(shipped())
    names = KnownNames.of(graph.registry)
    sieve = Sieve.of(Lexicon.shipped(), names)
    sieve.lets_through(b" ai ")
    size = passed = 0
    took = 0.0
    begun = time.process_time()
    for page in _pages(file):
        since = time.process_time()
        passed += sieve.lets_through(page)
        took += time.process_time() - since
        size += len(page)
    whole = time.process_time() - begun
    bare = _bare(file, graph, names)
    print(
        f"  {PAGES:,} pages, {size / 1e9:.2f} GB; {PAGES - passed:,} turned away"
    )
    print(f"  sieve alone     {size / took / 1e6:8.1f} MB/s")
    print(f"  with unpacking  {size / whole / 1e6:8.1f} MB/s")
    print(f"  bare pipeline   {bare / 1e6:8.1f} MB/s")
    print(
        f"  ratio {size / took / bare:.0f}, with unpacking {size / whole / bare:.0f}"
    )


def _pages(file: Path) -> Iterator[bytes]:
    with opened(str(file)) as source:
        for record in records(source):
            yield record.reader.read()


def _bare(file: Path, graph: Graph, names: KnownNames) -> float:
    """Bytes a second of parsing every page and asking the extractor."""
    extractor = create(
        "rules", ExtractionContext(names, graph.vocabulary, shipped())
    )
    work = Work(extractor, ReadingOptions())
    pages = [page for page, _ in zip(_pages(file), range(BARE), strict=False)]
    articles_in(pages[0], "page", form="html")
    since = time.process_time()
    for page in pages:
        try:
            for document in articles_in(page, "page", form="html"):
                work.extract(work.dated("page", document))
        except BadInput:
            continue
    return sum(map(len, pages)) / (time.process_time() - since)


if __name__ == "__main__":
    main()
