import gzip
from pathlib import Path

import crawls
import pytest

from onrecord.editing.add_corpus import is_corpus
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.crawl import PieceReader
from onrecord.ingest.pieces import Piece, cut, whole_files
from onrecord.ingest.sieve import Sieve
from onrecord.model.errors import BadInput

PAGES = {
    f"https://news.example/{n}": crawls.others(f"town {n}") for n in range(20)
}
READER = PieceReader(crawls.Singers(), Sieve((b" ai ",), ()), ReadingOptions())


@pytest.fixture(params=[".warc.gz", ".warc"])
def whole(request, tmp_path) -> Piece:
    path = Path(crawls.write(tmp_path, f"crawl{request.param}", PAGES))
    if path.suffix == ".warc":
        path.write_bytes(gzip.decompress(path.read_bytes()))
    [piece] = whole_files([str(path)])
    return piece


@pytest.mark.parametrize("size", [1, 300, 2000, 1 << 20])
def test_each_page_of_a_crawl_stands_in_one_piece(whole, size):
    pieces = cut(whole, size)
    assert sum(READER(piece).counts["pages"] for piece in pieces) == len(PAGES)
    assert len(pieces) == {1: 20, 1 << 20: 1}.get(size, len(pieces))


@pytest.mark.parametrize("left", [0.3, 0.5, 0.97])
def test_a_crawl_that_breaks_off_is_told_with_how_much_was_read(whole, left):
    path = Path(whole.sources[0])
    assert READER(whole).notes == ()
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * left)])
    harvest = READER(whole)
    assert 0 < harvest.counts["pages"] <= len(PAGES)
    [note] = harvest.notes
    assert f"{path}: breaks off" in note
    assert "were read from byte 0 on; fetch the file again" in note


@pytest.mark.parametrize("size", [1, 2000])
def test_no_piece_of_a_whole_crawl_breaks_off(whole, size):
    assert [READER(piece).notes for piece in cut(whole, size)] == [()] * len(
        cut(whole, size)
    )


def test_a_crawl_without_a_record_is_told(tmp_path):
    path = tmp_path / "empty.warc"
    path.touch()
    [piece] = whole_files([str(path)])
    assert "there is no record of a web archive" in READER(piece).notes[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a?id=1",
        "https://e.example/[a]",
        "http://[::1]/",
        "http://e/*",
    ],
)
def test_an_address_of_the_web_is_no_pattern_of_files(url):
    assert not is_corpus([url], ReadingOptions())
    assert is_corpus(["corpus/*.txt"], ReadingOptions())


def test_a_crawl_is_cut_the_same_every_time(whole):
    keys = [piece.key for piece in cut(whole, 300)]
    assert keys == [piece.key for piece in cut(whole, 300)]
    assert len(set(keys)) == len(keys)


def test_pages_turned_away_are_counted_and_others_are_read(tmp_path):
    pages = PAGES | {"https://news.example/a": crawls.ours("Ada")}
    [piece] = whole_files([crawls.write(tmp_path, "c.warc.gz", pages)])
    harvest = READER(piece)
    assert harvest.counts == {"pages": 21, "turned away": 20, "articles": 1}
    [read] = harvest.reads
    document = read.document
    assert (document.url, document.retrieved) == (
        "https://news.example/a",
        "2026-11-01",
    )
    assert document.publisher == "news.example"


def test_what_was_answered_with_a_fault_is_no_page(tmp_path):
    path = tmp_path / "c.warc.gz"
    path.write_bytes(crawls.packed(PAGES, "404 Not Found"))
    assert READER(*whole_files([str(path)])).counts == {}


def test_a_broken_crawl_is_said_to_be_so(tmp_path):
    path = Path(crawls.write(tmp_path, "c.warc.gz", PAGES))
    content = path.read_bytes()
    path.write_bytes(content[:2000] + b"broken" * 99 + content[2000:])
    with pytest.raises(BadInput, match=r"c\.warc\.gz: cannot be read"):
        READER(*whole_files([str(path)]))


def test_a_pattern_stands_for_the_files_that_it_fits(tmp_path):
    for name in ("b.warc.gz", "a.warc.gz", "c.txt"):
        crawls.write(tmp_path, name, {})
    found = whole_files([f"{tmp_path}/*.warc.gz"])
    assert [Path(piece.sources[0]).name for piece in found] == [
        "a.warc.gz",
        "b.warc.gz",
    ]
    with pytest.raises(BadInput, match="no file is called so"):
        whole_files([f"{tmp_path}/*.pdf"])


def test_files_that_are_no_crawls_go_by_the_score(tmp_path):
    files = [str(tmp_path / f"{n:02}.txt") for n in range(45)]
    for file in files:
        Path(file).write_text("text", encoding="utf-8")
    assert [len(piece.sources) for piece in whole_files(files)] == [20, 20, 5]
