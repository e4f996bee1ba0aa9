"""Whatever stands in a record, it is read or its fault is named: no record ends in a traceback."""

import copy
import json
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import workspace
from onrecord.ingest.records import batch
from onrecord.ingest.rows import Row, rows
from onrecord.model import vocabulary
from onrecord.model.errors import BadInput

SCHEMA = workspace.shipped().ontology_file("records.schema.json")
WORDS = vocabulary.read(workspace.shipped().ontology_files())
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=4,
)
RECORD = {
    "doc": {
        "url": "https://news.example/one",
        "publisher": "Example News",
        "source_kind": "report",
        "published": "2025",
        "text": "All of it.",
        "translated": False,
        "id": "d1",
    },
    "statements": [
        {
            "actors": ["Ada Example"],
            "relation": "urges",
            "object": "Nine",
            "object_kind": "entity",
            "gist": "Urges it.",
            "topics": ["regulation"],
            "basis": "allegation",
            "according_to": "Bob Sample",
            "quote": {"exact": "so", "start": 1, "end": 3},
            "review": {"status": "accepted", "on": "2025-10"},
            "confidence": 0.7,
            "utterance": "https://news.example/talk",
        }
    ],
}
ENTITY = {
    "entity": {"name": "Ada", "type": "Person", "aliases": ["A."], "id": "Ada"}
}
RUN = {"run": {"label": "Coders", "kind": "curation", "ended": "2025"}}


def paths(
    value: object, path: tuple[object, ...] = ()
) -> list[tuple[object, ...]]:
    """The path of every value in a record."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [
        path,
        *(each for key, part in inner for each in paths(part, (*path, key))),
    ]


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, object]:
    """A good record with one value replaced by another, or gone."""
    record = copy.deepcopy(draw(st.sampled_from([RECORD, ENTITY, RUN])))
    *above, last = draw(
        st.sampled_from([path for path in paths(record) if path])
    )
    part = record
    for key in above:
        part = part[key]
    if draw(st.booleans()) and isinstance(part, dict):
        del part[last]
    else:
        part[last] = draw(ANY)
    return record


def test_the_records_are_good_before_they_are_spoiled() -> None:
    good = [
        Row.of(str(number), each)
        for number, each in enumerate([RECORD, ENTITY, RUN])
    ]
    assert batch(good, SCHEMA, WORDS).faults == ()


@settings(max_examples=400, deadline=None)
@given(spoiled())
def test_a_spoiled_record_is_read_or_named(record: dict[str, object]) -> None:
    found = batch([Row.of("r.jsonl:1", record)], SCHEMA, WORDS)
    values = [
        *found.entities,
        *found.sources,
        *([found.run] if found.run else []),
    ]
    assert bool(found.faults) is not bool(values)
    assert all(fault.startswith("r.jsonl:1") for fault in found.faults)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(
    st.lists(
        st.binary(max_size=20)
        | ANY.map(lambda value: json.dumps(value).encode()),
        max_size=4,
    )
)
def test_any_bytes_are_rows_or_an_error_of_ours(
    tmp_path, lines: list[bytes]
) -> None:
    for suffix in ("jsonl", "csv"):
        path = tmp_path / f"r.{suffix}"
        path.write_bytes(
            b"\n".join(lines).decode("utf-8", errors="replace").encode()
        )
        with suppress(BadInput):
            batch(rows(path), SCHEMA, WORDS)


def test_a_field_longer_than_any_statement_needs_is_a_fault():
    record = copy.deepcopy(RECORD)
    record["statements"][0]["gist"] = "x" * 30_000
    faults = batch([Row.of("r:1", record)], SCHEMA, WORDS).faults
    assert faults == (
        "r:1: statements[0].gist: 30,000 characters; a field has at most 20,000",
    )
