"""Databases that DNA did not write, or not to the end: each is a sentence, none a traceback."""

import sqlite3
from contextlib import closing

import pytest

from onrecord.formats.dna import dna
from onrecord.ingest.dna import coding
from onrecord.model import (
    CodedDocument,
    CodedEntity,
    CodedStatement,
    Coding,
    Variable,
)
from onrecord.model.errors import BadInput

OLD = """
CREATE TABLE SETTINGS(Property TEXT, Value TEXT);
CREATE TABLE DOCUMENTS(ID INTEGER, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT, Section TEXT,
  Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE CODERS(ID INTEGER, Name TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE VARIABLES(ID INTEGER, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER,
  Coder INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value TEXT);
CREATE TABLE DATASHORTTEXT(ID INTEGER, StatementId INTEGER, VariableId INTEGER, StatementTypeId INTEGER, Value TEXT);
CREATE TABLE ATTRIBUTES(ID INTEGER, VariableId INTEGER, Value TEXT, Red INTEGER, Green INTEGER, Blue INTEGER,
  Type TEXT, Alias TEXT, Notes TEXT, ChildOf TEXT);
INSERT INTO DOCUMENTS VALUES(1, 'A paper', 'Ada wants a levy.', 1, '', 'Herald', '', '', '', 1704067200000);
INSERT INTO CODERS VALUES(1, 'Admin', 0, 0, 0);
INSERT INTO STATEMENTTYPES VALUES(1, 'DNA Statement', 0, 0, 0);
INSERT INTO VARIABLES VALUES(1, 'organization', 'short text', 1), (2, 'agreement', 'boolean', 1);
INSERT INTO STATEMENTS VALUES(1, 1, 1, 0, 17, 1);
INSERT INTO DATASHORTTEXT VALUES(1, 1, 1, 1, 'Studio Nine');
INSERT INTO DATABOOLEAN VALUES(1, 1, 2, 1, 1);
INSERT INTO ATTRIBUTES VALUES(1, 1, 'Studio Nine', 255, 0, 0, 'Company', '', 'big', '');
"""
SMALL = Coding(
    types=((1, "DNA Statement"),),
    variables=(
        Variable(1, "organization", "short text", 1),
        Variable(2, "agreement", "boolean", 1),
    ),
    coders=((1, "Admin"),),
    entities=(CodedEntity(1, 1, "Studio Nine"),),
    documents=(
        CodedDocument(1, "A paper", "Ada wants a levy.", 1704067200, 1),
    ),
    statements=(CodedStatement(1, 1, 1, 0, 17, 1, ((1, 1), (2, True))),),
)


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.dna"
    path.write_bytes(dna(SMALL))
    return path


@pytest.fixture
def changed(small):
    """Runs SQL in the small database, without its constraints, and reads it."""

    def change(sql):
        with closing(sqlite3.connect(small)) as opened:
            opened.execute("PRAGMA ignore_check_constraints = ON")
            opened.executescript(sql)
        return coding(small)

    return change


def test_what_was_written_is_read(small):
    found = coding(small)
    assert (found.variables, found.entities, found.documents, found.statements) == (
        SMALL.variables, SMALL.entities, SMALL.documents, SMALL.statements
    )  # fmt: skip
    assert found.notes == ()


def test_the_older_schema_is_read_too(tmp_path):
    path = tmp_path / "old.dna"
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(OLD)
    found = coding(path)
    assert found.documents[0].time == 1704067200
    assert found.statements == SMALL.statements
    (entity,) = found.entities
    assert (entity.value, entity.colour) == ("Studio Nine", (255, 0, 0))
    assert dict(entity.attributes) == {
        "Type": "Company",
        "Alias": "",
        "Notes": "big",
    }


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 a zip", bytes(range(256)) * 20]
)
def test_what_is_no_sqlite_or_encrypted_is_told(tmp_path, content):
    path = tmp_path / "study.dna"
    path.write_bytes(content)
    with pytest.raises(
        BadInput, match="no SQLite database, or an encrypted one"
    ):
        coding(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInput, match="No such file"):
        coding(tmp_path / "none.dna")


def test_a_half_written_database_is_told(small):
    whole = small.read_bytes()
    small.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="half written"):
        coding(small)


def test_a_damaged_database_is_told(small):
    whole = bytearray(small.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    small.write_bytes(whole)
    with pytest.raises(BadInput, match="damaged or incomplete"):
        coding(small)


def test_a_database_of_something_else_is_told_what_it_lacks(tmp_path):
    path = tmp_path / "music.dna"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE SONGS(ID INTEGER)")
        opened.commit()
    with pytest.raises(BadInput, match="no table STATEMENTS"):
        coding(path)


def test_a_table_without_its_columns_is_told(changed):
    with pytest.raises(BadInput, match="table STATEMENTS has no column Stop"):
        changed("ALTER TABLE STATEMENTS RENAME COLUMN Stop TO Halt")


def test_a_view_in_the_place_of_a_table_is_not_asked(changed):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS ID, '' AS Name FROM n"
    with pytest.raises(BadInput, match="no table CODERS"):
        changed(
            f"PRAGMA foreign_keys = OFF; DROP TABLE CODERS; CREATE VIEW CODERS AS {endless}"
        )


@pytest.mark.parametrize(
    ("sql", "note"),
    [
        (
            "INSERT INTO STATEMENTS VALUES(9, 1, 99, 0, 5, 1)",
            "1 statements of no document or type left out",
        ),
        (
            "INSERT INTO STATEMENTS VALUES(9, 7, 1, 0, 5, 1)",
            "1 statements of no document or type left out",
        ),
        (
            "INSERT INTO DATABOOLEAN VALUES(9, 99, 2, 1)",
            "1 values of no statement left out",
        ),
        (
            "INSERT INTO DATABOOLEAN VALUES(9, 1, 77, 1)",
            "1 values of no variable of their kind left out",
        ),
        (
            "INSERT INTO DATAINTEGER VALUES(9, 1, 2, 1)",
            "1 values of no variable of their kind left out",
        ),
        (
            "UPDATE DATASHORTTEXT SET Entity = 55",
            "1 values that are no entity left out",
        ),
        (
            "INSERT INTO ENTITIES VALUES(9, 88, 'x', 0, 0, 0, NULL)",
            "1 entities of no variable left out",
        ),
        (
            "INSERT INTO VARIABLES VALUES(9, 'x', 'boolean', 66)",
            "1 variables of no statement type left out",
        ),
    ],
)
def test_orphan_rows_are_left_out_and_counted(changed, sql, note):
    found = changed(f"PRAGMA foreign_keys = OFF; {sql}")
    assert found.notes == (note,)
    assert found.statements[0].id == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE STATEMENTS SET Start = 'soon'",
        "UPDATE DOCUMENTS SET Date = 'yesterday'",
        "UPDATE DATABOOLEAN SET Value = 'perhaps'",
    ],
)
def test_words_where_numbers_belong_are_told(changed, sql):
    with pytest.raises(BadInput, match="where a whole number belongs"):
        changed(sql)


def test_the_file_is_not_touched(small):
    before = small.read_bytes()
    small.chmod(0o444)
    coding(small)
    assert small.read_bytes() == before
    assert [each.name for each in small.parent.iterdir()] == ["small.dna"]


def test_a_document_dated_outside_the_calendar_is_told(changed):
    with pytest.raises(
        BadInput, match="document 1 has a date outside the calendar"
    ):
        changed("UPDATE DOCUMENTS SET Date = 9223372036854775807")


def test_a_value_too_long_to_be_a_text_is_refused(changed):
    with pytest.raises(BadInput, match="too big"):
        changed("UPDATE DOCUMENTS SET Text = printf('%.*c', 20000000, 'x')")
