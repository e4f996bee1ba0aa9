"""Tables of articles: a row an article, with its text or its address, in CSV, JSON Lines, Excel or Parquet."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.ingest.days import day, day_order
from onrecord.ingest.document import DocumentDescription
from onrecord.ingest.html import FRAGMENT, fragment_text
from onrecord.ingest.plain import clean
from onrecord.ingest.sheets import sheet_bytes, sheet_rows, sheet_text
from onrecord.model.errors import BadInput, MissingExtra

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "full text", "fulltext", "body", "content", "article",
        "article text", "story", "maintext", "main text", "body text", "bodytext",
        "article body", "selftext", "content html", "content text", "lead paragraph",
        "volltext", "artikeltext", "texte", "contenu", "texto", "contenido", "testo",
        "contenuto", "tekst", "inhoud",
    ),
    "url": (
        "url", "link", "address", "article url", "web address", "source url",
        "permalink", "web url", "weburl", "document url", "canonical url", "uri",
        "adresse", "lien", "enlace",
    ),
    "title": (
        "title", "headline", "heading", "hed", "article title", "web title", "webtitle",
        "titel", "schlagzeile", "überschrift", "titre", "título", "titulo", "titular",
        "titolo", "kop",
    ),
    "published": (
        "published", "date", "publication date", "pub date", "pubdate", "published at",
        "date publish", "publish date", "published date", "date published",
        "published on", "date of publication", "web publication date", "publishedat",
        "datetime", "date time", "day", "created at", "created utc",
        "datum", "erscheinungsdatum", "veröffentlicht", "date de publication", "fecha",
        "fecha de publicación", "data", "data di pubblicazione",
    ),
    "publisher": (
        "publisher", "outlet", "source", "publication", "publication title", "media",
        "media name", "newspaper", "site", "site name", "source domain", "domain",
        "source name", "publication name", "outlet name", "publisher name",
        "quelle", "medium", "zeitung", "journal", "fuente", "periódico", "medio",
        "fonte", "testata", "bron", "krant",
    ),
    "author": (
        "author", "authors", "byline", "by", "journalist", "creator", "author name",
        "autor", "autorin", "verfasser", "auteur", "auteurs", "autore",
    ),
    "page": (
        "page", "pages", "first page", "start page", "seite", "página", "pagina",
    ),
}  # fmt: skip
"""Which names of columns tell what, the plainest first; English, then German, French, Spanish, Italian and Dutch."""
SHEETS = frozenset({".csv", ".tsv", ".tab", ".xlsx"})
SUFFIXES = SHEETS | {".jsonl", ".ndjson", ".json", ".parquet"}
RECORD_COLUMNS = frozenset({"actors", "relation", "gist", "name", "type"})
RECORD_KEYS = frozenset({"doc", "statements", "entity", "run"})
INNER = (
    "fields",
    "attributes",
    "source",
    "metadata",
    "data",
    "article",
    "document",
)
"""Under which keys services put an article's fields one level down."""
LABELS = ("name", "title", "main", "label", "original", "value", "text")
"""Which part of an object names it."""
NOTHING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "nat"})
"""What stands for an empty cell in exports of R, pandas and Excel."""
MOST_DEPTH = 3
WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_.-]+")
"""What divides the words of a column's name."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of a table: its row, its text if the table holds it, and what the table says of it."""

    number: int
    text: str | None
    fields: Mapping[str, str]
    page: str | None = None

    def described(self, said: DocumentDescription) -> DocumentDescription:
        """What the row says, where a person says nothing else."""
        given = {
            key: getattr(said, key) or self.fields.get(key)
            for key in DESCRIBING
        }
        return replace(said, **given)


DESCRIBING = ("url", "title", "published", "publisher", "author")


def is_table_of_articles(
    source: str, form: str | None, columns: Iterable[str] = ()
) -> bool:
    """Whether a source is a table of articles, as it is where a person names its `columns`.

    Raises BadInput where it cannot be read.
    """
    path = Path(source)
    if (
        form is not None
        or path.suffix.lower() not in SUFFIXES
        or not path.is_file()
    ):
        return False
    if set(columns):
        return True
    return path.suffix.lower() == ".parquet" or not holds_records(path)


def holds_records(path: Path) -> bool:
    """Whether a table holds statements or entities, not articles."""
    if path.suffix.lower() in SHEETS:
        header, _ = sheet_rows(sheet_bytes(path), str(path))
        names = set(map(_folded, header))
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
    is_entity = {"name", "type"} <= first.keys()
    if is_entity or RECORD_KEYS & first.keys():
        return True
    return not _is_article(map(_folded, _flat(first)))


def _is_article(names: Iterable[str]) -> bool:
    return bool(set(names) & {*COLUMNS["text"], *COLUMNS["url"]})


def table_rows(path: Path, columns: Mapping[str, str]) -> Iterator[ArticleRow]:
    """The articles of a table; `columns` names the column of a field where it is not one of COLUMNS.

    Raises BadInput where the table cannot be read, has no column for text or address,
    or lacks one that `columns` names.
    """
    order = _order(path, columns)
    for number, cells in _cells(path):
        fields = _fields_of(cells, columns)
        text = fields.pop("text")
        if text is None and fields["url"] is None:
            if number == _first(path) and not _is_article(map(_folded, cells)):
                message = (
                    f"{path}: no column holds text or an "
                    "address; name one: --map text=COLUMN"
                )
                raise BadInput(message)
            continue
        if fields["published"]:
            fields["published"] = (
                day(fields["published"], order) or fields["published"]
            )
        page = fields.pop("page")
        named = {field: value for field, value in fields.items() if value}
        yield ArticleRow(number, _plain(text) if text else None, named, page)


def _plain(text: str) -> str:
    """A text as it is read; one that a service gives as a piece of a page without its markup."""
    return clean(fragment_text(text) if FRAGMENT.match(text) else text)


def _order(path: Path, columns: Mapping[str, str]) -> str | None:
    """Whether the table's dates such as 3/4/2026 have the day or the month first."""
    rows = (_fields_of(cells, columns) for _, cells in _cells(path))
    return day_order(filter(None, (days["published"] for days in rows)))


def _fields_of(
    cells: Mapping[str, str], columns: Mapping[str, str]
) -> dict[str, str | None]:
    """What a row tells, by field."""
    folded = {_folded(name): value for name, value in cells.items()}
    return {field: _value(folded, field, columns) for field in COLUMNS}


def _folded(name: str) -> str:
    """A column's name in words of small letters: "Pub_Date" and "pubDate" are both "pub date"."""
    return WORDS.sub(" ", name.strip()).strip().casefold()


def _first(path: Path) -> int:
    return 2 if path.suffix.lower() in SHEETS else 1


def _value(
    cells: Mapping[str, str], field: str, columns: Mapping[str, str]
) -> str | None:
    if field in columns:
        name = _folded(columns[field])
        if name not in cells:
            message = (
                f"--map {field}={columns[field]}: the table has "
                f"no such column; it has {', '.join(cells)}"
            )
            raise BadInput(message)
        return _plain_cell(cells[name])
    values = (
        _plain_cell(cells[name]) for name in COLUMNS[field] if name in cells
    )
    return next(filter(None, values), None)


def _plain_cell(cell: str) -> str | None:
    """A cell without what programs write where they have nothing to tell."""
    text = cell.strip()
    return None if text.casefold() in NOTHING else text


def _cells(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    suffix = path.suffix.lower()
    if suffix in SHEETS:
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
            message = (
                f"{path}:{number}: is no JSON object; "
                "a table of articles has one a line"
            )
            raise BadInput(message)
        yield number, {key: _text(cell) for key, cell in _flat(value).items()}


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with the fields that a service put one level down."""
    inner = [record[key] for key in INNER if isinstance(record.get(key), dict)]
    below = {str(key): cell for part in inner for key, cell in part.items()}
    return below | {str(key): cell for key, cell in record.items()}


def _text(value: object, depth: int = 0) -> str:
    """A value in words: of an object its name, of a list all parts, of what is no number nothing."""
    if value is None or value != value or depth > MOST_DEPTH:  # noqa: PLR0124  NaN is unlike itself
        return ""
    if isinstance(value, list):
        return ", ".join(
            filter(None, (_text(part, depth + 1) for part in value))
        )
    if isinstance(value, dict):
        named = (_text(value.get(label), depth + 1) for label in LABELS)
        return next(filter(None, named), "")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


def _objects(path: Path) -> Iterator[Any]:
    """The records of JSON: a list of them, wherever a service's answer has it, or one a line."""
    text = sheet_text(sheet_bytes(path), str(path))
    is_list = text.lstrip().startswith("[")
    try:
        if is_list or path.suffix.lower() == ".json":
            yield from _listed(json.loads(text))
            return
    except (ValueError, RecursionError):
        if is_list:
            yield None
            return
    for line in text.split("\n"):
        if line.strip():
            yield _json(line)


def _json(line: str) -> Any:  # noqa: ANN401  whatever the line holds
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _listed(value: Any, depth: int = 0) -> list[Any]:  # noqa: ANN401  whatever the file holds
    """The records in a file's one value: itself, or the longest list of objects in it."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth > MOST_DEPTH or _is_record(value):
        return [value]
    if _is_article(map(_folded, value)) and _is_by_column(value):
        return _rows_of(
            {name: _numbered(cells) for name, cells in value.items()}
        )
    if all(
        isinstance(part, dict) and _is_record(part) for part in value.values()
    ):
        return list(value.values())
    inside = (_listed(part, depth + 1) for part in value.values())
    lists = [part for part in inside if part and isinstance(part[0], dict)]
    return max(lists, key=_likelihood, default=[value])


def _likelihood(records: list[Any]) -> tuple[bool, int]:
    """How likely a list holds what the file is about."""
    return _is_record(records[0]), len(records)


def _is_by_column(value: Mapping[str, Any]) -> bool:
    """Whether an object is a table that was written column by column."""
    columns = list(value.values())
    if all(isinstance(cells, dict) for cells in columns):
        return True
    lists = [cells for cells in columns if isinstance(cells, list)]
    is_even = len({len(cells) for cells in lists}) == 1
    return is_even and len(lists) == len(columns) and not _holds_objects(lists)


def _holds_objects(lists: Iterable[list[Any]]) -> bool:
    return any(isinstance(cell, dict) for cells in lists for cell in cells)


def _is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object is an article or a record itself, and not what holds them."""
    if RECORD_KEYS & value.keys():
        return True
    plain = {key for key, cell in value.items() if isinstance(cell, str)}
    return _is_article(map(_folded, plain))


def _numbered(cells: Any) -> Mapping[str, Any]:  # noqa: ANN401  whatever the file holds
    """The cells of a column by their row."""
    if isinstance(cells, list):
        return {str(number): cell for number, cell in enumerate(cells)}
    return cells if isinstance(cells, dict) else {}


def _rows_of(columns: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Records of a table that was written column by column."""
    numbers = dict.fromkeys(
        number for cells in columns.values() for number in cells
    )
    return [
        {name: cells.get(number) for name, cells in columns.items()}
        for number in numbers
    ]


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
