"""`onrecord fetch`: what is new in the feeds that are followed."""

import sys
from typing import Annotated

import typer

from onrecord.cli.add import INTERRUPTED, in_words
from onrecord.cli.state import state


def fetch(
    context: typer.Context,
    most: Annotated[
        int, typer.Option(min=1, help="How many articles are read in one go.")
    ] = 50,
    pause: Annotated[
        float, typer.Option(min=0.0, help="Seconds between two requests.")
    ] = 1.0,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            help="Fetch from this machine and private networks too.",
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="List what is new, and read none of it."
        ),
    ] = False,
) -> None:
    """Fetch what is new in the feeds that are followed; what states something about the field waits for review."""
    from onrecord.editing.following import Fetching  # noqa: PLC0415  rdflib, for this command alone
    from onrecord.editing.following import fetch as fetch_news  # noqa: PLC0415

    how = Fetching(most, pause, allow_private, _say)
    fetched = fetch_news(state(context).workspace(), how, dry_run=dry_run)
    if dry_run:
        print("\n".join(fetched.new) or "nothing new")
    else:
        print(f"new         {len(fetched.new)}")
        print(f"documents   {in_words(fetched.added.documents)}")
        print(f"statements  {in_words(fetched.added.statements)}")
    for note in fetched.notes:
        print(f"onrecord: {note}", file=sys.stderr)
    if fetched.added.interrupted:
        raise typer.Exit(INTERRUPTED)


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"onrecord: {text}", file=sys.stderr)
