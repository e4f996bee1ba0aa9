"""Tables of articles: a row an article, with its text or its address, in CSV, JSON Lines, Excel or Parquet."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.ingest.days import day
from onrecord.ingest.document import Described
from onrecord.ingest.plain import clean
from onrecord.ingest.sheets import sheet_bytes, sheet_rows, sheet_text
from onrecord.model.errors import BadInput, MissingExtra

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "full text", "fulltext", "body", "content", "article",
        "article text", "story", "maintext", "main text",
    ),
    "url": ("url", "link", "address", "article url", "web address", "source url", "permalink"),
    "title": ("title", "headline", "heading", "hed"),
    "published": (
        "published", "date", "publication date", "pub date", "pubdate", "published at",
        "date publish", "publish date", "datetime", "day",
    ),
    "publisher": (
        "publisher", "outlet", "source", "publication", "publication title", "media",
        "media name", "newspaper", "site", "site name", "source domain", "domain",
    ),
    "author": ("author", "authors", "byline", "by", "journalist", "creator"),
    "page": ("page", "pages", "first page", "start page"),
}  # fmt: skip
"""Which names of columns tell what, the plainest first."""
SUFFIXES = frozenset(
    {".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".json", ".parquet"}
)
RECORD_COLUMNS = frozenset({"actors", "relation", "gist", "name", "type"})
RECORD_KEYS = frozenset({"doc", "statements", "entity", "run", "name"})
FIRST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of a table: its row, its text if the table holds it, and what the table says of it."""

    number: int
    text: str | None
    told: Mapping[str, str]
    page: str | None = None

    def described(self, said: Described) -> Described:
        """What the row says, where a person says nothing else."""
        given = {key: getattr(said, key) or self.told.get(key) for key in DESCRIBING}
        return replace(said, **given)


DESCRIBING = ("url", "title", "published", "publisher", "author")


def is_table_of_articles(source: str, form: str | None) -> bool:
    """Whether a source is a table of articles; raises BadInput where it cannot be read."""
    path = Path(source)
    if form is not None or path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    return path.suffix.lower() == ".parquet" or not holds_records(path)


def holds_records(path: Path) -> bool:
    """Whether a table holds statements or entities, not articles."""
    if path.suffix.lower() in {".csv", ".tsv", ".xlsx"}:
        header, _ = sheet_rows(sheet_bytes(path), str(path))
        names = {_folded(column) for column in header}
        if any(name.startswith("doc ") for name in names):
            return True
        return (
            bool(names & {"actors", "relation"})
            or RECORD_COLUMNS & names == {"name", "type"}
            or not _is_article(names)
        )
    first = next(iter(_objects(path)), None)
    if not isinstance(first, dict):
        return True
    return bool(RECORD_KEYS & first.keys()) or not _is_article(
        {_folded(str(key)) for key in first}
    )


def _is_article(names: Iterable[str]) -> bool:
    return bool(set(names) & {*COLUMNS["text"], *COLUMNS["url"]})


def table_rows(path: Path, columns: Mapping[str, str]) -> Iterator[ArticleRow]:
    """The articles of a table; `columns` names the column of a field where it is not one of COLUMNS.

    Raises BadInput where the table cannot be read, has no column for text or address,
    or lacks one that `columns` names.
    """
    for number, cells in _cells(path):
        folded = {_folded(name): value for name, value in cells.items()}
        told = {field: _value(folded, field, columns) for field in COLUMNS}
        text = told.pop("text")
        if text is None and told["url"] is None:
            if number == _first(path) and not _is_article(folded):
                message = f"{path}: no column holds text or an address; name one: --map text=COLUMN"
                raise BadInput(message)
            continue
        if told["published"]:
            told["published"] = day(told["published"]) or told["published"]
        page = told.pop("page")
        named = {field: value for field, value in told.items() if value}
        yield ArticleRow(number, clean(text) if text else None, named, page)


def _folded(name: str) -> str:
    """A column's name, whatever its case and with spaces for underscores."""
    return name.strip().casefold().replace("_", " ")


def _first(path: Path) -> int:
    return 2 if path.suffix.lower() in {".csv", ".tsv", ".xlsx"} else 1


def _value(
    cells: Mapping[str, str], field: str, columns: Mapping[str, str]
) -> str | None:
    if field in columns:
        name = _folded(columns[field])
        if name not in cells:
            message = f"--map {field}={columns[field]}: the table has no such column; it has {', '.join(cells)}"
            raise BadInput(message)
        return cells[name].strip() or None
    values = (cells[name].strip() for name in COLUMNS[field] if name in cells)
    return next(filter(None, values), None)


def _cells(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv", ".xlsx"}:
        _, rows = sheet_rows(sheet_bytes(path), str(path))
        for row in rows:
            if row.fault:
                message = f"{path}:{row.line}: {row.fault}"
                raise BadInput(message)
            yield row.line, row.cells
        return
    objects = _parquet(path) if suffix == ".parquet" else _objects(path)
    for number, value in enumerate(objects, 1):
        if not isinstance(value, dict):
            message = f"{path}:{number}: is no JSON object; a table of articles has one a line"
            raise BadInput(message)
        yield number, {str(key): _text(cell) for key, cell in value.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_text(part) for part in value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


def _objects(path: Path) -> Iterator[Any]:
    text = sheet_text(sheet_bytes(path), str(path))
    try:
        if text.lstrip().startswith("["):
            yield from json.loads(text)
            return
        lines: Sequence[str] = [line for line in text.split("\n") if line.strip()]
        if path.suffix.lower() == ".json":
            lines = [text]
        for line in lines:
            yield json.loads(line)
    except (ValueError, RecursionError):
        yield None


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "pyarrow, which reads Parquet,"
        raise MissingExtra(what, "tables") from error
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(1000):
                yield from batch.to_pylist()
    except (ArrowException, OSError, ValueError) as error:
        message = f"{path}: the Parquet file cannot be read: {error}"
        raise BadInput(message) from error
