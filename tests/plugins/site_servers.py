"""Servers of the program itself, started as a person starts them, on ports that are free."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import MappingProxyType

import httpx
import pytest

from onrecord import workspace

TOKEN = "a-token-for-tests-alone"  # noqa: S105  opens nothing else
GRAPHS = {
    name: f"https://w3id.org/onrecord/doc/{name}"
    for name in ("one", "two", "three")
}
BOOKS = {
    name: f"<http://example.org/book{number}> a <http://example.org/Book> ; <http://example.org/number> {number} .\n"
    for number, name in enumerate(GRAPHS, 1)
}


HURRIED = """
import importlib, sys
for setting in sys.argv.pop(1).split():
    name, _, value = setting.partition("=")
    module, _, constant = name.rpartition(".")
    setattr(importlib.import_module(f"onrecord.server.{module}"), constant, int(value))
from onrecord.cli import main
main()
"""
"""The program with other numbers of seconds than a server waits, so that a test need not wait so long."""


AT_LEISURE = ("--time-limit", "250")
"""However busy a machine is, what its tests ask for in good faith is answered."""
KEPT_SHORTLY = httpx.Limits(keepalive_expiry=2)
"""A connection is left before the server, which keeps it for 5 idle seconds, may close it under a request."""


class Site:
    """A server that runs, and a client of it."""

    def __init__(
        self, process: "subprocess.Popen[str]", *, token: bool = False
    ) -> None:
        self.process = process
        self.said: list[str] = []
        self.url = self._started()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        headers = {"authorization": f"Bearer {TOKEN}"} if token else {}
        self.host, self.port = "127.0.0.1", int(self.url.rpartition(":")[2])
        self.client = httpx.Client(
            base_url=self.url,
            timeout=60,
            headers=headers,
            limits=KEPT_SHORTLY,
            trust_env=False,
        )

    def _started(self) -> str:
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"(http://\S+)/ serves", line):
                return found[1]
        message = f"the server did not start: {''.join(self.said)}"
        raise AssertionError(message)

    def _listen(self) -> None:
        self.said.extend(self.process.stderr)

    def ask(self, query: str) -> list[str]:
        """The values of a query's first column."""
        answer = self.client.post(
            "/sparql", data={"query": query}, headers={"accept": "text/csv"}
        )
        assert answer.status_code == 200, answer.text
        return answer.text.splitlines()[1:]

    def health(self) -> httpx.Response:
        """What it says of its health, when a worker that is being started has had its time."""
        end = time.monotonic() + 100
        answer = self.client.get("/health")
        while answer.status_code == 503 and time.monotonic() < end:
            answer = self.client.get("/health")
        return answer

    def stop(self, kind: int = signal.SIGTERM) -> int:
        """Ends the server and gives its exit code."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(kind)
        code = self.process.wait(60)
        self._listening.join(60)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


Start = Callable[..., Site]


def called(program: Path, seconds: Mapping[str, int]) -> list[str | Path]:
    """How the program is called, with such values of constants of the server as `timeouts.SECONDS_FOR_HEAD`."""
    if not seconds:
        return [program]
    told = " ".join(f"{name}={value}" for name, value in seconds.items())
    return [sys.executable, "-P", "-c", HURRIED, told]


@pytest.fixture(scope="session")
def starting(
    program: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Start]:
    """Starts `onrecord BEFORE... serve --port 0 WORDS...`; every server is stopped at the end of the session.

    It has one worker for clients' queries and one for pages, however many cores there are, unless the words say more.
    `seconds` are constants of the server that are to be other than they are.
    """
    token_file = tmp_path_factory.mktemp("token") / "token"
    token_file.write_text(f"{TOKEN}\n", encoding="ascii")
    token_file.chmod(0o600)
    folder = tmp_path_factory.mktemp("served")
    sites: list[Site] = []
    with ExitStack() as stack:

        def start(
            *words: str | Path,
            before: tuple[str | Path, ...] = (),
            data: Path | None = None,
            seconds: Mapping[str, int] = MappingProxyType({}),
        ) -> Site:
            writing = (
                ("--writable", "--data", data, "--token-file", token_file)
                if data
                else ()
            )
            line = [*called(program, seconds), *before]
            line += ["serve", "--port", "0", "--workers", "1", *writing, *words]
            process = subprocess.Popen(
                [*map(str, line)],
                cwd=folder,
                env=os.environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(lambda: process.poll() is None and process.kill())
            site = Site(process, token=data is not None)
            stack.callback(site.stop)
            sites.append(site)
            return site

        yield start
        # All at once: each takes its time to end in good order.
        for site in sites:
            site.process.terminate()


@pytest.fixture(scope="session")
def reader(starting: Start) -> Site:
    """A read-only server of the graph that ships."""
    return starting()


@pytest.fixture(scope="session")
def shelf(starting: Start, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A read-only server of a workspace with three documents, a book in each."""
    root = workspace.init(tmp_path_factory.mktemp("shelf") / "books").root
    for name, book in BOOKS.items():
        (root / "graphs" / "documents" / f"{name}.ttl").write_text(
            book, encoding="utf-8"
        )
    return starting(*AT_LEISURE, before=("-C", root))


@pytest.fixture(scope="session")
def writer(starting: Start, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A writable server with the same three graphs in it."""
    data = tmp_path_factory.mktemp("data") / "store"
    site = starting(*AT_LEISURE, data=data)
    for name, book in BOOKS.items():
        answer = site.client.put(
            "/-/graphs",
            params={"graph": GRAPHS[name]},
            content=book,
            headers={"content-type": "text/turtle"},
        )
        assert answer.status_code == 201, answer.text
    return site


@pytest.fixture(scope="session")
def strict(starting: Start) -> Site:
    """A read-only server of the graph that ships that gives little time and memory, to assistants too."""
    return starting(
        "--mcp",
        "--time-limit",
        "4",
        "--memory-limit",
        "200",
        "--workers",
        "2",
        "--max-query-size",
        "0.5",
    )


def talk(site: Site, sent: bytes, seconds: float = 60) -> bytes:
    """What a server says to some bytes until it closes the connection, or for so long."""
    with socket.create_connection(
        (site.host, site.port), timeout=seconds
    ) as connection:
        said = bytearray()
        with suppress(ConnectionError, TimeoutError):
            connection.sendall(sent)
            while piece := connection.recv(1 << 16):
                said += piece
    return bytes(said)


@pytest.fixture(scope="session")
def raw() -> Callable[..., bytes]:
    """Sends bytes to a server as they are."""
    return talk
