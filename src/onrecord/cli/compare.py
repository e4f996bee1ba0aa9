"""`onrecord compare`: two entities side by side."""

import shutil

import typer

from onrecord.cli.options import One, Other
from onrecord.cli.state import print_text, state


def compare(
    context: typer.Context,
    one: One,
    other: Other,
) -> None:
    """Show what two say on the topics of both, side by side, and how they are linked."""
    from onrecord import compare as find_both  # noqa: PLC0415  as above
    from onrecord.formats.prose import beside  # noqa: PLC0415  not for a shell that completes

    compared = find_both(one, other, workspace=state(context).workspace())
    print_text(beside(compared, shutil.get_terminal_size().columns))
