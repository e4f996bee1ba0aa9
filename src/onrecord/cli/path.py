"""`onrecord path`: how two are linked."""

import shutil
from typing import Annotated

import typer

from onrecord.cli.options import One, Other
from onrecord.cli.state import print_text, state


def path(
    context: typer.Context,
    start: One,
    end: Other,
    through_topics: Annotated[
        bool,
        typer.Option(
            "--through-topics", help="Let topics be stepping stones too."
        ),
    ] = False,
) -> None:
    """Show the shortest way between two entities, each step with its evidence."""
    from onrecord import path as find_path  # noqa: PLC0415  as above
    from onrecord.formats.prose import steps  # noqa: PLC0415  not for a shell that completes

    way = find_path(
        start,
        end,
        through_topics=through_topics,
        workspace=state(context).workspace(),
    )
    print_text(steps(way, shutil.get_terminal_size().columns))
