"""Who reads an answer: it ends in time, however slowly somebody reads."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from onrecord.model.errors import LimitReached
from onrecord.server import client, response
from onrecord.server.client import Client, Streamed

pytestmark = pytest.mark.loop


def test_an_answer_that_is_read_slowly_for_ever_is_cut(monkeypatch) -> None:
    monkeypatch.setattr(client, "SECONDS_IN_ALL", 0.3)
    sent: list[dict] = []
    closed: list[bool] = []

    async def endless() -> AsyncGenerator[bytes, None]:
        try:
            while True:
                yield b"row\n"
        finally:
            closed.append(True)

    async def receive() -> dict:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict) -> None:
        if len(sent) > 2:
            await asyncio.sleep(0.02)
        sent.append(message)

    async def read() -> None:
        response = Streamed(endless(), Client(receive), 200, {}, "text/csv")
        await asyncio.wait_for(response({"type": "http"}, receive, send), 60)

    asyncio.run(read())
    assert len(sent) > 2
    assert all(message.get("more_body", True) for message in sent)
    assert closed == [True]


def test_an_answer_that_must_be_kept_whole_is_only_so_large(
    monkeypatch,
) -> None:
    monkeypatch.setattr(response, "MOST_GATHERED", 1 << 16)
    given: list[int] = []

    async def endless() -> AsyncGenerator[bytes, None]:
        while True:
            given.append(1 << 12)
            yield bytes(1 << 12)

    async def receive() -> dict:
        await asyncio.Event().wait()
        raise AssertionError

    async def gather() -> None:
        with pytest.raises(LimitReached, match=r"only a client of HTTP/1\.1"):
            await response.gathered([b""], endless(), Client(receive))

    asyncio.run(gather())
    assert sum(given) <= (1 << 16) + (1 << 12)
