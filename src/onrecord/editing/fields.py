"""What a person writes into a field of a statement → the statement with it, or faults.

Fields and values are those of a record (`ontology/records.schema.json`); an empty value
takes the field away. What a record may not say, an edit may not either.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.editing.link import Linker
from onrecord.ingest.faults import CODED, Checker
from onrecord.ingest.rows import Row
from onrecord.model import Evidence, Revision, Statement
from onrecord.model.errors import BadInput, BadRecord
from onrecord.model.iris import entity_iri, local
from onrecord.model.names import nearest
from onrecord.model.vocabulary import Vocabulary
from onrecord.workspace import Workspace

LISTS = frozenset({"actors", "topics"})
FLAGS = frozenset({"negated", "ended"})
PLAIN = ("gist", "date", "valid_from", "valid_until")
PERSONS = ("recipient", "instrument", "according_to")
FIELDS = (
    "actors",
    "relation",
    "object",
    "negated",
    "topics",
    "stance",
    "modality",
    "basis",
    "date",
    "words",
    *PERSONS,
    "stage",
    "gist",
    "wording",
    "via",
    "digital_source_type",
    "valid_from",
    "valid_until",
    "ended",
    "confidence",
)
"""Every field that a person may change, in the order in which they are shown."""
NEEDED = frozenset(
    {"actors", "relation", "object", "gist", "modality", "basis"}
)
AROUND = 32
"""Characters before and after a statement's words that find their place again."""
YES, NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})
DOCUMENT = {
    "publisher": "-",
    "source_kind": "report",
    "url": "https://example.org/",
}
"""A document that has no fault, around a record of one statement."""
Edits = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Words:
    """A passage of a text, by its characters, end exclusive."""

    start: int
    end: int


class FieldEditor:
    """Puts edits into statements, with the vocabulary and the names of one workspace."""

    def __init__(
        self, where: Workspace, vocabulary: Vocabulary, linker: Linker
    ) -> None:
        self._vocabulary = vocabulary
        self._linker = linker
        schema = where.ontology_file("records.schema.json")
        self._checker = Checker(schema, vocabulary)

    def edited(
        self, value: Statement, edits: Edits, text: str = ""
    ) -> Statement:
        """The statement with the edits, linked; `text` is the document's.

        Raises BadRecord with every fault.
        """
        given = {name: self._read(name, edit) for name, edit in edits.items()}
        words = given.pop("words", None)
        if words is not None:
            given["evidence"] = _evidence(words, text)
        if "object" in given:
            given["object_is_topic"] = (
                given["object"] in self._vocabulary.topics
            )
        changed: Statement = replace(value, **given)
        self._refuse_faults(changed)
        return self._linked(changed)

    def _read(self, name: str, edit: object) -> Any:  # noqa: ANN401  as the field is
        if name not in FIELDS:
            near = nearest(name, FIELDS)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            message = f"no field of a statement is called {name!r}{hint}"
            raise BadInput(message)
        if name in LISTS:
            return _list(edit)
        if name in FLAGS:
            return _flag(name, edit)
        if name == "confidence":
            return _number(edit)
        if name == "words":
            return edit
        return str(edit).strip() or None if edit is not None else None

    def _refuse_faults(self, value: Statement) -> None:
        record = as_record(value)
        where = value.id or "the statement"
        row = Row(where, {"doc": DOCUMENT, "statements": [record]}, (where,))
        faults = list(self._checker.faults(row))
        if faults:
            raise BadRecord(faults)

    def _linked(self, value: Statement) -> Statement:
        before = len(self._linker.faults)
        linked = self._linker.statement(value.id or "the statement", value)
        faults = self._linker.faults[before:]
        if faults:
            raise BadRecord(faults)
        return linked


def as_record(value: Statement) -> dict[str, object]:
    """A statement as the record format writes it, without what is empty."""
    record: dict[str, object] = {
        "actors": list(value.actors),
        "relation": value.relation,
        "object": value.object,
        "object_kind": "topic" if value.object_is_topic else "entity",
        "negated": value.negated,
        "topics": list(value.topics),
        "confidence": value.confidence,
        "ended": value.ended,
    }
    for name in (*CODED, *PLAIN, *PERSONS):
        text = getattr(value, name)
        if text is not None or name in NEEDED:
            record[name] = text
    if value.evidence is not None:
        record["quote"] = _quote(value.evidence)
    return record


def _quote(evidence: Evidence) -> dict[str, object]:
    return {
        "exact": evidence.exact,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "start": evidence.start,
        "end": evidence.end,
    }


def shown(value: Statement, name: str) -> str:
    """A field as a record or a sheet writes it, empty for none."""
    if name == "words":
        return value.evidence.exact if value.evidence else ""
    field = getattr(value, name)
    if name in LISTS:
        return "; ".join(map(_short, field))
    if isinstance(field, bool):
        return str(field).lower()
    if isinstance(field, float):
        return f"{field:.2f}"
    return _short(field) if field else ""


def _short(reference: str) -> str:
    """An entity of ours by its id with a colon, which finds it whatever it is called."""
    is_ours = reference.startswith("https://w3id.org/onrecord/")
    return f":{local(reference)}" if is_ours else reference


def changed_fields(old: Statement, new: Statement) -> list[str]:
    """The fields that differ, in the order in which they are shown."""
    return [name for name in FIELDS if shown(old, name) != shown(new, name)]


def as_made(value: Statement) -> Statement:
    """The statement as it was before anybody changed a field of it."""
    return as_it_stood(value, 0)


def as_it_stood(value: Statement, after: int) -> Statement:
    """The statement as it was after so many of its revisions."""
    fields: dict[str, Any] = {}
    for revision in reversed(value.revisions[after:]):
        fields[revision.field] = _as_it_was(revision)
    words = fields.pop("words", None)
    if words is not None:
        fields["evidence"] = Evidence(words) if words else None
    if "object" in fields:
        fields["object_is_topic"] = not fields["object"].startswith("https:")
    return replace(value, **fields)


def _as_it_was(revision: Revision) -> Any:  # noqa: ANN401  as the field is
    name, was = revision.field, revision.was
    if name in LISTS:
        return tuple(map(_long, _list(was)))
    if name in FLAGS:
        return was == "true"
    if name == "confidence":
        return float(was)
    if name == "words":
        return was
    return _long(was) or None


def _long(reference: str) -> str:
    """The other way of `_short`."""
    is_ours = reference.startswith(":")
    return entity_iri(reference[1:]) if is_ours else reference


def _list(edit: object) -> tuple[str, ...]:
    parts = edit.split(";") if isinstance(edit, str) else edit
    if not isinstance(parts, Iterable):
        message = f"{edit!r} is no list of names"
        raise BadInput(message)
    names = [str(part).strip() for part in parts]
    return tuple(dict.fromkeys(filter(None, names)))


def _flag(name: str, edit: object) -> bool:
    if isinstance(edit, bool):
        return edit
    text = str(edit or "").strip().lower()
    if text not in YES | NO:
        message = f"{name}: {edit!r} is neither true nor false"
        raise BadInput(message)
    return text in YES


def _number(edit: object) -> float:
    try:
        return float(str(edit))
    except ValueError:
        message = f"confidence: {edit!r} is no number from 0 to 1"
        raise BadInput(message) from None


def _evidence(words: object, text: str) -> Evidence | None:
    """The words as they stand in a text; raises BadInput where they do not, or twice."""
    if isinstance(words, Words):
        return _placed(words, text)
    exact = str(words).strip()
    if not exact:
        return None
    places = [match.start() for match in re.finditer(re.escape(exact), text)]
    if text and len(places) != 1:
        many = "do not stand" if not places else f"stand {len(places)} times"
        message = (
            f"words: {exact!r} {many} in the document's "
            "text; give a passage that does once"
        )
        raise BadInput(message)
    if not places:
        return Evidence(exact)
    return _placed(Words(places[0], places[0] + len(exact)), text)


def _placed(words: Words, text: str) -> Evidence:
    if not 0 <= words.start < words.end <= len(text):
        message = (
            f"words: {words.start} to {words.end} is no passage of the text"
        )
        raise BadInput(message)
    before = text[max(0, words.start - AROUND) : words.start]
    after = text[words.end : words.end + AROUND]
    exact = text[words.start : words.end]
    return Evidence(
        exact, before or None, after or None, words.start, words.end
    )
