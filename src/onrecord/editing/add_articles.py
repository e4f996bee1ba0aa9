"""Articles → a batch, as if records had brought it, and the texts that are kept."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.editing.editor import editing
from onrecord.editing.folder import Folder, document_marks
from onrecord.editing.intake import Added, Intake
from onrecord.extract.extractor import ExtractionContext, Extractor, create
from onrecord.ingest import articles
from onrecord.ingest.records import Batch, PlacedSource
from onrecord.model import Document, Run, Source
from onrecord.model.errors import BadInput
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, has_document, own_file, shipped


def add_articles(
    sources: Sequence[str],
    where: Workspace,
    *,
    how: articles.How | None = None,
    form: str | None = None,
    dry_run: bool = False,
) -> Added:
    """Adds articles: files, folders, addresses; `how.said` hears of each when it is read.

    An article that cannot be read keeps no other out: its fault is one of the notes. The text is kept in the
    workspace's `texts/` under its hash. Raises BadInput where not one can be read, MissingExtra, NoWorkspace.
    """
    settings = how or articles.How(form=form)
    if faults := settings.described.faults():
        raise BadInput("\n".join(faults))
    home, graph = where.home, Graph(where)
    names = articles.Everybody.of(
        graph.registry, None if where.is_shipped else Graph(shipped()).registry
    )
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    context = ExtractionContext(names, graph.vocabulary, where, settings.model)
    extractor = create(settings.extractor, context)
    run = articles.run(extractor, today)
    known = _known_texts(graph, home)
    settings = replace(
        settings, known=known, standing=_standing_texts(graph, run) & known.keys()
    )
    read, interruption = _read(articles.gather(sources), extractor, settings)
    faults = [article.fault for article in read if article.fault]
    if len(faults) == len(read):
        raise BadInput("\n".join(faults) or "no articles")
    notes = [note for article in read if (note := article.fault or article.note)]
    if settings.stating_only:
        read = [article for article in read if _states_something(article)]
    with editing(where) as editor:
        intake = Intake(editor, _article_batch(read, run))
        added = intake.take()
        texts = _texts(
            (each.document for each in read if each.document),
            home,
            intake.folder.removed,
        )
        if not dry_run:
            intake.commit(texts)
    if interruption:
        notes.append(f"{interruption}; what was done is added, the rest is not")
    return replace(added, notes=tuple(notes), interrupted=bool(interruption))


def _read(
    sources: Sequence[str], extractor: Extractor, settings: articles.How
) -> tuple[list[articles.Read], str]:
    """The articles, and in words what interrupted their reading, if something did."""
    try:
        return articles.read_all(sources, extractor, settings), ""
    except articles.Interrupted as interruption:
        return interruption.done, str(interruption)


def _states_something(article: articles.Read) -> bool:
    return article.found is not None and bool(article.found.statements)


def _standing_texts(graph: Graph, run: Run) -> frozenset[str]:
    """The hashes of texts that the same program, model and rules have read already.

    A text in which nothing was found names no run; it is taken for read where such a run was here at all.
    """
    table = graph.ask(
        "SELECT DISTINCT ?hash ?version ?settings { ?document :sha256 ?hash . ?run :programVersion ?version ;"
        " :settings ?settings . FILTER (EXISTS { ?statement :document ?document ; prov:wasGeneratedBy ?run }"
        " || NOT EXISTS { ?any :document ?document }) }"
    )
    same = (
        row
        for row in table
        if (row["version"], row["settings"]) == (run.version, run.settings)
    )
    return frozenset(str(row["hash"]) for row in same)


def _known_texts(graph: Graph, home: Path) -> dict[str, Source]:
    """The documents of the workspace by the hash of their text, so that what is known of one is not forgotten."""
    folder = Folder(home, graph.vocabulary)
    table = graph.ask(
        "SELECT ?document ?hash { ?document a :Document ; :sha256 ?hash }"
    )
    found = {str(row["hash"]): local(str(row["document"])) for row in table}
    here = {digest: key for digest, key in found.items() if has_document(home, key)}
    return {digest: folder.source(key)[0] for digest, key in here.items()}


def _texts(
    documents: Iterable[Document], home: Path, removed: frozenset[str]
) -> dict[str, bytes | None]:
    """The texts to keep, by path from the graphs: those that are not there yet, and of nothing that was removed."""
    wanted = [each for each in documents if removed.isdisjoint(document_marks(each))]
    texts: dict[str, bytes | None] = {
        f"../texts/{each.sha256}.txt": (each.text or "").encode() for each in wanted
    }
    return {
        path: text for path, text in texts.items() if not own_file(home, path).is_file()
    }


def _article_batch(read: Iterable[articles.Read], run: Run) -> Batch:
    """What was found in articles, as if records had brought it; a new name is taken in once."""
    good = [
        (each.where, each.document, each.found)
        for each in read
        if each.document and each.found is not None
    ]
    entities = {
        each.name: (where, each) for where, _, found in good for each in found.entities
    }
    sources = tuple(
        PlacedSource(
            where, document, tuple((f"{where}: {each.gist}", each) for each in found)
        )
        for where, document, found in good
    )
    return Batch(run, tuple(entities.values()), sources, ())
