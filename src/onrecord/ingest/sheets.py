"""Sheets → rows of cells, whatever program and country they come from.

CSV with or without a byte order mark, its delimiter a comma, semicolon, tab or bar,
with or without Excel's "sep=" line; Excel's .xlsx. Headers are told whatever their
case; blank rows are none; a column that comes twice is an error.
"""

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from onrecord.ingest.plain import MARKS, wide_charset
from onrecord.model.errors import BadInput, MissingExtra

DELIMITERS = ",;\t|"
BLANK = f"{DELIMITERS} \r\n\xa0\x1a"
LONGEST_NAME = 40
"""Characters; a longer cell is no name of a column."""
MOST_CELL = 5_000_000
MOST_ROWS = 1_000_000
SEPARATOR = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*\s*', re.IGNORECASE)
"""The line that tells Excel the delimiter."""
TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0"})
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold, such as a carriage return (ECMA-376 Part 1, section 22.9.2.19)."""
XLSX = b"PK\x03\x04"
PLAIN = frozenset({".csv", ".tsv", ".tab"})
LETTERS = "".join(map(chr, range(0xC0, 0x100)))
WESTERN = frozenset(
    [*map(chr, range(0x80)), *LETTERS, *"\xa0¡§©«®°²³·»¿€£…–—‘’“”•™"]
)
"""What texts in Windows-1252 hold; the signs that other sets have for letters are left out."""
NOT_WESTERN = re.compile(
    rf"[{LETTERS}]{{3}}|(?<=[^\W_])[”•™…€£¿¡](?=[^\W_])|(?<=[^\W_])[‘“]|[÷\xd7²³](?=[^\W\d_])|[ÐðÞþ]"
)
"""Three letters beyond ASCII in a row are Cyrillic or Greek; signs inside words are letters of other sets."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its line in the file, its cells by the column's name, and what is wrong with it."""

    line: int
    cells: Mapping[str, str]
    fault: str | None = None


def flag(text: str) -> bool | None:
    """What a cell says by true or false; None for what is neither, such as WAHR or VRAI."""
    lowered = text.strip().lower()
    if lowered in TRUE:
        return True
    return False if lowered in FALSE else None


def sheet_rows(
    data: bytes, name: str, known: Iterable[str] = ()
) -> tuple[list[str], Iterator[SheetRow]]:
    """The header of a sheet and its rows, as they come.

    `known` are names of columns, which a header may write in another case. Raises
    BadInput for what is no sheet, and for a column that comes twice.
    """
    raw = _xlsx(data, name) if data.startswith(XLSX) else _csv(data, name)
    numbered = ((line, cells) for line, cells in raw if any(map(_bare, cells)))
    try:
        line, first = next(numbered, (1, []))
    except csv.Error as error:
        return [], iter([SheetRow(1, {}, f"no CSV: {error}")])
    try:
        second = list(islice(numbered, 1))
    except csv.Error as error:
        header = _header(first, name, line, known)
        return header, iter([SheetRow(line + 1, {}, f"no CSV: {error}")])
    if second and _is_caption(first, second[0][1]):
        line, first = second.pop()
    header = _header(first, name, line, known)
    return header, _rows(chain(second, numbered), header)


def _bare(cell: str) -> str:
    """A cell without what alone tells nothing: spaces, delimiters, the old mark of a file's end."""
    return cell.strip(BLANK)


def _is_caption(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a sheet begins with its title: a cell alone, above what looks like the names of columns."""
    words, names = (list(filter(str.strip, cells)) for cells in (first, second))
    if len(words) != 1 or " " not in words[0].strip() or len(names) < 2:  # noqa: PLR2004  one is no header
        return False
    return all(
        len(name) <= LONGEST_NAME and not name[0].isdigit() for name in names
    )


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel file of these rows, every cell a text; raises MissingExtra."""
    try:
        from openpyxl import Workbook  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "openpyxl, which writes Excel files,"
        raise MissingExtra(what, "tables") from error
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file.getvalue()


def sheet_bytes(path: Path) -> bytes:
    """The bytes of a sheet, or of standard input for "-"; raises BadInput."""
    try:
        return (
            sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        )
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise BadInput(message) from error


def sheet_text(data: bytes, name: str) -> str:
    """The text of a sheet or of lines of JSON: in Unicode, or in Windows-1252 where it can be nothing else.

    Raises BadInput for another character set.
    """
    for mark, charset in MARKS.items():
        if data.startswith(mark):
            return data.decode(charset, errors="replace").lstrip("\ufeff")
    if wide := wide_charset(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if western := _western(data):
            return western
        message = (
            f"{name}: byte {error.start} is no UTF-8; save "
            "the file as UTF-8 (in Excel: CSV UTF-8)"
        )
        raise BadInput(message) from error


def sheet_notes(paths: Iterable[Path]) -> list[str]:
    """Which of some sheets are read in another character set than Unicode's."""
    sheets = [path for path in paths if path.suffix.lower() in PLAIN]
    return [
        f"{path}: read as Windows-1252, since it is no UTF-8; look at its accents"
        for path in sheets
        if path.is_file() and is_western(path.read_bytes())
    ]


def is_western(data: bytes) -> bool:
    """Whether a sheet is read as Windows-1252."""
    if data.startswith((*MARKS, XLSX)):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data) is not None
    return False


def _western(data: bytes) -> str | None:
    """Text in Windows-1252; None where the bytes make more sense in another set, such as Cyrillic or the old Mac's."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = set(text) - WESTERN
    return None if odd or NOT_WESTERN.search(text) else text


def _csv(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    text = sheet_text(data, name)
    first, _, rest = text.partition("\n")
    skipped = 0
    if separator := SEPARATOR.fullmatch(first):
        delimiter, text, skipped = separator[1], rest, 1
    else:
        header = _first_record(text)
        delimiter = max(DELIMITERS, key=header.count)
    csv.field_size_limit(MOST_CELL)
    reader = _reader(text, delimiter)
    line = 1
    for cells in reader:
        yield line + skipped, cells
        line = reader.line_num + 1


def _reader(text: str, delimiter: str) -> Any:  # noqa: ANN401  csv names no type
    """What reads the rows; in a table of tabs that is even, and broken by quotation marks, these are words.

    Tab-separated values know no quotation (IANA, text/tab-separated-values); Excel quotes all the same.
    """
    file = io.StringIO(text, newline="")
    if delimiter == "\t" and _is_even(text) and not _is_quoted(text):
        return csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(file, delimiter=delimiter, strict=True)


def _is_even(text: str) -> bool:
    """Whether all lines have as many cells."""
    counts = {line.count("\t") for line in text.splitlines() if line.strip()}
    return len(counts) == 1


def _is_quoted(text: str) -> bool:
    """Whether a table of tabs can be read with quotation marks around cells."""
    try:
        rows = csv.reader(
            io.StringIO(text, newline=""), delimiter="\t", strict=True
        )
        return all(isinstance(row, list) for row in rows)
    except csv.Error:
        return False


def _first_record(text: str) -> str:
    """The header as it stands, without what is inside quotation marks."""
    outside, quoted = [], False
    for sign in text[:10_000].lstrip("\r\n"):
        if sign == '"':
            quoted = not quoted
        elif sign == "\n" and not quoted:
            break
        elif not quoted:
            outside.append(sign)
    return "".join(outside)


def _xlsx(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "openpyxl, which reads Excel files,"
        raise MissingExtra(what, "tables") from error
    _refuse_bombs(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        seen = [
            sheet for sheet in book.worksheets if sheet.sheet_state == "visible"
        ]
        sheets = map(_cells, seen or book.worksheets)
        yield from next(filter(None, sheets), [])
    except (
        Exception
    ) as error:  # a broken file raises whatever its fault runs into
        message = f"{name}: the Excel file cannot be read: {error}"
        raise BadInput(message) from error


def _cells(sheet: Any) -> list[tuple[int, list[str]]]:  # noqa: ANN401  openpyxl ships no types
    """The rows of a sheet that hold anything; of a workbook the first such sheet counts."""
    rows = enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS), 1)
    written = ((line, list(map(_cell, row))) for line, row in rows)
    return [(line, cells) for line, cells in written if any(cells)]


def _refuse_bombs(data: bytes, name: str) -> None:
    import zipfile  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        message = f"{name}: the Excel file cannot be read: {error}"
        raise BadInput(message) from error
    if size > MOST_UNPACKED:
        message = (
            f"{name}: unpacks to {size // 1_000_000:,} MB; a "
            f"sheet has at most {MOST_UNPACKED // 1_000_000}"
        )
        raise BadInput(message)


MOST_UNPACKED = 200_000_000


def _cell(value: object) -> str:
    """A cell's value as text: a day without its midnight, truth in English, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        text = str(value.isoformat())
        return text.removesuffix("T00:00:00").replace("T", " ")
    return ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), str(value))


def _header(
    cells: Sequence[str], name: str, line: int, known: Iterable[str]
) -> list[str]:
    folded = {column.casefold(): column for column in known}
    header = [
        folded.get(cell.strip().casefold(), cell.strip()) for cell in cells
    ]
    while header and not header[-1]:
        header.pop()
    plain = Counter(column.casefold() for column in header if column)
    twice = sorted(
        {column for column in header if plain[column.casefold()] > 1}
    )
    if twice:
        message = (
            f"{name}:{line}: the column {', '.join(twice)} "
            "comes twice; name each once"
        )
        raise BadInput(message)
    return header


def _rows(
    numbered: Iterator[tuple[int, list[str]]], header: Sequence[str]
) -> Iterator[SheetRow]:
    line = 1
    try:
        for line, cells in numbered:
            more = [cell for cell in cells[len(header) :] if cell.strip()]
            fault = None
            if more:
                kind = "cell" if len(more) == 1 else "cells"
                fault = f"{len(more)} {kind} more than the header has columns"
            named = dict(zip(header, cells, strict=False))
            named.pop("", None)
            yield SheetRow(line, named, fault)
    except csv.Error as error:
        yield SheetRow(line + 1, {}, f"no CSV: {error}")
