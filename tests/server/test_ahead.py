"""The network page is made before anybody asks for it."""

import asyncio
from functools import partial
from types import SimpleNamespace

import pytest

from onrecord.server import jobs
from onrecord.server.ahead import draw_ahead
from onrecord.server.app import application
from onrecord.server.settings import Settings
from onrecord.store.served import Reading
from onrecord.workspace import Workspace

pytestmark = pytest.mark.loop


async def drawn(workspace: Workspace) -> list[tuple[str, str]]:
    """Tag and coding of what is kept once a graph has been drawn, nobody having asked."""
    reading = Reading(workspace, partial(jobs.read, workspace), 1)
    async with reading as served, asyncio.timeout(250):
        app = application(served, Settings(workspace))
        drawing = asyncio.create_task(draw_ahead(app, quiet=0.01))
        kept = app.state.service.responses._kept  # noqa: SLF001
        while not kept:  # noqa: ASYNC110  nobody tells of it
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.2)
        drawing.cancel()
        return [*kept]


def test_nothing_is_made_of_a_generation_that_changes_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = []

    class Busy:
        generation = "1"

        @property
        def changing(self) -> bool:
            looks.append(len(made))
            return len(looks) < 4

    made = []

    async def draw(_: object) -> None:
        made.append(len(looks))

    monkeypatch.setattr("onrecord.server.ahead.draw", draw)

    async def main() -> None:
        service = SimpleNamespace(served=Busy())
        app = SimpleNamespace(state=SimpleNamespace(service=service))
        drawing = asyncio.create_task(draw_ahead(app, quiet=0))
        while not made:  # noqa: ASYNC110  nobody tells of it
            await asyncio.sleep(0)
        drawing.cancel()

    asyncio.run(main())
    assert (looks, made) == ([0, 0, 0, 0], [4])


def test_the_network_of_a_generation_is_drawn_once_before_anybody_asks(
    small: Workspace,
) -> None:
    [(_, coding)] = asyncio.run(drawn(small))
    assert coding == "gzip"
