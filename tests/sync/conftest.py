"""Real stores over HTTP on this machine, each empty of our graphs when a test begins."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord import workspace
from onrecord.sync.push import MADE_THERE
from onrecord.sync.sources import There
from onrecord.workspace import Endpoint, Workspace

TOKEN = "a-token-for-tests-alone"  # noqa: S105  opens nothing else


def emptied(endpoint: Endpoint) -> Endpoint:
    with There(endpoint) as there:
        for graph in {*there.graphs()} - MADE_THERE.get(endpoint.profile, frozenset()):
            there.delete(graph)
    return endpoint


@pytest.fixture
def oxigraph(oxigraph_server: str) -> Endpoint:
    return emptied(Endpoint(oxigraph_server, "oxigraph"))


@pytest.fixture
def virtuoso_store(virtuoso: str, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    monkeypatch.setenv("ONRECORD_STORE_USER", "onrecord")
    monkeypatch.setenv("ONRECORD_STORE_PASSWORD", "secret")
    return emptied(Endpoint(virtuoso, "virtuoso"))


@contextmanager
def serving(program: Path, folder: Path, *more: str) -> Iterator[str]:
    """The program's own server, writable, on a store of its own in the folder."""
    (folder / "token").write_text(TOKEN)
    (folder / "token").chmod(0o600)
    words = ["serve", "--port", "0", "--writable", "--data", "data", "--token-file", "token", "--access-log", "log"]
    with subprocess.Popen([str(program), *words, *more], cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        found = re.search(r"http://\S+/", said)
        assert found, said + process.stderr.read()
        yield found[0]
        process.terminate()


@pytest.fixture(scope="session")
def served(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(program, tmp_path_factory.mktemp("served")) as url:
        yield url


@pytest.fixture
def narrow(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """One that takes no update of more than 2 kB."""
    monkeypatch.setenv("ONRECORD_STORE_TOKEN", TOKEN)
    (tmp_path / "narrow").mkdir()
    with serving(program, tmp_path / "narrow", "--max-query-size", "0.002") as url:
        yield Endpoint(url, "onrecord")


@pytest.fixture
def onrecord_store(served: str, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    monkeypatch.setenv("ONRECORD_STORE_TOKEN", TOKEN)
    return emptied(Endpoint(served, "onrecord"))


@pytest.fixture(params=["oxigraph", "virtuoso_store", "onrecord_store"])
def store(request: pytest.FixtureRequest) -> Endpoint:
    """Each of the stores that push, pull and diff are tested against."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def copy(shipped: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with a part of the graph that ships, to be changed: 120 documents and what goes with them."""
    shutil.copytree(shipped.graphs[0], tmp_path / "copy" / "graphs")
    for file in sorted((tmp_path / "copy" / "graphs" / "documents").glob("*.ttl"))[120:]:
        file.unlink()
    return workspace.find(tmp_path / "copy")


@pytest.fixture
def put(oxigraph: Endpoint) -> Callable[[str, str], None]:
    """Puts a graph into the store behind everybody's back, as Turtle."""
    import pyoxigraph as ox  # noqa: PLC0415

    def write(graph: str, turtle: str) -> None:
        with There(oxigraph) as there:
            there.put(graph, ox.parse(turtle, ox.RdfFormat.TURTLE))

    return write
