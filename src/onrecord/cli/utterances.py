"""`onrecord utterances`: reports of one and the same saying."""

import shutil
import sys
from typing import Annotated

import typer

from onrecord.cli.state import state, write_out

Accept = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBERS",
        help="Keep these in the graph: 1,3-5 or all; review them first.",
    ),
]
Kept = Annotated[
    bool,
    typer.Option(
        "--kept", help="Show those that are in the graph, instead of proposals."
    ),
]
Top = Annotated[int, typer.Option(min=1, metavar="N", help="How many to show.")]


def utterances(
    context: typer.Context,
    accept: Accept = None,
    kept: Kept = False,
    top: Top = 20,
) -> None:
    """Propose which statements of several documents report one utterance; kept, they count once in networks.

    Proposed are statements of the same actor, near in time and near in words. Read them before you accept any.
    """
    from onrecord.discourse import utterances as reports  # noqa: PLC0415
    from onrecord.formats.stances import utterances_text  # noqa: PLC0415  not needed for any other command
    from onrecord.querying.ask import Graph  # noqa: PLC0415

    workspace = state(context).workspace()
    if accept is not None and not kept:
        workspace.home  # noqa: B018  raises NoWorkspace before anything is asked
    proposals = (
        reports.kept(Graph(workspace))
        if kept
        else reports.utterances(workspace=workspace)
    )
    if accept is not None and not kept:
        chosen = [
            proposals[number - 1]
            for number in reports.numbered(accept, len(proposals))
        ]
        linked = reports.accept(chosen, workspace=workspace)
        print(f"kept {len(chosen)} utterances: {linked} statements are linked")
        return
    write_out(
        [
            utterances_text(
                proposals[:top], shutil.get_terminal_size().columns
            ).encode()
        ],
        None,
    )
    statements = sum(len(utterance.statements) for utterance in proposals)
    print(
        f"onrecord: {len(proposals)} utterances, {statements} statements",
        file=sys.stderr,
    )
