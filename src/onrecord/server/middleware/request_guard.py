"""Refuses requests that no honest client sends: framing told twice, paths that are none, another server's name.

Starlette's TrustedHostMiddleware is not used: it lets a second Host header through, and answers 400 where 421 says it.
"""

from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.server.problem import problem

LONGEST_PATH = 2000
LARGEST_HEAD = 1 << 16
"""Bytes of a request's head, and so of a query in an address."""
DELETE = 0x7F


class RequestGuard:
    """Answers 400, 404, 414, 421 or 431 to a request that is not sound, and hands on all others.

    `hosts` are the names by which the server may be called, None for any: a page of another site that lets its own
    name point here would else read what is served (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] | None) -> None:
        self.app = app
        self.hosts = None if hosts is None else frozenset(hosts)

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Hands on, or refuses."""
        fault = self._fault(scope) if scope["type"] == "http" else None
        if fault is None:
            await self.app(scope, receive, send)
        else:
            refused = problem(Request(scope), *fault, {"connection": "close"})
            await refused(scope, receive, send)

    def _fault(self, scope: Scope) -> tuple[int, str] | None:
        size = len(scope["query_string"]) + sum(
            len(name) + len(value) for name, value in scope["headers"]
        )
        if size > LARGEST_HEAD:
            return (
                431,
                f"a head of {size:,} bytes; a query of that size comes by POST",
            )
        names = [name for name, _ in scope["headers"]]
        if b"content-length" in names and b"transfer-encoding" in names:
            return 400, "Content-Length and Transfer-Encoding in one request"
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if self.hosts is not None and (
            len(hosts) != 1 or _name(hosts[0]) not in self.hosts
        ):
            return (
                421,
                "this server is not called so; `onrecord serve --public URL` gives it another name",
            )
        return _path_fault(scope["raw_path"])


def _path_fault(raw: bytes) -> tuple[int, str] | None:
    if len(raw) > LONGEST_PATH:
        return (
            414,
            f"a path of {len(raw)} characters; there is none of more than {LONGEST_PATH}",
        )
    path = unquote_to_bytes(raw)
    try:
        text = path.decode()
    except UnicodeDecodeError:
        return 400, "the path is no UTF-8"
    if any(ord(sign) < ord(" ") or ord(sign) == DELETE for sign in text):
        return 400, "the path holds a control character"
    if (
        not text.startswith("/")
        or "//" in text
        or "\\" in text
        or {".", ".."} & {*text.split("/")}
    ):
        return 404, "there is nothing here"
    return None


def _name(host: bytes) -> str:
    """The name in a Host header, without its port (RFC 9110, section 7.2)."""
    text = host.decode("latin-1").lower()
    return (
        text[: text.find("]") + 1]
        if text.startswith("[")
        else text.partition(":")[0]
    )
