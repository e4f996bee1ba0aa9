"""`onrecord contradictions`: the same actor on both sides of a topic."""

import shutil
import sys
from typing import Annotated

import typer

from onrecord.cli.state import state, write_out
from onrecord.discourse.positions import KINDS
from onrecord.discourse.positions import contradictions as look_for
from onrecord.formats.stances import contradictions_text


def contradictions(
    context: typer.Context,
    actor: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Only this actor.")
    ] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
) -> None:
    """Show who is on the record both for and against on one topic: when, where, in which words.

    A difference is not a change of mind: both sides are shown, the earlier before the later, for you to read.
    """
    opposed = look_for(
        actor=actor, topic=topic, workspace=state(context).workspace()
    )
    write_out(
        [
            contradictions_text(
                opposed, shutil.get_terminal_size().columns
            ).encode()
        ],
        None,
    )
    counts = ", ".join(
        f"{sum(contradiction.kind == kind for contradiction in opposed)} {kind}"
        for kind in KINDS
    )
    print(f"onrecord: {counts}", file=sys.stderr)
