"""`onrecord merge`: one entity of two."""

from typing import Annotated

import typer

from onrecord.cli.state import state


def merge(
    context: typer.Context,
    keep: Annotated[
        str,
        typer.Argument(help="The entity that stays: name, alias, id or IRI."),
    ],
    gone: Annotated[str, typer.Argument(help="The entity that becomes it.")],
    apart: Annotated[
        bool,
        typer.Option(
            "--apart",
            help="They are two: the desk proposes them no more (onrecord list kept-apart).",
        ),
    ] = False,
) -> None:
    """Make one entity of two; `onrecord undo` takes it back."""
    from onrecord.editing import curation  # noqa: PLC0415  rdflib, for this command alone

    workspace = state(context).workspace()
    if apart:
        print(curation.keep_apart(keep, gone, workspace=workspace).what)
        return
    done = curation.merge(keep, gone, workspace=workspace)
    print(f"{done.what}: {done.documents} documents changed")
