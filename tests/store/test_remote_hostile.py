"""Servers that lie, cut, stall, flood and send elsewhere: each is an error in words, and no secret gets out."""

import gzip
import json
import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest

from onrecord.model.errors import (
    BadInput,
    LimitReached,
    OnRecordError,
    StoreFailed,
)
from onrecord.store.remote import exchange
from onrecord.store.remote.endpoint import Remote
from onrecord.workspace import Endpoint

ROWS = {
    "head": {"vars": ["x"]},
    "results": {"bindings": [{"x": {"type": "literal", "value": "one"}}] * 20},
}
GOOD = json.dumps(ROWS).encode()
JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
LINES = b"<urn:a> <urn:b> <urn:c> .\n" * 3
SECRET = "open-sesame"  # noqa: S105  opens nothing
Answer = Callable[[BaseHTTPRequestHandler], None]


def says(
    body: bytes,
    kind: str = JSON,
    status: int = 200,
    length: int | None = None,
    **headers: str,
) -> Answer:
    """Answers with a body; `length` may lie about it, and -1 leaves it out."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        if length != -1:
            handler.send_header(
                "Content-Length", str(len(body) if length is None else length)
            )
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def drips(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(600):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.1)


def _endless(*pieces: bytes) -> Answer:
    """Sends the first piece and then the second, again and again, a few times a second."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        first, again = pieces
        with suppress(OSError):
            handler.wfile.write(first)
            for _ in range(1200):
                handler.wfile.write(again)
                time.sleep(0.05)

    return answer


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
DRIPPING = {
    "headers": _endless(HEAD + b"X-Slow: ", b"a"),
    "interim answers": _endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "extensions of chunks": _endless(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a=b;"
    ),
    "empty members of gzip": _endless(
        HEAD + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n",
        b"14\r\n" + gzip.compress(b"") + b"\r\n",
    ),
    "a body that ends where the connection does": _endless(
        HEAD + b"Connection: close\r\n\r\n", b" "
    ),
}


class Liar:
    """A server that gives the answers it is told, one a request, the last one for ever; and what it was asked."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    def remote(self, seconds: float = 60, **more) -> Remote:
        return Remote(Endpoint(self.url, "oxigraph", seconds=seconds, **more))

    def ask(
        self, *answers: Answer, query: str = "SELECT ?x { ?x ?y ?z }", **more
    ) -> object:
        self.answers = list(answers)
        with self.remote(**more) as store:
            return store.query(query)


@pytest.fixture
def liar() -> Iterator[Liar]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.asked.append((self.command, dict(self.headers), body))
            (told.answers.pop(0) if len(told.answers) > 1 else told.answers[0])(
                self
            )

        do_GET = do_PUT = do_POST  # noqa: N815  the names that the server looks for

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away is none."""

    with Server(("127.0.0.1", 0), Handler) as server:
        told = Liar(server.server_port)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield told
        server.shutdown()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "FIRST_PAUSE", 0.01)


ROWS_ASKED, CONSTRUCT = (
    "SELECT ?x { ?x ?y ?z }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
)
CANCELLED = b"The SPARQL operation has been cancelled"
PAGE = b"<html><head><title>Sorry</title><style>p{}</style></head><p>Try&nbsp;later</p>"


CUT = {
    "a JSON that ends in a row": (
        says(GOOD[:-30]),
        ROWS_ASKED,
        "cut or broken",
    ),
    "a JSON without its last bracket": (
        says(GOOD[:-1]),
        ROWS_ASKED,
        "cut or broken",
    ),
    "words behind a JSON": (
        says(GOOD + CANCELLED),
        ROWS_ASKED,
        "cut or broken",
    ),
    "fewer bytes than promised": (
        says(GOOD, length=len(GOOD) + 5),
        ROWS_ASKED,
        "broke off",
    ),
    "nothing": (says(b""), ROWS_ASKED, "cut or broken"),
    "another JSON": (says(b"[]"), ROWS_ASKED, "cut or broken"),
    "no UTF-8": (says(b"\xff\xfe{}"), ROWS_ASKED, "cut or broken"),
    "yes for rows": (
        says(b'{"head":{},"boolean":true}'),
        ROWS_ASKED,
        "rows where a yes or no was asked for",
    ),
    "rows for a yes": (
        says(GOOD),
        "ASK { ?x ?y ?z }",
        "or the other way round",
    ),
    "a cut boolean": (
        says(b'{"head":{},"boolean":true'),
        "ASK { ?x ?y ?z }",
        "cut or broken",
    ),
    "a cut triple": (says(LINES[:-3], TRIPLES), CONSTRUCT, "cut or broken"),
    "words behind triples": (
        says(LINES + CANCELLED, TRIPLES),
        CONSTRUCT,
        "cut or broken",
    ),
    "fewer triples than promised": (
        says(LINES, TRIPLES, length=len(LINES) + 1),
        CONSTRUCT,
        "broke off",
    ),
    "triples without an end": (
        says(LINES, TRIPLES, length=-1),
        CONSTRUCT,
        "does not mark where its answer ends",
    ),
    "plain words": (
        says(b"Down today\n" * 9, "text/plain"),
        ROWS_ASKED,
        r"text/plain instead of SPARQL.*Down today$",
    ),
    "rows for a graph": (says(GOOD), CONSTRUCT, "instead of a graph"),
    "a page": (
        says(PAGE, "text/html"),
        ROWS_ASKED,
        r"a page that says: Sorry Try.later",
    ),
    "elsewhere": (
        says(b"", status=302, Location="https://elsewhere.example/sparql"),
        ROWS_ASKED,
        "redirects to https://elsewhere.example/sparql; give that address",
    ),
    "nowhere": (
        says(b"", status=307),
        ROWS_ASKED,
        "redirects to an address that it does not name",
    ),
    "404": (
        says(b"no such thing", "text/plain", 404),
        ROWS_ASKED,
        "answered 404: no such thing",
    ),
    "500": (
        says(b"Boom\nat line 7", "text/plain", 500),
        ROWS_ASKED,
        r"answered 500: Boom$",
    ),
    "colours": (
        says(b"\x1b[31mred\x07", "text/plain", 500),
        ROWS_ASKED,
        r"answered 500: \[31mred$",
    ),
    "401": (
        says(b"who?", "text/plain", 401),
        ROWS_ASKED,
        "it wants credentials",
    ),
    "gzip in gzip": (
        says(GOOD, Content_Encoding="gzip, gzip"),
        ROWS_ASKED,
        "coding",
    ),
    "no gzip": (
        says(GOOD, Content_Encoding="gzip"),
        ROWS_ASKED,
        "no coding that is read",
    ),
    "a cut gzip": (
        says(gzip.compress(GOOD)[:-9], Content_Encoding="gzip"),
        ROWS_ASKED,
        "ends before its coding does",
    ),
    "no answer": (hangs_up, ROWS_ASKED, r"broke off|reached"),
}


@pytest.mark.parametrize(("answer", "query", "words"), CUT.values(), ids=CUT)
def test_what_is_no_whole_answer_is_an_error_in_words(
    liar: Liar, answer: Answer, query: str, words: str
) -> None:
    with pytest.raises(StoreFailed, match=words):
        liar.ask(answer, query=query)


def test_an_answer_for_something_else_is_not_followed_and_gets_no_second_request(
    liar: Liar,
) -> None:
    with pytest.raises(StoreFailed):
        liar.ask(says(b"", status=308, Location=liar.url))
    assert len(liar.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [drips, lambda _: time.sleep(60), *DRIPPING.values()],
    ids=["drips", "stalls", *DRIPPING],
)
def test_time_is_up_whatever_comes_meanwhile(
    liar: Liar, answer: Answer
) -> None:
    begun = time.monotonic()
    with pytest.raises(LimitReached, match=r"within 0\.5 s"):
        liar.ask(answer, seconds=0.5)
    assert time.monotonic() - begun < 30  # and not a minute


def test_what_is_sent_has_time_by_its_size(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    class Noting(exchange.Deadline):
        def __init__(self, seconds: float, *more: object) -> None:
            given.append(seconds)
            super().__init__(seconds, *more)

    monkeypatch.setattr(exchange, "Deadline", Noting)
    monkeypatch.setattr(exchange, "SLOWEST", 1)
    liar.answers = [says(b"", status=204)]
    value = ox.Literal("x" * 1_000)
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), value)
    with liar.remote(seconds=100) as store:
        store.update("CLEAR ALL")
    with liar.remote(seconds=100) as store:
        store.put("urn:g", [quad])
    update, put = given
    assert update <= 100 + len("CLEAR ALL") < 1_050 < put <= 1_200


def test_what_was_sent_and_had_no_answer_is_told_with_the_time_that_it_had(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "SLOWEST", len("CLEAR ALL") * 2)
    liar.answers = [drips]
    with (
        liar.remote(seconds=0.25) as store,
        pytest.raises(LimitReached, match=r"within 0\.75 s"),
    ):
        store.update("CLEAR ALL")


def test_an_answer_that_grows_when_it_is_unpacked_is_stopped(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_BYTES", 1 << 20)
    with pytest.raises(LimitReached, match="bigger than 1 MB"):
        liar.ask(
            says(gzip.compress(b" " * (200 << 20)), Content_Encoding="gzip"),
            seconds=20,
        )


def test_a_read_is_repeated_and_a_write_never(liar: Liar) -> None:
    busy = says(b"later", "text/plain", 503)
    assert len(list(liar.ask(busy, hangs_up, says(GOOD)))) == 20
    assert len(liar.asked) == 3
    for write in (
        lambda store: store.update("CLEAR ALL"),
        lambda store: store.put("urn:g", []),
    ):
        for answer in (busy, hangs_up):
            liar.answers, before = (
                [answer, says(b"", status=204)],
                len(liar.asked),
            )
            with liar.remote() as store, pytest.raises(StoreFailed):
                write(store)
            assert len(liar.asked) == before + 1


def test_a_server_that_stays_busy_is_asked_three_times(liar: Liar) -> None:
    with pytest.raises(StoreFailed, match="answered 503"):
        liar.ask(says(b"later", "text/plain", 503))
    assert len(liar.asked) == 3


@pytest.mark.parametrize("when", ["3600", "Wed, 21 Oct 2065 07:28:00 GMT"])
def test_who_asks_to_come_back_much_later_is_told_and_not_waited_for(
    liar: Liar, when: str
) -> None:
    with pytest.raises(StoreFailed, match="asks to come back in"):
        liar.ask(says(b"", status=503, Retry_After=when))
    assert len(liar.asked) == 1


def test_retry_after_is_kept_to(liar: Liar) -> None:
    begun = time.monotonic()
    liar.ask(says(b"", status=503, Retry_After="1"), says(GOOD))
    assert time.monotonic() - begun >= 1


@pytest.mark.parametrize("how", ["token", "password", "file"])
def test_a_secret_is_sent_and_never_shown(
    liar: Liar,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    file = tmp_path / "netrc"
    file.write_text(f"machine 127.0.0.1 login ada password {SECRET}\n")
    file.chmod(0o600)
    if how == "token":
        monkeypatch.setenv("ONRECORD_STORE_TOKEN", SECRET)
    elif how == "password":
        monkeypatch.setenv("ONRECORD_STORE_USER", "ada")
        monkeypatch.setenv("ONRECORD_STORE_PASSWORD", SECRET)

    def repeats(handler: BaseHTTPRequestHandler) -> None:
        says(
            f"{handler.headers['Authorization']} {SECRET}".encode(),
            "text/plain",
            403,
        )(handler)

    with pytest.raises(StoreFailed) as told:
        liar.ask(repeats, credentials=file if how == "file" else None)
    sent = liar.asked[0][1]["Authorization"].partition(" ")[2]
    assert sent
    shown = f"{told.value!r} {told.value} {caplog.text} {liar.remote()!r} {vars(liar.remote())}"
    assert SECRET not in shown
    assert sent not in shown
    assert "these credentials do not open it (403)" in shown


def test_credentials_go_over_plain_http_to_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ONRECORD_STORE_TOKEN", SECRET)
    with pytest.raises(BadInput, match="https only") as told:
        Remote(Endpoint("http://store.example/sparql"))
    assert SECRET not in str(told.value)
    Remote(Endpoint("https://store.example/sparql"))
    Remote(Endpoint("http://[::1]:9/sparql"))


@pytest.mark.parametrize(
    "text",
    [
        f"machine 127.0.0.1 login ada passwort {SECRET}",
        "machine other.example login a password b",
    ],
)
def test_a_file_of_credentials_that_does_not_fit_is_told_without_its_words(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "netrc"
    file.write_text(text)
    with pytest.raises(BadInput, match="netrc") as told:
        Remote(Endpoint("http://127.0.0.1:9/", credentials=file))
    assert SECRET not in str(told.value)


def test_a_proxy_of_the_environment_is_not_used(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert liar.ask(says(GOOD))


def test_nobody_there_is_told_with_the_address() -> None:
    with pytest.raises(
        OnRecordError, match=r"http://127\.0\.0\.1:9/query: cannot be reached"
    ):
        Remote(Endpoint("http://127.0.0.1:9/", "oxigraph")).query("ASK {}")


def test_who_does_not_speak_tls_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchange, "CONNECT", 0.3)
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        pytest.raises(StoreFailed, match=r"no connection within 0\.3 s"),
    ):
        Remote(
            Endpoint(f"https://127.0.0.1:{mute.getsockname()[1]}/", "oxigraph")
        ).query("ASK {}")


def test_a_store_whose_certificate_nobody_vouches_for_is_not_asked(
    tmp_path: Path,
) -> None:
    import ssl  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    words = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=localhost"
    try:
        subprocess.run(
            words.split(), cwd=tmp_path, check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("openssl, which makes a certificate, is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """The client that hangs up is what is tested."""

    with Quiet(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        with pytest.raises(StoreFailed, match=r"(?i)certificate"):
            Remote(
                Endpoint(f"https://localhost:{server.server_port}/", "oxigraph")
            ).query("ASK {}")
        server.shutdown()
