"""`onrecord export`: the graph for other tools."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli import completion
from onrecord.cli.options import (
    ExactDates,
    Force,
    Relation,
    Since,
    Stance,
    Topic,
    Until,
)
from onrecord.cli.state import state, write_out
from onrecord.formats.registry import EXPORTS

if TYPE_CHECKING:
    from onrecord.formats.export import Written

Form = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT",
        autocompletion=completion.named(EXPORTS),
        help=", ".join(EXPORTS),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write."),
]
About = Annotated[
    str | None,
    typer.Option(
        metavar="ENTITY",
        autocompletion=completion.entities,
        help="Only statements by or about this entity.",
    ),
]
Depth = Annotated[
    int | None,
    typer.Option(
        min=1, max=6, help="What lies so many steps around it, as in the page."
    ),
]
EdgesOnly = Annotated[
    bool,
    typer.Option(
        "--edges-only", help="Only the derived edges and what they link."
    ),
]
StatementsOnly = Annotated[
    bool,
    typer.Option(
        "--statements-only", help="Only the statements, no derived edge."
    ),
]


def export(
    context: typer.Context,
    form: Form,
    output: Output = None,
    about: About = None,
    depth: Depth = None,
    topic: Topic = None,
    relation: Relation = None,
    stance: Stance = None,
    since: Since = None,
    until: Until = None,
    exact_dates: ExactDates = False,
    edges_only: EdgesOnly = False,
    statements_only: StatementsOnly = False,
    force: Force = False,
) -> None:
    """Export the graph, all of it or a part.

    TriG, N-Quads and JSON-LD keep the named graphs, one a source document; Turtle, N-Triples and RDF/XML hold their
    union; GraphML and CSV hold the network of the derived edges.

    CSV makes two files: FILE with the edges, and beside it FILE-nodes with the nodes. An edge has its ends, its
    relation, how many statements bear it in how many sources, their dates and stances, and of each statement the gist,
    the address and the id.
    """
    from onrecord.formats.export import export as write  # noqa: PLC0415  not needed for any other command

    written = write(
        form,
        None if str(output) == "-" else output,
        about=about,
        depth=depth,
        topic=topic,
        relation=relation,
        stance=stance,
        since=since,
        until=until,
        exact_dates=exact_dates,
        edges_only=edges_only,
        statements_only=statements_only,
        force=force,
        workspace=state(context).workspace(),
    )
    _tell(written, output, form)


def _tell(written: "Written", output: Path | None, form: str) -> None:
    for path in written.files:
        print(f"onrecord: wrote {path}", file=sys.stderr)
    if not written.files:
        write_out([written.content], None)
    if output is None and form == "csv":
        print(
            "onrecord: the edges alone; -o FILE writes the nodes too, into a second file",
            file=sys.stderr,
        )
    if written.undated:
        what = "statement" if written.undated == 1 else "statements"
        print(
            f"onrecord: {written.undated:,} undated {what} left out for want of a date",
            file=sys.stderr,
        )
