"""`onrecord site`: the graph as a static site."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.state import state


def site(
    context: typer.Context,
    target: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to write.")
    ],
    base: Annotated[
        str,
        typer.Option(metavar="URL", help="The address at which it will stand."),
    ] = "",
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What the site is called."),
    ] = None,
    frame_ancestors: Annotated[
        list[str],
        typer.Option(
            metavar="ORIGIN",
            help="A site whose pages may show the embed pages.",
        ),
    ] = [],  # noqa: B006  typer copies it
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Processes; one a core if not given."
        ),
    ] = None,
) -> None:
    """Write the graph as a static site, for any web host.

    A second run writes only what changed. The folder is whole at any moment.
    """
    from onrecord import site as write  # noqa: PLC0415  jinja2 and igraph, for this command alone

    report = write(
        target,
        base=base,
        title=title,
        ancestors=frame_ancestors,
        workers=workers,
        workspace=state(context).workspace(),
    )
    print(
        f"onrecord: {target}: {report.pages:,} pages in {report.files:,} files,"
        f" {report.size / 1e6:.1f} MB; {report.written:,} written,"
        f" {report.removed:,} removed",
        file=sys.stderr,
    )
