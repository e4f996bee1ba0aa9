"""An address → the bytes that stand there: HTTP alone, small and quick, nothing private, robots.txt honoured."""

import ipaddress
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from onrecord.errors import BadInput, MissingExtra
from onrecord.read.plain import MOST_BYTES

AGENT = "onrecord"
MOST_REDIRECTS = 5
MOST_SECONDS = 20.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK, CLIENT_ERRORS = 200, range(400, 500)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: the address it led to, the type that the server names, and the bytes."""

    url: str
    content_type: str
    data: bytes


def fetch(url: str, *, allow_private: bool = False) -> Page:
    """Fetches a page; `allow_private` lets loopback and private networks be asked.

    Raises BadInput for another scheme than http and https, a private address, a page that robots.txt keeps out, an
    answer that is no page, more than five redirects, 10 MB or 20 seconds; MissingExtra.
    """
    end = time.monotonic() + MOST_SECONDS
    _refuse_private(url, allow_private=allow_private)
    _heed_robots(url, allow_private=allow_private, end=end)
    return _follow(url, allow_private=allow_private, end=end)


def _follow(url: str, *, allow_private: bool, end: float) -> Page:
    for _ in range(MOST_REDIRECTS + 1):
        status, headers, data = _get(url, allow_private=allow_private, end=end)
        if status not in REDIRECTS or "location" not in headers:
            break
        url = urljoin(url, headers["location"])
    else:
        message = f"{url}: more than {MOST_REDIRECTS} redirects"
        raise BadInput(message)
    if status != OK:
        message = f"{url}: the server answered {status}"
        raise BadInput(message)
    return Page(url, headers.get("content-type", ""), data)


def _get(url: str, *, allow_private: bool, end: float) -> tuple[int, dict[str, str], bytes]:
    try:
        import httpx  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "httpx, which fetches pages,"
        raise MissingExtra(what, "extract") from error
    _refuse_private(url, allow_private=allow_private)
    try:
        with httpx.stream(
            "GET", url, headers={"User-Agent": AGENT}, timeout=max(0.1, end - time.monotonic()), follow_redirects=False
        ) as answer:
            return answer.status_code, dict(answer.headers), _body(answer.iter_bytes(), url, end)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = f"{url}: cannot be fetched: {type(error).__name__} {error}"
        raise BadInput(message) from error


def _body(chunks: Iterable[bytes], url: str, end: float) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MOST_BYTES:
            message = f"{url}: more than {MOST_BYTES // 1_000_000} MB"
            raise BadInput(message)
        if time.monotonic() > end:
            message = f"{url}: took more than {MOST_SECONDS:.0f} seconds"
            raise BadInput(message)
    return bytes(data)


def _refuse_private(url: str, *, allow_private: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{url}: only http and https addresses are fetched"
        raise BadInput(message)
    if allow_private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        message = f"{url}: the host {parts.hostname} is not known: {error.strerror or error}"
        raise BadInput(message) from error
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            message = f"{url}: leads to a private address ({address[0]}); --allow-private fetches it all the same"
            raise BadInput(message)


def _heed_robots(url: str, *, allow_private: bool, end: float) -> None:
    """RFC 9309: no robots.txt, no rules; a server that cannot say so keeps everybody out."""
    robots = RobotFileParser()
    page = urljoin(url, "/robots.txt")
    status, _, data = _get(page, allow_private=allow_private, end=end)
    if status == OK:
        robots.parse(data.decode("utf-8", errors="replace").splitlines())
    elif status in CLIENT_ERRORS or status in REDIRECTS:
        return
    else:
        message = f"{page}: the server answered {status}, so that its rules are not known; try again later"
        raise BadInput(message)
    if not robots.can_fetch(AGENT, url):
        message = f"{url}: robots.txt asks programs to stay out; save the page yourself and add the file"
        raise BadInput(message)
