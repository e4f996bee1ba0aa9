"""An OpenAI-compatible endpoint, asked through the official client; nothing that it answers can harm.

No more than a few megabytes and a few minutes are taken of an answer, no redirect is followed, nothing packed is
unpacked, and no message of an error holds the key.
"""

import json
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from onrecord.extract.llm.reply import Reply, reply_of
from onrecord.extract.llm.settings import Settings
from onrecord.model.errors import BadInput, MissingExtra, ModelFailed

try:
    import httpx2
    import openai
except ImportError as error:
    needed = "openai, which asks language models,"
    raise MissingExtra(needed, "llm") from error

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

MOST_BYTES = 4_000_000
"""Of one answer: some hundred times what a window can need."""
MOST_ERROR = 200
"""Characters of an endpoint's own words that are shown."""
CONNECT_SECONDS = 10.0
Message = dict[str, str]
Body = dict[str, object]


class ModelEndpoint:
    """Asks for chat completions; may be asked from several threads at once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.takes_schema = True
        connect = min(CONNECT_SECONDS, settings.seconds)
        limits = httpx2.Timeout(settings.seconds, connect=connect)
        web = openai.DefaultHttpxClient(
            timeout=limits,
            follow_redirects=False,
            trust_env=not settings.is_local,
            event_hooks={"response": [_bound(settings)]},
        )
        self.client = openai.OpenAI(
            api_key=settings.key or "none",
            base_url=settings.endpoint,
            timeout=limits,
            max_retries=settings.retries,
            default_headers={"Accept-Encoding": "identity"},
            http_client=web,
        )
        weakref.finalize(self, web.close)

    def ask(self, body: Body) -> Reply:
        """The answer to one request body; raises ModelFailed.

        An endpoint that knows no JSON schema is asked again without, from then on at once.
        """
        try:
            return self._ask(body)
        except openai.APIStatusError as error:
            if not (self.takes_schema and _is_about_schema(error)):
                raise self._failed(error) from None
        self.takes_schema = False
        try:
            return self._ask(body)
        except openai.APIStatusError as error:
            raise self._failed(error) from None

    def _ask(self, body: Body) -> Reply:
        sent = dict(body)
        if not self.takes_schema:
            sent.pop("response_format", None)
        messages = cast(
            "list[ChatCompletionMessageParam]", sent.pop("messages")
        )
        model = cast("str", sent.pop("model"))
        completions = self.client.chat.completions.with_streaming_response
        try:
            with completions.create(
                messages=messages, model=model, extra_body=sent
            ) as answer:
                data = b"".join(answer.iter_bytes())
        except openai.APIConnectionError as error:
            message = f"{self._name}: cannot be reached: {self._shown(error.__cause__ or error)}"
            raise ModelFailed(message) from None
        except httpx2.HTTPError as error:
            message = f"{self._name}: broke off: {self._shown(error)}"
            raise ModelFailed(message) from None
        return self._reply(data)

    def _reply(self, data: bytes) -> Reply:
        try:
            return reply_of(json.loads(data))
        except (BadInput, ValueError, RecursionError):
            shown = self._shown(data[:MOST_ERROR].decode(errors="replace"))
            message = (
                f"{self._name}: answered what is no chat completion: {shown}"
            )
            raise ModelFailed(message) from None

    @property
    def _name(self) -> str:
        return self.settings.host

    def _failed(self, error: openai.APIStatusError) -> ModelFailed:
        status = error.status_code
        hint = HINTS.get(status, "")
        return ModelFailed(
            f"{self._name}: answered {status}{hint}: {self._shown(error)}"
        )

    def _shown(self, said: object) -> str:
        """The words of an error in one line, without the key, which endpoints repeat."""
        text = " ".join(str(said).split())
        if self.settings.key:
            text = text.replace(self.settings.key, "(key)")
        return "".join(sign for sign in text if sign.isprintable())[:MOST_ERROR]


HINTS: Mapping[int, str] = {
    401: " (is the key right? OPENAI_API_KEY, or key_file in onrecord.toml)",
    404: " (is the address right, with its /v1, and the model's name?)",
    429: " (too many requests or no credit left)",
}


def _is_about_schema(error: openai.APIStatusError) -> bool:
    if error.status_code not in {400, 422, 500, 501}:
        return False
    said = str(error).lower()
    return "response_format" in said or "schema" in said


def _bound(settings: Settings) -> Callable[[httpx2.Response], None]:
    """Lets a response's body be read up to a limit of bytes and seconds, and only unpacked."""

    def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            message = (
                f"{settings.host}: answered packed, though it was asked not to"
            )
            raise ModelFailed(message)
        stream = cast("httpx2.SyncByteStream", response.stream)
        response.stream = _Bounded(stream, settings.host, settings.seconds)

    return bound


class _Bounded(httpx2.SyncByteStream):
    """A response's body that ends in an error where it is too long or takes too long."""

    def __init__(
        self, stream: httpx2.SyncByteStream, name: str, seconds: float
    ) -> None:
        self.stream, self.name = stream, name
        self.end = time.monotonic() + seconds
        self.seconds = seconds

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self.stream:
            size += len(chunk)
            if size > MOST_BYTES:
                message = f"{self.name}: answered more than {MOST_BYTES // 1_000_000} MB"
                raise ModelFailed(message)
            if time.monotonic() > self.end:
                message = f"{self.name}: took more than {self.seconds:g} seconds to answer"
                raise ModelFailed(message)
            yield chunk

    def close(self) -> None:
        self.stream.close()
