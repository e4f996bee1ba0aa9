"""`onrecord merge`: one entity of two."""

from typing import Annotated

import typer

from onrecord.cli.state import state


def merge(
    context: typer.Context,
    keep: Annotated[
        str, typer.Argument(help="The entity that stays: name, alias, id or IRI.")
    ],
    gone: Annotated[str, typer.Argument(help="The entity that becomes it.")],
) -> None:
    """Make one entity of two; `onrecord undo` takes it back."""
    from onrecord.editing.curation import merge as unite  # noqa: PLC0415  rdflib, for this command alone

    done = unite(keep, gone, workspace=state(context).workspace())
    print(f"{done.what}: {done.documents} documents changed")
