"""Record files → rows: JSON Lines and CSV in one form, each with the places that faults are reported at."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from onrecord.ingest.sheets import flag, sheet_bytes, sheet_rows, sheet_text

LISTS = {"actors", "topics", "aliases", "parties"}
FLAGS = {"negated", "ended", "doc_translated"}
NUMBERS = {"confidence"}
WHOLE_NUMBERS = {"quote_start", "quote_end"}
COLUMNS = [
    "actors",
    "relation",
    "object",
    "object_kind",
    "negated",
    "topics",
    "stance",
    "gist",
    "confidence",
    "recipient",
    "instrument",
    "stage",
    "modality",
    "basis",
    "according_to",
    "anchor",
    "wording",
    "date",
    "via",
    "utterance",
    "disputes",
    "valid_from",
    "valid_until",
    "ended",
    "digital_source_type",
    "id",
    "name",
    "type",
    "aliases",
    "role",
    "affiliation",
    "country",
    "description",
    "exact_match",
    "doc_url",
    "doc_publisher",
    "doc_title",
    "doc_published",
    "doc_author",
    "doc_source_kind",
    "doc_translated",
    "doc_language",
    "doc_retrieved",
    "doc_sha256",
    "doc_id",
    "doc_page",
    "quote_exact",
    "quote_prefix",
    "quote_suffix",
    "quote_start",
    "quote_end",
    "review_status",
    "review_by",
    "review_on",
]
"""The columns of a sheet of records, which a header may write in another case."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it was written; `fault` says why `value` could not be read. `places` says where each statement is."""

    where: str
    value: dict[str, Any]
    places: tuple[str, ...] = ()
    fault: str | None = None

    @classmethod
    def of(cls, where: str, value: Mapping[str, Any]) -> "Row":
        """A row whose statements are placed by their index."""
        statements = value.get("statements")
        count = len(statements) if isinstance(statements, list) else 0
        return cls(
            where,
            dict(value),
            tuple(f"{where}: statements[{index}]" for index in range(count)),
        )


FORMS = {
    "csv": "csv",
    "tsv": "csv",
    "tab": "csv",
    "xlsx": "csv",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "json",
}
"""The form of a record file, by its suffix."""


def rows(path: Path, form: str | None = None) -> Iterator[Row]:
    """The rows of a record file, or of standard input for "-".

    `form` is jsonl, json or csv; where it is not given, the suffix says it. Raises
    BadInput where the file is no text.
    """
    data = sheet_bytes(path)
    chosen = form or FORMS.get(path.suffix.lower().removeprefix("."), "jsonl")
    if chosen == "csv":
        return _from_sheet(path, data)
    text = sheet_text(data, str(path))
    return (
        _from_json(path, text) if chosen == "json" else _from_lines(path, text)
    )


def _from_json(path: Path, text: str) -> Iterator[Row]:
    """One record, or a list of them; a file of lines is read as one."""
    try:
        value = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        yield from _from_lines(path, text)
        return
    if not isinstance(value, list):
        value = [value]
    for number, record in enumerate(value):
        where = f"{path}: [{number}]"
        if isinstance(record, dict):
            yield Row.of(where, record)
        else:
            yield Row(where, {}, fault="no JSON object")


def _from_lines(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _line(f"{path}:{number}", line)


def _line(where: str, line: str) -> Row:
    try:
        value = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        return Row(where, {}, fault=f"no JSON: {error}")
    return (
        Row.of(where, value)
        if isinstance(value, dict)
        else Row(where, {}, fault="no JSON object")
    )


def _no_number(name: str) -> NoReturn:
    """Python reads NaN and Infinity; JSON (RFC 8259, section 6) has neither."""
    message = f"{name} is no number"
    raise ValueError(message)


@dataclass(slots=True)
class _Sheet:
    """The rows of a table, put together by document; `rest` holds entities and rows that cannot be read."""

    documents: dict[
        str, tuple[str, dict[str, Any], list[tuple[str, dict[str, Any]]]]
    ] = field(default_factory=dict)
    rest: list[Row] = field(default_factory=list)

    def take(self, where: str, cells: Mapping[str, str]) -> None:
        """A statement of a document (same `doc_url`, else same `doc_sha256`), or an entity."""
        groups = _split(cells)
        if "actors" not in cells and "name" in cells:
            self.rest.append(Row(where, {"entity": groups[""]}))
            return
        document = groups.pop("doc", {})
        key = str(document.get("url") or document.get("sha256") or where)
        first, known, statements = self.documents.setdefault(
            key, (where, {}, [])
        )
        for name, value in document.items():
            if known.setdefault(name, value) != value:
                fault = f"doc_{name}: {value!r}, where {first} has {known[name]!r} for the same document"
                self.rest.append(Row(where, {}, fault=fault))
        statements.append((where, groups.pop("") | groups))

    def rows(self) -> Iterator[Row]:
        """All of them, each document with its statements at the place of its first row."""
        yield from self.rest
        for where, document, statements in self.documents.values():
            value = {
                "doc": document,
                "statements": [statement for _, statement in statements],
            }
            yield Row(where, value, tuple(place for place, _ in statements))


def _from_sheet(path: Path, data: bytes) -> Iterator[Row]:
    """One statement, or one entity, a row."""
    _, read = sheet_rows(data, str(path), COLUMNS)
    sheet = _Sheet()
    for row in read:
        where = f"{path}:{row.line}"
        if row.fault:
            sheet.rest.append(Row(where, {}, fault=row.fault))
        else:
            sheet.take(where, row.cells)
    return sheet.rows()


def _split(cells: Mapping[Any, Any]) -> dict[str, dict[str, Any]]:
    """Cells by the group that the column's name begins with, doc, review or quote, else in ""; empty cells are none."""
    groups: dict[str, dict[str, Any]] = {"": {}}
    for column, cell in cells.items():
        text = (cell or "").strip()
        if text:
            group, _, name = column.strip().partition("_")
            if group in {"doc", "review", "quote"}:
                groups.setdefault(group, {})[name] = _cell(column.strip(), text)
            else:
                groups[""][column.strip()] = _cell(column.strip(), text)
    return groups


def _cell(column: str, text: str) -> Any:  # noqa: ANN401  a cell becomes whatever its column holds
    """The value of a cell, a list at semicolons; text that does not convert stays text, for the schema to refuse."""
    if column in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if column in FLAGS:
        value = flag(text)
        return text if value is None else value
    try:
        return (
            float(text)
            if column in NUMBERS
            else int(text)
            if column in WHOLE_NUMBERS
            else text
        )
    except ValueError:
        return text
