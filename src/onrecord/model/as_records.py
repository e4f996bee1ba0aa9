"""Documents, statements, entities and runs as records write them, so that `add` reads them again."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from onrecord.model import Document, Entity, Run, Statement
from onrecord.model.iris import local

Record = dict[str, Any]


def run_record(run: Run) -> Record:
    """The line of a run."""
    return {"run": _given(asdict(run))}


def entity_record(entity: Entity) -> Record:
    """The line of an entity."""
    return {"entity": _given(asdict(entity))}


def apart_record(pair: Iterable[str]) -> Record:
    """The line of two entities, by their IRIs, of which a person said that they are two."""
    return {"apart": [f":{local(iri)}" for iri in sorted(pair)]}


def document_record(document: Document, statements: Sequence[Record]) -> Record:
    """The line of a document with its statements."""
    return {"doc": _given(asdict(document)), "statements": list(statements)}


def statement_record(
    statement: Statement, made_by: Run | None = None
) -> Record:
    """A statement; `made_by` where it is another run than the file's."""
    fields = asdict(statement)
    evidence, review = fields.pop("evidence"), fields.pop("review")
    is_topic = fields.pop("object_is_topic")
    revisions, past = fields.pop("revisions"), fields.pop("past_reviews")
    record = _given(fields)
    record["object_kind"] = "topic" if is_topic else "entity"
    record["negated"] = statement.negated
    if evidence:
        record["quote"] = _given(evidence)
    if review:
        record["review"] = _given(review)
    if revisions:
        record["revisions"] = [{"was": ""} | _given(row) for row in revisions]
    if past:
        record["past_reviews"] = list(map(_given, past))
    if made_by:
        record["made_by"] = _given(asdict(made_by))
    return record


def _given(fields: Record) -> Record:
    """The fields that say something, lists for tuples."""
    given: Record = {}
    for key, value in fields.items():
        listed = list(value) if isinstance(value, tuple) else value
        if not _is_empty(listed):
            given[key] = listed
    return given


def _is_empty(value: object) -> bool:
    """Whether a field says nothing; the number nought says something."""
    return value is None or value is False or value in ([], "")
