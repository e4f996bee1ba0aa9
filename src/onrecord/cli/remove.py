"""`onrecord remove`: a document or a statement out, and kept out."""

from typing import Annotated

import typer

from onrecord.cli.state import state


def remove(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT|STATEMENT", help="The id, IRI or address."
        ),
    ],
    reason: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            help="Why, kept with the tombstone, for all to read.",
        ),
    ] = "",
) -> None:
    """Remove a document or a statement; a tombstone keeps the next `add` from bringing it back."""
    from onrecord.editing.removing import remove as take_out  # noqa: PLC0415  rdflib, for this command alone

    removed = take_out(
        what, reason=reason, workspace=state(context).workspace()
    )
    statements = f"{removed.statements} statement{'' if removed.statements == 1 else 's'}"
    print(
        f"removed {removed.what}"
        + (f" with {statements}" if removed.what.startswith("document") else "")
    )
    if removed.entities:
        print(f"and, as nothing else names them: {', '.join(removed.entities)}")
