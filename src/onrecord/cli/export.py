"""`onrecord export`: the graph for other tools."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.state import state
from onrecord.export.formats import EXPORTS


def export(
    context: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=", ".join(EXPORTS))],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")] = None,
    about: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Only statements by or about this entity.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only statements dated then or later.")] = None,
    edges_only: Annotated[
        bool, typer.Option("--edges-only", help="Only the derived edges and what they link.")
    ] = False,
    statements_only: Annotated[
        bool, typer.Option("--statements-only", help="Only the statements, no derived edge.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that onrecord did not write.")] = False,
) -> None:
    """Export the graph. CSV writes two files: FILE with the edges, and beside it one whose name ends in -nodes."""
    from onrecord.export.write import write  # noqa: PLC0415  networkx and rdflib, for this command alone

    write(
        form,
        output,
        about=about,
        since=since,
        edges_only=edges_only,
        statements_only=statements_only,
        force=force,
        workspace=state(context).workspace(),
    )
