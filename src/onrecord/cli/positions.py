"""`onrecord positions`: what somebody holds on which topic."""

import shutil
from typing import Annotated

import typer

from onrecord.cli.state import state, write_out
from onrecord.discourse.positions import positions as look_up
from onrecord.formats.stances import positions_text


def positions(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="An entity: name, alias, id or IRI.")
    ],
) -> None:
    """Show somebody's stance by topic and time, with the words."""
    stances = look_up(name, workspace=state(context).workspace())
    write_out(
        [positions_text(stances, shutil.get_terminal_size().columns).encode()],
        None,
    )
