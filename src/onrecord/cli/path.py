"""`onrecord path`: how two are linked."""

import shutil
from typing import Annotated

import typer

from onrecord.cli.state import state
from onrecord.formats.prose import steps
from onrecord.networks.path import path as find_path


def path(
    context: typer.Context,
    start: Annotated[str, typer.Argument(help="An entity: name, alias, id or IRI.")],
    end: Annotated[str, typer.Argument(help="Another entity.")],
    through_topics: Annotated[
        bool,
        typer.Option("--through-topics", help="Let topics be stepping stones too."),
    ] = False,
) -> None:
    """Show the shortest way between two entities, each step with its evidence."""
    found = find_path(
        start, end, through_topics=through_topics, workspace=state(context).workspace()
    )
    print(steps(found, shutil.get_terminal_size().columns), end="")
