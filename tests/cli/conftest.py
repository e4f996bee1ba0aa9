"""Stores that the commands are run against."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.sync.sources import There
from onrecord.workspace import Endpoint


@pytest.fixture
def oxigraph_url(oxigraph_server: str) -> str:
    """The base of an `oxigraph` server that holds none of our graphs."""
    with There(Endpoint(oxigraph_server, "oxigraph")) as there:
        for graph in there.graphs():
            there.delete(graph)
    return oxigraph_server


@pytest.fixture
def read_only_url(tmp_path: Path) -> Iterator[str]:
    """The base of one that is only read."""
    program = Path(sys.executable).with_name("oxigraph")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    words = ["serve-read-only", "--location", str(tmp_path / "store"), "--bind", address]
    load = [program, "load", "--location", str(tmp_path / "store"), "--file", "/dev/null", "--format", "nq"]
    subprocess.run(load, check=True, capture_output=True, timeout=60)
    with subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(100):
            try:
                socket.create_connection(address.split(":"), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://{address}/"
        process.kill()
