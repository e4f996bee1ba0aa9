"""`onrecord questions`: what can be asked by name."""

import typer

from onrecord.cli.state import print_table, state
from onrecord.query.question import questions as all_questions
from onrecord.query.table import Table, Value


def questions(context: typer.Context) -> None:
    """List the named questions, one line each."""
    found = all_questions(state(context).workspace())
    rows: list[dict[str, Value]] = [
        {"question": each.name, "asks": each.title, "parameters": " ".join(p.name for p in each.parameters)}
        for each in found
    ]
    print_table(Table(("question", "asks", "parameters"), rows))
