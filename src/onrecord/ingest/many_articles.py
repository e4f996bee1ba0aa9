"""Many sources → their articles: one after the other, in threads or in forked processes; what is done is kept."""

import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from onrecord.extract.extractor import Extractor
from onrecord.extract.many import Mapper, mapper, waits, warm
from onrecord.ingest.articles import ReadArticle, ReadingOptions, Work, judged
from onrecord.model import Document
from onrecord.model.errors import ModelFailed

GO_ON = "the same command goes on from there"
"""What a person is told when a language model failed; what it answered is kept."""
_forked: dict[str, Work] = {}
"""What a forked worker finds in its memory: the model is loaded once, before the fork."""


def read_all(
    sources: Sequence[str], extractor: Extractor, how: ReadingOptions
) -> list[ReadArticle]:
    """Reads and extracts articles, `how.jobs` at a time; raises MissingExtra.

    One that cannot be read has a fault and keeps no other from being read; the same
    text is taken once. What is done when somebody interrupts, or when a language model
    fails, is kept.
    """
    work = Work(extractor, how)
    done: list[ReadArticle] = []
    total = len(sources)
    if total > 1:
        warm(extractor)
    try:
        with _mapper(work, len(sources)) as each_one:
            documents = _documents(work, sources, each_one)
            total = len(documents)
            if len(sources) == 1 < total:
                warm(extractor)
            how.starts(extractor, work.new(documents))
            with mapper(extractor, how.jobs) as in_threads:
                extract_each = in_threads if waits(extractor) else each_one
                for number, read in enumerate(
                    extract_each(_extract_one, documents), 1
                ):
                    done.append(replace(read, number=number, total=total))
                    how.said(done[-1])
    except KeyboardInterrupt:
        if not any(read.result for read in done):
            raise
        raise Interrupted(done, total) from None
    except ModelFailed as failure:
        if not any(read.result for read in done):
            message = f"{failure}; nothing was added; {GO_ON}"
            raise ModelFailed(message) from failure
        raise Interrupted(done, total, failure) from None
    return done


def read_documents(
    sources: Sequence[str], extractor: Extractor, how: ReadingOptions
) -> tuple[list[Document], list[str]]:
    """Articles as an extractor gets to see them, and the faults of those that cannot be read."""
    work = Work(extractor, how)
    reads = _documents(work, sources, map)
    documents = [judged(read.document)[0] for read in reads if read.document]
    return documents, [read.fault for read in reads if read.fault]


def _documents(
    work: Work, sources: Sequence[str], each_one: Mapper[Any]
) -> list[ReadArticle]:
    """The articles of all sources, each text once."""
    _forked["work"] = work
    texts: dict[str, str] = {}
    reads = [read for reads in each_one(_read_one, sources) for read in reads]
    return [_once(read, texts) for read in reads]


class Interrupted(Exception):
    """Somebody pressed Ctrl-C, or a language model failed, when some of the articles were done."""

    def __init__(
        self,
        done: list[ReadArticle],
        total: int,
        failure: ModelFailed | None = None,
    ) -> None:
        self.done, self.total, self.failure = done, total, failure
        progress = f"after {len(done)} of {total} articles"
        super().__init__(
            f"{failure}; stopped {progress}"
            if failure
            else f"interrupted {progress}"
        )


def _once(read: ReadArticle, texts: dict[str, str]) -> ReadArticle:
    """An article, or that its text came before."""
    if read.document is None:
        return read
    first = texts.setdefault(read.document.sha256 or "", read.where)
    if first == read.where:
        return read
    return ReadArticle(
        read.where, fault=f"{read.where}: the same text as {first}"
    )


@contextmanager
def _mapper(work: Work, count: int) -> Iterator[Mapper[Any]]:
    """What maps a function over many: one after the other, or in forked processes."""
    _forked["work"] = work
    jobs = 1 if waits(work.extractor) else work.how.jobs
    if jobs < 2 or count < 1 or sys.platform == "win32":  # noqa: PLR2004  one at a time
        yield map
        return
    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("fork"), initializer=_ignore_interrupts
    )
    try:
        yield lambda function, values: pool.map(function, values, chunksize=4)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ignore_interrupts() -> None:
    """Ctrl-C goes to every process of the terminal; the first one decides what becomes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_one(source: str) -> list[ReadArticle]:
    return _forked["work"].read(source)


def _extract_one(read: ReadArticle) -> ReadArticle:
    return _forked["work"].extract(read)
