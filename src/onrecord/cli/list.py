"""`onrecord list`: everything of one kind."""

import shutil
import sys
from enum import StrEnum
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
from onrecord.cli.state import print_table, print_text, state
from onrecord.formats.prose import said
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph, ask
from onrecord.querying.facets import Facets, listed, statement_rows
from onrecord.workspace import Workspace

MOST = 50


class Kind(StrEnum):
    """What can be listed; all but statements are questions of the same name."""

    actors = "actors"
    works = "works"
    topics = "topics"
    relations = "relations"
    documents = "documents"
    statements = "statements"
    kept_apart = "kept-apart"


KindArgument = Annotated[Kind, typer.Argument(help="What to list.")]
Limit = Annotated[
    int, typer.Option(min=1, help="The most statements that are shown.")
]


def list(  # noqa: A001  a command's function bears its name
    context: typer.Context,
    kind: KindArgument,
    actor: Actor = None,
    about: About = None,
    topic: Topic = None,
    relation: Relation = None,
    stance: Stance = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = MOST,
) -> None:
    """List actors, works, topics, relations or documents, with how often they are named; statements; names kept apart.

    Statements are listed the newest first, those that have all that the options say.
    """
    facets = Facets(actor, about, topic, relation, stance, since, until)
    workspace = state(context).workspace()
    if kind is Kind.statements:
        _list_statements(workspace, facets, limit)
        return
    if facets.given:
        message = (
            f"--{facets.given[0]} chooses statements: onrecord list statements"
        )
        raise BadInput(message)
    print_table(ask(kind.value, workspace=workspace))


def _list_statements(workspace: Workspace, facets: Facets, limit: int) -> None:
    """Prints the statements, and says on standard error what is left out."""
    graph = Graph(workspace)
    chosen = listed(graph, facets)
    rows = statement_rows(graph, chosen, limit)
    print_text(said(rows, shutil.get_terminal_size().columns))
    if rows.more:
        total = len(chosen.statements)
        print(
            f"onrecord: the newest {len(rows)} of {total:,} statements; --limit shows more",
            file=sys.stderr,
        )
    if chosen.undated:
        print(
            f"onrecord: {chosen.undated:,} undated statements left out, which may fit the dates",
            file=sys.stderr,
        )
