"""`onrecord search`: a text in names, sentences, gists, quotes, topics and titles."""

from typing import Annotated

import typer

from onrecord.cli.options import (
    About,
    Actor,
    Relation,
    Since,
    Stance,
    Topic,
    Until,
)
from onrecord.cli.state import print_table, state
from onrecord.querying import MOST_MATCHES


def search(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            help='What to look for: words in any form, "words that stand together".'
        ),
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="statement, entity, topic, document or term; repeatable."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="The most that is shown, the best first.")
    ] = MOST_MATCHES,
    actor: Actor = None,
    about: About = None,
    topic: Topic = None,
    relation: Relation = None,
    stance: Stance = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Search statements, names, topics and documents, the best match first.

    With an option that chooses statements, such as --since, only those are searched.
    """
    from onrecord.querying.search import as_table  # noqa: PLC0415  not for a shell that completes
    from onrecord.querying.search import search as find_text  # noqa: PLC0415  as above

    matches = find_text(
        text,
        kinds=kind or (),
        limit=limit,
        workspace=state(context).workspace(),
        actor=actor,
        about=about,
        topic=topic,
        relation=relation,
        stance=stance,
        since=since,
        until=until,
    )
    print_table(as_table(matches))
