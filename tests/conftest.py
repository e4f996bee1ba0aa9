"""What every test runs with: folders of its own for cache and state, the graph that ships, the command line."""

import importlib.util
import inspect
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, settings

from onrecord import editing, workspace
from onrecord.model.iris import BASE
from onrecord.querying.ask import Graph
from onrecord.store.build import build
from onrecord.workspace import Endpoint

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from onrecord.store.remote.endpoint import Remote

pytest_plugins = ("marks", "no_skips", "site_servers", "slow_pages")
TOKEN = "a-token-for-tests-alone"  # noqa: S105  opens nothing else
# A machine with much to do fails no property, nor does the luck of a run: `--hypothesis-profile=default` looks further.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test with an event loop of its own (marked `loop`) runs in a thread: an open browser has a loop in this one."""
    if pyfuncitem.get_closest_marker("loop") is None:
        return None
    given = {
        name: pyfuncitem.funcargs[name]
        for name in inspect.signature(pyfuncitem.obj).parameters
    }
    with ThreadPoolExecutor(1) as thread:
        thread.submit(pyfuncitem.obj, **given).result()
    return True


@pytest.fixture(scope="session", autouse=True)
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Cache and state in a folder of this run, here and in every command that a test starts."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield folder


@pytest.fixture(scope="session")
def shipped() -> workspace.Workspace:
    """The workspace that ships, which no command may write."""
    return replace(workspace.shipped(), root=None)


@pytest.fixture(scope="session")
def graph(shipped: workspace.Workspace) -> Graph:
    """The graph that ships, opened once for all tests that only ask."""
    return Graph(shipped)


FLAGS = [
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
    ),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ),
]


LONGEST_WAIT = 60_000
"""Milliseconds until what does not come to stand on a page is a failure."""


@pytest.fixture(scope="session")
def browser(
    slowed: Callable[["Browser"], "Browser"],
) -> Iterator["Browser"]:
    """One Chromium for all pages."""
    found = (
        shutil.which(
            "chromium-headless-shell"
        )  # half the work of the whole browser
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not found:
        pytest.skip("no Chromium here: pages are tested in a real browser")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  for those tests alone

    expect.set_options(timeout=LONGEST_WAIT)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield slowed(started)
        started.close()


ANSWER = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "from afar"}}]}}'


@pytest.fixture(scope="session")
def endpoint() -> Iterator[tuple[str, list[str]]]:
    """A SPARQL endpoint on this machine, which is broken at `/broken` and has no documents, and what reached it."""
    reached: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reached.append(
                self.rfile.read(int(self.headers["Content-Length"])).decode()
            )
            if self.path.endswith("/broken"):
                self.send_error(500, explain="a secret of this house")
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def do_GET(self) -> None:
            reached.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sparql", reached
        server.shutdown()


@pytest.fixture(scope="session")
def disguises() -> Callable[..., "Iterator[Any]"]:
    """The generator of queries and updates that call an address in many disguises (`benches/disguise.py`)."""
    path = Path(__file__).parents[1] / "benches" / "disguise.py"
    spec = importlib.util.spec_from_file_location("disguise", path)
    sys.modules["disguise"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.disguises


ENTITIES = """
@prefix : <https://w3id.org/onrecord/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:Ada-Example a :Person ; rdfs:label "Ada Example"@en ; skos:altLabel "A. Example" .
:Mercury a :Film ; rdfs:label "Mercury"@en .
:Mercury-Company a :Company ; rdfs:label "Mercury"@en .
:Studio-Nine a :Company ; rdfs:label "Studio Nine"@en .
"""
DOCUMENT = """
@prefix : <https://w3id.org/onrecord/> .
@prefix code: <https://w3id.org/onrecord/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/onrecord/doc/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix st: <https://w3id.org/onrecord/statement/> .
@prefix topic: <https://w3id.org/onrecord/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
doc:example-herald-2025-ada-asks a :Document ; rdfs:label "Ada asks" ; dcterms:publisher "Example Herald" ;
  dcterms:issued "2025-10"^^xsd:gYearMonth ; schema:url <https://herald.example/ada> ; :sourceKind code:report-source .
st:00000000000a a :Statement ; rdfs:label "Ada Example urges Studio Nine"@en ;
  :actor :Ada-Example ; :relation :urges ; :object :Studio-Nine ; :topic topic:consent-and-likeness ; :negated false ;
  :modality code:actual ; :reportBasis code:self-report ; :stanceOnAI code:conditional ; :confidence 0.90 ;
  :gist "Asks the studio to pay for \\"digital doubles\\"."@en ; :reviewStatus code:unreviewed ;
  :saidOn "2025-10-21"^^xsd:date ; :document doc:example-herald-2025-ada-asks .
"""


@pytest.fixture
def small(tmp_path: Path) -> workspace.Workspace:
    """A workspace in tmp_path/small with one statement of invented people, and two entities of one name."""
    root = tmp_path / "small"
    (root / "graphs" / "documents").mkdir(parents=True)
    (root / "graphs" / "entities.ttl").write_text(ENTITIES, encoding="utf-8")
    (
        root / "graphs" / "documents" / "example-herald-2025-ada-asks.ttl"
    ).write_text(DOCUMENT, encoding="utf-8")
    return workspace.find(root)


@pytest.fixture(scope="session")
def program() -> Path:
    """The program `onrecord`, beside the Python that runs the tests."""
    return Path(sys.executable).with_name("onrecord")


@pytest.fixture
def command(
    program: Path, tmp_path: Path
) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs `onrecord WORDS...` in an empty folder, 80 columns wide, and gives what came of it.

    Any `subprocess.run` argument may be added: `input` for standard input, `cwd`, `env` (added to this process's own).
    """

    def run(*words: str | Path, **more) -> "subprocess.CompletedProcess[str]":
        env = (
            os.environ
            | {"COLUMNS": "80", "PYTHONUTF8": "1"}
            | more.pop("env", {})
        )
        settings = {
            "cwd": tmp_path,
            "capture_output": True,
            "text": True,
            "timeout": 250,
        } | more
        return subprocess.run(
            [str(program), *map(str, words)], check=False, env=env, **settings
        )

    return run


PEOPLE = (
    {"name": "Ada Example", "type": "Person", "affiliation": "Studio Nine"},
    {"name": "Bob Sample", "type": "Person"},
    {"name": "Studio Nine", "type": "Company", "aliases": ["Nine"]},
    {"name": "Studio Ten", "type": "Company"},
    {"name": "Some fans", "type": "Group"},
    {"name": "Paintbot", "type": "AISystem", "affiliation": "Studio Ten"},
    {"name": "The Long Film", "type": "Film"},
    {"name": "Example Act", "type": "Legislation"},
)


class Desk:
    """A workspace of its own with invented people, and the records that are added to it."""

    def __init__(self, folder: Path) -> None:
        self.workspace = workspace.find(folder)
        self.graphs = self.workspace.home

    def write(self, *lines: object, name: str = "records.jsonl") -> Path:
        """A record file, a line each; what is text already is written as it is."""
        path = self.workspace.root / name
        texts = (
            each
            if isinstance(each, str)
            else json.dumps(each, ensure_ascii=False)
            for each in lines
        )
        path.write_text(
            "".join(f"{text}\n" for text in texts), encoding="utf-8"
        )
        return path

    def put(self, *lines: object, **more) -> editing.Added:
        """Adds records."""
        return editing.add(
            [self.write(*lines)], workspace=self.workspace, **more
        )

    @staticmethod
    def told(
        *statements: dict[str, object], name: str = "one", **more
    ) -> dict[str, object]:
        """A document's record."""
        document = {
            "url": f"https://news.example/{name}",
            "publisher": "Example News",
            "source_kind": "report",
        }
        return {"doc": document | more, "statements": [*statements]}

    @staticmethod
    def said(
        relation: str = "concernedAbout",
        target: str = "job-displacement",
        **more,
    ) -> dict[str, object]:
        """A statement's record: Ada Example's, unless `actors` says otherwise; a target in lower case is a topic."""
        kind = "topic" if target == target.lower() else "entity"
        made = {
            "actors": ["Ada Example"],
            "relation": relation,
            "object": target,
            "object_kind": kind,
        }
        return made | {"gist": f"{relation} {target}"} | more

    def files(self) -> dict[str, bytes]:
        """Every graph file as it stands."""
        return {
            str(path.relative_to(self.graphs)): path.read_bytes()
            for path in self.graphs.rglob("*.ttl")
        }

    def ask(self, sparql: str) -> list[tuple[str, ...]]:
        """An answer as rows of text."""
        graph = Graph(self.workspace)
        graph.store = build(self.workspace)
        return [
            tuple(str(cell) for cell in row.values())
            for row in graph.ask(sparql)
        ]


@pytest.fixture(scope="session")
def desk_at() -> type[Desk]:
    """A desk in a folder that is a workspace already."""
    return Desk


@pytest.fixture(scope="session")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk that each test gets a copy of."""
    folder = tmp_path_factory.mktemp("new") / "desk"
    workspace.init(folder)
    Desk(folder).put(*({"entity": each} for each in PEOPLE))
    return folder


@pytest.fixture
def desk(new_desk: Path, tmp_path: Path) -> Desk:
    """A workspace of its own with invented people in it."""
    return Desk(shutil.copytree(new_desk, tmp_path / "desk"))


PORTS = range(20_000, 32_000)
"""Below those that the system gives to connections and to who asks for any."""


def _free_port() -> int:
    """A port that nobody takes before the server which is started does."""
    while True:
        port = secrets.choice(PORTS)  # `random` is alike in all of xdist's
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Gives a port that nobody takes before the server which is started does."""
    return _free_port


@contextmanager
def _running(
    words: list[str], folder: Path, port: int
) -> "Iterator[subprocess.Popen[bytes]]":
    """A server that runs in a folder, from when its port is open."""
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(words, cwd=folder, stdout=said, stderr=said)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "said").read_text()
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., str]]:
    """Starts a server in a folder, at the port that its words hold in braces, and gives its base."""
    processes: list[subprocess.Popen[bytes]] = []
    with ExitStack() as stack:

        def begin(folder: Path, *words: str | Path) -> str:
            port = _free_port()
            line = [str(word).format(port=port) for word in words]
            running = _running(line, folder, port)
            processes.append(stack.enter_context(running))
            return f"http://127.0.0.1:{port}/"

        yield begin
        # All at once: each takes its time to end in good order.
        for process in processes:
            process.terminate()


@pytest.fixture(scope="session")
def start_oxigraph(
    start: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Starts an `oxigraph` server, with more words for its command line if given, and gives its base."""

    def begin(*words: str, kind: str = "serve") -> str:
        program = Path(sys.executable).with_name("oxigraph")
        if not program.exists():
            pytest.skip(
                "the oxigraph server is not installed (pip install oxigraph)"
            )
        folder = tmp_path_factory.mktemp("oxigraph")
        load = [
            program,
            "load",
            "--location",
            "store",
            "--file",
            os.devnull,
            "--format",
            "nq",
        ]
        subprocess.run(
            load, cwd=folder, check=True, capture_output=True, timeout=60
        )
        return start(
            folder,
            program,
            kind,
            "--location",
            "store",
            "--bind",
            "127.0.0.1:{port}",
            *words,
        )

    return begin


@pytest.fixture(scope="session")
def start_onrecord(
    start: Callable[..., str],
    program: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., str]:
    """Starts `onrecord serve WORDS...` in a folder where the file `token` holds TOKEN, and gives its base."""

    def begin(*words: str) -> str:
        folder = tmp_path_factory.mktemp("onrecord")
        (folder / "token").write_text(TOKEN)
        (folder / "token").chmod(0o600)
        return start(folder, program, "serve", "--port", "{port}", *words)

    return begin


@pytest.fixture(scope="session")
def oxigraph_server(start_oxigraph: Callable[..., str]) -> str:
    """The base of an `oxigraph` server, empty at first; whoever uses it puts in what it needs."""
    return start_oxigraph()


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {rows}
"""
USER = """
DB.DBA.USER_CREATE('onrecord', 'secret');
GRANT SPARQL_UPDATE TO "onrecord";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET('onrecord', 15);
"""


@pytest.fixture(scope="session")
def virtuoso_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the Virtuoso that tests start."""
    return tmp_path_factory.mktemp("virtuoso")


@pytest.fixture
def virtuoso_most_rows(
    virtuoso: str,  # noqa: ARG001
    virtuoso_home: Path,
) -> Iterator[Callable[[int], None]]:
    """Sets how many rows that Virtuoso gives at most, for one test; it reads its file with every query."""
    file = virtuoso_home / "virtuoso.ini"
    before = file.read_text()
    yield lambda most: file.write_text(
        before.replace(
            "ResultSetMaxRows = 1000000", f"ResultSetMaxRows = {most}"
        )
    )
    file.write_text(before)


@pytest.fixture(scope="session")
def virtuoso(virtuoso_home: Path) -> Iterator[str]:
    """The base of a Virtuoso of its own, empty at first, where the user `onrecord`, password `secret`, writes."""
    server, shell = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if server is None or shell is None:
        pytest.skip(
            "Virtuoso is not installed (apt install virtuoso-opensource)"
        )
    folder, port, http = virtuoso_home, _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(
        VIRTUOSO.format(port=port, http=http, rows=1_000_000)
    )
    line = [server, "-f", "-c", "virtuoso.ini"]
    with _running(line, folder, port) as process:
        subprocess.run(
            [shell, f"127.0.0.1:{port}", "dba", "dba", f"exec={USER}"],
            check=True,
            capture_output=True,
            timeout=60,
        )
        yield f"http://127.0.0.1:{http}/"
        process.kill()  # it would write down what nobody needs


@pytest.fixture(scope="session")
def quads_by_graph(graph: Graph) -> dict[str, list[ox.Quad]]:
    """The graph that ships, by the names of its graphs."""
    found = defaultdict(list)
    for quad in graph.store:
        found[quad.graph_name.value].append(quad)
    return dict(found)


def _fill(store: "Remote", graphs: dict[str, list[ox.Quad]]) -> None:
    """Puts graphs into a store: all at once into Oxigraph's, which has a request for that."""
    if store.profile.name != "oxigraph":
        for name, quads in graphs.items():
            store.put(name, quads)
        return
    body = ox.serialize(chain(*graphs.values()), format=ox.RdfFormat.N_QUADS)
    request = Request(  # noqa: S310  on this machine
        f"{store.endpoint.url}store",
        body,
        {"Content-Type": "application/n-quads"},
        method="PUT",
    )
    with urlopen(request, timeout=60) as answer:  # noqa: S310  on this machine
        assert answer.status in {201, 204}


@pytest.fixture
def holding(
    quads_by_graph: dict[str, list[ox.Quad]],
) -> Callable[[Endpoint], Endpoint]:
    """Makes a store hold the graph that ships, where it does not already, and nothing else of ours."""
    from onrecord.store.remote.endpoint import Remote  # noqa: PLC0415  for the tests of stores alone

    def hold(endpoint: Endpoint) -> Endpoint:
        with Remote(endpoint) as store:
            there = {
                name: count
                for name, count in store.graphs().items()
                if name.startswith(BASE)
            }
            for name in there.keys() - quads_by_graph.keys():
                store.delete(name)
            if there != {
                name: len(quads) for name, quads in quads_by_graph.items()
            }:
                _fill(store, quads_by_graph)
        return endpoint

    return hold
