"""An address → the bytes that stand there: HTTP alone, small and quick, nothing private, robots.txt honoured."""

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass
from urllib.robotparser import RobotFileParser

from onrecord.ingest.checks import plain_address
from onrecord.ingest.plain import MOST_BYTES
from onrecord.model.errors import BadInput, MissingExtra
from onrecord.store.remote.coding import ACCEPTED, Miscoded, decoded
from onrecord.store.remote.deadline import Deadline

if TYPE_CHECKING:
    import ssl

    import httpx

AGENT = "onrecord"
MOST_REDIRECTS = 5
MOST_SECONDS = 20.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
NOT_MODIFIED = 304
TRANSLATED = tuple(
    map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48"))
)
"""Networks whose last 32 bits are an IPv4 address (RFC 4291, 6052, 8215)."""
OK, CLIENT_ERRORS = 200, range(400, 500)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: the address it led to, the type that the server names, and the bytes.

    `etag` and `modified` tell its version (RFC 9110, section 8.8); `is_unchanged` that
    it is still the one that was asked for, so that no bytes came.
    """

    url: str
    content_type: str
    data: bytes
    etag: str | None = None
    modified: str | None = None
    is_unchanged: bool = False

    @property
    def charset(self) -> str | None:
        """The character set that the server names."""
        match = CHARSET.search(self.content_type)
        return match[1] if match else None


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    etag: str | None = None,
    modified: str | None = None,
) -> Page:
    """Fetches a page; `allow_private` lets loopback and private networks be asked.

    With `etag` and `modified` of an earlier page it comes only if it has changed since.

    Raises BadInput for another scheme than http and https, a private address, a page that robots.txt keeps out, an
    answer that is no page, more than five redirects, 10 MB or 20 seconds; MissingExtra.
    """
    url = plain_address(url)
    try:
        visit = _Visit(
            time.monotonic() + MOST_SECONDS, allow_private=allow_private
        )
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        visit.conditions[url] = {
            name: mark for name, mark in conditions.items() if mark
        }
        return visit.page(url)
    except ValueError as error:  # of an address, or of one that it redirects to, that cannot be taken apart
        message = f"{url}: leads to no address: {error}"
        raise BadInput(message) from error


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes


class _Visit:
    """The way to one page: until when it may take, which addresses its hosts have, and what they let programs read."""

    def __init__(self, end: float, *, allow_private: bool) -> None:
        self.end, self.allow_private = end, allow_private
        self.addresses: dict[str, Sequence[str]] = {}
        self.rules: dict[str, RobotFileParser | None] = {}
        self.conditions: dict[str, dict[str, str]] = {}

    def page(self, url: str) -> Page:
        """The page that an address leads to, each step of the way as its host allows it."""
        response = self._follow(url, self._heed_robots)
        if response.status in REDIRECTS:
            message = f"{response.url}: more than {MOST_REDIRECTS} redirects"
            raise BadInput(message)
        headers = response.headers
        marks = headers.get("etag"), headers.get("last-modified")
        if response.status == NOT_MODIFIED and any(self.conditions.values()):
            return Page(response.url, "", b"", *marks, is_unchanged=True)
        if response.status != OK:
            message = f"{response.url}: the server answered {response.status}"
            raise BadInput(message)
        return Page(
            response.url, headers.get("content-type", ""), response.data, *marks
        )

    def _follow(
        self, url: str, heed: Callable[[str], None] = lambda _: None
    ) -> _Answer:
        """The last answer on the way, itself a redirect where there are too many."""
        for _ in range(MOST_REDIRECTS + 1):
            heed(url)
            response = self._get(url)
            if (
                response.status not in REDIRECTS
                or "location" not in response.headers
            ):
                break
            url = urljoin(url, response.headers["location"])
        return response

    def _heed_robots(self, url: str) -> None:
        """Raises BadInput where the host asks programs to stay out of a page."""
        site = urljoin(url, "/robots.txt")
        if site not in self.rules:
            _refuse_other_schemes(url)
            self.rules[site] = self._robots(site)
        rules = self.rules[site]
        if rules and not rules.can_fetch(AGENT, url):
            message = (
                f"{url}: robots.txt asks programs to stay out; "
                "save the page yourself and add the file"
            )
            raise BadInput(message)

    def _robots(self, site: str) -> RobotFileParser | None:
        """RFC 9309, section 2.3.1: no robots.txt, no rules; a server that cannot say so keeps everybody out."""
        response = self._follow(site)
        if response.status in CLIENT_ERRORS or response.status in REDIRECTS:
            return None
        if response.status != OK:
            message = (
                f"{site}: the server answered {response.status}, "
                "so that its rules are not known; try again later"
            )
            raise BadInput(message)
        robots = RobotFileParser()
        robots.parse(
            response.data.decode("utf-8", errors="replace").splitlines()
        )
        return robots

    def _get(self, url: str) -> _Answer:
        """Asks the addresses of the host, one after the other, until one can be reached."""
        try:
            import httpx  # noqa: PLC0415  an extra
        except ImportError as error:
            what = "httpx, which fetches pages,"
            raise MissingExtra(what, "extract") from error
        _refuse_other_schemes(url)
        try:
            target = httpx.URL(url)
            *others, last = self._places(target)
            for other in others:
                with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                    return self._ask(
                        url,
                        target,
                        other,
                        httpx.Timeout(self._left, connect=self._left / 2),
                    )
            return self._ask(url, target, last, httpx.Timeout(self._left))
        except (httpx.HTTPError, httpx.InvalidURL, Miscoded) as error:
            if time.monotonic() > self.end:
                raise _late(url) from error
            message = (
                f"{url}: cannot be fetched: {type(error).__name__} {error}"
            )
            raise BadInput(message) from error

    def _ask(
        self,
        url: str,
        target: "httpx.URL",
        place: str,
        timeout: "httpx.Timeout",
    ) -> _Answer:
        """Connects to a place and speaks to it as to the host: in the Host header, and as the name that TLS proves.

        Each time anew, since two hosts may share a place, and a kept connection is proved for one of them.
        """
        import httpx  # noqa: PLC0415

        pinned = target.copy_with(host=place)
        headers = {
            "Host": target.netloc.decode("ascii"),
            "User-Agent": AGENT,
            "Accept-Encoding": ACCEPTED,
        }
        headers |= self.conditions.get(url, {})
        proved = {"sni_hostname": target.raw_host.decode("ascii")}
        with (
            Deadline(self._left) as deadline,
            httpx.Client(
                verify=_trusted(), timeout=timeout, headers=headers
            ) as client,
            client.stream(
                "GET", pinned, extensions={**proved, **deadline.extensions}
            ) as answer,
        ):
            fields = dict(answer.headers)
            pieces = decoded(
                answer.iter_raw(), fields.get("content-encoding", "")
            )
            return _Answer(
                url, answer.status_code, fields, self._body(pieces, url)
            )

    def _places(self, target: "httpx.URL") -> Sequence[str]:
        """Where to connect: the addresses that were checked, since a second look-up could give others.

        A proxy is told the name, which it looks up itself.
        """
        host = target.raw_host.decode("ascii")
        if host not in self.addresses:
            self.addresses[host] = _addresses(
                str(target), host, target.port, allow_private=self.allow_private
            )
        is_proxied = {
            target.scheme,
            "all",
        } & getproxies().keys() and not proxy_bypass(host)
        return [host] if is_proxied else self.addresses[host]

    def _body(self, chunks: Iterable[bytes], url: str) -> bytes:
        data = bytearray()
        for chunk in chunks:
            data += chunk
            if len(data) > MOST_BYTES:
                message = f"{url}: more than {MOST_BYTES // 1_000_000} MB"
                raise BadInput(message)
            if time.monotonic() > self.end:
                raise _late(url)
        if (
            time.monotonic() > self.end
        ):  # a body that ends where the connection does
            raise _late(url)
        return bytes(data)

    @property
    def _left(self) -> float:
        return max(0.1, self.end - time.monotonic())


@cache
def _trusted() -> "ssl.SSLContext":
    """The certificates that are trusted, read once: that takes longer than to fetch a page of this machine."""
    import httpx  # noqa: PLC0415

    return httpx.create_ssl_context()


def _late(url: str) -> BadInput:
    return BadInput(f"{url}: took more than {MOST_SECONDS:.0f} seconds")


def _refuse_other_schemes(url: str) -> None:
    """Raises BadInput for what is no address of the web."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{url}: only http and https addresses are fetched"
        raise BadInput(message)
    if "@" in parts.netloc:
        message = (
            f"the address at {parts.hostname} holds "
            "a name or a password; leave them out"
        )
        raise BadInput(message)


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, as is the IPv4 address that it may hold.

    Addresses that translate (RFC 6052, 6to4, Teredo, IPv4-mapped and -compatible) lead to what they hold; multicast
    and the site-local addresses of old lead to no site of the web.
    """
    parsed = ipaddress.ip_address(address)
    if parsed.is_multicast or not parsed.is_global:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return True
    return not parsed.is_site_local and all(
        inner.is_global and not inner.is_multicast for inner in _held_in(parsed)
    )


def _held_in(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if any(address in network for network in TRANSLATED):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo


def _addresses(
    url: str, host: str, port: int | None, *, allow_private: bool
) -> list[str]:
    """The addresses of a host, each once, in the order that the system would try them."""
    try:
        infos = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        message = (
            f"{url}: the host {host} is not known: {error.strerror or error}"
        )
        raise BadInput(message) from error
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in infos))
    for ip in () if allow_private else addresses:
        if not is_public(ip.partition("%")[0]):
            message = (
                f"{url}: leads to a private address ({ip}); "
                "--allow-private fetches it all the same"
            )
            raise BadInput(message)
    return addresses
