"""A corpus is read by the piece; the extractor is one of the tests' own, which reads in no time."""

import crawls
import pytest

import onrecord
from onrecord.editing import add_corpus as corpus
from onrecord.extract import extractor
from onrecord.ingest import pieces
from onrecord.ingest.articles import ReadingOptions
from onrecord.model.errors import BadInput
from onrecord.workspace import Workspace, init

SINGERS = ReadingOptions(extractor="singers")
NAMES = ["Ada", "Bea", "Cyd", "Dot", "Eve", "Fay"]
PAGES = {
    f"https://news.example/{name}": crawls.ours(name) for name in NAMES
} | {
    f"https://news.example/rain-{n}": crawls.others(f"town {n}")
    for n in range(12)
}


@pytest.fixture(autouse=True)
def _singers(monkeypatch):
    monkeypatch.setitem(extractor.SHIPPED, "singers", "crawls:create")
    monkeypatch.setattr(pieces, "PIECE", 1500)


@pytest.fixture
def own(tmp_path) -> Workspace:
    return init(tmp_path / "own")


@pytest.fixture
def crawl(tmp_path) -> str:
    return crawls.write(tmp_path, "crawl.warc.gz", PAGES)


def add(crawl: str, own: Workspace, how: ReadingOptions = SINGERS):
    return onrecord.add([crawl], workspace=own, how=how)


def files(own: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in own.home.rglob("*.ttl")}


def test_a_crawl_is_added_and_what_is_turned_away_is_told(own, crawl):
    added = add(crawl, own)
    assert added.documents == {"added": 6}
    assert added.statements == {"added": 6}
    assert added.pages["turned away"] == 12
    assert added.pages["pages"] == 18
    assert added.pages["pieces"] > 2
    assert len(list((own.root / "texts").iterdir())) == 6


def test_what_is_done_is_not_done_again_unless_it_is_asked_for(own, crawl):
    pieces_done = add(crawl, own).pages["pieces"]
    again = add(crawl, own)
    assert again.pages == {"pieces done before": pieces_done}
    fresh = add(crawl, own, ReadingOptions(extractor="singers", fresh=True))
    assert fresh.documents == {"unchanged": 6}


class Killed(Exception):
    """Stands for whatever ends the program in the middle."""


def killed_after(count: int):
    def went(_: int, counts) -> None:
        if counts["pieces"] == count:
            raise Killed

    return went


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_second_run_goes_on_where_a_killed_one_ended(
    own, crawl, monkeypatch, count, tmp_path
):
    monkeypatch.setattr(corpus, "MOST_PIECES", 1)
    how = ReadingOptions(extractor="singers", went=killed_after(count))
    with pytest.raises(Killed):
        add(crawl, own, how)
    second = add(crawl, own)
    assert second.pages["pieces done before"] == count
    whole = init(tmp_path / "whole")
    add(crawl, whole)
    assert files(own) == files(whole)


def test_an_interruption_keeps_what_is_done(own, crawl):
    def went(_: int, counts) -> None:
        if counts["pieces"] == 2:
            raise KeyboardInterrupt

    added = add(crawl, own, ReadingOptions(extractor="singers", went=went))
    assert added.interrupted
    assert add(crawl, own).pages["pieces done before"] == 2


def test_a_text_that_stands_twice_comes_once(own, tmp_path):
    pages = {f"https://news.example/{n}": crawls.ours("Ada") for n in "ab"}
    paths = [
        crawls.write(tmp_path, f"{url[-1]}.warc.gz", {url[:-1]: text})
        for url, text in pages.items()
    ]
    added = onrecord.add(paths, workspace=own, how=SINGERS)
    assert added.documents == {"added": 1}
    assert added.pages["the same again"] == 1


def test_a_broken_crawl_keeps_no_other_out_and_is_told(own, crawl, tmp_path):
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"no crawl")
    added = onrecord.add([str(broken), crawl], workspace=own, how=SINGERS)
    assert added.documents == {"added": 6}
    assert added.failed
    assert "broken.warc.gz" in added.notes[0]


def test_files_of_a_bucket_are_kept_with_or_without_statements(own, tmp_path):
    for name, text in (("a", crawls.ours("Ada")), ("b", crawls.others("Kent"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    added = onrecord.add(
        [f"file://{tmp_path}/*.txt"], workspace=own, how=SINGERS
    )
    assert added.documents == {"added": 2}
    assert added.pages == {"pieces": 1, "articles": 1, "state nothing": 1}


def test_undo_takes_a_batch_back_and_the_ledger_still_knows_it(own, crawl):
    add(crawl, own)
    assert onrecord.undo(workspace=own).documents == 6
    assert "pieces" not in add(crawl, own).pages


def test_a_language_model_is_refused(own, crawl, monkeypatch):
    monkeypatch.setenv("ONRECORD_MODEL", "a-model")
    how = ReadingOptions(extractor="llm", options={"offline": "true"})
    with pytest.raises(BadInput, match="single articles or folders"):
        add(crawl, own, how)


def test_a_dry_run_writes_nothing(own, crawl):
    added = onrecord.add([crawl], workspace=own, how=SINGERS, dry_run=True)
    assert added.documents == {"added": 6}
    assert files(own) == {}
    assert not (own.root / "done").exists()


def test_an_article_that_cannot_be_read_keeps_no_other_out(own, tmp_path):
    pages = PAGES | {"https://news.example/broken": crawls.ours("Broken")}
    path = crawls.write(tmp_path, "c.warc.gz", pages)
    added = onrecord.add([path], workspace=own, how=SINGERS)
    assert added.documents == {"added": 6}
    assert added.pages["cannot be read"] == 1
