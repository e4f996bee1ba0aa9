"""Office files → their text: DOCX and ODT, zipped XML that is read with bounds.

Word with "all markup" accepted is the measure: inserted and moved text, tables, text
boxes, content controls, fields and notes are text; deleted and moved-away text is not.
ECMA-376 Part 1, section 17; OpenDocument 1.3 Part 3.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from onrecord.ingest.plain import clean
from onrecord.model import Document
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
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
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
UNSEEN = frozenset(
    "del moveFrom instrText delText delInstrText pPr sectPr tblPr tblGrid trPr tcPr "  # noqa: SIM905  a list would take twenty lines
    "sdtPr sdtEndPr rPr Fallback comment docPartObj annotationRef".split()
)
"""What Word does not print in the text, or prints elsewhere a second time."""
BREAKS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
UNSEEN_ODT = frozenset({"tracked-changes", "annotation", "sequence-decls", "forms"})


def docx(data: bytes, name: str) -> Document:
    """Reads a DOCX; raises BadInput for one that is broken or empty, MissingExtra."""
    with _opened(data, name, "DOCX") as archive:
        parts = [part for part in PARTS if part in archive.namelist()]
        if PARTS[0] not in parts:
            message = f"{name}: the DOCX cannot be read: it has no {PARTS[0]}"
            raise BadInput(message)
        trees = [_tree(archive, part, name, "DOCX") for part in parts]
        return _document(archive, trees, _docx_paragraphs, name, "docProps/core.xml")


def odt(data: bytes, name: str) -> Document:
    """Reads an OpenDocument text; raises BadInput, MissingExtra."""
    with _opened(data, name, "ODT") as archive:
        trees = [_tree(archive, "content.xml", name, "ODT")]
        return _document(archive, trees, _odt_paragraphs, name, "meta.xml")


def _document(
    archive: zipfile.ZipFile,
    trees: "list[_Element]",
    paragraphs: "Callable[[_Element], Iterator[str]]",
    name: str,
    about: str,
) -> Document:
    texts = [text for tree in trees for text in paragraphs(tree) if text.strip()]
    text = clean("\n\n".join(texts))
    if not text:
        kind = "DOCX" if about.startswith("docProps") else "ODT"
        message = f"{name}: the {kind} holds no text"
        raise BadInput(message)
    told = _tree(archive, about, name, "") if about in archive.namelist() else None
    title, author = (
        _property(told, key) if told is not None else None
        for key in ("title", "creator")
    )
    return Document(publisher="", title=title, author=author, text=text)


def _property(tree: "_Element", key: str) -> str | None:
    node = tree.find(f".//{DUBLIN_CORE}{key}")
    text = "" if node is None else "".join(node.itertext())
    return " ".join(clean(text).split()) or None


def _opened(data: bytes, name: str, kind: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAULTS as error:
        message = f"{name}: the {kind} cannot be read: {error}"
        raise BadInput(message) from error


def _tree(archive: zipfile.ZipFile, part: str, name: str, kind: str) -> "_Element":
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
            message = f"{name}: {part} unpacks to more than {MOST_UNPACKED // 1_000_000} MB; no article does"
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
        message = f"{name}: {part} declares entities of its own, which no office program writes"
        raise BadInput(message)
    return tree


def _local(node: "_Element") -> str:
    """A node's name without its namespace; "" for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _docx_paragraphs(tree: "_Element") -> Iterator[str]:
    """The paragraphs in their order; a text box stands after the one that holds it.

    A paragraph whose mark was deleted runs on in the next one.
    """
    begun = ""
    for node in _visible(tree):
        if _local(node) != "p" or not node.tag.startswith((WORD, STRICT_WORD)):
            continue
        begun += _docx_text(node)
        if not _mark_is_deleted(node):
            yield begun
            begun = ""
    yield begun


def _visible(node: "_Element") -> "Iterator[_Element]":
    """A node and what is in it, in the order of the file, without what is not seen."""
    waiting = [node]
    while waiting:
        first = waiting.pop()
        name = _local(first)
        if not name or name in UNSEEN or _is_note_rule(first) or _is_deleted(first):
            continue
        yield first
        waiting += reversed(first)


def _docx_text(paragraph: "_Element") -> str:
    """The text of a paragraph, without the paragraphs that stand in it (text boxes)."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        name = _local(node)
        if not name or name in UNSEEN or name in {"txbxContent", "p"}:
            continue
        if name == "t":
            pieces.append("".join(node.itertext()))
        elif name in BREAKS and not _is_setting(node):
            pieces.append(BREAKS[name])
        elif name == "r" and _is_hidden(node):
            continue
        else:
            waiting += reversed(node)
    return "".join(pieces)


def _is_setting(node: "_Element") -> bool:
    """Whether a tab is a stop of the paragraph's form, not a character."""
    parent = node.getparent()
    return parent is not None and _local(parent) == "tabs"


def _is_hidden(run: "_Element") -> bool:
    for properties in run:
        if _local(properties) == "rPr":
            for setting in properties:
                value = next(iter(setting.attrib.values()), "true")
                if _local(setting) == "vanish" and value not in {"0", "false", "off"}:
                    return True
    return False


def _mark_is_deleted(paragraph: "_Element") -> bool:
    for properties in paragraph:
        if _local(properties) == "pPr":
            marks = [_local(node) for node in properties.iter()]
            return "del" in marks
    return False


def _is_note_rule(node: "_Element") -> bool:
    """Whether a note is the rule that Word draws above the notes."""
    if _local(node) not in {"footnote", "endnote"}:
        return False
    return any(key.endswith("}type") for key in node.attrib)


def _is_deleted(row: "_Element") -> bool:
    """Whether a row of a table was deleted."""
    if _local(row) != "tr":
        return False
    settings = [node for node in row if _local(node) == "trPr"]
    return any(_local(setting) == "del" for node in settings for setting in node)


def _odt_paragraphs(tree: "_Element") -> Iterator[str]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        name = _local(node)
        if not name or name in UNSEEN_ODT:
            continue
        if name in {"p", "h"} and node.tag.startswith(TEXT):
            yield _odt_text(node)
        else:
            waiting += reversed(node)


def _odt_text(node: "_Element") -> str:
    name = _local(node)
    if not name or name in UNSEEN_ODT:
        return ""
    if name in {"s", "tab", "line-break"}:
        return " "
    pieces = [node.text or ""]
    for child in node:
        pieces += [_odt_text(child), child.tail or ""]
    return "".join(pieces)
