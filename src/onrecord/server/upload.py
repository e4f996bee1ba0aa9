"""What a client sends to be read into a graph: one document, or a form with several files."""

import shutil
from codecs import BOM_UTF8
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from onrecord.formats.registry import FORMATS
from onrecord.server import changes
from onrecord.server.body import pieces, spool
from onrecord.server.settings import serving

MULTIPART = "multipart/form-data"
BY_SUFFIX = {
    suffix: entry.media_type
    for entry in FORMATS.values()
    if entry.holds == "graph"
    for suffix in entry.suffixes
}
MOST_FILES = 1000


async def received(
    request: Request, base: str, stack: ExitStack
) -> Sequence[tuple[Path, str, str]]:
    """The files of a request: path, media type, and what relative IRIs are resolved against.

    They go when the stack is left. Raises HTTPException 400, 408, 413 and 415.
    """
    media_type = _media_type(request.headers.get("content-type"))
    most = serving(request).settings.most_upload
    if media_type == MULTIPART and request.method == "POST":
        return await _parts(request, base, stack, most)
    _require_known(media_type)
    file = stack.enter_context(await spool(request, most))
    return [(_unmarked(Path(file.name)), media_type, base)]


async def _parts(
    request: Request, base: str, stack: ExitStack, most: int
) -> Sequence[tuple[Path, str, str]]:
    """Each file of a form (Graph Store HTTP Protocol, section 5.5), of the media type that it or its name says."""
    parser = MultiPartParser(
        request.headers,
        pieces(request, most),
        max_files=MOST_FILES,
        max_fields=MOST_FILES,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from None
    parts = []
    for _, part in form.multi_items():
        if not isinstance(part, UploadFile):
            raise HTTPException(400, "a field that is no file")
        media_type = _media_type(part.headers.get("content-type"))
        if media_type not in changes.FORMATS:
            media_type = BY_SUFFIX.get(
                Path(part.filename or "").suffix.lower(), media_type
            )
        _require_known(media_type)
        copy = stack.enter_context(NamedTemporaryFile(prefix="onrecord-"))  # noqa: SIM115  the stack closes it
        shutil.copyfileobj(part.file, copy)
        copy.flush()
        part.file.close()
        parts.append((_unmarked(Path(copy.name)), media_type, base))
    return parts


def _unmarked(path: Path) -> Path:
    """The file, without the byte order mark that editors begin one with.

    It is moved within itself: what is read is always ahead of what is written.
    """
    with path.open("rb") as source, path.open("r+b") as target:
        if source.read(len(BOM_UTF8)) == BOM_UTF8:
            shutil.copyfileobj(source, target)
            target.truncate()
    return path


def _media_type(header: str | None) -> str:
    return (header or "").partition(";")[0].strip().lower()


def _require_known(media_type: str) -> None:
    if media_type not in changes.FORMATS:
        kinds = ", ".join(changes.FORMATS)
        raise HTTPException(
            415,
            f"{media_type or 'no Content-Type'} holds no single graph; send {kinds}",
        )
