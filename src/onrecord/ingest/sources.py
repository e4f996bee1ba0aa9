"""What a source is: articles, records, codings or a graph; told by its name, and of a table by its columns."""

from collections.abc import Iterable
from pathlib import Path

from onrecord.ingest.checks import is_address
from onrecord.ingest.coded import SUFFIXES as SHEETS
from onrecord.ingest.coded import is_coded_sheet
from onrecord.ingest.rows import FORMS as RECORD_SUFFIXES
from onrecord.ingest.sheets import sheet_bytes, sheet_rows
from onrecord.ingest.tables import SUFFIXES, is_table_of_articles
from onrecord.model.errors import BadInput

ARTICLES, RECORDS, CODINGS, GRAPH = "articles", "records", "codings", "graph"
RECORD_FORMS = frozenset({"jsonl", "json", "csv"})
CODED_SUFFIXES = frozenset({".dna", ".qdpx"})
GRAPH_SUFFIXES = frozenset(
    {".ttl", ".trig", ".nt", ".nq", ".n3", ".rdf", ".owl", ".jsonld"}
)


def kind_of(
    source: str, form: str | None = None, columns: Iterable[str] = ()
) -> str:
    """Which kind a source is of; `form` and `columns` are what a person says that it holds.

    Raises BadInput for standard input of which nobody says what it holds, and for a
    table that cannot be read.
    """
    if is_address(source) or Path(source).is_dir():
        return ARTICLES
    if form is not None:
        return RECORDS if form in RECORD_FORMS else ARTICLES
    if source == "-":
        message = (
            "-: say what standard input holds: --as text, html, jsonl or csv"
        )
        raise BadInput(message)
    suffix = Path(source).suffix.lower()
    is_coded = not set(columns) and _is_coded(Path(source), suffix)
    if suffix in CODED_SUFFIXES or is_coded:
        return CODINGS
    if suffix in GRAPH_SUFFIXES:
        return GRAPH
    is_table = suffix in SUFFIXES
    is_record = is_table or suffix.removeprefix(".") in RECORD_SUFFIXES
    if is_record and not (
        is_table and is_table_of_articles(source, form, columns)
    ):
        return RECORDS
    return ARTICLES


def _is_coded(path: Path, suffix: str) -> bool:
    """Whether a sheet holds coded segments."""
    if suffix not in SHEETS or not path.is_file():
        return False
    header, _ = sheet_rows(sheet_bytes(path), str(path))
    return is_coded_sheet(header)


def kind_of_all(
    sources: list[str], form: str | None = None, columns: Iterable[str] = ()
) -> str:
    """The one kind that all sources are of; raises BadInput where they are of several."""
    kinds = {source: kind_of(source, form, columns) for source in sources}
    names = sorted(set(kinds.values()))
    if len(names) > 1:
        other = next(
            source for source in sources if kinds[source] != kinds[sources[0]]
        )
        message = (
            f"{other}: {' and '.join(names)} are added one after the other; "
            "name only one kind of file"
        )
        raise BadInput(message)
    return names[0] if names else RECORDS
