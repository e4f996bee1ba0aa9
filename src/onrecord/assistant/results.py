"""What the tools give, as values: each list is a page, and says how much there is beyond it.

They have no slots, since the SDK would take a slot for the default of its field when it makes the schema.
"""

from dataclasses import dataclass
from typing import Any

Cell = str | int | float | bool | None

A_PAGE = 8
"""Statements to a page: told whole, they stay under three thousand tokens."""
ROWS_A_PAGE = 20
MOST_CELL = 160
"""Characters of a cell of a table."""
MOST_TEXT = 280
"""Characters of a gist, of the words of a passage, of a title."""
MOST_ROWS_TEXT = 5000
"""Characters of all rows of a page."""


@dataclass(frozen=True)
class StatementRecord:
    """One statement: who said or did what, in which words, when, where it stands, and how far it holds.

    `dated` is said, published, event or undated. `caution` says in words that it is alleged, planned, negated or the
    like. `cut` names the fields of which only the beginning is here.
    """

    id: str
    sentence: str
    who: tuple[str, ...]
    gist: str
    words: str | None
    stance: str | None
    date: str | None
    dated: str
    publisher: str
    title: str
    link: str | None
    document: str
    reviewed: str
    caution: str
    cut: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """Something that is no statement and that a text was found in."""

    kind: str
    id: str
    name: str
    text: str


@dataclass(frozen=True)
class SearchResult:
    """What a text was found in, the best first."""

    text: str
    page: int
    has_more: bool
    others: tuple[Hit, ...]
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class EntityResult:
    """Who or what an entity is, with the newest statements by it and about it.

    Several of the statements may report one act.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    facts: dict[str, str]
    number_by: int
    number_about: int
    acts_by: int
    acts_about: int
    by: tuple[StatementRecord, ...]
    about: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class StatementList:
    """A page of statements, the newest first; `undated` were left out for want of a date."""

    total: int
    page: int
    pages: int
    undated: int
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class QuestionParameter:
    """A place in a question that may be filled; `kind` says with what."""

    name: str
    kind: str
    default: str | None


@dataclass(frozen=True)
class QuestionEntry:
    """A question that has a name; `schema` is the JSON Schema of its parameters."""

    name: str
    title: str
    description: str
    parameters: tuple[QuestionParameter, ...]
    schema: dict[str, Any]


@dataclass(frozen=True)
class QuestionList:
    """Every question that has a name."""

    questions: tuple[QuestionEntry, ...]


@dataclass(frozen=True)
class RowsResult:
    """Rows from `start` on, as many as fit, and in full the first statements that they name.

    Columns that a statement in full tells anyway are left out of the rows. `next_start` is where the rest begins.
    `notes` say which terms of a query that found nothing are nowhere.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    start: int
    next_start: int | None
    has_cut_cells: bool
    statements: tuple[StatementRecord, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PathStep:
    """Two entities that statements link; `number` is how many do."""

    start: str
    end: str
    number: int
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class PathResult:
    """The shortest way between two entities."""

    steps: tuple[PathStep, ...]


@dataclass(frozen=True)
class TopicComparison:
    """How often two entities take each stance on a topic, and the newest statement of each."""

    topic: str
    one: dict[str, int]
    other: dict[str, int]
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class Comparison:
    """Two entities: the topics on which both speak, and what either says or does to the other."""

    one: str
    other: str
    page: int
    pages: int
    topics: tuple[TopicComparison, ...]
    between: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class Tie:
    """Two actors with what ties them: its weight, the concepts, and the newest statement of each."""

    one: str
    two: str
    weight: float
    on: str
    number: int
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True)
class TiesResult:
    """The strongest ties of a discourse network, a page of them, and what is to be known about its making."""

    method: str
    total: int
    page: int
    ties: tuple[Tie, ...]
    notes: tuple[str, ...]
