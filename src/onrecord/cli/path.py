"""`onrecord path`: how two are linked."""

import shutil
from typing import Annotated

import typer

from onrecord import path as find_path
from onrecord.cli.options import One, Other
from onrecord.cli.state import print_text, state
from onrecord.formats.prose import steps


def path(
    context: typer.Context,
    start: One,
    end: Other,
    through_topics: Annotated[
        bool,
        typer.Option("--through-topics", help="Let topics be stepping stones too."),
    ] = False,
) -> None:
    """Show the shortest way between two entities, each step with its evidence."""
    way = find_path(
        start, end, through_topics=through_topics, workspace=state(context).workspace()
    )
    print_text(steps(way, shutil.get_terminal_size().columns))
