"""Articles → a batch, as if records had brought it, and the texts that are kept."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.editing.committing import NOTHING, Changes
from onrecord.editing.editor import editing
from onrecord.editing.folder import Folder, document_marks
from onrecord.editing.gazetteer import known_names
from onrecord.editing.intake import Added, Intake
from onrecord.editing.known_texts import KnownTexts, StandingTexts
from onrecord.editing.shared import again
from onrecord.extract.extractor import ExtractionContext, Extractor, create
from onrecord.ingest import articles, many_articles
from onrecord.ingest.gathering import gather
from onrecord.ingest.records import Batch, PlacedSource
from onrecord.ingest.runs import outcome as outcome_of
from onrecord.ingest.runs import run as run_of
from onrecord.model import Document, Run
from onrecord.model.errors import BadInput
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, own_file, write_file
from onrecord.workspace.paths import text_path

if TYPE_CHECKING:
    from onrecord.extract.llm.batch import BatchCounts


def add_articles(
    sources: Sequence[str],
    where: Workspace,
    *,
    how: articles.ReadingOptions | None = None,
    form: str | None = None,
    dry_run: bool = False,
) -> Added:
    """Adds articles: files, folders, addresses; `how.said` hears of each when it is read.

    An article that cannot be read keeps no other out: its fault is one of the notes. The text is kept in the
    workspace's `texts/` under its hash. Raises BadInput where not one can be read, MissingExtra, NoWorkspace.
    """
    settings = how or articles.ReadingOptions(form=form)
    if faults := settings.described.faults():
        raise BadInput("\n".join(faults))
    graph = Graph(where)
    extractor = create(settings.extractor, context_of(graph, where, settings))
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    known = KnownTexts.of(graph, Folder(where.home, graph.vocabulary))
    settings = replace(settings, known=known)
    if not settings.fresh:
        standing = StandingTexts.of(known, run_of(extractor, today))
        settings = replace(settings, standing=standing)
    read, stop = _read(gather(sources), extractor, settings)
    faults = [article.fault for article in read if article.fault]
    if len(faults) == len(read):
        nothing = f"{', '.join(sources)}: no article in it"
        raise BadInput("\n".join(faults) or nothing)
    outcome = outcome_of(read, getattr(extractor, "prices", None))
    run = run_of(extractor, today, outcome)
    notes = [*_notes(read), *filter(None, [outcome])]
    if settings.stating_only:
        read = [article for article in read if _states_something(article)]
    added = take_in(article_batch(read, run), where, dry_run=dry_run)
    return _said(added, notes, stop)


@again
def take_in(
    batch: Batch,
    where: Workspace,
    beside: Changes = NOTHING,
    *,
    dry_run: bool = False,
) -> Added:
    """Takes a batch of articles in with their texts; what is `beside` is written with it."""
    with editing(where) as editor:
        intake = Intake(editor, batch, leaves_out=True)
        added = intake.take()
        if not dry_run:
            texts = texts_of(intake.taken, editor.home, intake.folder.removed)
            intake.commit(texts, beside)
    return added


def write_requests(
    sources: Sequence[str],
    where: Workspace,
    how: articles.ReadingOptions,
    file: Path,
) -> tuple[int, list[str]]:
    """Writes what a language model is to be asked about articles, as batch endpoints take it.

    Gives the number of requests, and the faults of articles that cannot be read. What
    is answered already is left out, unless `how.fresh`. Raises BadInput, NotWritten.
    """
    from onrecord.extract.llm.batch import lines  # noqa: PLC0415  rules need none of it
    from onrecord.extract.llm.extractor import create as create_model  # noqa: PLC0415

    options = {**how.options, "offline": "true"}
    context = context_of(Graph(where), where, replace(how, options=options))
    extractor = create_model(context)
    read, faults = many_articles.read_documents(gather(sources), extractor, how)
    requests = list(chain.from_iterable(map(extractor.pending, read)))
    write_file(lines(requests), file)
    return len(requests), faults


def read_answers(file: Path, where: Workspace) -> "BatchCounts":
    """Keeps the answers of a batch endpoint, so that articles are extracted without asking; raises BadInput."""
    from onrecord.extract.llm.batch import keep_answers  # noqa: PLC0415
    from onrecord.extract.llm.kept import KeptAnswers  # noqa: PLC0415

    return keep_answers(file, KeptAnswers.of(where))


def context_of(
    graph: Graph, where: Workspace, settings: articles.ReadingOptions
) -> ExtractionContext:
    """What an extractor may lean on in a workspace: its own names and those that ship."""
    names = known_names(where, graph.vocabulary)
    options = dict(settings.options)
    if settings.fresh:
        options["fresh"] = "true"
    return ExtractionContext(
        names, graph.vocabulary, where, settings.model, options
    )


def extractor_of(
    graph: Graph, where: Workspace, settings: articles.ReadingOptions
) -> Extractor:
    """The extractor that the settings name; raises UnknownName, MissingExtra."""
    return create(settings.extractor, context_of(graph, where, settings))


def _notes(read: Iterable[articles.ReadArticle]) -> list[str]:
    notes = [article.fault or article.note for article in read]
    return list(filter(None, notes))


def _said(
    added: Added, notes: list[str], stop: many_articles.Interrupted | None
) -> Added:
    """What was added, with the notes; what stopped the go stands last."""
    notes = [*notes, *added.notes, *added.left_out]
    if stop is None:
        return replace(added, notes=tuple(notes))
    hint = f"; {many_articles.GO_ON}" if stop.failure else ""
    last = f"{stop}; what was done is added, the rest is not{hint}"
    return replace(
        added,
        notes=(*notes, last),
        interrupted=stop.failure is None,
        failed=stop.failure is not None,
    )


def _read(
    sources: Sequence[str],
    extractor: Extractor,
    settings: articles.ReadingOptions,
) -> tuple[list[articles.ReadArticle], many_articles.Interrupted | None]:
    """The articles, and what interrupted their reading, if something did."""
    try:
        return many_articles.read_all(sources, extractor, settings), None
    except many_articles.Interrupted as interruption:
        return interruption.done, interruption


def _states_something(article: articles.ReadArticle) -> bool:
    return article.result is not None and bool(article.result.statements)


def texts_of(
    documents: Iterable[Document], home: Path, removed: frozenset[str]
) -> dict[str, bytes | None]:
    """The texts to keep, by path from the graphs: those that are not there yet, and of nothing that was removed."""
    texts: dict[str, bytes | None] = {}
    for document in documents:
        if not removed.isdisjoint(document_marks(document)):
            continue
        path = text_path(document.sha256)
        if not own_file(home, path).is_file():
            texts[path] = (document.text or "").encode()
    return texts


def article_batch(read: Iterable[articles.ReadArticle], run: Run) -> Batch:
    """What was found in articles, as if records had brought it; a new name is taken in once."""
    entities = {}
    sources = []
    for article in read:
        where, document, result = (
            article.where,
            article.document,
            article.result,
        )
        if document is None or result is None:
            continue
        for entity in result.entities:
            entities[entity.name] = (where, entity)
        placed = [
            (f"{where}: {statement.gist}", statement) for statement in result
        ]
        sources.append(PlacedSource(where, document, tuple(placed)))
    return Batch(run, tuple(entities.values()), tuple(sources), ())
