"""Sheets of whatever program and country, and the kinds of sources that are told by them."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from onrecord.ingest.sheets import flag, sheet_notes, sheet_rows
from onrecord.ingest.sources import kind_of, kind_of_all
from onrecord.ingest.tables import table_rows
from onrecord.model.errors import BadInput


def read(data: bytes, known=()):
    header, rows = sheet_rows(data, "s.csv", known)
    return header, [(row.line, dict(row.cells)) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "a;b\n1;2\n",
        "a\tb\n1\t2\n",
        "a|b\n1|2\n",
        "\ufeffa,b\r\n1,2\r\n",
        "a,b\n,\n1,2\n\n,,\n",
        'A , B\n"1","2"\n',
        "a,b,,\n1,2,,\n",
        "Export of 3 March,\n\na,b\n1,2\n",
        "a,b\n1,2\n;;;\n \xa0 ,\n\x1a",
    ],
)
def test_a_sheet_is_read_whatever_program_wrote_it(text):
    header, rows = read(text.encode(), ("a", "b"))
    assert header == ["a", "b"]
    assert [cells for _, cells in rows] == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_line_of_excel_that_names_the_delimiter_is_no_row(charset):
    header, rows = read('sep=;\r\na;b\r\n"1;2";3\r\n'.encode(charset))
    assert (header, rows) == (["a", "b"], [(3, {"a": "1;2", "b": "3"})])


def test_a_sheet_in_utf_16_needs_no_mark():
    header, rows = read("a\tb\r\n1\t2\r\n".encode("utf-16-le"))
    assert (header, rows) == (["a", "b"], [(2, {"a": "1", "b": "2"})])


@pytest.mark.parametrize("text", ["a\n1,2\n", "a b\n1,2\n", "full text\n"])
def test_a_header_of_one_column_is_no_caption(text):
    header, _ = read(text.encode())
    assert header == [text.partition("\n")[0]]


def test_a_row_that_is_no_csv_is_told_by_its_line():
    header, rows = sheet_rows(b'a,b\n"1"x,2\n', "s.csv")
    assert header == ["a", "b"]
    assert [(row.line, (row.fault or "")[:7]) for row in rows] == [
        (2, "no CSV:")
    ]


def test_quotation_marks_are_words_in_a_table_of_tabs_that_is_broken_with_them():
    _, rows = sheet_rows(b'title\ttext\nA\t"Yes" she said.\n', "a.tsv")
    assert [row.cells["text"] for row in rows] == ['"Yes" she said.']
    _, rows = sheet_rows(b'title\ttext\nA\t"Yes, ""no""."\n', "a.tsv")
    assert [row.cells["text"] for row in rows] == ['Yes, "no".']


def test_lines_are_counted_as_an_editor_counts_them():
    _, rows = read(b'a,b\n\n"1\n2",3\n4,5\n')
    assert [line for line, _ in rows] == [3, 5]


def test_delimiters_inside_quotation_marks_of_the_header_do_not_count():
    header, _ = read(b'"a, b, c and d";e\n1;2\n')
    assert header == ["a, b, c and d", "e"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a,b,A\n1,2,3\n", r"s\.csv:1: the column a comes twice"),
        (b"a,b\n\x8e,2\n", r"save the file as UTF-8"),
        (b"PK\x03\x04nothing", r"the Excel file cannot be read"),
    ],
)
def test_a_sheet_that_cannot_be_read_right_is_refused_in_words(data, message):
    with pytest.raises(BadInput, match=message):
        read(data, ("a",))


CHARSETS = [
    ("cp1252", "Zoë’s naïve café — “für €5”", True),
    ("utf-8", "Zoë", False),
    ("utf-16", "Zoë", False),
    ("mac_roman", "Zoë", False),
    ("cp1250", "żółć", False),
    ("cp1251", "Привет", False),
    ("cp1254", "Beşiktaş", False),
    ("cp437", "café", False),
    ("shift_jis", "日本語", False),
]


@pytest.mark.parametrize(("charset", "cell", "is_western"), CHARSETS)
def test_a_sheet_is_read_as_windows_1252_where_it_can_be_nothing_else(
    tmp_path: Path, charset, cell, is_western
):
    path = tmp_path / "s.csv"
    path.write_bytes(f"a;b\n{cell};2\n".encode(charset))
    assert [note.count("Windows-1252") for note in sheet_notes([path])] == [
        1
    ] * is_western
    if is_western:
        assert read(path.read_bytes())[1] == [(2, {"a": cell, "b": "2"})]


def test_a_row_with_more_cells_than_columns_is_a_fault():
    _, rows = sheet_rows(b"a,b\n1,2,3\n", "s.csv")
    assert [row.fault for row in rows] == [
        "1 cell more than the header has columns"
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("TRUE", True),
        ("no", False),
        ("1", True),
        ("WAHR", None),
        ("vrai", None),
        ("", None),
    ],
)
def test_truth_is_told_in_english_or_not_at_all(cell, value):
    assert flag(cell) is value


def workbook(*rows: tuple) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_an_excel_file_is_a_sheet():
    data = workbook(
        ("a", "b", "c"), (1.0, True, dt.date(2026, 3, 1)), (None, None, None)
    )
    _, rows = read(data)
    assert rows == [(2, {"a": "1", "b": "true", "c": "2026-03-01"})]


ARTICLE = {
    "Headline": "Crew goes home",
    "Body": "It went.",
    "Date": "3 March 2026",
    "Source": "Example Times",
}


def csv_of(*rows: dict) -> bytes:
    import csv  # noqa: PLC0415

    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def parquet_of(row: dict) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415

    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([row]), file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.csv", csv_of),
        ("a.jsonl", lambda row: json.dumps(row).encode()),
        ("a.json", lambda row: json.dumps([row]).encode()),
        ("a.xlsx", lambda row: workbook(tuple(row), tuple(row.values()))),
        ("a.parquet", parquet_of),
    ],
)
def test_a_table_of_articles_is_told_by_its_columns(tmp_path: Path, name, made):
    path = tmp_path / name
    path.write_bytes(made(ARTICLE))
    assert kind_of(str(path)) == "articles"
    [row] = table_rows(path, {})
    assert row.text == "It went."
    assert row.fields == {
        "title": "Crew goes home",
        "published": "2026-03-03",
        "publisher": "Example Times",
    }


@pytest.mark.parametrize(
    "nothing", ["NA", "n/a", "NaN", "null", "#N/A", "None"]
)
def test_what_programs_write_for_an_empty_cell_tells_nothing(
    tmp_path: Path, nothing
):
    path = tmp_path / "a.csv"
    path.write_text(f"url,text,title\nhttps://e.org/a,{nothing},{nothing}\n")
    [row] = table_rows(path, {})
    assert (row.text, row.fields) == (None, {"url": "https://e.org/a"})


A = "Netflix used AI in a film."


@pytest.mark.parametrize(
    ("name", "made"),
    [
        (
            "news.json",
            (
                '{"status":"ok","articles":[{"source":{"id":null,"name":"Example Times"},"title":"T",'
                f'"url":"https://e.org/a","publishedAt":"2025-03-01T10:00:00Z","content":"{A}"}}]}}'
            ),
        ),
        (
            "guardian.json",
            (
                '{"response":{"results":[{"webTitle":"T","webPublicationDate":"2025-03-01T10:00:00Z",'
                f'"source":"Example Times","fields":{{"bodyText":"{A}"}}}}]}}}}'
            ),
        ),
        (
            "columns.json",
            f'{{"title":{{"0":"T"}},"text":{{"0":"{A}"}},"date":{{"0":1740787200}},"media":{{"0":"Example Times"}}}}',
        ),
        (
            "lines.json",
            f'{{"title":"T","text":"{A}","date":"2025-03-01","outlet":"Example Times"}}\n\n',
        ),
        (
            "lists.json",
            f'{{"title":["T"],"text":["{A}"],"date":["45717"],"media":["Example Times"]}}',
        ),
        (
            "numbered.json",
            f'{{"0":{{"title":"T","text":"<p>{A}</p>","date":"2025-03-01","media":"Example Times"}}}}',
        ),
        (
            "feed.json",
            (
                '{"author":{"name":"X"},"items":[{"title":"T","source":"Example Times",'
                f'"date_published":"2025-03-01T10:00:00Z","content_html":"<p>{A}</p>"}}]}}'
            ),
        ),
        (
            "de.csv",
            f"Titel;Volltext;Datum;Quelle\nT;{A};01.03.2025;Example Times\n",
        ),
        (
            "fr.tab",
            f"titre\ttexte\tdate\tjournal\nT\t{A}\t1er mars 2025\tExample Times\n",
        ),
        (
            "sep.csv",
            f"sep=\t\nheadline\tbody_text\tpubDate\toutletName\nT\t{A}\t2025-03-01\tExample Times\n",
        ),
    ],
)
def test_articles_of_other_programs_are_found_in_their_files(
    tmp_path: Path, name, made
):
    path = tmp_path / name
    path.write_text(made, encoding="utf-8")
    assert kind_of(str(path)) == "articles"
    [row] = table_rows(path, {})
    told = {
        key: row.fields.get(key) for key in ("title", "published", "publisher")
    }
    assert (row.text, told) == (
        A,
        {"title": "T", "published": "2025-03-01", "publisher": "Example Times"},
    )


def test_what_is_no_number_is_no_text(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": NaN, "url": "https://e.org/a"}\n', encoding="utf-8"
    )
    assert [row.text for row in table_rows(path, {})] == [None]


def test_a_table_whose_columns_a_person_names_holds_articles(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(f"Kop A;Kop B\nT;{A}\n", encoding="utf-8")
    assert kind_of(str(path), columns={"text": "Kop B"}) == "articles"
    [row] = table_rows(path, {"text": "Kop B", "title": "kop a"})
    assert (row.text, row.fields) == (A, {"title": "T"})


def test_the_first_sheet_of_a_workbook_that_holds_anything_is_read():
    openpyxl = pytest.importorskip("openpyxl")
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("Data").append(["title", "text"])
    book.save(file)
    assert sheet_rows(file.getvalue(), "a.xlsx")[0] == ["title", "text"]


def test_a_column_may_be_named(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        csv_of({"Text": "It went.", "Schlagzeile": "Crew goes home"})
    )
    [row] = table_rows(path, {"title": "schlagzeile"})
    assert row.fields == {"title": "Crew goes home"}
    with pytest.raises(
        BadInput, match="has no such column; it has text, schlagzeile"
    ):
        list(table_rows(path, {"title": "Titel"}))


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.csv", "doc_url,actors,relation\n", "records"),
        ("a.csv", "name,type\nAda,Person\n", "records"),
        ("a.csv", "url,title\nhttps://e.org/a,Talk\n", "articles"),
        (
            "a.ndjson",
            '{"entity": {"name": "Ada", "type": "Person"}}',
            "records",
        ),
        ("a.json", '[{"doc": {}, "statements": []}]', "records"),
        ("a.jsonl", "not json", "records"),
        ("a.txt", "text", "articles"),
        ("a.dna", "", "codings"),
        ("a.ttl", "", "graph"),
    ],
)
def test_a_source_is_of_a_kind(tmp_path: Path, name, text, kind):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert kind_of(str(path)) == kind


def test_sources_of_several_kinds_are_not_taken_in_one_go(tmp_path: Path):
    with pytest.raises(
        BadInput, match="articles and codings are added one after the other"
    ):
        kind_of_all([str(tmp_path / "a.txt"), str(tmp_path / "a.dna")])
