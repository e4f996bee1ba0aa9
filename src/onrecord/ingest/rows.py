"""Record files → rows: JSON Lines and CSV in one form, each with the places that faults are reported at."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from onrecord.model.errors import BadInput

LISTS = {"actors", "topics", "aliases"}
FLAGS = {"negated", "ended", "doc_translated"}
NUMBERS = {"confidence"}
WHOLE_NUMBERS = {"quote_start", "quote_end"}
DELIMITERS = ",;\t"
"""What spreadsheets of different countries put between the cells of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it was written; `fault` says why `value` could not be read. `places` holds one a statement."""

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
            tuple(f"{where}: statements[{each}]" for each in range(count)),
        )


def rows(path: Path, form: str | None = None) -> Iterator[Row]:
    """The rows of a record file, or of standard input for "-"; `form`, jsonl or csv, is the suffix where not given.

    Raises BadInput where it is no text.
    """
    text = _text(path)
    chosen = form or path.suffix.lower().removeprefix(".")
    return _from_csv(path, text) if chosen == "csv" else _from_lines(path, text)


def _text(path: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise BadInput(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8"
        raise BadInput(message) from error


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

    def take(self, where: str, cells: Mapping[str | None, Any]) -> None:
        """A statement of a document (same `doc_url`, else same `doc_sha256`), or an entity."""
        if None in cells:
            count = len(cells[None])
            fault = f"{count} {'cell' if count == 1 else 'cells'} more than the header has columns"
            self.rest.append(Row(where, {}, fault=fault))
            return
        groups = _split(cells)
        if "actors" not in cells and "name" in cells:
            self.rest.append(Row(where, {"entity": groups[""]}))
            return
        document = groups.pop("doc", {})
        key = str(document.get("url") or document.get("sha256") or where)
        first, known, statements = self.documents.setdefault(key, (where, {}, []))
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


def _from_csv(path: Path, text: str) -> Iterator[Row]:
    """One statement, or one entity, a row."""
    header = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""),
        delimiter=max(DELIMITERS, key=header.count),
        restkey=None,
        strict=True,
    )
    sheet = _Sheet()
    line = 1
    try:
        _ = reader.fieldnames
        line = reader.line_num + 1
        for cells in reader:
            sheet.take(f"{path}:{line}", cells)
            line = reader.line_num + 1
    except csv.Error as error:
        sheet.rest.append(Row(f"{path}:{line}", {}, fault=f"no CSV: {error}"))
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
    """Several names in one cell stand apart by semicolons; what does not convert stays text, for the schema to name."""
    if column in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if column in FLAGS:
        return {"true": True, "false": False}.get(text.lower(), text)
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
