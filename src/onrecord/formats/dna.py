"""A coding → a database that the Discourse Network Analyzer 3 opens (SQLite, the tables of its version 3.0.7)."""

import base64
import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import astuple
from pathlib import Path

from onrecord.model import Coding

VERSION = "3.0.7"
PASSWORD = "onrecord"  # noqa: S105  no secret: DNA asks for one, and everybody may know this
ITERATIONS = 100_000
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
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(SCHEMA.read_text(encoding="utf-8"))
        settings = {
            "date": "1970-01-01",
            **dict(coding.settings),
            "version": VERSION,
            "password": PASSWORD,
        }
        _fill(made, "SETTINGS", sorted(settings.items()))
        _frame(made, coding)
        _entities(made, coding)
        _statements(made, coding)
        made.commit()
        return made.serialize()


def _fill(
    made: sqlite3.Connection,
    table: str,
    rows: Iterable[tuple[object, ...]],
    columns: str = "",
) -> None:
    for row in rows:
        places = ", ".join("?" * len(row))
        made.execute(f"INSERT INTO {table}{columns} VALUES ({places})", row)  # noqa: S608  our own names


def _frame(made: sqlite3.Connection, coding: Coding) -> None:
    coders = coding.coders or ((1, "Admin"),)
    _fill(
        made,
        "CODERS",
        ((number, name, password(name)) for number, name in coders),
        "(ID, Name, Password)",
    )
    pairs = ((one, two) for one, _ in coders for two, _ in coders if one != two)
    _fill(made, "CODERRELATIONS", pairs, "(Coder, OtherCoder)")
    _fill(made, "REGEXES", ((regex,) for regex in coding.regexes), "(Label)")
    _fill(
        made,
        "STATEMENTTYPES",
        ((number, label, 239, 208, 51) for number, label in coding.types),
    )
    _fill(
        made,
        "VARIABLES",
        (
            (variable.id, variable.name, variable.kind, variable.type)
            for variable in coding.variables
        ),
    )
    columns = "(ID, Title, Text, Date, Coder, Author, Source, Section, Notes, Type)"
    _fill(made, "DOCUMENTS", map(astuple, coding.documents), columns)


def _entities(made: sqlite3.Connection, coding: Coding) -> None:
    """Entities under others come after them; attributes have a number for each variable and name."""
    order = sorted(
        coding.entities, key=lambda entity: (entity.child_of is not None, entity.id)
    )
    rows = (
        (entity.id, entity.variable, entity.value, *entity.colour, entity.child_of)
        for entity in order
    )
    _fill(made, "ENTITIES", rows)
    names = sorted(
        {
            (entity.variable, name)
            for entity in coding.entities
            for name, _ in entity.attributes
        }
    )
    numbers = {pair: at for at, pair in enumerate(names, 1)}
    _fill(made, "ATTRIBUTEVARIABLES", ((at, *pair) for pair, at in numbers.items()))
    values = (
        (entity.id, numbers[entity.variable, name], value)
        for entity in coding.entities
        for name, value in entity.attributes
    )
    _fill(
        made,
        "ATTRIBUTEVALUES",
        values,
        "(EntityId, AttributeVariableId, AttributeValue)",
    )


def _statements(made: sqlite3.Connection, coding: Coding) -> None:
    kinds = {variable.id: variable.kind for variable in coding.variables}
    for statement in coding.statements:
        _fill(
            made,
            "STATEMENTS",
            [
                (
                    statement.id,
                    statement.type,
                    statement.document,
                    statement.start,
                    statement.stop,
                    statement.coder,
                )
            ],
        )
        for variable, value in statement.values:
            kind = kinds[variable]
            column = "Entity" if kind == "short text" else "Value"
            stored = int(value) if kind == "boolean" else value
            _fill(
                made,
                HOLDERS[kind],
                [(statement.id, variable, stored)],
                f"(StatementId, VariableId, {column})",
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
