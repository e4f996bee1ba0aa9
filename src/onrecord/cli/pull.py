"""`onrecord pull`: the graphs of a store over HTTP into a workspace."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Credentials, Profile, Url
from onrecord.cli.state import state
from onrecord.cli.stores import (
    Graphs,
    Seconds,
    endpoint,
    iris,
    progress,
)

if TYPE_CHECKING:
    from onrecord.editing.pull import Pulled

MOST_NAMED = 10
"""Graphs that are named of many."""


Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="A workspace, or a folder to make one in.",
    ),
]
Ontology = Annotated[bool, typer.Option("--ontology", help="The ontology too.")]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Overwrite what was changed here and not pushed."
    ),
]
Unchecked = Annotated[
    bool, typer.Option("--unchecked", help="Take what `check` finds errors in.")
]


def pull(
    context: typer.Context,
    url: Url,
    folder: Folder = None,
    profile: Profile = "generic",
    graph: Graphs = [],  # noqa: B006  typer copies it
    ontology: Ontology = False,
    force: Force = False,
    unchecked: Unchecked = False,
    credentials: Credentials = None,
    time_limit: Seconds = 60,
) -> None:
    """Write the named graphs of a store over HTTP as Turtle files of the workspace: all, or none if one cannot be.

    No file is deleted, and none overwritten that was changed since the last push or pull. What `onrecord check`
    would find errors in is not written. `onrecord undo` takes it back.
    """
    from onrecord.editing.pull import pull as fetch  # noqa: PLC0415  rdflib, for this command alone

    there = endpoint(
        url, profile, credentials or state(context).credentials, time_limit
    )
    where = state(context).workspace() if folder is None else None
    if where is not None:
        _ = where.home
    with progress() as said:
        done = fetch(
            there,
            folder,
            workspace=where,
            graphs=iris(graph),
            ontology=ontology,
            force=force,
            checked=not unchecked,
            said=said,
        )
    _tell(done)


def _tell(done: "Pulled") -> None:
    from onrecord.model.iris import compact  # noqa: PLC0415

    plural = "" if len(done.written) == 1 else "s"
    print(
        f"written    {len(done.written):,} graph{plural} in {done.root / 'graphs'}"
    )
    print(f"unchanged  {len(done.same):,}")
    for what, graphs in (
        ("there without a place in a workspace, and skipped", done.skipped),
        ("here and not there, and left alone", done.only_here),
    ):
        names = list(map(compact, graphs[:MOST_NAMED]))
        rest = len(graphs) - MOST_NAMED
        more = f" and {rest} more" if rest > 0 else ""
        if names:
            print(
                f"onrecord: {what}: {', '.join(names)}{more}", file=sys.stderr
            )
    if done.foreign:
        print(
            f"onrecord: {done.foreign:,} graphs there are none of ours, and were skipped",
            file=sys.stderr,
        )
