"""`onrecord path`: how two are linked."""

import shutil
from typing import Annotated

import typer

from onrecord.cli.options import One, Other
from onrecord.cli.state import print_text, state
from onrecord.formats.prose import steps
from onrecord.networks.path import path as find_path


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
    found = find_path(
        start, end, through_topics=through_topics, workspace=state(context).workspace()
    )
    print_text(steps(found, shutil.get_terminal_size().columns))
