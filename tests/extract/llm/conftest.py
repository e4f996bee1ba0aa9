"""A text with an invented cast, answers about it, and an endpoint on this machine that gives whatever it is told to."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord import workspace
from onrecord.extract.extractor import ExtractionContext
from onrecord.extract.llm.grounding import Grounded, Grounding
from onrecord.extract.llm.names import Names
from onrecord.ingest.articles import KnownNames
from onrecord.model import Document
from onrecord.model.registry import Known
from onrecord.model.vocabulary import Vocabulary, read

CAST = (
    Known("guild", "Players Guild of Arden", "Guild", ("PGA",)),
    Known("mora", "Mora Pictures", "Company", ("Mora",)),
    Known("vey", "Lena Vey", "Person"),
    Known("fans", "Fans", "Group"),
    Known("loom", "Loom 3", "AISystem"),
    Known("far", "Ines Faraway", "Person"),
)
TEXT = """Guild takes Mora Pictures to court over AI doubles

The Players Guild of Arden sued Mora Pictures on Monday, accusing the studio of copying faces with Loom 3.

“Nobody asked us before the machine did,” said guild president Lena Vey. Mora said the claims were “without merit”.

Director Tom Okafor, who was sued by Lena Vey last year, said he is not worried about AI.

Fans called the doubles lifeless."""
ENTITIES = (
    ("Players Guild of Arden", "Guild"),
    ("Mora Pictures", "Company"),
    ("Lena Vey", "Person"),
    ("Tom Okafor", "Person"),
    ("Fans", "Group"),
    ("Loom 3", "AISystem"),
    ("Ines Faraway", "Person"),
    ("Ann Nowhere", "Person"),
)
ROW: dict[str, object] = {
    "words": "The Players Guild of Arden sued Mora Pictures on Monday",
    "speaker": "The Players Guild of Arden",
    "actors": ["Players Guild of Arden"],
    "relation": "sues",
    "negated": False,
    "object": "Mora Pictures",
    "object_kind": "entity",
    "topics": ["digital-replicas"],
    "stance": None,
    "modality": "actual",
    "basis": "press-report",
    "according_to": None,
    "recipient": None,
    "instrument": None,
    "stage": None,
    "via": None,
    "wording": "deed",
    "gist": "Goes to court over doubles made by machine.",
    "sure": True,
}
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return read(workspace.shipped().ontology_files())


@pytest.fixture(scope="session")
def everybody() -> KnownNames:
    return KnownNames(
        {known.iri: known for known in CAST}, {"Suno": ("Suno Inc", "Suno 4")}
    )


@pytest.fixture
def context(tmp_path, vocabulary, everybody) -> ExtractionContext:
    """A context in a workspace of its own."""
    home = workspace.init(tmp_path / "home")
    return ExtractionContext(everybody, vocabulary, home)


@pytest.fixture(scope="session")
def document() -> Document:
    return Document(
        "Arden Post",
        title="Guild takes Mora Pictures to court",
        text=TEXT,
        language="en",
    )


@pytest.fixture(scope="session")
def row() -> Callable[..., dict[str, object]]:
    """A statement that the text bears out, with changes."""
    return lambda **changes: ROW | changes


@pytest.fixture(scope="session")
def answer() -> Callable[..., dict[str, object]]:
    """A whole answer with these statements."""

    def made(*rows: dict[str, object]) -> dict[str, object]:
        entities = [{"name": name, "type": cls} for name, cls in ENTITIES]
        return {
            "language": "en",
            "entities": entities,
            "statements": list(rows),
        }

    return made


@pytest.fixture(scope="session")
def grounding(everybody, vocabulary) -> Callable[[Document], Grounding]:
    """Checks answers about a document."""
    return lambda about: Grounding(about, Names(everybody), vocabulary)


@pytest.fixture(scope="session")
def ground(answer, document, grounding) -> Callable[..., Grounded]:
    """What is kept of statements about the text, or about another document."""

    def kept(*rows: dict[str, object], about: Document = document) -> Grounded:
        checked = grounding(about)
        checked.take(answer(*rows))
        return checked.result()

    return kept


@pytest.fixture
def endpoint() -> Iterator[Callable[[Answer], str]]:
    """Starts an endpoint that answers by a function; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(give: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                give(self)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(
            target=server.serve_forever, args=(0.01,), daemon=True
        ).start()
        return f"http://127.0.0.1:{server.server_port}/v1"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def asked() -> Callable[[BaseHTTPRequestHandler], dict[str, object]]:
    """Reads the body of a request."""

    def read_body(handler: BaseHTTPRequestHandler) -> dict[str, object]:
        return json.loads(
            handler.rfile.read(int(handler.headers["Content-Length"]))
        )

    return read_body


@pytest.fixture(scope="session")
def give() -> Callable[..., None]:
    """Sends an answer: bytes, or what becomes JSON."""

    def send(
        handler: BaseHTTPRequestHandler,
        body: object,
        status: int = 200,
        **headers: str,
    ) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            **headers,
        }.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return send


@pytest.fixture(scope="session")
def completion() -> Callable[..., dict[str, object]]:
    """A chat completion that says something, a text or what becomes JSON."""

    def made(
        said: object, read: int = 100, written: int = 20
    ) -> dict[str, object]:
        text = said if isinstance(said, str) else json.dumps(said)
        usage = {"prompt_tokens": read, "completion_tokens": written}
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {
            "id": "1",
            "object": "chat.completion",
            "choices": [choice],
            "usage": usage,
        }

    return made


@pytest.fixture
def answering(asked, completion, endpoint, give) -> Callable[[object], str]:
    """Starts an endpoint that always answers the same; gives its address."""

    def start(said: object) -> str:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            asked(handler)
            give(handler, completion(said))

        return endpoint(reply)

    return start
