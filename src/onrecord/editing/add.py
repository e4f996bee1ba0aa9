"""What stands in a list of sources: articles, records or coding databases, each added its own way."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.editing.add_codings import add_codings
from onrecord.editing.intake import Added, Intake
from onrecord.ingest.records import records
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find, writing

if TYPE_CHECKING:
    from onrecord.ingest.articles import How

FORMS = ("jsonl", "csv")


def add(
    paths: Iterable[Path | str],
    *,
    form: str | None = None,
    workspace: Workspace | None = None,
    dry_run: bool = False,
    how: "How | None" = None,
) -> Added:
    """Adds record files (.jsonl, .csv) or coding databases (.dna); with `dry_run` only says what would be done.

    `onrecord add records.jsonl` is `onrecord.add(["records.jsonl"])`; "-" is standard input and needs `form`, jsonl or
    csv. A document that is there already is updated in place and keeps its ids and reviews. Raises BadRecord with
    every fault at once, NoWorkspace, BadInput and NotWritten; whatever it raises, nothing was changed.
    """
    sources = [str(path) for path in paths]
    where = workspace or find()
    if how is not None or any(_is_article(source, form) for source in sources):
        from onrecord.editing.add_articles import add_articles  # noqa: PLC0415  spaCy, for articles alone

        return add_articles(sources, where, how=how, dry_run=dry_run)
    files = [Path(source) for source in sources]
    databases = [
        path for path in files if form is None and path.suffix.lower() == ".dna"
    ]
    if databases:
        if len(databases) < len(files):
            message = "coding databases (.dna) and records are added one after the other; name only one kind of file"
            raise BadInput(message)
        return add_codings(databases, where, dry_run=dry_run)
    for path in files:
        _accept(path, form)
    home = where.home
    graph = Graph(where)
    batch = records(
        files, where.ontology_file("records.schema.json"), graph.vocabulary, form
    )
    with writing(home) as commit:
        intake = Intake(graph, batch)
        added = intake.take()
        if intake.changes and not dry_run:
            commit(intake.changes)
    return added


def _is_article(source: str, form: str | None) -> bool:
    """An address, a folder, or a file that is neither records nor a coding database."""
    if source.startswith(("http://", "https://")) or Path(source).is_dir():
        return True
    suffix = Path(source).suffix.lower()
    return (
        form not in FORMS
        and source != "-"
        and suffix.removeprefix(".") not in {*FORMS, "dna"}
    )


def _accept(path: Path, form: str | None) -> None:
    if form is None and str(path) == "-":
        message = "-: say what standard input holds: --as text, html, jsonl or csv"
        raise BadInput(message)
    if (form or path.suffix.lower().removeprefix(".")) not in FORMS:
        message = (
            f"{path}: is neither records (.jsonl, .csv) nor a coding database (.dna)"
        )
        raise BadInput(message)
