"""Real stores over HTTP on this machine, each empty of our graphs when a test begins."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord import workspace
from onrecord.editing.pull import graph_file
from onrecord.model.iris import GRAPHS
from onrecord.store.sync.push import MADE_THERE
from onrecord.store.sync.sources import RemoteSource
from onrecord.workspace import Endpoint, Workspace

TOKEN = "a-token-for-tests-alone"  # noqa: S105  opens nothing else; `start_onrecord` writes it


def emptied(endpoint: Endpoint) -> Endpoint:
    with RemoteSource(endpoint) as there:
        for graph in {*there.graphs()} - MADE_THERE.get(
            endpoint.profile, frozenset()
        ):
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


@pytest.fixture(scope="session")
def serving(start_onrecord: Callable[..., str]) -> Callable[..., str]:
    """Starts the program's own server, writable, on a store of its own."""
    return lambda *more: start_onrecord(
        "--writable",
        "--data",
        "data",
        "--token-file",
        "token",
        "--access-log",
        "log",
        *more,
    )


@pytest.fixture(scope="session")
def served(serving: Callable[..., str]) -> str:
    return serving()


@pytest.fixture
def narrow(
    serving: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Endpoint:
    """One that takes no update of more than 2 kB."""
    monkeypatch.setenv("ONRECORD_STORE_TOKEN", TOKEN)
    return Endpoint(serving("--max-query-size", "0.002"), "onrecord")


@pytest.fixture
def onrecord_store(served: str, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    monkeypatch.setenv("ONRECORD_STORE_TOKEN", TOKEN)
    return emptied(Endpoint(served, "onrecord"))


@pytest.fixture(
    params=[
        "oxigraph",
        pytest.param(
            "virtuoso_store", marks=pytest.mark.xdist_group("virtuoso")
        ),
        "onrecord_store",
    ]
)
def store(request: pytest.FixtureRequest) -> Endpoint:
    """Each of the stores that push, pull and diff are tested against."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def copy(shipped: Workspace, tmp_path: Path) -> Workspace:
    """A workspace with a part of the graph that ships, to be changed: 120 documents and what goes with them."""
    shutil.copytree(shipped.graphs[0], tmp_path / "copy" / "graphs")
    for file in sorted(
        (tmp_path / "copy" / "graphs" / "documents").glob("*.ttl")
    )[120:]:
        file.unlink()
    return workspace.find(tmp_path / "copy")


@pytest.fixture(scope="session")
def few_documents(
    shipped: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Twelve documents that ship, their runs, and of the registry what they lead to."""
    ours = shipped.graphs[0]
    folder = tmp_path_factory.mktemp("few") / "graphs"
    (folder / "documents").mkdir(parents=True)
    shutil.copy(ours / "runs.ttl", folder)
    named: set[ox.NamedNode] = set()
    for file in sorted((ours / "documents").glob("*.ttl"))[:12]:
        shutil.copy(file, folder / "documents")
        named.update(quad.object for quad in ox.parse(path=file))
    registry = led_to(named, ox.parse(path=ours / "entities.ttl"))
    file = graph_file(GRAPHS["entities"], "entities.ttl", registry, "")
    (folder / file.path).write_bytes(file.content)
    return folder


def led_to(
    named: Iterable[ox.NamedNode], registry: Iterable[ox.Quad]
) -> list[ox.Quad]:
    """What a registry tells of those that are named, and of those that this names."""
    of: defaultdict[ox.NamedNode, list[ox.Quad]] = defaultdict(list)
    for quad in registry:
        of[quad.subject].append(quad)
    waiting, quads = [*named], []
    while waiting:
        more = of.pop(waiting.pop(), [])
        quads += more
        waiting += [quad.object for quad in more]
    return quads


@pytest.fixture
def few(few_documents: Path, tmp_path: Path) -> Workspace:
    """A workspace with a small part of the graph that ships, to be changed."""
    shutil.copytree(few_documents, tmp_path / "few" / "graphs")
    return workspace.find(tmp_path / "few")


@pytest.fixture
def put(oxigraph: Endpoint) -> Callable[[str, str], None]:
    """Puts a graph into the store behind everybody's back, as Turtle."""

    def write(graph: str, turtle: str) -> None:
        with RemoteSource(oxigraph) as there:
            there.put(graph, ox.parse(turtle, ox.RdfFormat.TURTLE))

    return write
