"""A database of the Discourse Network Analyzer (.dna, SQLite; DNA 3 and the schema before it) → its content.

Nothing of the file is trusted: it is opened read-only, only plain tables are asked, and a wrong type is told.
"""

import pickle
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from onrecord.model import (
    CodedDocument,
    CodedEntity,
    CodedStatement,
    CodedValue,
    Coding,
    Variable,
)
from onrecord.model.errors import BadInput, LimitReached
from onrecord.store.limits import MEGABYTE, Limits, run

MAGIC = b"SQLite format 3\x00"
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
    "ENTITIES": (
        "ID",
        "VariableId",
        "Value",
        "Red",
        "Green",
        "Blue",
        "ChildOf",
    ),
    "ATTRIBUTEVARIABLES": ("ID", "VariableId", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
}
OLD = SHARED | {
    "DATASHORTTEXT": ("StatementId", "VariableId", "Value"),
    "ATTRIBUTES": (
        "ID",
        "VariableId",
        "Value",
        "Red",
        "Green",
        "Blue",
        "Type",
        "Alias",
        "Notes",
    ),
}
OLD_ATTRIBUTES = ("Type", "Alias", "Notes")
KINDS = {
    "DATABOOLEAN": "boolean",
    "DATAINTEGER": "integer",
    "DATALONGTEXT": "long text",
    "DATASHORTTEXT": "short text",
}
MILLISECONDS = 100_000_000_000
"""A date of the older schema counts milliseconds; seconds would be of the year 5138."""
MOST_VALUE = 10_000_000
"""Bytes of one value; a longer text is no article."""
MOST_TEXT = 200_000_000
LIMITS = Limits(seconds=120.0, memory=2048 * MEGABYTE)
FIRST_SECOND, LAST_SECOND = -62_135_596_800, 253_402_300_799
"""The years 1 to 9999."""
MOST_STEPS = 1_000
"""How often a query's progress is looked at, each time after 100,000 steps of SQLite."""

Row = tuple[object, ...]


def coding(path: Path) -> Coding:
    """Reads a .dna file; rows that hang in the air (a value of no statement, say) are left out and counted in `notes`.

    Raises BadInput for a file that is no SQLite database, or encrypted, incomplete, of an unknown schema, or that holds
    something of another type than it should.
    """
    _look_at(path)

    def work(_: None, send: Callable[[bytes], None]) -> None:
        send(pickle.dumps(_coding(path)))

    try:
        answer = b"".join(run(lambda: (None, None), work, LIMITS))
    except LimitReached as error:
        message = f"{path}: takes too long or too much memory to read; no database of DNA does"
        raise BadInput(message) from error
    whole: Coding = pickle.loads(answer)  # noqa: S301  from our own child
    return whole


def _coding(path: Path) -> Coding:
    try:
        with closing(
            sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True
            )
        ) as opened:
            opened.execute("PRAGMA trusted_schema = OFF")
            opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE)
            steps = iter(range(MOST_STEPS))
            opened.set_progress_handler(
                lambda: next(steps, None) is None, 100_000
            )
            return _Database(path, opened).coding()
    except sqlite3.Error as error:
        message = f"{path}: the database is damaged or incomplete ({error}); take a whole copy of it"
        raise BadInput(message) from error


def _look_at(path: Path) -> None:
    """Whether the file can be a whole SQLite database (SQLite file format, section 1.3)."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise BadInput(message) from error
    if not head.startswith(MAGIC):
        message = f"{path}: no SQLite database, or an encrypted one; DNA writes a plain one by File → Save"
        raise BadInput(message)
    page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
    if size < (65_536 if page == 1 else page) * pages:
        message = f"{path}: the database is half written: it has fewer pages than it says; take a whole copy of it"
        raise BadInput(message)


class _Database:
    """One opened database, and what is dropped on the way."""

    def __init__(self, path: Path, opened: sqlite3.Connection) -> None:
        self.path, self.opened = path, opened
        self.dropped: Counter[str] = Counter()
        self.length = 0
        tables = {
            str(name)
            for (name,) in opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        }
        self.is_old = "ENTITIES" not in tables and "ATTRIBUTES" in tables
        self.schema = OLD if self.is_old else NEW
        missing = sorted(self.schema.keys() - tables)
        if missing:
            message = f"{path}: no database of DNA that is known: it has no table {', no table '.join(missing)}"
            raise BadInput(message)
        for table, columns in self.schema.items():
            there = {
                str(row[1])
                for row in opened.execute(f"PRAGMA table_info({table})")
            }
            if lacking := [name for name in columns if name not in there]:
                message = f"{path}: no database of DNA that is known: table {table} has no column {lacking[0]}"
                raise BadInput(message)
        self.tables = tables

    def coding(self) -> Coding:
        """All of it."""
        types = tuple(
            (self._int(a, "STATEMENTTYPES"), self._text(b))
            for a, b in self._rows("STATEMENTTYPES")
        )
        variables = tuple(self._variables({number for number, _ in types}))
        documents = tuple(map(self._document, self._rows("DOCUMENTS")))
        entities = tuple(
            self._old_entities(variables)
            if self.is_old
            else self._entities(variables)
        )
        statements = tuple(
            self._statements(types, documents, variables, entities)
        )
        return Coding(
            types,
            variables,
            tuple(
                (self._int(a, "CODERS"), self._text(b))
                for a, b in self._rows("CODERS")
            ),
            entities,
            documents,
            statements,
            tuple(
                (self._text(a), self._text(b))
                for a, b in self._more("SETTINGS", "Property, Value")
            ),
            tuple(self._text(a) for (a,) in self._more("REGEXES", "Label")),
            tuple(
                f"{number} {what} left out"
                for what, number in sorted(self.dropped.items())
            ),
        )

    def _rows(self, table: str) -> Iterator[Row]:
        names = ", ".join(f'"{name}"' for name in self.schema[table])
        order = '"ID"' if "ID" in self.schema[table] else "1, 2"
        return self.opened.execute(
            f'SELECT {names} FROM "{table}" ORDER BY {order}'  # noqa: S608  our own names
        )

    def _more(self, table: str, names: str) -> Iterator[Row]:
        """A table that not every version has."""
        if table not in self.tables:
            return iter(())
        return self.opened.execute(f'SELECT {names} FROM "{table}" ORDER BY 1')  # noqa: S608  our own names

    def _int(self, value: object, where: str) -> int:
        if isinstance(value, int):
            return value
        message = f"{self.path}: table {where} holds {value!r} where a whole number belongs"
        raise BadInput(message)

    def _text(self, value: object) -> str:
        """A text without what nothing could write; raises BadInput where all texts are too much."""
        text = str(value if value is not None else "")
        self.length += len(text)
        if self.length > MOST_TEXT:
            message = f"{self.path}: holds more than {MOST_TEXT // 1_000_000} MB of text; no database of DNA does"
            raise BadInput(message)
        return text.encode("utf-8", "replace").decode("utf-8")

    def _maybe(self, value: object, where: str) -> int | None:
        return None if value is None else self._int(value, where)

    def _variables(self, types: set[int]) -> Iterator[Variable]:
        for number, name, kind, of in self._rows("VARIABLES"):
            if of in types and kind in KINDS.values():
                yield Variable(
                    self._int(number, "VARIABLES"),
                    self._text(name),
                    str(kind),
                    self._int(of, "VARIABLES"),
                )
            else:
                self.dropped["variables of no statement type"] += 1

    def _document(self, row: Row) -> CodedDocument:
        number, title, text, time, coder, *rest = row
        seconds = self._int(time, "DOCUMENTS")
        if abs(seconds) >= MILLISECONDS or (self.is_old and seconds):
            seconds //= 1000
        if not FIRST_SECOND <= seconds <= LAST_SECOND:
            message = f"{self.path}: document {number} has a date outside the calendar; mend it in DNA"
            raise BadInput(message)
        author, source, section, notes, kind = map(self._text, rest)
        return CodedDocument(
            self._int(number, "DOCUMENTS"), self._text(title), self._text(text), seconds,
            self._maybe(coder, "DOCUMENTS"), author, source, section, notes, kind,
        )  # fmt: skip

    def _entities(
        self, variables: tuple[Variable, ...]
    ) -> Iterator[CodedEntity]:
        names = {
            self._int(a, "ATTRIBUTEVARIABLES"): self._text(c)
            for a, _, c in self._rows("ATTRIBUTEVARIABLES")
        }
        attributes: defaultdict[object, list[tuple[str, str]]] = defaultdict(
            list
        )
        for entity, name, value in self._rows("ATTRIBUTEVALUES"):
            if name in names:
                attributes[entity].append(
                    (
                        names[self._int(name, "ATTRIBUTEVALUES")],
                        self._text(value),
                    )
                )
        known = {variable.id for variable in variables}
        for number, variable, value, red, green, blue, parent in self._rows(
            "ENTITIES"
        ):
            if variable not in known:
                self.dropped["entities of no variable"] += 1
                continue
            yield CodedEntity(
                self._int(number, "ENTITIES"), self._int(variable, "ENTITIES"), self._text(value),
                tuple(sorted(attributes[number])), self._colour(red, green, blue), self._maybe(parent, "ENTITIES"),
            )  # fmt: skip

    def _old_entities(
        self, variables: tuple[Variable, ...]
    ) -> Iterator[CodedEntity]:
        known = {variable.id for variable in variables}
        for number, variable, value, red, green, blue, *rest in self._rows(
            "ATTRIBUTES"
        ):
            if variable in known:
                attributes = zip(
                    OLD_ATTRIBUTES, map(self._text, rest), strict=True
                )
                yield CodedEntity(
                    self._int(number, "ATTRIBUTES"), self._int(variable, "ATTRIBUTES"), self._text(value),
                    tuple(sorted(attributes)), self._colour(red, green, blue),
                )  # fmt: skip
            else:
                self.dropped["entities of no variable"] += 1

    @staticmethod
    def _colour(*parts: object) -> tuple[int, int, int]:
        channels = range(256)
        red, green, blue = (
            part if isinstance(part, int) and part in channels else 0
            for part in parts
        )
        return red, green, blue

    def _statements(
        self,
        types: tuple[tuple[int, str], ...],
        documents: tuple[CodedDocument, ...],
        variables: tuple[Variable, ...],
        entities: tuple[CodedEntity, ...],
    ) -> Iterator[CodedStatement]:
        values = self._values(variables, entities)
        known_types, known_documents = (
            {number for number, _ in types},
            {document.id for document in documents},
        )
        numbers = set()
        for number, kind, document, start, stop, coder in self._rows(
            "STATEMENTS"
        ):
            numbers.add(number)
            if kind not in known_types or document not in known_documents:
                self.dropped["statements of no document or type"] += 1
                continue
            yield CodedStatement(
                self._int(number, "STATEMENTS"), self._int(kind, "STATEMENTS"), self._int(document, "STATEMENTS"),
                self._int(start, "STATEMENTS"), self._int(stop, "STATEMENTS"), self._maybe(coder, "STATEMENTS"),
                tuple(sorted(values.get(number, {}).items())),
            )  # fmt: skip
        if lost := sum(
            len(value)
            for number, value in values.items()
            if number not in numbers
        ):
            self.dropped["values of no statement"] += lost

    def _values(
        self, variables: tuple[Variable, ...], entities: tuple[CodedEntity, ...]
    ) -> Mapping[object, dict[int, CodedValue]]:
        kinds = {variable.id: variable.kind for variable in variables}
        numbers = {entity.id for entity in entities}
        by_text = {
            (entity.variable, entity.value): entity.id for entity in entities
        }
        by_statement: defaultdict[object, dict[int, CodedValue]] = defaultdict(
            dict
        )
        for table, kind in KINDS.items():
            for statement, variable, value in self._rows(table):
                if not isinstance(variable, int) or kinds.get(variable) != kind:
                    self.dropped["values of no variable of their kind"] += 1
                    continue
                coded = self._value(kind, value, table)
                if kind == "short text":
                    coded = (
                        by_text.get((variable, self._text(value)), -1)
                        if self.is_old
                        else coded
                    )
                    if coded not in numbers:
                        self.dropped["values that are no entity"] += 1
                        continue
                by_statement[statement][variable] = coded
        return by_statement

    def _value(self, kind: str, value: object, table: str) -> CodedValue:
        if kind == "long text" or (kind == "short text" and self.is_old):
            return self._text(value)
        number = self._int(value, table)
        return bool(number) if kind == "boolean" else number
