"""`onrecord rename`: another name, another type."""

from typing import Annotated

import typer

from onrecord.cli.state import state


def rename(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="The entity: name, alias, id or IRI.")
    ],
    new: Annotated[
        str, typer.Argument(help="Its new name; the old one stays as an alias.")
    ],
    kind: Annotated[
        str | None,
        typer.Option("--type", help="Its new type, such as Person or Company."),
    ] = None,
) -> None:
    """Give an entity another name or type; `onrecord undo` takes it back."""
    from onrecord.editing.curation import rename as change  # noqa: PLC0415  rdflib, for this command alone

    done = change(name, new, kind=kind, workspace=state(context).workspace())
    print(f"{done.what}: {done.documents} documents changed")
