"""`onrecord show`: a dossier."""

import shutil

import typer

from onrecord.cli.options import One, Relation, Since, Stance, Topic, Until
from onrecord.cli.state import print_text, state


def show(
    context: typer.Context,
    name: One,
    topic: Topic = None,
    relation: Relation = None,
    stance: Stance = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Show who or what an entity is, and every statement by and about it, with words, date and source.

    Of the statements, those that have all that the options say.
    """
    from onrecord.formats.prose import dossier  # noqa: PLC0415  not for a shell that completes
    from onrecord.querying.dossier import show as look_up  # noqa: PLC0415  as above

    about = look_up(
        name,
        workspace=state(context).workspace(),
        topic=topic,
        relation=relation,
        stance=stance,
        since=since,
        until=until,
    )
    print_text(dossier(about, shutil.get_terminal_size().columns))
