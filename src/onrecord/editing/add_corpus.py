"""Crawls, buckets and whatever a cluster reads → the graph, piece by piece and in batches.

The workers read; one editor writes. A batch holds articles of some pieces, and is
written together with the note that those are done: whoever is killed, nothing is lost
and nothing comes twice.
"""

import datetime as dt
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from onrecord.editing.add_articles import article_batch, context_of, take_in
from onrecord.editing.committing import Changes
from onrecord.editing.intake import Added
from onrecord.editing.ledger import Ledger
from onrecord.extract.extractor import Extractor, create
from onrecord.extract.many import waits
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.ingest.articles import KnownNames, ReadArticle, ReadingOptions
from onrecord.ingest.pieces import (
    Piece,
    is_crawl,
    is_far,
    is_pattern,
    whole_files,
)
from onrecord.ingest.runs import run as run_of
from onrecord.ingest.tasks import Outcome, Recipe, Task, one_by_one, reader_of
from onrecord.model import Run
from onrecord.model.errors import BadInput, BadRecord, MissingExtra
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, writing

MOST_ARTICLES = 100
"""Articles of a batch."""
MOST_TO_A_STORE = 20
"""Articles of a batch that goes to a store over HTTP, which takes a change as one update."""
MOST_PIECES = 200
"""Pieces of a batch, should they hold no article."""
MOST_SECONDS = 60.0
"""How long a piece that is done waits to be written."""
AGAIN = "the same again"
Way = Callable[[deque[Task]], Iterator[Outcome]]


def is_corpus(sources: Sequence[str], how: ReadingOptions) -> bool:
    """Whether sources are read by the piece: a crawl, what lies far away, or what a cluster is to read."""
    return how.scheduler is not None or any(map(_is_by_the_piece, sources))


def _is_by_the_piece(source: str) -> bool:
    return is_crawl(source) or is_far(source) or is_pattern(source)


def add_corpus(
    sources: Sequence[str],
    where: Workspace,
    how: ReadingOptions,
    *,
    dry_run: bool = False,
) -> Added:
    """Adds what a corpus states; what was done before is not done again, unless `how.fresh`.

    Raises BadInput, MissingExtra, NoWorkspace, NotWritten.
    """
    if faults := how.described.faults():
        raise BadInput("\n".join(faults))
    wholes = whole_files(sources)
    graph = Graph(where)
    context = context_of(graph, where, how)
    extractor = create(how.extractor, context)
    if waits(extractor):
        message = (
            "crawls, buckets and clusters are for extractors that read by themselves; "
            "give a language model single articles or folders"
        )
        raise BadInput(message)
    ledger = Ledger(where.home, extractor.settings, is_fresh=how.fresh)
    run = run_of(extractor, dt.datetime.now(tz=dt.UTC).date().isoformat())
    most = MOST_TO_A_STORE if where.shared else MOST_ARTICLES
    corpus = _Corpus(where, ledger, run, dry_run, how, _Batch(most))
    names = KnownNames(context.gazetteer.entities, context.gazetteer.ambiguous)
    recipe = Recipe.of(context, names, how)
    with _way(recipe, extractor, where, how) as way:
        return corpus.added(wholes, way)


@contextmanager
def _way(
    recipe: Recipe, extractor: Extractor, where: Workspace, how: ReadingOptions
) -> Iterator[Way]:
    """How tasks are done: by a cluster where one is asked for, else one after the other."""
    if how.scheduler is None and how.jobs == 1:
        reader = reader_of(
            extractor, recipe.names, Lexicon.of(where), recipe.how
        )
        yield partial(one_by_one, reader)
        return
    try:
        from onrecord.ingest import cluster  # noqa: PLC0415  an extra
    except ImportError as error:
        what = "distributed, which shares work out,"
        raise MissingExtra(what, "cluster") from error
    with cluster.connected(how.scheduler, how.jobs) as client:
        yield partial(cluster.on_cluster, client, recipe)


@dataclass(slots=True)
class _Batch:
    """Articles that wait to be written, and the pieces that are done with them."""

    most: int = MOST_ARTICLES
    reads: list[ReadArticle] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    @property
    def is_full(self) -> bool:
        """Whether it is to be written now."""
        return (
            len(self.reads) >= self.most
            or len(self.pieces) >= MOST_PIECES
            or time.monotonic() - self.since > MOST_SECONDS
        )


@dataclass(slots=True)
class _Corpus:
    """One go over a corpus: what is to be done, what came, and what is counted."""

    where: Workspace
    ledger: Ledger
    run: Run
    dry_run: bool
    how: ReadingOptions
    batch: _Batch
    counts: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    statements: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def added(self, wholes: Sequence[Piece], way: Way) -> Added:
        """Does what is left of the wholes, and tells what came of it."""
        tasks = deque(self._left(wholes))
        is_interrupted = False
        try:
            for outcome in way(tasks):
                self._take(outcome, tasks)
                if self.batch.is_full:
                    self._write()
                self.how.went(len(tasks), self.counts)
        except KeyboardInterrupt:
            is_interrupted = True
        self._write()
        return Added(
            self.documents,
            self.statements,
            self.entities,
            (*self.notes, *self.faults),
            interrupted=is_interrupted,
            failed=bool(self.faults),
            pages=+self.counts,
        )

    def _left(self, wholes: Sequence[Piece]) -> Iterator[Task]:
        for whole in wholes:
            record = self.ledger.record(whole)
            self.counts["pieces done before"] += len(record.done)
            if record.starts:
                yield from map(Task, record.left())
            else:
                yield Task(whole, is_whole=whole.is_crawl)

    def _take(self, outcome: Outcome, tasks: deque[Task]) -> None:
        if outcome.fault:
            self.faults.append(outcome.fault)
        elif outcome.harvest is None:
            record = self.ledger.cut(outcome.task.piece, outcome.pieces)
            tasks.extendleft(reversed(list(map(Task, record.left()))))
        else:
            self.counts["pieces"] += 1
            self.counts.update(outcome.harvest.counts)
            self.notes += outcome.harvest.notes
            self.batch.pieces.append(outcome.task.piece)
            self.batch.reads += outcome.harvest.reads

    def _write(self) -> None:
        """Writes the batch, and that its pieces are done."""
        batch, self.batch = self.batch, _Batch(self.batch.most)
        for piece in batch.pieces:
            self.ledger.finish(piece)
        reads = self._once(batch.reads)
        if self.dry_run:
            self._put(reads, {}) if reads else None
            return
        done = self.ledger.changes()
        if reads:
            self._put(reads, done)
        else:
            self._note(done)
        self.ledger.written()

    def _note(self, done: Changes) -> None:
        """Writes that pieces are done which brought nothing."""
        if done:
            with writing(self.where.home) as write:
                write(done)

    def _once(self, reads: Sequence[ReadArticle]) -> list[ReadArticle]:
        """Each address and each text once: the later of two, which tells what stands there now."""
        kept: list[ReadArticle] = []
        marks: set[str] = set()
        for read in reversed(reads):
            document = read.document
            known = {document.url, document.sha256} if document else {None}
            if known & marks:
                self.counts[AGAIN] += 1
                continue
            marks |= set(filter(None, known))
            kept.append(read)
        return kept[::-1]

    def _put(self, reads: Sequence[ReadArticle], done: Changes) -> None:
        """Takes articles in; where one has a fault, the others all the same."""
        try:
            batch = article_batch(reads, self.run)
            added = take_in(batch, self.where, done, dry_run=self.dry_run)
        except BadRecord as error:
            self._put_apart(reads, done, error)
            return
        self.documents.update(added.documents)
        self.statements.update(added.statements)
        self.entities.update(added.entities)
        self.faults += added.left_out

    def _put_apart(
        self, reads: Sequence[ReadArticle], done: Changes, error: BadRecord
    ) -> None:
        if len(reads) == 1:
            self.faults += error.faults
            self._note(done)
            return
        middle = len(reads) // 2
        self._put(reads[:middle], {})
        self._put(reads[middle:], done)
