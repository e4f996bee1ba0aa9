"""`onrecord questions`: what can be named by name."""

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
            {"question": question.name, "asks": question.title}
            for question in all_questions(workspace)
        ]
        print_table(Table(("question", "asks"), rows))
        return
    print_table(described(question(name, workspace)))


def described(named: Question) -> Table:
    """A question's title and description, and a row for each of its parameters."""
    rows: list[dict[str, Value]] = [{"what": "asks", "told": named.title}]
    if named.description:
        rows.append({"what": "answers", "told": named.description})
    for parameter in named.parameters:
        default = (
            f", {parameter.default} if not given"
            if parameter.default is not None
            else ""
        )
        rows.append(
            {
                "what": f"--param {parameter.name}=…",
                "told": f"{parameter.kind}{default}",
            }
        )
    return Table(("what", "told"), rows)
