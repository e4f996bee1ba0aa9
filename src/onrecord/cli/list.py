"""`onrecord list`: everything of one kind."""

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.state import print_table, state
from onrecord.querying.ask import ask


class Kind(StrEnum):
    """What can be listed; each is a question of the same name."""

    actors = "actors"
    works = "works"
    topics = "topics"
    relations = "relations"
    documents = "documents"


def list(  # noqa: A001  a command's function bears its name
    context: typer.Context, kind: Annotated[Kind, typer.Argument(help="What to list.")]
) -> None:
    """List actors, works, topics, relations or documents, with how often each is spoken of."""
    print_table(ask(kind.value, workspace=state(context).workspace()))
