"""`onrecord init`: a new workspace."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from onrecord.workspace import init as make


def init(
    name: Annotated[
        Path, typer.Argument(metavar="NAME", help="The folder to make.")
    ],
) -> None:
    """Make a workspace: a folder for a graph of your own."""
    made = make(name)
    print(f"made {made.root}")
    there = (
        "" if made.root == Path.cwd() else f"cd {shlex.quote(str(name))} && "
    )
    print(f"next: {there}onrecord add records.jsonl")
