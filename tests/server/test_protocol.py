"""The SPARQL 1.1 Protocol, request by request: the table in `protocol.toml`, on both kinds of server."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

CASES = tomllib.loads(
    (Path(__file__).parent / "protocol.toml").read_text(encoding="utf-8")
)["case"]
NAMES = {
    name: f"https://w3id.org/onrecord/doc/{name}"
    for name in ("one", "two", "three")
}
BASE = "https://w3id.org/onrecord/graph/protocol"
RESULTS = "application/sparql-results+json"


def filled(text: str) -> str:
    """The text with the graphs' names in it, and the prefix that it uses."""
    for name, iri in {**NAMES, "base": BASE}.items():
        text = text.replace(f"{{{name}}}", iri)
    return (
        f"PREFIX e: <http://example.org/> {text}"
        if "e:" in text.replace("e://", "")
        else text
    )


def encoded(fields: Mapping[str, Sequence[str]]) -> str:
    return urlencode(
        [
            (name, filled(value))
            for name, values in fields.items()
            for value in values
        ]
    )


def send(client: httpx.Client, step: Mapping[str, Any]) -> httpx.Response:
    """The request of a step: nothing is added that it does not say, but for Accept."""
    headers = {"accept": step.get("accept", RESULTS)}
    body = filled(step.get("body", "")).encode(step.get("encoding", "utf-8"))
    if "form" in step:
        body, headers["content-type"] = (
            encoded(step["form"]).encode(),
            "application/x-www-form-urlencoded",
        )
    if "type" in step:
        headers["content-type"] = step["type"]
    return client.request(
        step["method"],
        f"/sparql?{encoded(step.get('parameters', {}))}",
        content=body,
        headers=headers,
    )


def check(step: Mapping[str, Any], answer: httpx.Response) -> None:
    assert answer.status_code // 100 == step["status"], answer.text
    if "ask" in step:
        assert answer.json()["boolean"] == step["ask"]
    if "types" in step:
        assert answer.headers["content-type"].partition(";")[0] in step["types"]
    if "rows" in step:
        found = answer.json()
        assert [
            row[found["head"]["vars"][0]]["value"]
            for row in found["results"]["bindings"]
        ] == step["rows"]


def test_the_table_holds_all_cases() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_writable_server_keeps_the_protocol(
    case: Mapping[str, Any], writer
) -> None:
    for step in case["steps"]:
        check(step, send(writer.client, step))


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["kind"] == "query"],
    ids=lambda case: case["name"],
)
def test_a_read_only_server_keeps_the_protocol_of_queries(
    case: Mapping[str, Any], shelf
) -> None:
    for step in case["steps"]:
        check(step, send(shelf.client, step))


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["kind"] == "update"],
    ids=lambda case: case["name"],
)
def test_a_read_only_server_refuses_every_update(
    case: Mapping[str, Any], shelf
) -> None:
    assert 400 <= send(shelf.client, case["steps"][0]).status_code < 500
