"""The server for assistants at `/-/mcp`, asked with the official client over HTTP."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.from_thread import start_blocking_portal
from mcp.client import Client

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ACCEPTED = {"accept": "application/json, text/event-stream"}


PATIENT = {"serve.SECONDS_IDLE": 100, "timeouts.SECONDS_FOR_HEAD": 100}
"""A client with fifty connections may be slow with one of them."""


@pytest.fixture(scope="module")
def site(starting: Callable[..., Any]) -> Any:
    """A server that assistants may ask, with little room for a query."""
    return starting(
        *("--mcp", "--workers", "2", "--time-limit", "300"),
        *("--max-query-size", "0.05", "--cors", "https://friend.example"),
        seconds=PATIENT,
    )


def within(site: Any, work: Callable[[Client], Any], mode: str = "auto") -> Any:
    """What a work with a connected client gives."""

    async def connected() -> Any:
        async with Client(f"{site.url}/-/mcp", mode=mode) as client:
            return await work(client)

    with start_blocking_portal() as portal:
        return portal.call(connected)


@pytest.mark.parametrize(
    ("mode", "protocol"), [("auto", "2026-07-28"), ("legacy", "2025-11-25")]
)
def test_old_and_new_clients_find_the_same_tools_and_answers(
    site: Any, mode: str, protocol: str
) -> None:
    async def asked(client: Client) -> Any:
        tools = (await client.list_tools()).tools
        result = await client.call_tool("entity", {"name": "SAG-AFTRA"})
        return client.protocol_version, len(tools), result

    version, number, result = within(site, asked, mode)
    assert version == protocol
    assert number == 9
    assert result.structured_content["name"] == "SAG-AFTRA"
    assert "not reviewed" in result.content[0].text


def test_a_mistake_is_answered_in_words(site: Any) -> None:
    async def asked(client: Client) -> Any:
        return await client.call_tool("entity", {"name": "Brian Cranston"})

    unknown = within(site, asked)
    assert unknown.is_error
    assert "Bryan Cranston" in unknown.content[0].text


def test_fifty_calls_at_once_are_all_answered(site: Any) -> None:
    async def asked(client: Client) -> list[Any]:
        texts = ("likeness", "lawsuit", "Suno", "voice", "strike") * 10
        calls = (client.call_tool("search", {"text": text}) for text in texts)
        return await asyncio.gather(*calls)

    results = within(site, asked)
    assert len(results) == 50
    assert not any(result.is_error for result in results)


def test_calls_that_are_cancelled_leave_the_workers_free(site: Any) -> None:
    async def asked(client: Client) -> Any:
        for _ in range(4):  # more than there are workers
            with anyio.move_on_after(0.3):
                await client.call_tool("sparql", {"query": LONG})
        with anyio.fail_after(60):
            return await client.call_tool("questions", {})

    assert not within(site, asked).is_error


def test_another_site_may_not_ask_unless_it_is_let(site: Any) -> None:
    def status(origin: str) -> int:
        headers = ACCEPTED | {"origin": origin}
        return site.client.post(
            "/-/mcp", json=INITIALIZE, headers=headers
        ).status_code

    assert status("https://evil.example") == 403
    assert status("https://friend.example") == 200
    assert status(site.url) == 200


def test_a_call_that_is_too_large_or_named_otherwise_is_refused(
    site: Any,
) -> None:
    large = INITIALIZE | {"method": "x" * 60_000}
    assert (
        site.client.post("/-/mcp", json=large, headers=ACCEPTED).status_code
        == 413
    )
    other = ACCEPTED | {"host": "evil.example"}
    answer = site.client.post("/-/mcp", json=INITIALIZE, headers=other)
    assert answer.status_code == 421


def test_without_the_option_there_is_no_such_address(reader: Any) -> None:
    answer = reader.client.post("/-/mcp", json=INITIALIZE)
    assert answer.status_code in {404, 405}


def test_a_query_that_takes_too_long_is_stopped_in_words(strict: Any) -> None:
    async def asked(client: Client) -> Any:
        return await client.call_tool("sparql", {"query": LONG})

    late = within(strict, asked)
    assert late.is_error
    assert "more than 4 s" in late.content[0].text


def test_assistants_ask_a_store_as_it_is_written_and_write_nothing(
    starting: Callable[..., Any], tmp_path: Path
) -> None:
    site = starting("--mcp", "--workers", "1", data=tmp_path / "store")
    data = 'INSERT DATA { GRAPH <urn:new> { :Robo rdfs:label "Robo the new" } }'
    assert site.client.post("/sparql", data={"update": data}).status_code == 204

    async def asked(client: Client) -> list[Any]:
        label = "SELECT ?label { :Robo rdfs:label ?label }"
        queries = (label, data)
        calls = [
            client.call_tool("sparql", {"query": query}) for query in queries
        ]
        return [await call for call in calls]

    told, refused = within(site, asked)
    site.stop()
    assert "Robo the new" in told.content[0].text
    assert refused.is_error
