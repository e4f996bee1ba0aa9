"""Options that several commands have, each with its help in one place."""

from pathlib import Path
from typing import Annotated

import typer

Since = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only statements dated then or later."),
]
ExactDates = Annotated[
    bool,
    typer.Option(
        "--exact-dates",
        help="Leave out dates of events, which only say: not before.",
    ),
]
Param = Annotated[
    list[str],
    typer.Option(
        "--param", "-p", metavar="NAME=VALUE", help="A parameter of the question."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead."),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Overwrite a file that onrecord did not write."),
]
AllowEndpoint = Annotated[
    bool,
    typer.Option(
        "--allow-endpoint",
        help="Let texts go to the endpoint that this workspace names, from now on.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
]
Url = Annotated[
    str,
    typer.Argument(metavar="URL", help="The store's base, or its query endpoint."),
]
