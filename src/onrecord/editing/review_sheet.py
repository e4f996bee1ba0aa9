"""Review by a sheet: the statements as CSV or for Excel, and the verdicts of a sheet that was filled."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.editing.fields import FIELDS, FLAGS, shown
from onrecord.editing.reviewing import VERDICTS, Item, Verdict, waiting
from onrecord.ingest.days import day
from onrecord.ingest.sheets import SheetRow, flag, sheet_rows, workbook
from onrecord.model.errors import BadInput, BadRecord
from onrecord.model.spreadsheets import FORMULA, defused
from onrecord.workspace import Workspace

DATES = frozenset({"date", "valid_from", "valid_until"})
MARK = "st:"
"""Stands before an id, which a spreadsheet may else take for a number: 12e345678901."""
COLUMNS = ("id", "verdict", "says", *FIELDS, "document", "title", "url", "note")


def sheet(items: Iterable[Item]) -> str:
    """The items as CSV; a person fills the column "verdict" (accepted, rejected) and may mend the others."""
    out = io.StringIO()
    csv.writer(out).writerows(_sheet_rows(items))
    return out.getvalue()


def sheet_file(items: Iterable[Item], suffix: str) -> bytes:
    """The sheet as a file: Excel's own form for .xlsx, else CSV with the byte order mark by which Excel knows UTF-8."""
    if suffix == ".xlsx":
        return workbook(_sheet_rows(items))
    return sheet(items).encode("utf-8-sig")


def _sheet_rows(items: Iterable[Item]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    for item in items:
        yield list(map(defused, _cells(item)))


def verdicts(
    content: str | bytes,
    by: str | None = None,
    workspace: Workspace | None = None,
    name: str = "the sheet",
) -> list[Verdict]:
    """Reads a filled sheet; rows without a verdict are left waiting.

    Raises BadRecord with every fault, BadInput for what is no sheet of review.
    """
    rows = _read(content, name)
    standing = {item.statement.id: item for item in waiting(workspace)}
    filled: list[Verdict] = []
    faults: list[str] = []
    said: dict[str, str] = {}
    for row in rows:
        status = row.cells.get("verdict", "").strip().lower()
        wrong = list(_faults(row, status))
        if status and not wrong:
            key = _key(row)
            above = said.setdefault(key, status)
            if above != status:
                wrong.append(f"{key}: {status}, and {above} above")
            edits: dict[str, object] = {}
            item = standing.get(key)
            if item is not None:
                wrong += _emptied(row.cells, item)
                edits = _edits(row.cells, item)
            note = _undefused(row.cells.get("note", "")) or None
            filled.append(Verdict(key, status, by, edits, note))
        faults += [f"line {row.line}: {fault}" for fault in wrong]
    if faults:
        raise BadRecord(faults)
    return filled


def changed_without_verdict(
    content: str | bytes,
    workspace: Workspace | None = None,
    name: str = "the sheet",
) -> list[int]:
    """The lines of a filled sheet that somebody changed and gave no verdict, so that the change does not count."""
    standing = {item.statement.id: item for item in waiting(workspace)}
    return [
        row.line
        for row in _read(content, name)
        if not row.cells.get("verdict", "").strip()
        and _is_changed(row.cells, standing.get(_key(row)))
    ]


def _is_changed(row: Mapping[str, str | None], item: Item | None) -> bool:
    if item is None:
        return False
    note = row.get("note")
    before = item.statement.review and item.statement.review.note
    is_noted = note is not None and _undefused(note) != (before or "")
    return is_noted or bool(_edits(row, item))


def _read(content: str | bytes, name: str) -> list[SheetRow]:
    """The rows of a sheet of review; raises BadInput for what is none."""
    data = content.encode() if isinstance(content, str) else content
    header, rows = sheet_rows(data, name, COLUMNS)
    if missing := {"id", "verdict"} - set(header):
        lacking = " and no column ".join(sorted(missing))
        message = f"{name}: has no column {lacking}; keep the columns of the sheet that was exported"
        raise BadInput(message)
    return [*rows]


def _key(row: SheetRow) -> str:
    return row.cells.get("id", "").strip().removeprefix(MARK)


def _faults(row: SheetRow, status: str) -> Iterator[str]:
    """What is wrong with a row of a filled sheet, before it is known what it changes."""
    if row.fault:
        yield row.fault
    if status not in {"", *VERDICTS}:
        yield f"verdict: {status!r} is none of accepted, rejected, unreviewed"
    for name in FLAGS if status else ():
        cell = row.cells.get(name, "").strip()
        if cell and flag(cell) is None:
            yield f"{name}: {cell!r} is neither true nor false, in English"


def _emptied(row: Mapping[str, str | None], item: Item) -> Iterator[str]:
    """What was true and is empty now: a slip would turn the statement into its opposite."""
    for name in FLAGS:
        cell = row.get(name)
        if (
            cell is not None
            and not cell.strip()
            and flag(shown(item.statement, name))
        ):
            yield f"{name}: is empty and was true; write true or false"


def _cells(item: Item) -> list[str]:
    value = item.statement
    fields = [shown(value, name) for name in FIELDS]
    document = item.document
    note = value.review.note if value.review else None
    ending = [
        document.id or "",
        document.title or "",
        document.url or "",
        note or "",
    ]
    return [f"{MARK}{value.id}", "", item.says, *fields, *ending]


def _edits(row: Mapping[str, str | None], item: Item) -> dict[str, object]:
    """What differs from the statement in the columns that may be mended."""
    edits: dict[str, object] = {}
    for name in FIELDS:
        cell = row.get(name)
        old = shown(item.statement, name)
        if cell is not None and not _is_same(name, cell, old):
            edits[name] = _meant(name, _undefused(cell))
    return edits


def _is_same(name: str, cell: str, old: str) -> bool:
    """Whether a cell holds what it held, as a spreadsheet of any country writes it."""
    if name in FLAGS:
        return flag(cell or "false") == flag(old or "false")
    if name in DATES and old:
        return old in {cell, *(day(cell, order) for order in ("dm", "md"))}
    return cell in {old, defused(old)} or _meant(name, cell) == old


def _meant(name: str, cell: str) -> str:
    """A day in its usual form, and a number with a point, where a spreadsheet wrote them otherwise."""
    if name in DATES:
        return day(cell) or cell
    return cell.replace(",", ".") if name == "confidence" else cell


def _undefused(cell: str) -> str:
    return (
        cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
    )
