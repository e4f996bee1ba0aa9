import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from onrecord.ingest.checks import address_fault
from onrecord.ingest.fetch import fetch, is_public
from onrecord.model.errors import BadInput

pytest.importorskip("httpx")


class Site(BaseHTTPRequestHandler):
    """A site; `heard` holds the Host header and the path of every request."""

    heard: ClassVar[list[tuple[str, str]]] = []
    pages: ClassVar[dict[str, bytes]] = {
        "/robots.txt": b"User-agent: *\nDisallow: /closed",
        "/page": b"<p>Hello</p>",
    }
    moved: ClassVar[dict[str, str]] = {
        "/away": "/page",
        "/out": "file:///etc/hostname",
        "/in": "/closed/page",
    }

    dripping: ClassVar[dict[str, tuple[bytes, bytes]]] = {
        "/slow-head": (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        "/interim": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        "/slow-body": (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    }
    packed: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/packed": ("gzip", gzip.compress(b"<p>Hello</p>")),
        "/deflated": ("deflate", zlib.compress(b"<p>Hello</p>")),
        "/bomb": ("gzip", gzip.compress(bytes(50_000_000))),
        "/bombs": (
            "gzip, gzip",
            gzip.compress(gzip.compress(bytes(50_000_000))),
        ),
    }

    def drip(self):
        first, again = self.dripping[self.path]
        with suppress(OSError):
            self.wfile.write(first)
            for _ in range(1200):
                self.wfile.write(again)
                time.sleep(0.05)

    def do_GET(self):
        self.heard.append((self.headers["Host"], self.path))
        if self.path in self.dripping:
            return self.drip()
        if self.path in self.packed:
            coding, body = self.packed[self.path]
            self.send_response(200)
            self.send_header("Content-Encoding", coding)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)
            return None
        body = (
            b"x" * 11_000_000
            if self.path == "/large"
            else self.pages.get(self.path)
        )
        to = (
            f"{self.path}d"
            if self.path.startswith("/round")
            else self.moved.get(self.path)
        )
        self.send_response(302 if to else 404 if body is None else 200)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body or b"")
        return None

    def log_message(self, *_):
        pass


@contextmanager
def served(site: type[Site]) -> Iterator[str]:
    """A site of its own, while it is used."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Site) as address:
        yield address


def test_a_page_is_fetched_with_its_type(site):
    found = fetch(f"{site}/page", allow_private=True)
    assert (found.url, found.content_type, found.data) == (
        f"{site}/page",
        "text/html",
        b"<p>Hello</p>",
    )


def test_a_redirect_is_followed_to_its_end(site):
    assert fetch(f"{site}/away", allow_private=True).url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/round", "more than 5 redirects"),
        ("/out", "only http and https"),
        ("/closed/page", "robots.txt asks programs to stay out"),
        ("/in", "/closed/page: robots.txt asks programs to stay out"),
        ("/none", "the server answered 404"),
        ("/large", "more than 10 MB"),
        ("/bomb", "more than 10 MB"),
        ("/bombs", "the coding gzip, gzip"),
    ],
)
def test_what_must_not_or_cannot_be_fetched_is_refused(site, path, message):
    with pytest.raises(BadInput, match=message):
        fetch(site + path, allow_private=True)


@pytest.mark.parametrize("path", ["/packed", "/deflated"])
def test_a_packed_page_is_unpacked(site, path):
    assert fetch(site + path, allow_private=True).data == b"<p>Hello</p>"


@pytest.mark.parametrize("path", Site.dripping)
def test_time_is_up_however_slowly_a_server_answers(site, path, monkeypatch):
    monkeypatch.setattr("onrecord.ingest.fetch.MOST_SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(BadInput, match="took more than"):
        fetch(site + path, allow_private=True)
    assert time.monotonic() - begun < 30  # and not a minute


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/x",
        "http://192.168.1.1/",
    ],
)
def test_a_private_address_is_refused(url):
    with pytest.raises(BadInput, match="private address"):
        fetch(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::93.184.216.34", True),
        ("64:ff9b::127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b:1::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2002:a00:1::1", False),
        ("2001:0:7f00:1::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("::10.0.0.1", False),
        ("fec0::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("224.0.0.1", False),
        ("ff0e::1", False),
        ("0.0.0.0", False),  # noqa: S104  to be refused
    ],
)
def test_an_address_is_public_if_what_it_holds_is(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://herald.example/x", "http://"]
)
def test_only_the_web_is_fetched(url):
    with pytest.raises(BadInput, match="only http and https"):
        fetch(url)


def test_an_address_with_a_password_is_neither_fetched_nor_told_nor_kept():
    address = "https://ada:secret@herald.example/x"
    with pytest.raises(
        BadInput, match=r"herald\.example holds a name or a pass"
    ) as told:
        fetch(address)
    assert "secret" not in str(told.value)
    assert "secret" not in (address_fault(address) or address)


def test_each_host_on_the_way_is_asked_for_its_own_rules(site):
    class Before(Site):
        heard: ClassVar[list[tuple[str, str]]] = []
        pages: ClassVar[dict[str, bytes]] = {}
        moved: ClassVar[dict[str, str]] = {
            "/page": f"{site}/page",
            "/shut": f"{site}/closed/page",
        }

    with served(Before) as address:
        assert (
            fetch(f"{address}/page", allow_private=True).url == f"{site}/page"
        )
        with pytest.raises(
            BadInput,
            match=r"/closed/page: robots\.txt asks programs to stay out",
        ):
            fetch(f"{address}/shut", allow_private=True)
    assert [path for _, path in Before.heard] == [
        "/robots.txt",
        "/page",
        "/robots.txt",
        "/shut",
    ]


def test_rules_that_stand_elsewhere_are_followed_there(site):
    class ChangedMeanwhile(Site):
        pages: ClassVar[dict[str, bytes]] = {"/closed": b"<p>Hello</p>"}
        moved: ClassVar[dict[str, str]] = {"/robots.txt": f"{site}/robots.txt"}

    with (
        served(ChangedMeanwhile) as address,
        pytest.raises(BadInput, match=r"robots\.txt asks programs to stay out"),
    ):
        fetch(f"{address}/closed", allow_private=True)


class Resolver:
    """Says of a host that it is public, and from the second time on that it is this machine."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
        self.asked: list[str] = []
        self.connected: list[str] = []
        self.first = "93.184.215.14"
        self.connect, self.port = socket.create_connection, port
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(socket, "create_connection", self.reach)

    def look_up(self, host, port, *_, **__):
        self.asked.append(host)
        address = self.first if len(self.asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def reach(self, address, *_, **__):
        """Notes where the connection was to go, and leads it to the site, as no test leaves this machine."""
        self.connected.append(address[0])
        made = socket.socket()
        made.connect(("127.0.0.1", self.port))
        return made


def test_a_host_is_looked_up_once_and_asked_at_the_address_that_was_checked(
    site, monkeypatch
):
    port = int(site.rpartition(":")[2])
    resolver = Resolver(monkeypatch, port)
    assert (
        fetch(f"http://rebinding.example:{port}/page").data == b"<p>Hello</p>"
    )
    assert resolver.asked == ["rebinding.example"]
    assert set(resolver.connected) == {resolver.first}
    assert Site.heard[-1] == (f"rebinding.example:{port}", "/page")


def test_the_next_address_is_tried_where_one_cannot_be_reached(
    site, monkeypatch
):
    look_up, port = socket.getaddrinfo, int(site.rpartition(":")[2])

    def both(host, *more, **named):
        known = ("::1", "127.0.0.1") if host == "two.example" else (host,)
        return [
            found for each in known for found in look_up(each, *more, **named)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert (
        fetch(f"http://two.example:{port}/page", allow_private=True).data
        == b"<p>Hello</p>"
    )


def test_a_broken_address_is_named():
    with pytest.raises(BadInput, match="leads to no address"):
        fetch("http://[bad/", allow_private=True)
