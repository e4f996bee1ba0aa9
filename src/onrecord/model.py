"""What onrecord speaks about: documents, entities, statements and their evidence.

Plain frozen values, without RDF and without input or output. A *reference* is a string that names an entity: its
IRI, its id (the last part of the IRI), or a name that the registry knows; `graph.link` turns references into IRIs.
A relation, a topic, a class or a code is named by its key in the ontology (`concernedAbout`, `job-displacement`).
Dates are strings as precise as known: `2025`, `2025-10` or `2025-10-21`.
"""

import re
from dataclasses import dataclass

MOST_ANCHOR_WORDS = 8
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2) cannot carry or discourages, and lone surrogates: no export could hold them."""


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
    id: str | None = None

    @property
    def references(self) -> frozenset[str]:
        """Every entity that the statement names."""
        named = [*self.actors, self.recipient, self.instrument, self.according_to]
        return frozenset(filter(None, named if self.object_is_topic else [*named, self.object]))


@dataclass(frozen=True, slots=True)
class Document:
    """An article, letter, filing or other text that statements were found in.

    `sha256` is the hash of the text, in hex, where the text was read; `text` is the text itself and never ships.
    """

    publisher: str
    source_kind: str = "report"
    url: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    translated: bool = False
    language: str | None = None
    retrieved: str | None = None
    sha256: str | None = None
    text: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that statements speak of: a person, a company, an AI system, a work, a law.

    `type` is a class key of the ontology; `affiliation` is a reference; `id` is the last part of the entity's IRI.
    """

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    description: str | None = None
    exact_match: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One document with the statements that it bears."""

    document: Document
    statements: tuple[Statement, ...] = ()
