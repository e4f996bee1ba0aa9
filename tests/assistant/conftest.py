"""A connected client of `onrecord mcp`, to be used without an event loop."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters


@dataclass(frozen=True, slots=True)
class Session:
    """A client that is connected, to be used without an event loop."""

    portal: BlockingPortal
    client: Client

    def run(
        self, function: Callable[..., Any], *given: Any, **named: Any
    ) -> Any:
        return self.portal.call(partial(function, *given, **named))

    def call(self, tool: str, **given: Any) -> Any:
        return self.run(self.client.call_tool, tool, given)

    def data(self, tool: str, **given: Any) -> dict[str, Any]:
        result = self.call(tool, **given)
        assert not result.is_error, result.content[0].text
        return result.structured_content

    def text(self, tool: str, **given: Any) -> str:
        return self.call(tool, **given).content[0].text


class Connected:
    """A session with the program, started in a folder with these options."""

    def __init__(self, program: Path, folder: Path, *options: str) -> None:
        self._parameters = StdioServerParameters(
            command=str(program),
            args=[*options, "mcp"],
            env=dict(os.environ),
            cwd=folder,
        )

    def __enter__(self) -> Session:
        self._portal_manager = start_blocking_portal()
        portal = self._portal_manager.__enter__()
        self._manager = portal.wrap_async_context_manager(
            Client(self._parameters)
        )
        return Session(portal, self._manager.__enter__())

    def __exit__(self, *error: object) -> None:
        self._manager.__exit__(*error)
        self._portal_manager.__exit__(*error)


@pytest.fixture(scope="session")
def connect(program: Path) -> Callable[..., Connected]:
    """Starts the program in a folder, with options before its name."""
    return partial(Connected, program)


@pytest.fixture(scope="session")
def session(
    connect: Callable[..., Connected], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """`onrecord mcp` on the graph that ships."""
    with connect(tmp_path_factory.mktemp("nowhere")) as connected:
        yield connected
