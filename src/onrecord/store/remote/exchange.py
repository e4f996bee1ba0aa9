"""One exchange with a store over HTTP: bounded in time and size, what fails told in words, no secret in any of them.

Redirects are not followed and proxies of the environment not used, so that credentials and queries go where the
person said, and nowhere else.
"""

import html
import re
import ssl
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache

from onrecord.model.errors import LimitReached, StoreFailed
from onrecord.store.remote.coding import ACCEPTED, Miscoded, decoded
from onrecord.store.remote.credentials import httpx
from onrecord.store.remote.deadline import Deadline, Stream
from onrecord.workspace import Endpoint

AGENT = "onrecord"
MOST_BYTES = 512 << 20
CONNECT = 10.0
ATTEMPTS = 3
SLOWEST = 100_000
"""Bytes of what it is sent that a store takes in a second at least, on a busy machine too."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
PASSING = frozenset({502, 503, 504})
"""Statuses of a server that may answer the next time."""
LONGEST_WORDS = 200
TAG = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>|<[^>]*>")
TITLE = re.compile(r"(?is)<title[^>]*>(.*?)</title")
OK, REDIRECT, CLIENT_ERROR = 200, 300, 400
UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 401, 403, 404


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered, whole."""

    status: int
    headers: Mapping[str, str]
    data: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """The media type without its parameters."""
        return (
            self.headers.get("content-type", "")
            .partition(";")[0]
            .strip()
            .lower()
        )

    @property
    def is_framed(self) -> bool:
        """Whether the protocol said where the body ends, so that a cut one was noticed (RFC 9112, section 8)."""
        return (
            "content-length" in self.headers
            or "chunked" in self.headers.get("transfer-encoding", "")
        )


class _Patience:
    """The time that a whole exchange may take, from now on: more where much is sent."""

    def __init__(self, seconds: float, content: object) -> None:
        sent = len(content) if isinstance(content, bytes) else 0
        self.seconds = seconds + sent / SLOWEST
        self._end = time.monotonic() + self.seconds

    @property
    def left(self) -> float:
        """Seconds that are left, below 0 where none are."""
        return self._end - time.monotonic()


class Exchange:
    """Talks to one store."""

    def __init__(
        self,
        endpoint: Endpoint,
        auth: "httpx.Auth | None",
        secrets: tuple[str, ...] = (),
    ) -> None:
        self.seconds = endpoint.seconds
        self._secrets = tuple(filter(None, secrets))
        self._streams: list[Stream] = []
        self._client = httpx.Client(
            auth=auth,
            verify=_trusted(),
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": AGENT, "Accept-Encoding": ACCEPTED},
        )
        # Whoever asks of a graph does not know that there is something to close.
        weakref.finalize(self, self._client.close)

    def close(self) -> None:
        """Ends the connections."""
        self._client.close()

    def ask(
        self, method: str, url: str, *, again: bool = False, **request: object
    ) -> Answer:
        """One request and its whole answer, of any status but a redirect; with `again` a failing one is repeated.

        Repeat only what changes nothing. For each SLOWEST bytes of its `content` it has a second more. Raises
        StoreFailed, and LimitReached when time or size is used up.
        """
        patience = _Patience(self.seconds, request.get("content"))
        for attempt in range(1, ATTEMPTS + 1):
            may_repeat = again and attempt < ATTEMPTS
            try:
                answer = self._once(method, url, patience, request)
            except (
                httpx.ConnectError,
                httpx.ReadError,
                httpx.WriteError,
                httpx.RemoteProtocolError,
            ) as error:
                if not may_repeat:
                    raise self._failed(url, error) from error
                pause = 0.0
            except httpx.ConnectTimeout as error:
                message = (
                    f"{url}: cannot be reached: no connection "
                    f"within {min(self.seconds, CONNECT):g} s"
                )
                raise StoreFailed(message) from error
            except httpx.TimeoutException as error:
                raise _late(url, patience) from error
            except httpx.HTTPError as error:
                raise self._failed(url, error) from error
            else:
                if answer.status not in PASSING or not may_repeat:
                    return answer
                pause = _asked_pause(answer.headers)
            pause = max(pause, FIRST_PAUSE * 2 ** (attempt - 1))
            if pause > min(LONGEST_PAUSE, patience.left):
                message = (
                    f"{url}: the server is busy and asks "
                    f"to come back in {pause:.0f} s"
                )
                raise StoreFailed(message)
            time.sleep(pause)
        raise AssertionError

    def _once(
        self,
        method: str,
        url: str,
        patience: _Patience,
        request: Mapping[str, object],
    ) -> Answer:
        left = max(0.05, patience.left)
        with Deadline(left, self._streams) as deadline:
            built = self._client.build_request(
                method,
                url,
                timeout=httpx.Timeout(left, connect=min(left, CONNECT)),
                extensions=deadline.extensions,
                **request,  # type: ignore[arg-type]  # handed on as the caller wrote them
            )
            try:
                answer = self._sent(built, url, patience)
            except httpx.HTTPError as error:
                if deadline.is_over:
                    raise _late(url, patience) from error
                raise
            if deadline.is_over:  # a body that ends where the connection does
                raise _late(url, patience)
            return answer

    def _sent(
        self, built: "httpx.Request", url: str, patience: _Patience
    ) -> Answer:
        answer = self._client.send(built, stream=True)
        try:
            headers = {
                name.lower(): value for name, value in answer.headers.items()
            }
            if REDIRECT <= answer.status_code < CLIENT_ERROR:
                target = self.shown(
                    headers.get("location", "an address that it does not name")
                )
                message = f"{url} redirects to {target}; give that address if you trust it"
                raise StoreFailed(message)
            return Answer(
                answer.status_code, headers, self._body(answer, url, patience)
            )
        finally:
            answer.close()

    def _body(
        self, answer: "httpx.Response", url: str, patience: _Patience
    ) -> bytes:
        """The body, never more in memory than is allowed: a coding upon a coding could make a little very much."""
        coding = answer.headers.get("content-encoding", "")
        data = bytearray()
        try:
            for piece in decoded(answer.iter_raw(), coding):
                data += piece
                if len(data) > MOST_BYTES:
                    message = (
                        f"{url}: the answer is bigger than "
                        f"{MOST_BYTES >> 20} MB; ask for less, with LIMIT"
                    )
                    raise LimitReached(message)
                if patience.left < 0:
                    raise _late(url, patience)
        except Miscoded as error:
            message = (
                f"{url}: the answer is in no coding that "
                f"is read: {self.shown(str(error))}"
            )
            raise StoreFailed(message) from error
        return bytes(data)

    def _failed(self, url: str, error: Exception) -> StoreFailed:
        if isinstance(error, httpx.ConnectError):
            return StoreFailed(
                f"{url}: cannot be reached: {self.shown(str(error))}"
            )
        return StoreFailed(
            f"{url}: the answer broke off or is broken: {self.shown(str(error))}"
        )

    def words(self, answer: Answer) -> str:
        """The first words of an answer that is none: what an HTML page says, or the first line."""
        text = answer.data[: 1 << 16].decode("utf-8", errors="replace")
        if "html" in answer.kind or text.lstrip()[:1] == "<":
            title = TITLE.search(text)
            text = " ".join(
                filter(None, (title[1] if title else "", TAG.sub(" ", text)))
            )
            return "a page that says: " + self.shown(
                html.unescape(" ".join(text.split()))
            )
        return self.shown(next(filter(str.strip, text.splitlines()), "nothing"))

    def shown(self, text: str) -> str:
        """A server's words as they may be shown: short, no control characters, no secret that it repeats."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        text = "".join(
            letter if letter.isprintable() else " " for letter in text
        ).strip()
        return (
            text if len(text) <= LONGEST_WORDS else text[:LONGEST_WORDS] + "…"
        )


def _late(url: str, patience: _Patience) -> LimitReached:
    return LimitReached(
        f"{url}: no whole answer within {round(patience.seconds, 2):g} s; --time-limit gives a query more"
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that this system trusts, read once: a push has many clients, and to read them takes longer."""
    return ssl.create_default_context()


def _asked_pause(headers: Mapping[str, str]) -> float:
    """The seconds that Retry-After asks for (RFC 9110, section 10.2.3), 0 for none."""
    pause = headers.get("retry-after", "").strip()
    if pause.isdecimal():
        return float(pause[:6])
    try:
        return max(0.0, parsedate_to_datetime(pause).timestamp() - time.time())
    except ValueError:
        return 0.0
