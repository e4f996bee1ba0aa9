"""From a job to a response: it runs in a worker and is sent as it is made.

The status goes out with the first piece (64 kB, or all of it). An error before that has a status of its own; a later
one ends the connection without the last chunk (RFC 9112, section 7.1), so that a cut answer is never a whole one. A
client of HTTP/1.0, which knows no chunks, waits for all and is told the length.

The tag of a small answer is that of its bytes, so that who has it is sent nothing while no change touches it. What is
streamed is tagged before it is known, by the generation.
"""

import hashlib
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model.errors import LimitReached
from onrecord.server.client import Client, Streamed, following
from onrecord.server.negotiate import best_coding
from onrecord.server.settings import Job, Service, serving
from onrecord.store.limits import MEGABYTE

UNKEPT = {"vary": "Accept, Accept-Encoding", "cache-control": "no-store"}
"""Headers of an answer that nobody keeps."""
PIECE = 1 << 16
LEAST_TO_PACK = 512
MOST_GATHERED = 64 * MEGABYTE
"""Of an answer that is kept on disk until all of it is there."""
QUICK = 1
"""The level of compression, since all answers go through one process."""
GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class _Shape:
    """All of an answer but what it says."""

    status: int
    headers: Mapping[str, str]
    media_type: str
    coding: str
    tag: str | None
    by_content: bool = False

    def marked(self, mark: str) -> "_Shape":
        """The same, with another tag for the client."""
        return replace(self, headers={**self.headers, "etag": f'W/"{mark}"'})

    def whole(self, content: bytes | None) -> Response:
        """The answer, where all of it is there; None for one that nobody reads and whose length is not known (HEAD)."""
        response = Response(
            content, self.status, self._headers(), self.media_type
        )
        if content is None:
            del response.headers["content-length"]
        return response

    def streamed(
        self,
        pieces: AsyncGenerator[bytes, None],
        client: Client,
        length: int | None = None,
    ) -> Response:
        """The answer, while it is made or read."""
        response = Streamed(
            pieces, client, self.status, self._headers(), self.media_type
        )
        if length is not None:
            response.headers["content-length"] = str(length)
        return response

    def _headers(self) -> dict[str, str]:
        return {
            **self.headers,
            **({"content-encoding": "gzip"} if self.coding == "gzip" else {}),
        }


async def respond(  # noqa: PLR0913  what an answer is made of
    request: Request,
    job: Job,
    media_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    key: str | None = None,
    version: str | None = None,
    lasting: bool = True,
    strong: bool = False,
    free: bool = False,
) -> Response:
    """The answer that a job gives to a request, in the media type.

    `key` is what the answer depends on besides the graph; without it, path and query of the request. `version` changes
    as the part of the graph does that is answered, and is the generation where that is all of it. An answer that is
    not `lasting` differs from time to time and has no tag; a `strong` tag says that it is the same byte for byte
    (RFC 9110, section 8.8). A `free` job does what the client wrote, or gives a whole graph. Raises what the job raises
    before its first piece.
    """
    service = serving(request)
    coding = best_coding(request.headers.getlist("accept-encoding"))
    tag, mark = None, None
    by_content = lasting and not strong and version is None
    all_headers = {**UNKEPT, **(headers or {})}
    if lasting:
        place = key or f"{request.url.path}?{request.url.query}"
        tag = _tag(version or service.served.generation, place, media_type)
        mark = service.responses.mark(tag) or tag
        all_headers = {
            **all_headers,
            "cache-control": "no-cache",
            "etag": _shown(tag, coding) if strong else f'W/"{mark}"',
        }
        if _has(request, tag) or _has(request, mark):
            return Response(None, HTTPStatus.NOT_MODIFIED, all_headers)
    shape = _Shape(status, all_headers, media_type, coding, tag, by_content)
    pieces = partial(
        service.served.run, job, service.settings.limits, free=free
    )
    if tag is None:
        return await _run(request, pieces(), shape)
    async with service.responses.awaited(tag, coding) as kept:
        if kept is not None:
            return _marked(request, kept, shape, service.responses.mark(tag))
        return await _run(request, pieces(), shape)


def _marked(
    request: Request, content: bytes, shape: _Shape, mark: str | None
) -> Response:
    """An answer with the tag of its bytes, if that is known; nothing of it for who has it."""
    if mark is None:
        return shape.whole(content)
    shape = shape.marked(mark)
    if _has(request, mark):
        return Response(None, HTTPStatus.NOT_MODIFIED, shape.headers)
    return shape.whole(content)


def _has(request: Request, tag: str) -> bool:
    """Whether a client has an answer already, in either coding."""
    kept = _tags(request, "if-none-match")
    return _shown(tag, "identity") in kept or _shown(tag, "gzip") in kept


def require_unchanged(
    request: Request,
    key: str,
    version: str,
    media_types: Iterable[str],
    *,
    exists: bool,
) -> None:
    """Raises HTTPException 412 where a change's condition does not hold (RFC 9110, sections 13.1.1 and 13.1.2).

    The condition holds for the tag of any form in which `key` may be read, in its present `version`.
    """
    tags = {
        _shown(_tag(version, key, media_type), coding)
        for media_type in media_types
        for coding in ("identity", "gzip")
    }
    for header, wanted in (("if-match", True), ("if-none-match", False)):
        if header in request.headers:
            given = _tags(request, header)
            holds = exists and ("*" in given or bool(tags & given))
            if holds != wanted:
                raise HTTPException(
                    412, f"the graph is not as {header} says; get it again"
                )


def _tag(version: str, key: str, media_type: str) -> str:
    text = f"{version}\0{key}\0{media_type}"
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:24]


def _shown(tag: str, coding: str) -> str:
    """A tag as a header has it: another one for another coding (RFC 9110, section 8.8.3.3)."""
    return f'"{tag}-{coding}"' if coding != "identity" else f'"{tag}"'


def _tags(request: Request, header: str) -> set[str]:
    """The tags of a condition, compared weakly (RFC 9110, section 13.1.2)."""
    return {
        tag.strip().removeprefix("W/")
        for tag in request.headers.get(header, "").split(",")
    }


async def _run(
    request: Request, pieces: AsyncIterator[bytes], shape: _Shape
) -> Response:
    """Waits for the first 64 kB or the end: most answers are whole by then."""
    service = serving(request)
    client = Client(request.receive)
    begun: list[bytes] = []
    try:
        while sum(map(len, begun)) < PIECE:
            piece = await client.wait(following(pieces))
            if piece is None:
                client.forget()
                return _all(request, b"".join(begun), shape)
            begun.append(piece)
        if request.method == "HEAD":
            await _give_up(pieces, client)
            return shape.whole(None)
        if request.scope["http_version"] == "1.0":
            file = await gathered(begun, pieces, client)
            plain = replace(shape, coding="identity")
            return plain.streamed(_read(file), client, file.tell())
    except BaseException:
        await _give_up(pieces, client)
        raise
    packed = (
        _packed(_joined(begun, pieces))
        if shape.coding == "gzip"
        else _joined(begun, pieces)
    )
    return shape.streamed(_kept(service, packed, shape), client)


async def _give_up(pieces: AsyncIterator[bytes], client: Client) -> None:
    client.forget()
    if isinstance(pieces, AsyncGenerator):
        await pieces.aclose()


def _all(request: Request, content: bytes, shape: _Shape) -> Response:
    """A small answer, packed if that is worth it, and kept."""
    responses, mark = serving(request).responses, None
    if shape.tag and shape.by_content:
        mark = _mark(content, shape.media_type)
        responses.note(shape.tag, mark)
    if len(content) < LEAST_TO_PACK:
        shape = replace(shape, coding="identity")
    elif shape.coding == "gzip":
        content = zlib.compress(content, QUICK, GZIP)
    if shape.tag:
        responses.keep(shape.tag, shape.coding, content)
    return _marked(request, content, shape, mark)


def _mark(content: bytes, media_type: str) -> str:
    """The tag of bytes in a media type."""
    text = media_type.encode() + b"\0" + content
    return hashlib.sha256(text).hexdigest()[:24]


async def gathered(
    begun: list[bytes], pieces: AsyncIterator[bytes], client: Client
) -> IO[bytes]:
    """A large answer, whole, for a client that must know its length; raises LimitReached for too large a one."""
    file = SpooledTemporaryFile(MEGABYTE)  # noqa: SIM115  closed when it is sent
    try:
        file.writelines(begun)
        while (piece := await client.wait(following(pieces))) is not None:
            file.write(piece)
            _refuse_more(file.tell())
    except BaseException:
        file.close()
        raise
    return file


def _refuse_more(size: int) -> None:
    """Raises LimitReached where an answer is too large to be kept."""
    if size > MOST_GATHERED:
        message = (
            f"more than {MOST_GATHERED // MEGABYTE} MB, "
            "which only a client of HTTP/1.1 is sent"
        )
        raise LimitReached(message)


async def _read(file: IO[bytes]) -> AsyncGenerator[bytes, None]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


async def _joined(
    begun: list[bytes], pieces: AsyncIterator[bytes]
) -> AsyncGenerator[bytes, None]:
    """All pieces; one who gives them up gives up the job."""
    try:
        yield b"".join(begun)
        begun.clear()
        async for piece in pieces:
            yield piece
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()


async def _packed(
    pieces: AsyncGenerator[bytes, None],
) -> AsyncGenerator[bytes, None]:
    packer = zlib.compressobj(QUICK, wbits=GZIP)
    async with aclosing(pieces):
        async for piece in pieces:
            if packed := packer.compress(piece):
                yield packed
        yield packer.flush()


async def _kept(
    service: Service, pieces: AsyncGenerator[bytes, None], shape: _Shape
) -> AsyncGenerator[bytes, None]:
    """The pieces as they are; all of them are kept when the last one went, if there is room for them."""
    kept: list[bytes] = []
    room = service.responses.most if shape.tag else 0
    async with aclosing(pieces):
        async for piece in pieces:
            room -= len(piece)
            kept = [*kept, piece] if room >= 0 else []
            yield piece
    if shape.tag and room >= 0:
        service.responses.keep(shape.tag, shape.coding, b"".join(kept))
