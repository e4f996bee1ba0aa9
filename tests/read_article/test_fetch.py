import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import BadInput
from onrecord.read.fetch import fetch

pytest.importorskip("httpx")


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = {"/robots.txt": b"User-agent: *\nDisallow: /closed", "/page": b"<p>Hello</p>"}.get(self.path)
        if self.path.startswith("/round"):
            self.send_response(302)
            self.send_header("Location", self.path + "d")
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/page")
        elif self.path == "/out":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
        elif self.path == "/large":
            body = b"x" * 11_000_000
            self.send_response(200)
        else:
            self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_is_fetched_with_its_type(site):
    found = fetch(f"{site}/page", allow_private=True)
    assert (found.url, found.content_type, found.data) == (f"{site}/page", "text/html", b"<p>Hello</p>")


def test_a_redirect_is_followed_to_its_end(site):
    assert fetch(f"{site}/away", allow_private=True).url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/round", "more than 5 redirects"),
        ("/out", "only http and https"),
        ("/closed/page", "robots.txt asks programs to stay out"),
        ("/none", "the server answered 404"),
        ("/large", "more than 10 MB"),
    ],
)
def test_what_must_not_or_cannot_be_fetched_is_refused(site, path, message):
    with pytest.raises(BadInput, match=message):
        fetch(site + path, allow_private=True)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/x", "http://192.168.1.1/"]
)
def test_a_private_address_is_refused(url):
    with pytest.raises(BadInput, match="private address"):
        fetch(url)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://herald.example/x", "http://"])
def test_only_the_web_is_fetched(url):
    with pytest.raises(BadInput, match="only http and https"):
        fetch(url)
