"""What signs a person in at a store over HTTP: from the environment or a file, never shown, never sent in the clear."""

import base64
import ipaddress
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from urllib.parse import urlsplit

from onrecord.model.errors import BadInput, MissingExtra
from onrecord.workspace import Endpoint

try:
    import httpx
except ImportError as error:
    needed = "httpx, which asks stores over HTTP,"
    raise MissingExtra(needed, "serve") from error

__all__ = ["Credentials", "credentials", "httpx"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs a person in, none of it ever shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def auth(self, *, digest: bool = False) -> httpx.Auth | None:
        """As httpx sends it: Bearer for a token (RFC 6750), else Digest (RFC 7616) or Basic (RFC 7617)."""
        if self.token:
            return _Bearer(self.token)
        if not self.user:
            return None
        return (httpx.DigestAuth if digest else httpx.BasicAuth)(
            self.user, self.password
        )

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown, not even where a server repeats it."""
        basic = base64.b64encode(
            f"{self.user}:{self.password}".encode()
        ).decode()
        return tuple(
            filter(
                None, (self.token, self.password, basic if self.user else "")
            )
        )


class _Bearer(httpx.Auth):
    """A token in the header of each request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]  # nothing is sent in
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def credentials(endpoint: Endpoint) -> Credentials:
    """Those of the environment (ONRECORD_STORE_TOKEN, or _USER and _PASSWORD), else of the endpoint's netrc file.

    Over plain http they go to this machine only. Raises BadInput for a file that cannot be read.
    """
    names = ("USER", "PASSWORD", "TOKEN")
    signed = Credentials(
        *(os.environ.get(f"ONRECORD_STORE_{name}", "") for name in names)
    )
    host = urlsplit(endpoint.url).hostname or ""
    if not signed and endpoint.credentials is not None:
        signed = _from_file(endpoint, host)
    if (
        signed
        and urlsplit(endpoint.url).scheme == "http"
        and not _is_loopback(host)
    ):
        message = (
            f"{endpoint.url}: credentials go over https "
            "only, since anybody on the way could read them"
        )
        raise BadInput(message)
    return signed


def _from_file(endpoint: Endpoint, host: str) -> Credentials:
    try:
        entry = netrc(str(endpoint.credentials)).authenticators(host)
    except OSError as error:
        message = f"{endpoint.credentials}: {error.strerror}"
        raise BadInput(message) from error
    except (NetrcParseError, UnicodeDecodeError) as error:
        where = (
            f", line {error.lineno}"
            if isinstance(error, NetrcParseError)
            else ""
        )
        message = (
            f"{endpoint.credentials}{where}: write lines "
            "like: machine HOST login USER password WORD"
        )
        raise BadInput(
            message
        ) from None  # the parser's words may repeat a password
    if entry is None:
        message = f"{endpoint.credentials} has no line for the machine {host}"
        raise BadInput(message)
    return Credentials(entry[0], entry[2] or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
