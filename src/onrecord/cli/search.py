"""`onrecord search`: a text in names, gists and quotes."""

from typing import Annotated

import typer

from onrecord.cli.state import print_table, state
from onrecord.querying.dossier import search as find_text


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What to look for, in any case.")],
) -> None:
    """Search names, aliases, descriptions, gists and quotes."""
    print_table(find_text(text, workspace=state(context).workspace()))
