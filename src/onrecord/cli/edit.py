"""`onrecord edit`: fields of one statement."""

from typing import Annotated

import typer

from onrecord.cli.reviewer import user
from onrecord.cli.state import state

Text = Annotated[str | None, typer.Option(metavar="VALUE")]


Statement = Annotated[
    str,
    typer.Argument(
        help="Its id, as `onrecord show` gives it: st:0afab6f24db7."
    ),
]
Actor = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Who; once for each.")
]
Object = Annotated[str | None, typer.Option("--object", metavar="NAME|TOPIC")]
Negated = Annotated[bool | None, typer.Option("--negated/--not-negated")]
Topic = Annotated[
    list[str] | None, typer.Option(metavar="TOPIC", help="Once for each.")
]
Words = Annotated[
    str | None, typer.Option(metavar="TEXT", help="A passage of the text.")
]
By = Annotated[
    str | None, typer.Option(help="Who edits; else this computer's user.")
]


def edit(
    context: typer.Context,
    statement: Statement,
    actor: Actor = None,
    relation: Text = None,
    object_: Object = None,
    negated: Negated = None,
    topic: Topic = None,
    stance: Text = None,
    modality: Text = None,
    basis: Text = None,
    date: Text = None,
    words: Words = None,
    recipient: Text = None,
    instrument: Text = None,
    according_to: Text = None,
    stage: Text = None,
    gist: Text = None,
    wording: Text = None,
    via: Text = None,
    by: By = None,
) -> None:
    """Change fields of a statement; an empty value takes one away, `onrecord undo` the edit."""
    from onrecord.editing.reviewing import edit as change  # noqa: PLC0415  rdflib

    fields: dict[str, object] = {
        "actors": actor,
        "relation": relation,
        "object": object_,
        "negated": negated,
        "topics": topic,
        "stance": stance,
        "modality": modality,
        "basis": basis,
        "date": date,
        "words": words,
        "recipient": recipient,
        "instrument": instrument,
        "according_to": according_to,
        "stage": stage,
        "gist": gist,
        "wording": wording,
        "via": via,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    workspace = state(context).workspace()
    changed = change(statement, by=by or user(), workspace=workspace, **given)
    print(f"{statement}: {'changed' if changed else 'is so already'}")
