"""Articles of a crawl that two workers read beside one, both as whole commands: how many times as fast.

ONRECORD_ARTICLES sets another number than 240. The articles lie in eight files, each a piece for one worker. The start
of workers and the writing of the graph are in the time. It says little where two cores are not idle.
"""

import html
import os
import subprocess
import tempfile
import time
from pathlib import Path

from benches.crawl import packed
from benches.engine import PROGRAM
from onrecord import workspace

ARTICLES = int(os.environ.get("ONRECORD_ARTICLES", "240"))
FILES = 8
EXTRACTORS = ("rules-without-encoder", "rules")
TEXTS = Path(__file__).parents[1] / "tests" / "data" / "news" / "texts"


def main() -> None:
    """Prints the seconds of one worker and of two, and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_crawl(folder)
        for extractor in EXTRACTORS:
            one, two = (_added(folder, jobs, extractor) for jobs in (1, 2))
            print(
                f"  {ARTICLES} articles, {extractor}: one {one:.0f} s, two {two:.0f} s, {one / two:.2f} times as fast",
                flush=True,
            )


def _write_crawl(folder: Path) -> None:
    texts = [
        path.read_text("utf-8") for path in sorted(TEXTS.glob("dev-*.txt"))
    ]
    records: list[list[bytes]] = [[] for _ in range(FILES)]
    for number in range(ARTICLES):
        page = _page(texts[number % len(texts)], number)
        url = f"https://herald.example/{number}"
        records[number % FILES].append(packed(url, page))
    for number, packs in enumerate(records):
        (folder / f"{number}.warc.gz").write_bytes(b"".join(packs))


def _page(text: str, number: int) -> bytes:
    """A text as a page; its number makes it another text than the same one before."""
    title, *lines = html.escape(text).splitlines()
    body = "".join(f"<p>{line}</p>" for line in [*lines, f"Edition {number}."])
    head = f"<title>{title}</title>"
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def _added(folder: Path, jobs: int, extractor: str) -> float:
    """Seconds that the command takes in a workspace of its own."""
    home = workspace.init(folder / f"{extractor}-by-{jobs}").root
    files = sorted(folder.glob("*.warc.gz"))
    how = ["--jobs", str(jobs), "--extractor", extractor]
    words = [PROGRAM, "-C", home, "add", *files, *how]
    since = time.perf_counter()
    subprocess.run(list(map(str, words)), check=True, capture_output=True)
    return time.perf_counter() - since


if __name__ == "__main__":
    main()
