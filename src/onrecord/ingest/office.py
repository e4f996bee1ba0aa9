"""Office files: DOCX and ODT, zipped XML that is read with bounds."""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from onrecord.ingest.plain import clean, file_property
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

MOST_UNPACKED = 40_000_000
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python raises for an archive that is broken, locked or packed in a way that it does not know."""
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def office_form(data: bytes) -> str | None:
    """The form of an office file, docx or odt, by what is in it; None for another archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.namelist()
            has_kind = "mimetype" in parts and "content.xml" in parts
            kind = archive.open("mimetype").read(100) if has_kind else b""
    except ZIP_FAULTS:
        return "docx" if b"word/" in data else None
    if b"opendocument.text" in kind:
        return "odt"
    return "docx" if any(part.startswith("word/") for part in parts) else None


def document_of(
    archive: zipfile.ZipFile,
    trees: "list[_Element]",
    paragraphs: "Callable[[_Element], Iterator[str]]",
    name: str,
    about: str,
) -> Document:
    """The document of an office file's parts; `about` is the part that tells of it. Raises BadInput for no text."""
    stripped = (text.strip() for tree in trees for text in paragraphs(tree))
    texts = filter(None, stripped)
    text = clean("\n\n".join(texts))
    if not text:
        kind = "DOCX" if about.startswith("docProps") else "ODT"
        message = f"{name}: the {kind} holds no text"
        raise BadInput(message)
    properties = (
        tree_of(archive, about, name, "")
        if about in archive.namelist()
        else None
    )
    title, author = (
        _property(properties, key) if properties is not None else None
        for key in ("title", "creator")
    )
    return Document(publisher="", title=title, author=author, text=text)


def _property(tree: "_Element", key: str) -> str | None:
    node = tree.find(f".//{DUBLIN_CORE}{key}")
    return None if node is None else file_property("".join(node.itertext()))


def opened(data: bytes, name: str, kind: str) -> zipfile.ZipFile:
    """The archive that an office file is; raises BadInput."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAULTS as error:
        message = f"{name}: the {kind} cannot be read: {error}"
        raise BadInput(message) from error


def tree_of(
    archive: zipfile.ZipFile, part: str, name: str, kind: str
) -> "_Element":
    """A part's XML, of bounded size; entities that a file declares itself are refused."""
    try:
        from lxml import etree  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "lxml, which reads DOCX and ODT,"
        raise MissingExtra(what, "documents") from error
    try:
        with archive.open(part) as file:
            content = file.read(MOST_UNPACKED + 1)
        if len(content) > MOST_UNPACKED:
            message = (
                f"{name}: {part} unpacks to more than "
                f"{MOST_UNPACKED // 1_000_000} MB; no article does"
            )
            raise BadInput(message)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree = etree.fromstring(content, parser)
    except (
        etree.XMLSyntaxError,
        *ZIP_FAULTS,
    ) as error:
        message = f"{name}: the {kind} cannot be read: {error}"
        raise BadInput(message) from error
    if tree.getroottree().docinfo.internalDTD is not None:
        message = (
            f"{name}: {part} declares entities of its "
            "own, which no office program writes"
        )
        raise BadInput(message)
    return tree


def local_name(node: "_Element") -> str:
    """A node's name without its namespace; "" for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: "_Element", name: str) -> str:
    """An attribute in whichever namespace it stands; "" for none."""
    values = (
        text for key, text in node.attrib.items() if key.endswith(f"}}{name}")
    )
    return next(values, "")
