"""What the shell completes: names and topics from the index of the last search, questions and formats from the files.

Nothing is read that would keep a person waiting: names come from the index as it stands, which is made here only
where there is none and the graph is small.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path

import typer

from onrecord.cli.streams import STANCES
from onrecord.model.errors import OnRecordError
from onrecord.model.iris import local
from onrecord.store.kept_names import MOST, index_place, kept_names
from onrecord.workspace import Workspace, find

Completions = list[tuple[str, str]]
"""What stands on the line, and what it stands for."""
SMALL = 20_000_000
"""Bytes of graph files that are indexed while somebody waits."""


def _quietly(
    complete: Callable[[typer.Context, str], Completions],
) -> Callable[[typer.Context, str], Completions]:
    """Completes nothing where something is wrong: a line that is being typed has no place for an error."""

    @wraps(complete)
    def quiet(context: typer.Context, incomplete: str) -> Completions:
        import sqlite3  # noqa: PLC0415  every command knows how it is completed, and few complete

        try:
            return complete(context, incomplete)
        except (OnRecordError, OSError, sqlite3.Error):
            return []

    return quiet


@_quietly
def entities(context: typer.Context, incomplete: str) -> Completions:
    """Entities by id, which needs no quotation marks; by name where some are open already."""
    return [*_indexed(context, incomplete, "entity")]


@_quietly
def topics(context: typer.Context, incomplete: str) -> Completions:
    """Topics by key or name."""
    return [*_indexed(context, incomplete, "topic")]


@_quietly
def relations(context: typer.Context, incomplete: str) -> Completions:
    """Relations by key."""
    from onrecord.model.vocabulary import read  # noqa: PLC0415  for this alone

    words = read(_workspace(context).ontology_files())
    known = ((key, relation.label) for key, relation in words.relations.items())
    return [*_starting(known, incomplete)]


def named(names: Iterable[str]) -> Callable[[str], list[str]]:
    """A choice of names that are known beforehand."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    return complete


stances = named(STANCES)


@_quietly
def questions(context: typer.Context, incomplete: str) -> Completions:
    """Named questions with what they ask."""
    from onrecord.querying.question import questions as named  # noqa: PLC0415

    known = ((entry.name, entry.title) for entry in named(_workspace(context)))
    return [*_starting(known, incomplete)]


@_quietly
def parameters(context: typer.Context, incomplete: str) -> Completions:
    """The parameters of the question that stands before, each with its sign."""
    from onrecord.querying.question import named_question  # noqa: PLC0415

    # A line that ends in -p is not read to its end, and its words stand aside.
    words = filter(None, (context.params.get("question"), *context.args))
    question = named_question(next(words, ""), _workspace(context))
    known = ((f"{entry.name}=", entry.kind) for entry in question.parameters)
    return [*_starting(known, incomplete)]


def _starting(
    known: Iterable[tuple[str, str]], incomplete: str
) -> Iterator[tuple[str, str]]:
    for name, description in known:
        if name.startswith(incomplete):
            yield name, description


def _indexed(
    context: typer.Context, incomplete: str, kind: str
) -> Iterator[tuple[str, str]]:
    """Entries of the index by id or, once a space was typed, by name."""
    place = _index(_workspace(context))
    entries = kept_names(place, incomplete, kind, MOST) if place else []
    for iri, label in entries:
        yield (label, "") if " " in incomplete else (local(iri), label)


def _index(workspace: Workspace) -> Path | None:
    """The index as the last search left it; made where there is none and the graph is small."""
    if workspace.endpoint is not None:
        return None
    place = index_place(workspace)
    size = sum(path.stat().st_size for path in workspace.graph_files())
    if not place.is_file() and size <= SMALL:
        from onrecord.querying.ask import Graph  # noqa: PLC0415  the first time alone
        from onrecord.querying.search import open_index  # noqa: PLC0415  as above

        open_index(Graph(workspace)).close()
    return place if place.is_file() else None


def _workspace(context: typer.Context) -> Workspace:
    """The workspace that the line names, or the one around here."""
    before = context.find_root().params
    folder = Path(before["folder"]) if before.get("folder") else None
    return find(folder, with_shipped=bool(before.get("with_shipped")))
