"""`onrecord undo`: the last change by hand, taken back."""

from typing import Annotated

import typer

from onrecord.cli.state import state
from onrecord.workspace import set_aside


def undo(
    context: typer.Context,
    unfinished: Annotated[
        bool,
        typer.Option(
            "--unfinished",
            help="Set an unfinished change aside that was not begun here by you.",
        ),
    ] = False,
) -> None:
    """Take the last change back, whatever it was; again, the one before it.

    What `remove` takes out is gone for good, and what was changed before it stays.
    """
    workspace = state(context).workspace()
    if unfinished:
        print(f"set aside: {set_aside(workspace.home)}")
        return
    from onrecord.editing.editor import undo as take_back  # noqa: PLC0415  rdflib, for this command alone

    done = take_back(workspace=workspace)
    print(f"undone: {done.what} ({done.documents} documents)")
