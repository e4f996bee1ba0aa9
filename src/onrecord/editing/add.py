"""What stands in a list of sources: articles, records or coding databases, each added its own way."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.editing.committing import NOTHING, Changes
from onrecord.editing.editor import editing
from onrecord.editing.intake import Added, Intake
from onrecord.editing.shared import again
from onrecord.ingest.records import Batch, records
from onrecord.ingest.records import batch as batch_of
from onrecord.ingest.sheets import sheet_notes
from onrecord.ingest.sources import ARTICLES, CODINGS, GRAPH, kind_of_all
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, find

if TYPE_CHECKING:
    from onrecord.ingest.articles import ReadingOptions


def add(
    paths: Iterable[Path | str],
    *,
    form: str | None = None,
    workspace: Workspace | None = None,
    dry_run: bool = False,
    how: "ReadingOptions | None" = None,
) -> Added:
    """Adds articles, records or codings; with `dry_run` only says what would be done.

    `onrecord add records.jsonl` is `onrecord.add(["records.jsonl"])`; "-" is standard input and needs `form`, jsonl or
    csv. A document that is there already is updated in place and keeps its ids and reviews. Raises BadRecord with
    every fault at once, NoWorkspace, BadInput and NotWritten; whatever it raises, nothing was changed.
    """
    sources = list(map(str, paths))
    where = workspace or find()
    added = _add(sources, where, how, form, dry_run=dry_run)
    return replace(
        added, notes=(*sheet_notes(map(Path, sources)), *added.notes)
    )


def _add(
    sources: list[str],
    where: Workspace,
    how: "ReadingOptions | None",
    form: str | None,
    *,
    dry_run: bool,
) -> Added:
    """Adds sources of one kind, each kind its own way."""
    kind = kind_of_all(sources, form, how.columns if how else ())
    if kind == ARTICLES:
        return _add_articles(sources, where, how, form, dry_run=dry_run)
    if how is not None:
        message = (
            f"{sources[0]}: holds {kind}; options that describe articles "
            "(--url, --published, …) are for articles alone"
        )
        raise BadInput(message)
    files = list(map(Path, sources))
    if kind == CODINGS:
        from onrecord.editing.add_codings import add_codings  # noqa: PLC0415

        return add_codings(files, where, dry_run=dry_run)
    schema = where.ontology_file("records.schema.json")
    vocabulary = Graph(where).vocabulary
    if kind == GRAPH:
        from onrecord.editing.add_graph import graph_rows  # noqa: PLC0415

        rows = [row for path in files for row in graph_rows(path, vocabulary)]
        batch = batch_of(rows, schema, vocabulary)
    else:
        batch = records(files, schema, vocabulary, form)
    return _add_records(batch, where, files, dry_run=dry_run)


def _refuse_empty(batch: Batch, files: Iterable[Path]) -> None:
    """Raises BadInput for files that hold nothing at all."""
    rows = (*batch.entities, *batch.sources, *batch.apart, *batch.faults)
    if rows or batch.run:
        return
    names = ", ".join(map(str, files))
    message = (
        f"{names}: holds no record; a sheet has a header and a row for each, "
        "JSON Lines a line for each; nothing was added"
    )
    raise BadInput(message)


@again
def _add_records(
    batch: Batch, where: Workspace, files: Iterable[Path], *, dry_run: bool
) -> Added:
    with editing(where) as editor:
        _refuse_empty(batch, files)
        intake = Intake(editor, batch)
        added = intake.take()
        if not dry_run:
            intake.commit(_texts(batch, intake))
    return added


def _texts(batch: Batch, intake: Intake) -> Changes:
    """The texts that records bring."""
    from onrecord.editing.add_articles import texts_of  # noqa: PLC0415  the readers of articles

    documents = [
        source.document for source in batch.sources if source.document.text
    ]
    if not documents:
        return NOTHING
    return texts_of(documents, intake.editor.home, intake.folder.removed)


def _add_articles(
    sources: list[str],
    where: Workspace,
    how: "ReadingOptions | None",
    form: str | None,
    *,
    dry_run: bool,
) -> Added:
    """Adds articles in one go, or by the piece where they are a corpus."""
    from onrecord.editing.add_articles import add_articles  # noqa: PLC0415  spaCy, for articles alone
    from onrecord.editing.add_corpus import add_corpus, is_corpus  # noqa: PLC0415
    from onrecord.ingest.articles import ReadingOptions  # noqa: PLC0415
    from onrecord.ingest.gathering import gather  # noqa: PLC0415

    settings = how or ReadingOptions(form=form)
    if is_corpus(sources, settings):
        return add_corpus(gather(sources), where, settings, dry_run=dry_run)
    return add_articles(sources, where, how=settings, dry_run=dry_run)
