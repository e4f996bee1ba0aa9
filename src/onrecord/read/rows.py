"""Record files → rows: JSON Lines and CSV in one form, each with the places that faults are reported at."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import BadInput

LISTS = {"actors", "topics"}
FLAGS = {"negated", "ended", "doc_translated"}
NUMBERS = {"confidence"}
WHOLE_NUMBERS = {"quote_start", "quote_end"}


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
        return cls(where, dict(value), tuple(f"{where}: statements[{each}]" for each in range(count)))


def rows(path: Path) -> Iterator[Row]:
    """The rows of a record file, or of standard input for "-"; raises BadInput where it is no text."""
    text = _text(path)
    return _from_csv(path, text) if path.suffix.lower() == ".csv" else _from_lines(path, text)


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
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(where, {}, fault=f"no JSON: {error}")
    return Row.of(where, value) if isinstance(value, dict) else Row(where, {}, fault="no JSON object")


def _from_csv(path: Path, text: str) -> Iterator[Row]:
    """One statement a row; rows of one document (same `doc_url`, else same `doc_sha256`) are put together."""
    grouped: dict[str, tuple[str, dict[str, Any], list[tuple[str, dict[str, Any]]]]] = {}
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    try:
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            document, statement = _split(cells)
            key = str(document.get("url") or document.get("sha256") or where)
            grouped.setdefault(key, (where, document, []))[2].append((where, statement))
    except csv.Error as error:
        yield Row(f"{path}:{reader.line_num}", {}, fault=f"no CSV: {error}")
    for where, document, statements in grouped.values():
        value = {"doc": document, "statements": [statement for _, statement in statements]}
        yield Row(where, value, tuple(place for place, _ in statements))


def _split(cells: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """`doc_*` columns are the document's, `review_*` and `quote_*` stand for the nested fields; empty cells for none."""
    document: dict[str, Any] = {}
    statement: dict[str, Any] = {}
    for column, cell in cells.items():
        if cell is None or cell == "":
            continue
        value = _cell(column, cell)
        group, _, name = column.partition("_")
        if group == "doc":
            document[name] = value
        elif group in {"review", "quote"}:
            statement.setdefault(group, {})[name] = value
        else:
            statement[column] = value
    return document, statement


def _cell(column: str, cell: Any) -> Any:  # noqa: ANN401  a cell becomes whatever its column holds
    """Several names in one cell stand apart by semicolons; what does not convert stays text, for the schema to name."""
    if not isinstance(cell, str):
        return cell
    if column in LISTS:
        return [part.strip() for part in cell.split(";") if part.strip()]
    if column in FLAGS:
        return {"true": True, "false": False}.get(cell.strip().lower(), cell)
    try:
        return float(cell) if column in NUMBERS else int(cell) if column in WHOLE_NUMBERS else cell
    except ValueError:
        return cell
