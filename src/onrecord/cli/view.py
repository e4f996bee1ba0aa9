"""`onrecord view`: the network as a page."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.state import state


def view(
    context: typer.Context,
    about: Annotated[
        str | None,
        typer.Option(metavar="ENTITY", help="Only what lies around this entity."),
    ] = None,
    depth: Annotated[
        int, typer.Option(min=1, max=6, help="How many steps around it.")
    ] = 1,
    topic: Annotated[
        str | None,
        typer.Option(metavar="TOPIC", help="Only statements on it, or on its family."),
    ] = None,
    relation: Annotated[
        str | None, typer.Option(metavar="RELATION", help="Only statements of it.")
    ] = None,
    stance: Annotated[
        str | None, typer.Option(metavar="STANCE", help="supportive, critical, …")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="2025, 2025-10 or 2025-10-21, and later."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="That date, and earlier.")
    ] = None,
    exact_dates: Annotated[
        bool,
        typer.Option(
            "--exact-dates",
            help="Leave out dates of events, which only say: not before.",
        ),
    ] = False,
    story: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE", help="Open on a story in steps, such as sora-2."
        ),
    ] = None,
    positions: Annotated[
        Path | None,
        typer.Option(metavar="PAGE", help="Keep the map of this earlier page."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")
    ] = Path("onrecord.html"),
    open_: Annotated[
        bool, typer.Option("--open", help="Open the page in the browser.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite a file that onrecord did not write."),
    ] = False,
) -> None:
    """Write the network as one HTML page that works offline."""
    from onrecord.page.view import view as write_page  # noqa: PLC0415  pyvis and igraph, for this command alone

    written = write_page(
        output,
        about=about,
        depth=depth,
        topic=topic,
        relation=relation,
        stance=stance,
        since=since,
        until=until,
        exact_dates=exact_dates,
        story=story,
        positions=positions,
        force=force,
        workspace=state(context).workspace(),
    )
    print(f"onrecord: wrote {written}", file=sys.stderr)
    if open_:
        webbrowser.open(written.as_uri())
