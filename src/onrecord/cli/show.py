"""`onrecord show`: a dossier."""

import shutil
from typing import Annotated

import typer

from onrecord.cli.state import state, write_out
from onrecord.formats.prose import dossier
from onrecord.querying.dossier import show as look_up


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="An entity: name, alias, id or IRI.")],
) -> None:
    """Show who or what an entity is, and every statement by and about it, with words, date and source."""
    found = look_up(name, workspace=state(context).workspace())
    write_out([dossier(found, shutil.get_terminal_size().columns).encode()], None)
