"""`onrecord pull`: the graphs of a store over HTTP into a workspace."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.state import state
from onrecord.cli.stores import (
    Credentials,
    Graphs,
    Profile,
    Seconds,
    endpoint,
    iris,
    progress,
)

MOST_NAMED = 10
"""Graphs that are named of many."""


def pull(
    context: typer.Context,
    url: Annotated[
        str,
        typer.Argument(metavar="URL", help="The store's base, or its query endpoint."),
    ],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="A workspace, or a folder to make one in.",
        ),
    ] = None,
    profile: Profile = "generic",
    graph: Graphs = [],  # noqa: B006  typer copies it
    ontology: Annotated[
        bool, typer.Option("--ontology", help="The ontology too.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite what was changed here and not pushed."),
    ] = False,
    credentials: Credentials = None,
    time_limit: Seconds = 60,
) -> None:
    """Write the named graphs of a store over HTTP as Turtle files of the workspace: all, or none if one cannot be.

    No file is deleted, and none overwritten that was changed since the last push or pull. `onrecord undo` takes it
    back.
    """
    from onrecord.model.iris import compact  # noqa: PLC0415
    from onrecord.store.sync.pull import pull as fetch  # noqa: PLC0415  rdflib, for this command alone

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
            said=said,
        )
    print(
        f"written    {len(done.written):,} graph{'' if len(done.written) == 1 else 's'} in {done.root / 'graphs'}"
    )
    print(f"unchanged  {len(done.same):,}")
    for what, graphs in (
        ("there without a place in a workspace, and skipped", done.skipped),
        ("here and not there, and left alone", done.only_here),
    ):
        if graphs:
            more = (
                f" and {len(graphs) - MOST_NAMED} more"
                if len(graphs) > MOST_NAMED
                else ""
            )
            print(
                f"onrecord: {what}: {', '.join(map(compact, graphs[:MOST_NAMED]))}{more}",
                file=sys.stderr,
            )
    if done.foreign:
        print(
            f"onrecord: {done.foreign:,} graphs there are none of ours, and were skipped",
            file=sys.stderr,
        )
