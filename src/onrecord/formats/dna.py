"""A coding → a database that the Discourse Network Analyzer 3 opens (SQLite, the tables of its version 3.0.7)."""

import base64
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import astuple
from itertools import permutations
from pathlib import Path

from onrecord.model import CodedEntity, Coding

VERSION = "3.0.7"
PASSWORD = "onrecord"  # noqa: S105  no secret: DNA asks for one, and everybody may know this
ITERATIONS = 100_000
YELLOW = (239, 208, 51)
"""The colour of statements in DNA's text, as red, green, blue."""
SCHEMA = Path(__file__).with_name("dna.sql")
HOLDERS = {
    "boolean": "DATABOOLEAN",
    "integer": "DATAINTEGER",
    "long text": "DATALONGTEXT",
    "short text": "DATASHORTTEXT",
}


def dna(coding: Coding) -> bytes:
    """The database as bytes; the same coding gives the same bytes.

    Every coder has the password "onrecord", which SETTINGS say too: passwords are in no graph.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA.read_text(encoding="utf-8"))
        settings = {
            "date": "1970-01-01",
            **dict(coding.settings),
            "version": VERSION,
            "password": PASSWORD,
        }
        for setting in sorted(settings.items()):
            _put(database, "SETTINGS", setting)
        _frame(database, coding)
        _entities(database, coding)
        _statements(database, coding)
        database.commit()
        return database.serialize()


def _put(
    database: sqlite3.Connection,
    table: str,
    row: tuple[object, ...],
    columns: str = "",
) -> None:
    """Adds a row to a table, in the order of these columns or of all."""
    places = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table}{columns} VALUES ({places})", row)  # noqa: S608  our own names


def _frame(database: sqlite3.Connection, coding: Coding) -> None:
    coders = dict(coding.coders) or {1: "Admin"}
    for number, name in coders.items():
        row = (number, name, password(name))
        _put(database, "CODERS", row, "(ID, Name, Password)")
    for pair in permutations(coders, 2):
        _put(database, "CODERRELATIONS", pair, "(Coder, OtherCoder)")
    for regex in coding.regexes:
        _put(database, "REGEXES", (regex,), "(Label)")
    for number, label in coding.types:
        _put(database, "STATEMENTTYPES", (number, label, *YELLOW))
    for variable in coding.variables:
        _put(database, "VARIABLES", astuple(variable))
    columns = (
        "(ID, Title, Text, Date, Coder, Author, Source, Section, Notes, Type)"
    )
    for document in coding.documents:
        _put(database, "DOCUMENTS", astuple(document), columns)


def _entities(database: sqlite3.Connection, coding: Coding) -> None:
    """Entities under others come after them; attributes have a number for each variable and name."""
    names = set()
    for entity in sorted(coding.entities, key=_parents_first):
        place = (entity.id, entity.variable, entity.value)
        _put(database, "ENTITIES", (*place, *entity.colour, entity.child_of))
        for name, _ in entity.attributes:
            names.add((entity.variable, name))
    numbers = {}
    for number, (variable, name) in enumerate(sorted(names), 1):
        numbers[variable, name] = number
        _put(database, "ATTRIBUTEVARIABLES", (number, variable, name))
    columns = "(EntityId, AttributeVariableId, AttributeValue)"
    for entity in coding.entities:
        for name, value in entity.attributes:
            row = (entity.id, numbers[entity.variable, name], value)
            _put(database, "ATTRIBUTEVALUES", row, columns)


def _parents_first(entity: CodedEntity) -> tuple[bool, int]:
    return entity.child_of is not None, entity.id


def _statements(database: sqlite3.Connection, coding: Coding) -> None:
    kinds = {variable.id: variable.kind for variable in coding.variables}
    for statement in coding.statements:
        place = (statement.document, statement.start, statement.stop)
        row = (statement.id, statement.type, *place, statement.coder)
        _put(database, "STATEMENTS", row)
        for variable, value in statement.values:
            kind = kinds[variable]
            column = "Entity" if kind == "short text" else "Value"
            stored = int(value) if kind == "boolean" else value
            columns = f"(StatementId, VariableId, {column})"
            _put(
                database,
                HOLDERS[kind],
                (statement.id, variable, stored),
                columns,
            )


def password(name: str) -> str:
    """The password as DNA stores it: salt and SHA-256, 100,000 times over (Jasypt, StrongPasswordEncryptor).

    The salt follows from the coder's name, so that the same coding gives the same bytes.
    """
    salt = hashlib.sha256(name.encode()).digest()[:16]
    digest = salt + PASSWORD.encode()
    for _ in range(ITERATIONS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()
