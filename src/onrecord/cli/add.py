"""`onrecord add`: statements in."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.state import state


class Form(StrEnum):
    """The forms that records come in."""

    jsonl = "jsonl"
    csv = "csv"


def add(
    context: typer.Context,
    sources: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Records, .jsonl or .csv; - is standard input.")
    ],
    form: Annotated[Form | None, typer.Option("--as", help="What the files hold, whatever their names.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
) -> None:
    """Add records to the workspace: all of them, or none if one has a fault."""
    from onrecord.intake import add as take_in  # noqa: PLC0415  rdflib, for this command alone

    added = take_in(sources, form=form, workspace=state(context).workspace(), dry_run=dry_run)
    for name, counts in (
        ("documents", added.documents),
        ("statements", added.statements),
        ("entities", added.entities),
    ):
        print(f"{name:11} {in_words(counts)}")
    if added.documents.get("withheld") or added.statements.get("withheld"):
        print("withheld: removed earlier (`onrecord remove`), and kept out")
    if dry_run:
        print("nothing was written (--dry-run)")


def in_words(counts: Mapping[str, int]) -> str:
    """Counts in a row, without the empty ones: "3 added, 1 updated"."""
    return ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()) if number) or "none"
