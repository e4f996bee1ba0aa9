"""Rows as values: defaults follow from the rest, and the schema is one with the ontology and the model."""

import hashlib
import json

import pytest
from jsonschema import Draft202012Validator

from onrecord import workspace
from onrecord.ingest.records import records
from onrecord.model import Document, Entity, Evidence, Review, Run, Statement

SCHEMA = workspace.shipped().ontology_file("records.schema.json")


@pytest.fixture
def read(graph, desk):
    return lambda *lines: records(
        [desk.write(*lines)], SCHEMA, graph.vocabulary
    )


def statement(
    read, desk, document: dict[str, object] | None = None, **more
) -> Statement:
    ((_, found),) = (
        read(desk.told(desk.said(**more), **(document or {})))
        .sources[0]
        .statements
    )
    return found


def test_what_a_record_leaves_out_has_its_default(read, desk) -> None:
    assert statement(read, desk) == Statement(
        ("Ada Example",),
        "concernedAbout",
        "job-displacement",
        "concernedAbout job-displacement",
        object_is_topic=True,
        wording="indirect",
    )


@pytest.mark.parametrize(
    ("document", "more", "wording"),
    [
        ({}, {}, "indirect"),
        ({}, {"anchor": "so I fear"}, "direct"),
        ({"translated": True}, {"anchor": "so I fear"}, "indirect"),
        (
            {},
            {"anchor": "so we fear", "actors": ["Ada Example", "Bob Sample"]},
            "indirect",
        ),
        ({}, {"anchor": "so I sue", "relation": "sues"}, "deed"),
        ({}, {"anchor": "so I fear", "wording": "indirect"}, "indirect"),
    ],
)
def test_the_wording_follows_from_document_actors_relation_and_anchor(
    read, desk, document, more, wording
) -> None:
    assert statement(read, desk, document, **more).wording == wording


def test_an_anchor_or_a_quote_is_the_evidence(read, desk) -> None:
    assert statement(read, desk, anchor="so I fear").evidence == Evidence(
        "so I fear"
    )
    quote = {
        "exact": "so I fear for all of it and more than that",
        "start": 1,
        "end": 9,
    }
    assert statement(read, desk, quote=quote).evidence == Evidence(**quote)


def test_a_review_that_is_none_yet_is_none(read, desk) -> None:
    assert statement(read, desk, review={"status": "unreviewed"}).review is None
    assert statement(
        read, desk, review={"status": "accepted", "by": "R"}
    ).review == Review("accepted", "R")


def test_a_document_that_brings_its_text_is_known_by_its_hash(
    read, desk
) -> None:
    record = desk.told(desk.said(), url=None, text="All of it.")
    digest = hashlib.sha256(b"All of it.").hexdigest()
    assert read(record).sources[0].document == Document(
        "Example News", text="All of it.", sha256=digest
    )


def test_a_header_line_names_the_run_and_a_second_one_is_a_fault(read) -> None:
    one = {"run": {"label": "Coders", "kind": "curation", "ended": "2026-01"}}
    assert read(one, one).run == Run("Coders", "curation", ended="2026-01")
    (fault,) = read(
        one, {"run": {"label": "Others", "kind": "curation"}}
    ).faults
    assert fault.endswith(
        "records.jsonl:2: a second run; what is added in one go is made by one"
    )


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(
        json.loads(SCHEMA.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("name", "value", "apart"),
    [
        (
            "statement",
            Statement,
            {
                "anchor",
                "quote",
                "object_kind",
                "object_is_topic",
                "evidence",
                "made_by",
            },
        ),
        ("document", Document, {"path"}),
        ("entity", Entity, set()),
        ("run", Run, set()),
    ],
)
def test_the_schema_has_the_fields_of_the_model(
    name: str, value: type, apart: set[str]
) -> None:
    fields = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"][name][
        "properties"
    ].keys()
    assert fields ^ set(value.__slots__) == apart
