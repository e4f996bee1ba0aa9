"""Options that several commands have, each with its help in one place."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import completion
from onrecord.store.remote.profiles import PROFILES

Actor = Annotated[
    str | None,
    typer.Option(
        metavar="ENTITY",
        autocompletion=completion.entities,
        help="Only statements by this entity.",
    ),
]
About = Annotated[
    str | None,
    typer.Option(
        metavar="ENTITY",
        autocompletion=completion.entities,
        help="Only what is said of it.",
    ),
]
Topic = Annotated[
    str | None,
    typer.Option(
        metavar="TOPIC",
        autocompletion=completion.topics,
        help="Only statements on it, or on its family.",
    ),
]
Relation = Annotated[
    str | None,
    typer.Option(
        metavar="RELATION",
        autocompletion=completion.relations,
        help="Only statements of it.",
    ),
]
Stance = Annotated[
    str | None,
    typer.Option(
        metavar="STANCE",
        autocompletion=completion.stances,
        help="supportive, critical, …",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="2025, 2025-10 or 2025-10-21, and later."
    ),
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", help="That date, and earlier.")
]
One = Annotated[
    str,
    typer.Argument(
        help="An entity: name, alias, id or IRI.",
        autocompletion=completion.entities,
    ),
]
Other = Annotated[
    str,
    typer.Argument(help="Another entity.", autocompletion=completion.entities),
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
        "--param",
        "-p",
        metavar="NAME=VALUE",
        autocompletion=completion.parameters,
        help="A parameter of the question.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead."),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Overwrite a file that onrecord did not write."
    ),
]
AllowEndpoint = Annotated[
    bool,
    typer.Option(
        "--allow-endpoint",
        help="Let texts go to the endpoint that this workspace names, from now on.",
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Say what would be done, and do nothing."),
]
Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", help="The store's base, or its query endpoint."
    ),
]
Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME",
        help=f"The store's dialect: {', '.join(PROFILES)}.",
    ),
]
Credentials = Annotated[
    Path | None,
    typer.Option(
        "--credentials",
        metavar="FILE",
        help="Who signs in there, in the form of netrc.",
    ),
]
