"""Record files → documents, statements, entities and a run, with every fault of every line named at once.

A record file is JSON Lines (`ontology/records.schema.json`) or CSV, one statement a row. References are still names
here; `graph.link` turns them into IRIs.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.ingest.checks import plain_address
from onrecord.ingest.faults import Checker, place
from onrecord.ingest.rows import Row, rows
from onrecord.model import (
    Document,
    Entity,
    Evidence,
    PastReview,
    Review,
    Revision,
    Run,
    Statement,
)
from onrecord.model.vocabulary import Vocabulary

APART = frozenset(
    {
        *("actors", "topics", "anchor", "quote", "review"),
        *("object_kind", "wording", "revisions", "past_reviews", "made_by"),
    }
)
"""What a statement of a record holds in another form than the model."""


PlacedPair = tuple[str, tuple[str, str]]
"""Two names, with the place that a fault is reported at."""


@dataclass(frozen=True, slots=True)
class PlacedSource:
    """A document and its statements, each with the place (`file:line`) that a fault is reported at.

    `makers` are the runs of those, by id, that another one made than the batch's.
    """

    where: str
    document: Document
    statements: tuple[tuple[str, Statement], ...]
    makers: Mapping[str, Run] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """What record files hold, and the faults that were found in them; `run` is None without a header line.

    Of faulty rows there is what it takes to find their other faults: the names in them, each with its place, that
    stand for entities, and the names of the entities that they would have brought. `apart` are names of two entities
    that a person keeps apart.
    """

    run: Run | None
    entities: tuple[tuple[str, Entity], ...]
    sources: tuple[PlacedSource, ...]
    faults: tuple[str, ...]
    references: tuple[tuple[str, str], ...] = ()
    expected: frozenset[str] = frozenset()
    apart: tuple[PlacedPair, ...] = ()


def records(
    paths: Iterable[Path],
    schema: Path,
    vocabulary: Vocabulary,
    form: str | None = None,
) -> Batch:
    """Reads record files, all in one form (jsonl or csv), or each by its suffix.

    Raises BadInput where a file cannot be read at all.
    """
    every = (row for path in paths for row in rows(path, form))
    return batch(every, schema, vocabulary)


def batch(
    all_rows: Iterable[Row], schema: Path, vocabulary: Vocabulary
) -> Batch:
    """Turns rows into values; a faulty row gives its faults and no value."""
    checker = Checker(schema, vocabulary)
    reading = _Reading(vocabulary)
    faulty: list[Row] = []
    for row in all_rows:
        wrong = list(checker.faults(row))
        reading.faults += wrong
        if wrong:
            faulty.append(row)
        else:
            reading.take(row)
    references = tuple(
        reference for row in faulty for reference in _references(row)
    )
    expected = frozenset(
        name
        for row in faulty
        for name in _names(row.value.get("entity", row.value))
    )
    return replace(reading.batch(), references=references, expected=expected)


@dataclass(slots=True)
class _Reading:
    """What sound rows hold, as they come."""

    vocabulary: Vocabulary
    run: Run | None = None
    entities: list[tuple[str, Entity]] = field(default_factory=list)
    sources: list[PlacedSource] = field(default_factory=list)
    apart: list[PlacedPair] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """Reads one row."""
        value = row.value
        if "run" in value:
            self._take_run(row.where, Run(**value["run"]))
        elif "doc" in value:
            self.sources.append(_source(row, self.vocabulary))
        elif "apart" in value:
            one, two = value["apart"]
            self.apart.append((row.where, (one, two)))
        else:
            self.entities.append(
                (row.where, _entity(value.get("entity", value)))
            )

    def _take_run(self, where: str, run: Run) -> None:
        if self.run not in {None, run}:
            fault = "a second run; what is added in one go is made by one"
            self.faults.append(f"{where}: {fault}")
        self.run = run

    def batch(self) -> Batch:
        """All of it."""
        return Batch(
            self.run,
            tuple(self.entities),
            tuple(self.sources),
            tuple(self.faults),
            apart=tuple(self.apart),
        )


def _references(row: Row) -> Iterator[tuple[str, str]]:
    """The names in a faulty row's statements, as far as it is made of what it should be."""
    statements = row.value.get("statements")
    for where, record in zip(
        row.places,
        statements if isinstance(statements, list) else (),
        strict=False,
    ):
        value = record if isinstance(record, dict) else {}
        actors = value.get("actors")
        named = [
            ("actors", name)
            for name in (actors if isinstance(actors, list) else ())
        ]
        named += [
            (field, value.get(field))
            for field in ("recipient", "instrument", "according_to")
        ]
        named += (
            [("object", value.get("object"))]
            if value.get("object_kind") == "entity"
            else []
        )
        yield from (
            (place(where, [field]), name)
            for field, name in named
            if isinstance(name, str) and name.strip()
        )


def _names(value: object) -> Iterator[str]:
    """The name, the id and the aliases of a faulty entity."""
    if isinstance(value, dict):
        aliases = value.get("aliases")
        given = [
            value.get("name"),
            value.get("id"),
            *(aliases if isinstance(aliases, list) else ()),
        ]
        yield from (name for name in given if isinstance(name, str))


def _entity(value: Mapping[str, Any]) -> Entity:
    fields = ("aliases", "parties")
    lists = {
        field: tuple(dict.fromkeys(value.get(field, ()))) for field in fields
    }
    return Entity(**{**value, **lists})


def _source(row: Row, vocabulary: Vocabulary) -> PlacedSource:
    fields = {
        key: value for key, value in row.value["doc"].items() if key != "path"
    }
    document = _hashed(Document(**_with_plain(fields, "url")))
    rows = row.value["statements"]
    made = (_statement(record, document, vocabulary) for record in rows)
    statements = tuple(zip(row.places, made, strict=True))
    return PlacedSource(row.where, document, statements, _makers(rows))


def _with_plain(fields: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Fields with the address among them in its plain form."""
    url = fields.get(address)
    return {**fields, address: plain_address(url)} if url else dict(fields)


def _makers(rows: Iterable[Mapping[str, Any]]) -> dict[str, Run]:
    made = [value for value in rows if value.get("id") and value.get("made_by")]
    return {value["id"]: Run(**value["made_by"]) for value in made}


def _hashed(value: Document) -> Document:
    """A document that brings its text is known by the text's hash."""
    if value.text is None or value.sha256 is not None:
        return value
    return replace(
        value, sha256=hashlib.sha256(value.text.encode()).hexdigest()
    )


def _statement(
    value: Mapping[str, Any], document: Document, vocabulary: Vocabulary
) -> Statement:
    evidence = _evidence(value)
    plain = {key: field for key, field in value.items() if key not in APART}
    return Statement(
        actors=tuple(value["actors"]),
        topics=tuple(value.get("topics", ())),
        object_is_topic=value["object_kind"] == "topic",
        evidence=evidence,
        review=_review(value.get("review")),
        wording=value.get("wording")
        or _wording(value, document, evidence, vocabulary),
        revisions=tuple(Revision(**row) for row in value.get("revisions", ())),
        past_reviews=tuple(
            PastReview(**row) for row in value.get("past_reviews", ())
        ),
        **_with_plain(plain, "utterance"),
    )


def _review(value: Mapping[str, Any] | None) -> Review | None:
    """The review; of what is not reviewed only a note says something."""
    if not value or (value["status"] == "unreviewed" and not value.get("note")):
        return None
    return Review(**value)


def _evidence(value: Mapping[str, Any]) -> Evidence | None:
    quote = value.get("quote") or {"exact": value.get("anchor")}
    return Evidence(**quote) if quote["exact"] else None


def _wording(
    value: Mapping[str, Any],
    document: Document,
    evidence: Evidence | None,
    vocabulary: Vocabulary,
) -> str:
    """What the record does not say of its wording follows from the rest, in the model's own order."""
    if document.translated or len(value["actors"]) > 1:
        return "indirect"
    if vocabulary.relations[value["relation"]].family == "action":
        return "deed"
    return "direct" if evidence else "indirect"
