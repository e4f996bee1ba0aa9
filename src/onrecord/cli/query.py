"""`onrecord query`: asks a question."""

import sys
from typing import Annotated

import typer

from onrecord.cli import completion
from onrecord.cli.options import Force, Output, Param
from onrecord.cli.state import parameters, print_table, state, write_out
from onrecord.formats.registry import ANSWERS, named
from onrecord.store.limits import MEGABYTE, Limits, unkept
from onrecord.workspace import Workspace

TABLE_ROWS = 1000


Question = Annotated[
    str,
    typer.Argument(
        help="A question's name, SPARQL, a .rq file, or - for standard input.",
        autocompletion=completion.questions,
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        autocompletion=completion.named(ANSWERS),
        help=", ".join(ANSWERS),
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="Stop the query after this time."),
]
MemoryLimit = Annotated[
    int,
    typer.Option(
        metavar="MB", min=1, help="Stop the query at this much memory."
    ),
]
MaxRows = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=1, help=f"Rows of a table; {TABLE_ROWS} if not given."
    ),
]
AllowNetwork = Annotated[
    bool,
    typer.Option("--allow-network", help="Let SERVICE reach other endpoints."),
]


def query(
    context: typer.Context,
    question: Question,
    param: Param = [],  # noqa: B006  typer copies it
    form: Form = None,
    output: Output = None,
    time_limit: TimeLimit = 30,
    memory_limit: MemoryLimit = 2048,
    max_rows: MaxRows = None,
    allow_network: AllowNetwork = False,
    force: Force = False,
) -> None:
    """Ask a question and print the answer.

    A question is a name from `onrecord questions`, SPARQL (the prefixes are known), a file that ends in .rq, or - for
    standard input.
    """
    from onrecord.querying.ask import ask, stream  # noqa: PLC0415  not for a shell that completes

    chosen = named(form, output, "table", ANSWERS)
    workspace = state(context).workspace()
    if lacking := unkept():
        print(f"onrecord: {lacking}", file=sys.stderr)
    limits = Limits(time_limit, memory_limit * MEGABYTE)
    if chosen not in {"table", "markdown"}:
        _refuse_bound(max_rows, chosen)
        pieces = stream(
            question,
            chosen,
            workspace=workspace,
            limits=limits,
            allow_network=allow_network,
            parameters=parameters(param),
        )
        write_out(pieces, output, force=force)
        return
    most = max_rows or (TABLE_ROWS if chosen == "table" else None)
    table = ask(
        question,
        workspace=workspace,
        limits=limits,
        max_rows=most,
        allow_network=allow_network,
        parameters=parameters(param),
    )
    print_table(table, chosen, output, force=force)
    if not table and "{" in question:
        _say_what_is_unknown(workspace, question)


def _refuse_bound(max_rows: int | None, form: str) -> None:
    """Raises BadParameter for a bound of rows in a format that has none."""
    if max_rows is None:
        return
    message = (
        "--max-rows bounds table and markdown; for "
        f"{form}, write LIMIT {max_rows} in the query"
    )
    raise typer.BadParameter(message)


def _say_what_is_unknown(workspace: Workspace, sparql: str) -> None:
    """Says on standard error which terms of a query that found nothing are nowhere."""
    from onrecord.querying.ask import Graph  # noqa: PLC0415  few find nothing
    from onrecord.querying.unknown import unknown_terms  # noqa: PLC0415  as above

    for sentence in unknown_terms(Graph(workspace), sparql):
        print(f"onrecord: {sentence}", file=sys.stderr)
