"""What onrecord speaks about: documents, entities, statements and their evidence.

Plain frozen values, without RDF and without input or output. A *reference* is a string that names an entity: its
IRI, its id (the last part of the IRI), or a name that the registry knows; `graph.link` turns references into IRIs.
A relation, a topic, a class or a code is named by its key in the ontology (`concernedAbout`, `job-displacement`).
Dates are strings as precise as known: `2025`, `2025-10` or `2025-10-21`.
"""

from dataclasses import dataclass

MOST_ANCHOR_WORDS = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a document that bear a statement (W3C Web Annotation, TextQuoteSelector and TextPositionSelector).

    `start` and `end` count characters of the document's text, end exclusive.
    """

    exact: str
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about a statement; `status` is accepted, rejected, unreviewed or superseded."""

    status: str
    by: str | None = None
    on: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A field of a statement that a person changed, and what it held before.

    `was` is the value as records write it, empty for none.
    """

    field: str
    was: str
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class PastReview:
    """What a coder decided about a statement before another one did.

    `after` is how many of the statement's revisions had been made by then.
    """

    status: str
    by: str
    on: str | None = None
    note: str | None = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One go of making statements; `kind` is curation (a person wrote them) or extraction (a program did)."""

    label: str
    kind: str
    program: str | None = None
    version: str | None = None
    settings: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or several actors, in one document, are reported to have said or done about AI in entertainment.

    `actors`, `recipient`, `instrument`, `according_to` are references; so is `object` unless `object_is_topic`.
    `confidence` lies in 0..1. `id` is the last part of the statement's IRI, once it is minted.
    """

    actors: tuple[str, ...]
    relation: str
    object: str
    gist: str
    object_is_topic: bool = False
    negated: bool = False
    recipient: str | None = None
    instrument: str | None = None
    stage: str | None = None
    topics: tuple[str, ...] = ()
    stance: str | None = None
    modality: str = "actual"
    basis: str = "press-report"
    according_to: str | None = None
    evidence: Evidence | None = None
    wording: str | None = None
    date: str | None = None
    via: str | None = None
    confidence: float = 0.9
    review: Review | None = None
    utterance: str | None = None
    disputes: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    ended: bool = False
    digital_source_type: str | None = None
    revisions: tuple[Revision, ...] = ()
    past_reviews: tuple[PastReview, ...] = ()
    id: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether no person has accepted, rejected or replaced it yet."""
        return self.review is None or self.review.status == "unreviewed"

    @property
    def references(self) -> frozenset[str]:
        """Every entity that the statement names."""
        named = [
            *self.actors,
            self.recipient,
            self.instrument,
            self.according_to,
        ]
        return frozenset(
            filter(
                None, named if self.object_is_topic else [*named, self.object]
            )
        )


@dataclass(frozen=True, slots=True)
class Document:
    """An article, letter, filing or other text that statements were found in.

    `not_before` is the date of the newest event that it tells as news, `not_before_proof` which one, and where that
    date is proven. `sha256` is the hash of the text, in hex, where the text was read; `text` is the text itself and
    never ships; `page` is where a newspaper printed it.
    """

    publisher: str
    source_kind: str = "report"
    url: str | None = None
    title: str | None = None
    published: str | None = None
    not_before: str | None = None
    not_before_proof: str | None = None
    author: str | None = None
    translated: bool = False
    language: str | None = None
    retrieved: str | None = None
    sha256: str | None = None
    text: str | None = None
    page: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that statements speak of: a person, a company, an AI system, a work, a law.

    `type` is a class key of the ontology; `affiliation` and `parties` are references; `id` is the last part of the
    entity's IRI.
    """

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    parties: tuple[str, ...] = ()
    country: str | None = None
    description: str | None = None
    exact_match: str | None = None
    id: str | None = None

    @property
    def references(self) -> frozenset[str]:
        """Every other entity that its record names."""
        return frozenset(filter(None, (self.affiliation, *self.parties)))


@dataclass(frozen=True, slots=True)
class Source:
    """One document with the statements that it bears."""

    document: Document
    statements: tuple[Statement, ...] = ()


CodedValue = bool | int | str
"""A value that a coder gave: yes or no, a number, a text; an entity of the database by its number is an int too."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a coding database; `kind` is boolean, integer, short text (an entity) or long text."""

    id: int
    name: str
    kind: str
    type: int


@dataclass(frozen=True, slots=True)
class CodedEntity:
    """A value of a short text variable with its attributes by name; `colour` is red, green, blue, each 0 to 255."""

    id: int
    variable: int
    value: str
    attributes: tuple[tuple[str, str], ...] = ()
    colour: tuple[int, int, int] = (0, 0, 0)
    child_of: int | None = None


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A text of a coding database; `time` counts seconds since 1970-01-01 UTC."""

    id: int
    title: str
    text: str
    time: int
    coder: int | None = None
    author: str = ""
    source: str = ""
    section: str = ""
    notes: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """A passage that a coder marked: `start` and `stop` are offsets into the text, in UTF-16 units as Java counts.

    `values` leads from a variable's number to its value; of short text to the number of an entity.
    """

    id: int
    type: int
    document: int
    start: int
    stop: int
    coder: int | None = None
    values: tuple[tuple[int, CodedValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """A coding database; `types` and `coders` with their numbers, `notes` say what was left out when it was read."""

    types: tuple[tuple[int, str], ...]
    variables: tuple[Variable, ...]
    coders: tuple[tuple[int, str], ...] = ()
    entities: tuple[CodedEntity, ...] = ()
    documents: tuple[CodedDocument, ...] = ()
    statements: tuple[CodedStatement, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    regexes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
