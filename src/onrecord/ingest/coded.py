"""Coded segments of MAXQDA, ATLAS.ti and NVivo → codings, as a database of DNA is one.

Their spreadsheets hold the segments and not the texts: a document's text is then its
segments, one after the other. A REFI-QDA project (.qdpx, version 1.0) holds both.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.ingest.office import ZIP_FAULTS
from onrecord.ingest.plain import MOST_BYTES, clean
from onrecord.ingest.sheets import sheet_bytes, sheet_rows
from onrecord.model import (
    CodedDocument,
    CodedEntity,
    CodedStatement,
    Coding,
    Variable,
)
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    from lxml.etree import _Element

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "document": (
        "document name", "document", "file name", "file", "source name", "source", "filename",
        "dokumentname", "dokument", "nom du document", "nombre del documento", "documento",
    ),
    "segment": (
        "segment", "quotation content", "quotation text", "quotation", "coded text",
        "coded segment", "content", "seltext", "zitatinhalt", "segmento",
    ),
    "code": ("code", "codes", "code name", "node", "codename", "tag", "kodes", "kode", "código"),
    "coder": (
        "author", "created by", "coder", "user", "creator", "modified by", "coded by", "owner",
        "autor", "auteur", "erstellt von",
    ),
}  # fmt: skip
"""What MAXQDA, ATLAS.ti, NVivo and their like call the columns of their exports, in English and in other languages."""
OF_ARTICLES = frozenset({"title", "headline", "url", "link"})
"""Columns of tables of articles, which may have tags and contents too."""
NODE, SHARE = "name", "coverage"
"""What NVivo calls a code, beside how much of the document it covers."""
SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".xlsx"})
VARIABLE, TYPE = 1, 1
PART = "internal://"


@dataclass(slots=True)
class _Builder:
    """A coding, as its segments come."""

    documents: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    coders: dict[str, int] = field(default_factory=dict)
    statements: list[CodedStatement] = field(default_factory=list)

    def add(
        self, document: str, place: tuple[int, int], code: str, coder: str
    ) -> None:
        """A segment of a document under a code; `place` in characters as the text is."""
        number = list(self.documents).index(document) + 1
        text = "".join(self.documents[document])
        start, stop = (_units(text, offset) for offset in place)
        entity = self.codes.setdefault(code, len(self.codes) + 1)
        by = (
            self.coders.setdefault(coder, len(self.coders) + 1)
            if coder
            else None
        )
        values = ((VARIABLE, entity),)
        made = CodedStatement(
            len(self.statements) + 1, TYPE, number, start, stop, by, values
        )
        self.statements.append(made)

    def coding(self) -> Coding:
        """All of it."""
        documents = (
            CodedDocument(number, name, "".join(pieces), 0)
            for number, (name, pieces) in enumerate(self.documents.items(), 1)
        )
        entities = (
            CodedEntity(number, VARIABLE, code)
            for code, number in self.codes.items()
        )
        return Coding(
            types=((TYPE, "Coded segment"),),
            variables=(Variable(VARIABLE, "code", "short text", TYPE),),
            coders=tuple(
                (number, name) for name, number in self.coders.items()
            ),
            entities=tuple(entities),
            documents=tuple(documents),
            statements=tuple(self.statements),
        )


def _units(text: str, offset: int) -> int:
    """An offset in UTF-16 units, as a coding counts them."""
    return len(text[:offset].encode("utf-16-le")) // 2


def is_coded_sheet(header: Iterable[str]) -> bool:
    """Whether a sheet of this header holds coded segments."""
    names = {name.strip().casefold() for name in header}
    if names & OF_ARTICLES:
        return False
    needed = ("document", "segment", "code")
    missing = [key for key in needed if not names & set(COLUMNS[key])]
    return not missing or (missing == ["code"] and {NODE, SHARE} <= names)


def coded_sheet(path: Path) -> Coding:
    """The coding of a spreadsheet of coded segments; raises BadInput."""
    _, rows = sheet_rows(sheet_bytes(path), str(path))
    builder = _Builder()
    for row in rows:
        if row.fault:
            message = f"{path}:{row.line}: {row.fault}"
            raise BadInput(message)
        cells = {
            name.casefold(): clean(value) for name, value in row.cells.items()
        }
        document, segment, codes, coder = (
            _first_cell(cells, key) for key in COLUMNS
        )
        codes = codes or cells.get(NODE, "")
        if not segment or not codes:
            continue
        pieces = builder.documents.setdefault(document or path.stem, [])
        pieces.append(f"\n\n{segment}" if pieces else segment)
        end = sum(map(len, pieces))
        for code in filter(None, (part.strip() for part in codes.split("\n"))):
            place = (end - len(segment), end)
            builder.add(document or path.stem, place, code, coder)
    if not builder.statements:
        message = f"{path}: holds no coded segment"
        raise BadInput(message)
    return builder.coding()


def _first_cell(cells: Mapping[str, str], key: str) -> str:
    return next((cells[name] for name in COLUMNS[key] if cells.get(name)), "")


def qdpx(path: Path) -> Coding:
    """The coding of a REFI-QDA project; raises BadInput, MissingExtra."""
    try:
        with zipfile.ZipFile(io.BytesIO(sheet_bytes(path))) as archive:
            tree = _tree(_part(archive, "project.qde", path), path)
            return _project(archive, tree, path).coding()
    except ZIP_FAULTS as error:
        message = f"{path}: the project cannot be read: {error}"
        raise BadInput(message) from error


def _project(
    archive: zipfile.ZipFile, tree: "_Element", path: Path
) -> _Builder:
    builder = _Builder()
    codes = {
        node.get("guid"): node.get("name") or ""
        for node in tree.iterfind(".//{*}Code")
    }
    users = {
        node.get("guid"): node.get("name") or ""
        for node in tree.iterfind(".//{*}User")
    }
    for source in tree.iterfind(".//{*}TextSource"):
        name = source.get("name") or source.get("guid") or "text"
        while name in builder.documents:
            name += " (2)"
        text = _source_text(archive, source, path)
        builder.documents[name] = [text]
        for selection in source.iterfind(".//{*}PlainTextSelection"):
            start, end = (
                int(selection.get(key) or 0)
                for key in ("startPosition", "endPosition")
            )
            if not 0 <= start <= end <= len(text):
                message = (
                    f"{path}: {name}: a coding from {start} "
                    f"to {end} lies outside of its text"
                )
                raise BadInput(message)
            for coding in selection.iterfind(".//{*}Coding"):
                target = coding.find("{*}CodeRef")
                code = (
                    codes.get(target.get("targetGUID"))
                    if target is not None
                    else None
                )
                coder = users.get(coding.get("creatingUser"), "")
                if code:
                    builder.add(name, (start, end), code, coder)
    if not builder.documents:
        message = (
            f"{path}: the project holds no text; only "
            "texts are read, not PDF, pictures or sound"
        )
        raise BadInput(message)
    return builder


def _source_text(
    archive: zipfile.ZipFile, source: "_Element", path: Path
) -> str:
    """A source's text as it stands, since places count its characters."""
    place = source.get("plainTextPath") or ""
    if place.startswith(PART):
        data = _part(archive, f"sources/{place.removeprefix(PART)}", path)
        return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    content = source.find("{*}PlainTextContent")
    if content is None:
        message = (
            f"{path}: the text {source.get('name')} stands "
            "outside of the project; export it with its texts"
        )
        raise BadInput(message)
    return content.text or ""


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    with archive.open(name) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = (
            f"{path}: {name} unpacks to more than {MOST_BYTES // 1_000_000} MB"
        )
        raise BadInput(message)
    return data


def _tree(data: bytes, path: Path) -> "_Element":
    try:
        from lxml import etree  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "lxml, which reads .qdpx,"
        raise MissingExtra(what, "documents") from error
    try:
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError as error:
        message = f"{path}: the project cannot be read: {error}"
        raise BadInput(message) from error
