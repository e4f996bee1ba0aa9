"""`onrecord questions`: what can be asked by name."""

from typing import Annotated

import typer

from onrecord.cli import completion
from onrecord.cli.state import print_table, state
from onrecord.querying.question import Question, question
from onrecord.querying.question import questions as all_questions
from onrecord.querying.table import Table, Value


def questions(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            help="A question, to read what it answers and takes.",
            autocompletion=completion.questions,
        ),
    ] = None,
) -> None:
    """List the named questions, one line each, or tell of one what it answers and takes."""
    workspace = state(context).workspace()
    if name is None:
        rows: list[dict[str, Value]] = [
            {"question": each.name, "asks": each.title}
            for each in all_questions(workspace)
        ]
        print_table(Table(("question", "asks"), rows))
        return
    print_table(told(question(name, workspace)))


def told(asked: Question) -> Table:
    """A question's title and description, and a row for each of its parameters."""
    rows: list[dict[str, Value]] = [{"what": "asks", "told": asked.title}]
    if asked.description:
        rows.append({"what": "answers", "told": asked.description})
    for each in asked.parameters:
        default = f", {each.default} if not given" if each.default is not None else ""
        rows.append({"what": f"--param {each.name}=…", "told": f"{each.kind}{default}"})
    return Table(("what", "told"), rows)
