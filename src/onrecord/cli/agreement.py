"""`onrecord agreement`: coders against each other."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.state import state, write_out


def agreement(
    context: typer.Context,
    coders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Records, one file a coder; none: the coders of the graph.",
        ),
    ] = None,
) -> None:
    """Say how far coders agree, or a program and a person: Krippendorff's alpha, and shared passages.

    An alpha of 1 is full agreement, 0 what chance would give. Each file holds the records of one coder, of the same
    documents, as for `onrecord add`.
    """
    from onrecord.discourse.agreement import agreement as measure  # noqa: PLC0415  the schema, for this command alone
    from onrecord.formats.text import table  # noqa: PLC0415

    measured = measure(coders or (), workspace=state(context).workspace())
    width = shutil.get_terminal_size().columns
    write_out(
        [
            f"{table(measured.variables, width)}\n{table(measured.spans, width)}".encode()
        ],
        None,
    )
