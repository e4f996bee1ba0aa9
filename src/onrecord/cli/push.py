"""`onrecord push`: the graphs of the workspace to a store over HTTP."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Credentials, DryRun, Profile, Url
from onrecord.cli.state import state
from onrecord.cli.stores import (
    Graphs,
    Seconds,
    endpoint,
    iris,
    progress,
)

if TYPE_CHECKING:
    from onrecord.store.sync.push import Pushed

MOST_NAMED = 10
"""Graphs that are named where a number tells as much."""


NoVerify = Annotated[
    bool,
    typer.Option(
        "--no-verify",
        help="Believe the last push and the counts, and read no graph there.",
    ),
]
Keep = Annotated[
    bool, typer.Option("--keep", help="Leave graphs there that are gone here.")
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Delete them even if they are the most there."
    ),
]


def push(
    context: typer.Context,
    url: Url,
    profile: Profile = "generic",
    graph: Graphs = [],  # noqa: B006  typer copies it
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    keep: Keep = False,
    force: Force = False,
    credentials: Credentials = None,
    time_limit: Seconds = 60,
) -> None:
    """Send the workspace's graphs to a store over HTTP: those that differ there, and only those.

    Graphs that an earlier push sent and that are gone here are deleted there. Graphs of others are never touched. What
    was sent is read back. After an interruption, push again goes on.
    """
    from onrecord.store.sync.push import push as send  # noqa: PLC0415  an extra, for this command alone

    there = endpoint(
        url, profile, credentials or state(context).credentials, time_limit
    )
    with progress() as said:
        done = send(
            there,
            workspace=state(context).workspace(),
            graphs=iris(graph),
            dry_run=dry_run,
            verify=not no_verify,
            keep=keep,
            force=force,
            said=said,
        )
    _tell(done)
    if dry_run:
        print("nothing was sent or deleted (--dry-run)")
    if done.differs:
        sys.exit(1)


def _tell(done: "Pushed") -> None:
    from onrecord.model.iris import compact  # noqa: PLC0415

    for what, graphs in (
        ("sent", done.sent),
        ("unchanged", done.same),
        ("deleted", done.deleted),
    ):
        print(
            f"{what:9}  {len(graphs):,} graph{'' if len(graphs) == 1 else 's'}"
        )
        if what == "deleted" or (what == "sent" and len(graphs) <= MOST_NAMED):
            _name(map(compact, graphs))
    for what, graphs in (
        ("gone here, and left there (--keep)", done.kept),
        ("there, but none of this workspace's, and left alone", done.strange),
        ("not sent, as the file's name makes no graph's", done.unnamed),
    ):
        if graphs:
            print(
                f"onrecord: {what}: {_some([*map(compact, graphs)])}",
                file=sys.stderr,
            )
    for graph in done.differs:
        print(
            f"onrecord: differs: {compact(graph)} is not given back by the store as it was sent",
            file=sys.stderr,
        )
    if done.differs:
        print(
            "onrecord: onrecord diff . URL --triples shows how", file=sys.stderr
        )


def _name(graphs: Iterable[str]) -> None:
    for graph in graphs:
        print(f"           {graph}")


def _some(names: list[str]) -> str:
    more = (
        f" and {len(names) - MOST_NAMED} more"
        if len(names) > MOST_NAMED
        else ""
    )
    return ", ".join(names[:MOST_NAMED]) + more
