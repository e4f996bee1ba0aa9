"""A database of the Discourse Network Analyzer (.dna, SQLite; DNA 3 and the schema before it) → its content.

Nothing of the file is trusted: it is opened read-only, only plain tables are asked, and a wrong type is told.
"""

import pickle
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from onrecord.ingest.dna_tables import Row, Tables
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
LIMITS = Limits(seconds=120.0, memory=2048 * MEGABYTE)
FIRST_SECOND, LAST_SECOND = -62_135_596_800, 253_402_300_799
"""The years 1 to 9999."""
MOST_STEPS = 1_000
"""How often a query's progress is looked at, each time after 100,000 steps of SQLite."""


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
        message = (
            f"{path}: takes too long or too much "
            "memory to read; no database of DNA does"
        )
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
            return _Content(Tables(path, opened)).coding()
    except sqlite3.Error as error:
        message = (
            f"{path}: the database is damaged or incomplete "
            f"({error}); take a whole copy of it"
        )
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
        message = (
            f"{path}: no SQLite database, or an encrypted "
            "one; DNA writes a plain one by File → Save"
        )
        raise BadInput(message)
    page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
    if size < (65_536 if page == 1 else page) * pages:
        message = (
            f"{path}: the database is half written: it has "
            "fewer pages than it says; take a whole copy of it"
        )
        raise BadInput(message)


class _Content:
    """What the tables hold, put together, and what is dropped on the way."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.dropped: Counter[str] = Counter()

    def coding(self) -> Coding:
        """All of it."""
        types = self._numbered("STATEMENTTYPES")
        variables = tuple(self._variables({number for number, _ in types}))
        documents = tuple(map(self._document, self.tables.rows("DOCUMENTS")))
        read_entities = (
            self._old_entities if self.tables.is_old else self._entities
        )
        entities = tuple(read_entities(variables))
        statements = tuple(
            self._statements(types, documents, variables, entities)
        )
        settings: list[tuple[str, str]] = []
        for name, value in self.tables.more("SETTINGS", "Property, Value"):
            settings.append((self.tables.text(name), self.tables.text(value)))
        patterns = self.tables.more("REGEXES", "Label")
        return Coding(
            types,
            variables,
            self._numbered("CODERS"),
            entities,
            documents,
            statements,
            tuple(settings),
            tuple(self.tables.text(pattern) for (pattern,) in patterns),
            tuple(self._notes()),
        )

    def _numbered(self, table: str) -> tuple[tuple[int, str], ...]:
        """The rows of a table of numbers and names."""
        pairs = []
        for number, name in self.tables.rows(table):
            pair = (self.tables.integer(number, table), self.tables.text(name))
            pairs.append(pair)
        return tuple(pairs)

    def _notes(self) -> Iterator[str]:
        """What was left out, and how often."""
        for what, number in sorted(self.dropped.items()):
            yield f"{number} {what} left out"

    def _variables(self, types: set[int]) -> Iterator[Variable]:
        for number, name, kind, of in self.tables.rows("VARIABLES"):
            if of in types and kind in KINDS.values():
                yield Variable(
                    self.tables.integer(number, "VARIABLES"),
                    self.tables.text(name),
                    str(kind),
                    self.tables.integer(of, "VARIABLES"),
                )
            else:
                self.dropped["variables of no statement type"] += 1

    def _document(self, row: Row) -> CodedDocument:
        number, title, text, time, coder, *rest = row
        seconds = self.tables.integer(time, "DOCUMENTS")
        if abs(seconds) >= MILLISECONDS or (self.tables.is_old and seconds):
            seconds //= 1000
        if not FIRST_SECOND <= seconds <= LAST_SECOND:
            message = (
                f"{self.tables.path}: document {number} has a "
                "date outside the calendar; mend it in DNA"
            )
            raise BadInput(message)
        author, source, section, notes, kind = map(self.tables.text, rest)
        return CodedDocument(
            self.tables.integer(number, "DOCUMENTS"),
            self.tables.text(title),
            self.tables.text(text),
            seconds,
            self.tables.optional_integer(coder, "DOCUMENTS"),
            author,
            source,
            section,
            notes,
            kind,
        )

    def _entities(
        self, variables: tuple[Variable, ...]
    ) -> Iterator[CodedEntity]:
        names = {
            self.tables.integer(a, "ATTRIBUTEVARIABLES"): self.tables.text(c)
            for a, _, c in self.tables.rows("ATTRIBUTEVARIABLES")
        }
        attributes: defaultdict[object, list[tuple[str, str]]] = defaultdict(
            list
        )
        for entity, name, value in self.tables.rows("ATTRIBUTEVALUES"):
            if name in names:
                key = names[self.tables.integer(name, "ATTRIBUTEVALUES")]
                attributes[entity].append((key, self.tables.text(value)))
        known = {variable.id for variable in variables}
        for row in self.tables.rows("ENTITIES"):
            number, variable, value, *colour, parent = row
            if variable not in known:
                self.dropped["entities of no variable"] += 1
                continue
            yield CodedEntity(
                self.tables.integer(number, "ENTITIES"),
                self.tables.integer(variable, "ENTITIES"),
                self.tables.text(value),
                tuple(sorted(attributes[number])),
                self._colour(*colour),
                self.tables.optional_integer(parent, "ENTITIES"),
            )

    def _old_entities(
        self, variables: tuple[Variable, ...]
    ) -> Iterator[CodedEntity]:
        known = {variable.id for variable in variables}
        for row in self.tables.rows("ATTRIBUTES"):
            number, variable, value, red, green, blue, *rest = row
            if variable not in known:
                self.dropped["entities of no variable"] += 1
                continue
            texts = map(self.tables.text, rest)
            attributes = zip(OLD_ATTRIBUTES, texts, strict=True)
            yield CodedEntity(
                self.tables.integer(number, "ATTRIBUTES"),
                self.tables.integer(variable, "ATTRIBUTES"),
                self.tables.text(value),
                tuple(sorted(attributes)),
                self._colour(red, green, blue),
            )

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
        for row in self.tables.rows("STATEMENTS"):
            number, kind, document, start, stop, coder = row
            numbers.add(number)
            if kind not in known_types or document not in known_documents:
                self.dropped["statements of no document or type"] += 1
                continue
            yield CodedStatement(
                self.tables.integer(number, "STATEMENTS"),
                self.tables.integer(kind, "STATEMENTS"),
                self.tables.integer(document, "STATEMENTS"),
                self.tables.integer(start, "STATEMENTS"),
                self.tables.integer(stop, "STATEMENTS"),
                self.tables.optional_integer(coder, "STATEMENTS"),
                tuple(sorted(values.get(number, {}).items())),
            )
        for number, coded in values.items():
            if number not in numbers:
                self.dropped["values of no statement"] += len(coded)

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
            for statement, variable, value in self.tables.rows(table):
                if not isinstance(variable, int) or kinds.get(variable) != kind:
                    self.dropped["values of no variable of their kind"] += 1
                    continue
                coded = self._value(kind, value, table)
                if kind == "short text":
                    coded = (
                        by_text.get((variable, self.tables.text(value)), -1)
                        if self.tables.is_old
                        else coded
                    )
                    if coded not in numbers:
                        self.dropped["values that are no entity"] += 1
                        continue
                by_statement[statement][variable] = coded
        return by_statement

    def _value(self, kind: str, value: object, table: str) -> CodedValue:
        if kind == "long text" or (kind == "short text" and self.tables.is_old):
            return self.tables.text(value)
        number = self.tables.integer(value, table)
        return bool(number) if kind == "boolean" else number
