"""`onrecord undo`: the last change by hand, taken back."""

import typer

from onrecord.cli.state import state


def undo(context: typer.Context) -> None:
    """Take the last merge, rename or review back; again, the one before it."""
    from onrecord.editing.curation import undo as take_back  # noqa: PLC0415  rdflib, for this command alone

    done = take_back(workspace=state(context).workspace())
    print(f"undone: {done.what} ({done.documents} documents)")
