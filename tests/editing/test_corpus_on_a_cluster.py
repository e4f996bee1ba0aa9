"""Workers of a Dask cluster on this machine read a corpus, and one of them is killed in the middle."""

import os
import signal
import socket
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import crawls
import fsspec
import pytest

import onrecord
from onrecord.editing.add_articles import context_of
from onrecord.extract.extractor import GROUP
from onrecord.ingest import cluster
from onrecord.ingest.articles import KnownNames, ReadingOptions
from onrecord.ingest.pieces import cut, whole_files
from onrecord.ingest.tasks import Recipe, Task
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import init

pytestmark = [
    pytest.mark.slow,
    pytest.mark.loop,
    pytest.mark.xdist_group("dask"),
]
PAGES = {
    f"https://news.example/{n}": crawls.ours(f"Number{n}x") for n in range(24)
}


@pytest.fixture
def singers(tmp_path, monkeypatch) -> ReadingOptions:
    """The tests' extractor as a package brings it, which the workers find too."""
    folder = tmp_path / "package" / "singers-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(
        "Name: singers\nVersion: 1\n", encoding="utf-8"
    )
    (folder / "entry_points.txt").write_text(
        f"[{GROUP}]\nsingers = crawls:create\n", encoding="utf-8"
    )
    plugins = str(Path(crawls.__file__).parent)
    places = [str(folder.parent), plugins]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(places))
    monkeypatch.syspath_prepend(str(folder.parent))
    return ReadingOptions(extractor="singers", jobs=2)


@pytest.fixture
def taken() -> Iterator[None]:
    """The usual port of a scheduler's pages is another one's."""
    with socket.socket() as other:
        with suppress(OSError):  # it is already
            other.bind(("127.0.0.1", 8787))
            other.listen()
        yield


@pytest.mark.usefixtures("taken")
def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    singers, tmp_path
):
    [whole] = whole_files([crawls.write(tmp_path, "c.warc.gz", PAGES)])
    pieces = cut(whole, 500)
    own = init(tmp_path / "own")
    graph = Graph(own)
    context = context_of(graph, own, singers)
    recipe = Recipe.of(context, KnownNames.of(graph.registry), singers)
    harvested: list[str] = []
    with cluster.connected(None, 2) as client:
        tasks = deque(map(Task, pieces))
        for number, outcome in enumerate(
            cluster.on_cluster(client, recipe, tasks)
        ):
            assert outcome.fault is None
            harvested += [read.where for read in outcome.harvest.reads]
            if number == 1:
                victim = min(client.run(os.getpid).values())
                os.kill(victim, signal.SIGKILL)
    assert Counter(harvested) == Counter(PAGES.keys())


def test_workers_add_what_one_process_adds(singers, tmp_path):
    crawl = crawls.write(tmp_path, "c.warc.gz", PAGES)
    own = init(tmp_path / "own")
    added = onrecord.add([crawl], workspace=own, how=singers)
    assert added.documents == {"added": 24}
    assert not added.failed


def test_an_address_where_no_scheduler_is_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "SECONDS", 1)
    crawl = crawls.write(tmp_path, "c.warc.gz", PAGES)
    how = ReadingOptions(scheduler="tcp://127.0.0.1:9")
    with pytest.raises(BadInput, match="no Dask scheduler answers there"):
        onrecord.add([crawl], workspace=init(tmp_path / "own"), how=how)


@pytest.fixture
def bucket(monkeypatch):
    """A bucket on this machine."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  for one test

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    files = fsspec.filesystem("s3")
    files.mkdir("news")
    yield files
    server.stop()


@pytest.mark.usefixtures("singers")
def test_crawls_are_read_where_they_lie_in_a_bucket(tmp_path, bucket):
    for name in "ab":
        pages = {f"https://news.example/{name}": crawls.ours(f"Ada{name}")}
        bucket.pipe(f"news/2026/{name}.warc.gz", crawls.packed(pages))
    how = ReadingOptions(extractor="singers")
    own = init(tmp_path / "own")
    source = "s3://news/2026/*.warc.gz"
    assert onrecord.add([source], workspace=own, how=how).documents == {
        "added": 2
    }
    again = onrecord.add([source], workspace=own, how=how)
    assert again.pages == {"pieces done before": 2}
