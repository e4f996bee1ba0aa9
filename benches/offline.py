"""50,000 queries and updates that call SERVICE or LOAD, in every place and disguise: a counting socket hears nothing.

Each is made for the engine alone, to know that the generator is worth something; by an engine that is offline, which
nothing judges beforehand; and, where the guard lets it by, by an engine that could go out.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox

from benches.disguise import Disguise, disguises
from onrecord.model.errors import BadQuery
from onrecord.store import guard
from onrecord.workspace.offline import run_offline

NUMBER = 50_000
FAILURES = (OSError, RuntimeError, SyntaxError)
ANSWER = b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'


@dataclass
class Ear:
    """An address, and how often it was called."""

    address: str
    calls: int = 0


def main() -> None:
    """Prints how many calls were heard of each."""
    with listening() as ear:
        run_offline(lambda: _all(ear))
        print(f"offline, without the guard: {ear.calls} of {NUMBER:,} heard")
        passed, heard = _passed(ear)
        print(f"with the guard alone: {passed:,} let by, {heard} heard")
        ear.calls = 0
        _all(ear)
        print(f"with neither: {ear.calls:,} calls heard")


def _all(ear: Ear) -> None:
    for disguise in disguises(NUMBER, ear.address):
        _make(disguise)


def _passed(ear: Ear) -> tuple[int, int]:
    """How many the guard lets by, and how many calls of those were heard."""
    passed, before = 0, ear.calls
    for disguise in disguises(NUMBER, ear.address):
        judge = (
            guard.refuse_loading if disguise.is_update else guard.refuse_network
        )
        with suppress(BadQuery):
            judge(disguise.text)
            passed += 1
            _make(disguise)
    return passed, ear.calls - before


def _make(disguise: Disguise) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://example.org/it")
    store.extend(
        ox.Quad(node, node, value) for value in (node, ox.Literal(value=True))
    )
    with suppress(*FAILURES):
        if disguise.is_update:
            store.update(disguise.text)
            return
        answer = store.query(disguise.text)
        if not isinstance(answer, ox.QueryBoolean):
            for _ in answer:
                pass


@contextmanager
def listening() -> Iterator[Ear]:
    """An endpoint on this machine that counts."""
    ear = Ear("")

    class Handler(BaseHTTPRequestHandler):
        """Counts each request, and gives an empty answer."""

        def handle_one_request(self) -> None:
            """Counts also what is no request."""
            ear.calls += 1
            super().handle_one_request()

        def do_GET(self) -> None:
            """Answers a LOAD."""
            self.send_error(404)

        def do_POST(self) -> None:
            """Answers a SERVICE."""
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ear.address = f"http://127.0.0.1:{server.server_port}/"
        yield ear
        server.shutdown()
