"""`onrecord mcp`: the graph for assistants, over standard streams."""

import os
import signal
import sys
from typing import Annotated

import typer

from onrecord.cli.state import state
from onrecord.store.limits import MEGABYTE, Limits

INTERRUPTED = 130


def mcp(
    context: typer.Context,
    time_limit: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="Stop a call after this time."),
    ] = 30,
    memory_limit: Annotated[
        int,
        typer.Option(
            metavar="MB", min=1, help="Stop a call at this much memory."
        ),
    ] = 2048,
) -> None:
    """Let an assistant ask the graph, by the Model Context Protocol over standard input and output.

    An assistant's program starts it: Claude Desktop, VS Code and others take the command as one line of their
    configuration. It only reads. `onrecord serve --mcp` answers over HTTP instead.
    """
    from onrecord.assistant.server import mcp as answer  # noqa: PLC0415  pydantic and more, for this command alone

    if sys.stdin.isatty():
        message = (
            "onrecord: this speaks with an assistant's "
            "program, which starts it; Ctrl-D ends it"
        )
        print(message, file=sys.stderr)
    signal.signal(signal.SIGINT, _leave)
    workspace = state(context).workspace()
    answer(workspace, limits=Limits(time_limit, memory_limit * MEGABYTE))


def _leave(_: int, __: object) -> None:
    """Ends at Ctrl-C: the thread that reads standard input cannot be woken, and workers end with this process."""
    os._exit(INTERRUPTED)
