"""Record files as rows: JSON Lines and CSV give the same, and a file that cannot be read says why."""

import csv
import io
from pathlib import Path

import pytest

from onrecord import workspace
from onrecord.ingest.records import Batch, records
from onrecord.ingest.rows import rows
from onrecord.model import Entity
from onrecord.model.errors import BadInput


@pytest.fixture
def read(graph):
    schema = workspace.shipped().ontology_file("records.schema.json")

    def run(path: Path, form: str | None = None) -> Batch:
        return records([path], schema, graph.vocabulary, form)

    return run


def sheet(path: Path, *cells: dict[str, object], delimiter: str = ",") -> Path:
    """A table of these rows."""
    columns = list(dict.fromkeys(column for row in cells for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(cells)
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


ADDRESS = {"doc_url": "https://news.example/one"}
DOCUMENT = ADDRESS | {
    "doc_publisher": "Example News",
    "doc_source_kind": "report",
    "doc_translated": "TRUE",
}
FEAR = {
    "actors": "Ada Example; Bob Sample",
    "relation": "concernedAbout",
    "object": "job-displacement",
    "object_kind": "topic",
    "gist": "Fears, with commas; and more.",
    "negated": "false",
    "topics": "job-displacement;regulation",
    "confidence": "0.7",
    "review_status": "accepted",
    "review_by": "a reader",
    "quote_exact": "I fear",
    "quote_start": "3",
    "quote_end": "9",
}
URGE = {
    "actors": "Ada Example",
    "relation": "urges",
    "object": "Nine",
    "object_kind": "entity",
    "gist": "Urges.",
    "negated": "True",
}


@pytest.mark.parametrize(
    "delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"]
)
def test_csv_reads_as_json_lines_do(
    read, desk, tmp_path: Path, delimiter: str
) -> None:
    table = sheet(
        tmp_path / "r.csv", DOCUMENT | FEAR, ADDRESS | URGE, delimiter=delimiter
    )
    fear = {
        "actors": ["Ada Example", "Bob Sample"],
        "gist": FEAR["gist"],
        "negated": False,
        "topics": ["job-displacement", "regulation"],
        "confidence": 0.7,
        "review": {"status": "accepted", "by": "a reader"},
        "quote": {"exact": "I fear", "start": 3, "end": 9},
    }
    lines = desk.write(
        desk.told(
            desk.said(**fear),
            desk.said("urges", "Nine", gist="Urges.", negated=True),
            translated=True,
        )
    )
    from_table, from_lines = read(table), read(lines)
    assert (from_table.faults, from_lines.faults) == ((), ())
    (one,), (other,) = from_table.sources, from_lines.sources
    assert one.document == other.document
    assert [each for _, each in one.statements] == [
        each for _, each in other.statements
    ]


def test_a_table_with_names_and_types_holds_entities(
    read, tmp_path: Path
) -> None:
    table = sheet(
        tmp_path / "e.csv",
        {
            "name": "Ada",
            "type": "Person",
            "aliases": "A.; Ada E.",
            "country": "",
        },
    )
    ((_, entity),) = read(table).entities
    assert entity == Entity("Ada", "Person", ("A.", "Ada E."))


def test_a_table_tells_of_parties_and_of_the_event_that_dates_a_document(
    read, tmp_path: Path
) -> None:
    suit = {"name": "A v. B", "type": "Lawsuit", "parties": "Ada; Bob"}
    ((_, entity),) = read(sheet(tmp_path / "e.csv", suit)).entities
    assert entity == Entity("A v. B", "Lawsuit", parties=("Ada", "Bob"))
    proof = "a suit is filed; proof: https://court.example"
    event = {"doc_not_before": "2025-10", "doc_not_before_proof": proof}
    (source,) = read(sheet(tmp_path / "r.csv", DOCUMENT | event | FEAR)).sources
    assert source.document.not_before == "2025-10"
    assert source.document.not_before_proof == proof


def test_an_event_without_its_proof_is_a_fault(read, tmp_path: Path) -> None:
    event = DOCUMENT | {"doc_not_before": "2025-10"}
    (fault,) = read(sheet(tmp_path / "r.csv", event | FEAR)).faults
    assert "not_before_proof" in fault


def test_faults_of_a_table_name_the_line_that_the_row_begins_on(
    read, tmp_path: Path
) -> None:
    table = sheet(
        tmp_path / "r.csv",
        DOCUMENT | FEAR | {"gist": "over\ntwo lines"},
        ADDRESS | URGE | {"confidence": "high"},
    )
    (fault,) = read(table).faults
    assert fault == f"{table}:4: confidence: 'high' is not of type 'number'"


def test_rows_that_contradict_each_other_on_their_document_are_a_fault(
    read, tmp_path: Path
) -> None:
    table = sheet(
        tmp_path / "r.csv",
        DOCUMENT | FEAR,
        ADDRESS | {"doc_publisher": "Other News"} | URGE,
    )
    (fault,) = read(table).faults
    assert (
        fault
        == f"{table}:3: doc_publisher: 'Other News', where {table}:2 has 'Example News' for the same document"
    )


def test_a_row_with_too_many_cells_and_an_unknown_column_are_faults(
    read, tmp_path: Path
) -> None:
    table = sheet(tmp_path / "r.csv", DOCUMENT | FEAR | {"mood": "glum"})
    table.write_text(
        table.read_text(encoding="utf-8-sig") + "a" + ",b" * 40 + "\n",
        encoding="utf-8",
    )
    found = "\n".join(read(table).faults)
    assert "more than the header has columns" in found
    assert "'mood' was unexpected" in found


def test_an_open_quotation_mark_is_a_fault_with_its_line(
    read, tmp_path: Path
) -> None:
    table = sheet(tmp_path / "r.csv", DOCUMENT | FEAR)
    table.write_text(
        table.read_text(encoding="utf-8-sig") + '"open', encoding="utf-8"
    )
    assert [
        fault.startswith(f"{table}:3: no CSV: ") for fault in read(table).faults
    ] == [True]


def test_blank_lines_windows_line_ends_and_a_byte_order_mark_do_not_matter(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes('\ufeff\r\n{"a": 1}\r\n\r\n{"b": "\u2028"}'.encode())
    assert [(row.where, row.value) for row in rows(path)] == [
        (f"{path}:2", {"a": 1}),
        (f"{path}:4", {"b": "\u2028"}),
    ]


def test_the_form_may_be_named_whatever_the_suffix(
    read, tmp_path: Path
) -> None:
    table = sheet(tmp_path / "coders.txt", DOCUMENT | FEAR)
    assert len(read(table, "csv").sources) == 1


def test_json_that_is_too_deep_is_a_fault_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("[" * 100_000 + "\n{}\n", encoding="utf-8")
    assert [bool(row.fault) for row in rows(path)] == [True, False]


def test_a_file_that_is_not_there_or_no_text_is_an_error_that_names_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(
        BadInput, match=r"none\.jsonl: No such file or directory"
    ):
        list(rows(tmp_path / "none.jsonl"))
    with pytest.raises(BadInput, match="Is a directory"):
        list(rows(tmp_path))
    (tmp_path / "mac.csv").write_bytes("café".encode("mac_roman"))
    with pytest.raises(
        BadInput, match=r"mac\.csv: byte 3 is no UTF-8; save the file as UTF-8"
    ):
        list(rows(tmp_path / "mac.csv"))
