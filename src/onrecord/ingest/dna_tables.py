"""The tables of a DNA database: those of a known schema are asked, and a wrong type is told."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from onrecord.model.errors import BadInput

VALUE = ("ID", "VariableId", "Value", "Red", "Green", "Blue")
SHARED = {
    "DOCUMENTS": (
        "ID",
        "Title",
        "Text",
        "Date",
        "Coder",
        "Author",
        "Source",
        "Section",
        "Notes",
        "Type",
    ),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable", "DataType", "StatementTypeId"),
    "STATEMENTS": (
        "ID",
        "StatementTypeId",
        "DocumentId",
        "Start",
        "Stop",
        "Coder",
    ),
    "CODERS": ("ID", "Name"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
}
NEW = SHARED | {
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
    "ENTITIES": (*VALUE, "ChildOf"),
    "ATTRIBUTEVARIABLES": ("ID", "VariableId", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
}
OLD = SHARED | {
    "DATASHORTTEXT": ("StatementId", "VariableId", "Value"),
    "ATTRIBUTES": (*VALUE, "Type", "Alias", "Notes"),
}
MOST_TEXT = 200_000_000

Row = tuple[object, ...]


class Tables:
    """One opened database of a known schema; raises BadInput where it is of another, or holds another type."""

    def __init__(self, path: Path, opened: sqlite3.Connection) -> None:
        self.path, self.opened = path, opened
        self.length = 0
        rows = opened.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        self.names = {str(name) for (name,) in rows}
        self.is_old = (
            "ENTITIES" not in self.names and "ATTRIBUTES" in self.names
        )
        self.schema = OLD if self.is_old else NEW
        missing = sorted(self.schema.keys() - self.names)
        if missing:
            self._refuse(f"it has no table {', no table '.join(missing)}")
        for table, columns in self.schema.items():
            self._refuse_lacking(table, columns)

    def _refuse_lacking(self, table: str, columns: Sequence[str]) -> None:
        """Raises BadInput where a table has not all of its columns."""
        rows = self.opened.execute(f"PRAGMA table_info({table})")
        known = {str(row[1]) for row in rows}
        for name in columns:
            if name not in known:
                self._refuse(f"table {table} has no column {name}")

    def _refuse(self, fault: str) -> NoReturn:
        message = f"{self.path}: no database of DNA that is known: {fault}"
        raise BadInput(message)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table of the schema, in the order of their ids."""
        names = ", ".join(f'"{name}"' for name in self.schema[table])
        order = '"ID"' if "ID" in self.schema[table] else "1, 2"
        return self.opened.execute(
            f'SELECT {names} FROM "{table}" ORDER BY {order}'  # noqa: S608  our own names
        )

    def more(self, table: str, names: str) -> Iterator[Row]:
        """A table that not every version has."""
        if table not in self.names:
            return iter(())
        return self.opened.execute(f'SELECT {names} FROM "{table}" ORDER BY 1')  # noqa: S608  our own names

    def integer(self, value: object, where: str) -> int:
        """A value of the table `where` that must be a whole number."""
        if isinstance(value, int):
            return value
        message = f"{self.path}: table {where} holds {value!r} where a whole number belongs"
        raise BadInput(message)

    def text(self, value: object) -> str:
        """A text without what nothing could write; raises BadInput where all texts are too much."""
        text = str(value if value is not None else "")
        self.length += len(text)
        if self.length > MOST_TEXT:
            message = (
                f"{self.path}: holds more than {MOST_TEXT // 1_000_000} "
                "MB of text; no database of DNA does"
            )
            raise BadInput(message)
        return text.encode("utf-8", "replace").decode("utf-8")

    def optional_integer(self, value: object, where: str) -> int | None:
        """As `integer`; None for none."""
        return None if value is None else self.integer(value, where)
