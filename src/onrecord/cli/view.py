"""`onrecord view`: the network as a page."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

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
from onrecord.cli.state import state

About = Annotated[
    str | None,
    typer.Option(
        metavar="ENTITY",
        autocompletion=completion.entities,
        help="Only what lies around this entity.",
    ),
]
Depth = Annotated[
    int, typer.Option(min=1, max=6, help="How many steps around it.")
]
Story = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE", help="Open on a story in steps, such as sora-2."
    ),
]
Positions = Annotated[
    Path | None,
    typer.Option(metavar="PAGE", help="Keep the map of this earlier page."),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")
]
OpenOption = Annotated[
    bool, typer.Option("--open", help="Open the page in the browser.")
]


def view(
    context: typer.Context,
    about: About = None,
    depth: Depth = 1,
    topic: Topic = None,
    relation: Relation = None,
    stance: Stance = None,
    since: Since = None,
    until: Until = None,
    exact_dates: ExactDates = False,
    story: Story = None,
    positions: Positions = None,
    output: Output = Path("onrecord.html"),
    open_: OpenOption = False,
    force: Force = False,
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
    if str(written) == "-":
        return
    print(f"onrecord: wrote {written}", file=sys.stderr)
    if open_:
        webbrowser.open(written.as_uri())
