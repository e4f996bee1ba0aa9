"""`onrecord stats`: the graph in numbers."""

import typer

from onrecord.cli.state import print_table, state
from onrecord.querying.dossier import stats as count


def stats(context: typer.Context) -> None:
    """Say how much the graph holds, and of what."""
    print_table(count(workspace=state(context).workspace()))
