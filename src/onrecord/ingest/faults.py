"""What is wrong with a record: its form by JSON Schema, its words by the ontology, its dates by the calendar."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.ingest.checks import address_fault, text_fault
from onrecord.ingest.plain import MOST_BYTES
from onrecord.ingest.rows import Row
from onrecord.model import MOST_ANCHOR_WORDS
from onrecord.model.dates import PARTIAL, is_date
from onrecord.model.names import nearest
from onrecord.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

CODED = {
    "stance": "stanceOnAI",
    "modality": "modality",
    "basis": "reportBasis",
    "via": "saidVia",
    "stage": "stage",
    "wording": "wording",
    "digital_source_type": "digitalSourceType",
}
ADDRESSES = {"url", "utterance"}
DATED = {
    "date",
    "valid_from",
    "valid_until",
    "published",
    "not_before",
    "retrieved",
    "on",
    "ended",
}
SHAPES = {
    "url": "an address like https://news.example/article",
    "utterance": "an address like https://news.example/talk",
    "sha256": "a hash of 64 hexadecimal digits",
    "disputes": "a statement's id, 12 hexadecimal digits",
    "id": "an id: of a statement 12 hexadecimal digits, of an entity words joined by hyphens",
    "exact_match": "a Wikidata item like http://www.wikidata.org/entity/Q42",
}
"""What a field that breaks its pattern should look like; dates are told apart from these."""

LONGEST = 20_000
"""Characters of a field; a statement is told in a few words."""
KINDS = {
    "doc": "documentLine",
    "statements": "documentLine",
    "entity": "entityLine",
    "run": "runLine",
    "apart": "apartLine",
    "name": "entity",
}
"""Which definition of the schema a line is held against, by the first of these keys that it has."""

Fault = tuple[list[Any], str]


class Checker:
    """Names the faults of rows, one line a fault: place, field, what is wrong."""

    def __init__(self, schema: Path, vocabulary: Vocabulary) -> None:
        self._schema = schema
        self._vocabulary = vocabulary

    @cached_property
    def _validators(self) -> "Mapping[str, Draft202012Validator]":
        """What a line of each kind is held against."""
        from jsonschema import Draft202012Validator  # noqa: PLC0415  no article asks for it

        schema = json.loads(self._schema.read_text(encoding="utf-8"))
        parts = schema["$defs"]
        return {
            kind: Draft202012Validator(
                {"$defs": parts, "$ref": f"#/$defs/{kind}"}
            )
            for kind in KINDS.values()
        }

    def faults(self, row: Row) -> Iterator[str]:
        """The faults of one row, none for a good one."""
        kind = next(
            (kind for key, kind in KINDS.items() if key in row.value), None
        )
        if row.fault:
            yield f"{row.where}: {row.fault}"
        elif kind is None:
            yield f"{row.where}: neither a document with statements, nor an entity, nor a run"
        else:
            for path, message in self._all(row.value, kind):
                yield f"{_place(row, path)}: {message}"

    def _all(self, value: Mapping[str, Any], kind: str) -> Iterator[Fault]:
        misshapen = []
        for error in self._validators[kind].iter_errors(value):
            path = [*error.absolute_path]
            misshapen.append(path)
            yield path, _in_words(error)
        yield from _by_calendar(value)
        yield from _by_characters(value)
        for path, message in _by_address(value):
            if path not in misshapen:
                yield path, message
        if kind == "documentLine":
            yield from self._document(value)
        elif kind == "runLine":
            known = self._vocabulary.codes["runKind"]
            given = _dict(value["run"]).get("kind")
            yield from _unknown(["run", "kind"], given, known)
        elif kind != "apartLine":
            path = ["entity", "type"] if kind == "entityLine" else ["type"]
            classes = self._vocabulary.classes
            types = [key for key, cls in classes.items() if cls.assignable]
            given = _dict(value.get("entity", value)).get("type")
            yield from _unknown(path, given, types)

    def _document(self, value: Mapping[str, Any]) -> Iterator[Fault]:
        kinds = self._vocabulary.codes["sourceKind"]
        yield from _unknown(
            ["doc", "source_kind"],
            _dict(value.get("doc")).get("source_kind"),
            kinds,
        )
        statements = value.get("statements")
        for number, statement in enumerate(
            statements if isinstance(statements, list) else ()
        ):
            for path, message in self._statement(_dict(statement)):
                yield ["statements", number, *path], message

    def _statement(self, value: Mapping[str, Any]) -> Iterator[Fault]:
        words = self._vocabulary
        yield from _unknown(["relation"], value.get("relation"), words.stated)
        if value.get("object_kind") == "topic":
            yield from _unknown(["object"], value.get("object"), words.topics)
        topics = value.get("topics")
        for number, topic in enumerate(
            topics if isinstance(topics, list) else ()
        ):
            yield from _unknown(["topics", number], topic, words.topics)
        for field, prop in CODED.items():
            yield from _unknown([field], value.get(field), words.codes[prop])
        for path, review in _reviews(value):
            status, known = (
                _dict(review).get("status"),
                words.codes["reviewStatus"],
            )
            yield from _unknown([*path, "status"], status, known)
        yield from _statement_rules(value)


def _reviews(value: Mapping[str, Any]) -> Iterator[tuple[list[Any], object]]:
    """The review of a statement and those before it, each with its path."""
    yield ["review"], value.get("review")
    past = value.get("past_reviews")
    for number, review in enumerate(past if isinstance(past, list) else ()):
        yield ["past_reviews", number], review


def _statement_rules(value: Mapping[str, Any]) -> Iterator[Fault]:
    anchor = value.get("anchor")
    if isinstance(anchor, str) and len(anchor.split()) > MOST_ANCHOR_WORDS:
        yield (
            ["anchor"],
            f"{len(anchor.split())} words; an anchor has at most {MOST_ANCHOR_WORDS}",
        )
    if value.get("basis") == "allegation" and not value.get("according_to"):
        yield ["according_to"], "an allegation names who alleges it"
    quote = _dict(value.get("quote"))
    start, end = quote.get("start"), quote.get("end")
    if isinstance(start, int) and isinstance(end, int) and end <= start:
        yield ["quote", "end"], f"{end} does not come after the start, {start}"
    if (start is None) != (end is None):
        yield ["quote"], "start and end stand together, or not at all"
    if quote and anchor:
        yield (
            ["anchor"],
            "a quote stands in the anchor's place; give one of the two",
        )


def _unknown(
    path: list[Any], value: object, known: Collection[str]
) -> Iterator[Fault]:
    if isinstance(value, str) and value not in known:
        near = nearest(value, known)
        yield (
            path,
            f"{value!r} is not known"
            + (f"; did you mean {' or '.join(near)}?" if near else ""),
        )


def _by_calendar(value: object) -> Iterator[Fault]:
    for where, text in _strings(value, ()):
        if where[-1] in DATED and PARTIAL.fullmatch(text) and not is_date(text):
            yield where, f"{text!r} is no date of the calendar"


def _by_characters(value: object) -> Iterator[Fault]:
    for where, text in _strings(value, ()):
        most = MOST_BYTES if where[-1] == "text" else LONGEST
        if fault := text_fault(text):
            yield where, fault
        elif len(text) > most:
            yield (
                where,
                f"{len(text):,} characters; a field has at most {most:,}",
            )


def _by_address(value: object) -> Iterator[Fault]:
    """Beyond the schema's pattern: what the engine's parser of IRIs (RFC 3987) would refuse in the file."""
    for where, text in _strings(value, ()):
        is_address = where[-1] in ADDRESSES and text.lower().startswith("http")
        if is_address and (fault := address_fault(text)):
            yield where, fault


def _strings(
    value: object, path: tuple[Any, ...]
) -> Iterator[tuple[list[Any], str]]:
    if isinstance(value, str) and path:
        yield [*path], value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _strings(part, (*path, number))


def _place(row: Row, path: list[Any]) -> str:
    """`file:12: statements[3].confidence`, or for a row of a table, which has one statement, `file:12: confidence`."""
    if (
        path[:1] == ["statements"]
        and len(path) > 1
        and isinstance(path[1], int)
        and path[1] < len(row.places)
    ):
        return place(row.places[path[1]], path[2:])
    return place(row.where, path)


def place(where: str, path: Sequence[str | int]) -> str:
    """A field at a place: `file:12: doc.url`, or where the place ends in an index, `file:12: statements[3].date`."""
    field = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in path
    ).removeprefix(".")
    joint = "." if where.endswith("]") else ": "
    return f"{where}{joint}{field}" if field else where


def _in_words(error: Any) -> str:  # noqa: ANN401  jsonschema ships no types for its errors
    """The schema's own message, and words of ours where it would print a pattern or a whole record."""
    name = error.absolute_path[-1] if error.absolute_path else ""
    if error.validator == "pattern" and not error.instance.strip():
        return "is empty"
    if error.validator == "pattern":
        form = (
            "a date like 2025, 2025-10 or 2025-10-21"
            if name in DATED
            else SHAPES.get(name, "in its form")
        )
        return f"{error.instance!r} is not {form}"
    if error.validator == "anyOf":
        return "needs an address (url) or the hash of its text (sha256)"
    return str(error.message)[:200]


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
