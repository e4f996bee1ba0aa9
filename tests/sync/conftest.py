"""Real stores over HTTP on this machine, each empty of our graphs when a test begins."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord import workspace
from onrecord.sync.sources import There
from onrecord.workspace import Endpoint, Workspace


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    place = tmp_path_factory.mktemp("oxigraph")
    words = [program, "serve", "--location", place, "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
        process.kill()


def emptied(endpoint: Endpoint) -> Endpoint:
    with There(endpoint) as there:
        for graph in there.graphs():
            there.delete(graph)
    return endpoint


@pytest.fixture
def oxigraph(oxigraph_server: str) -> Endpoint:
    return emptied(Endpoint(oxigraph_server, "oxigraph"))


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
