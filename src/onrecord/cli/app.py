"""The program: its commands, the options that stand before them, and the end of every error."""

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.cli import (
    add,
    check,
    export,
    init,
    path,
    query,
    questions,
    remove,
    search,
    show,
    stats,
    view,
)
from onrecord.cli import list as listing
from onrecord.cli.state import State
from onrecord.errors import OnRecordError

app = typer.Typer(
    name="onrecord",
    help="Who in the entertainment industry says and does what about AI, on the record.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = {
    "questions": questions.questions,
    "query": query.query,
    "list": listing.list_,
    "search": search.search,
    "show": show.show,
    "path": path.path,
    "view": view.view,
    "export": export.export,
    "init": init.init,
    "add": add.add,
    "remove": remove.remove,
    "check": check.check,
    "stats": stats.stats,
}
for name, command in COMMANDS.items():
    app.command(name)(command)


def _version(asked: bool) -> None:
    if asked:
        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("-C", metavar="DIR", help="The workspace to use, instead of the one around here.")
    ] = None,
    with_shipped: Annotated[
        bool, typer.Option("--with-shipped", help="Beside the workspace's graph, use the one that ships.")
    ] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more on standard error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who in the entertainment industry says and does what about AI, on the record."""
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="onrecord: %(message)s")
    context.obj = State(folder, with_shipped)


def main() -> None:
    """Runs the program: an error of ours is printed and ends with 1, Ctrl-C with 130, a closed pipe in silence."""
    try:
        app()
    except OnRecordError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
