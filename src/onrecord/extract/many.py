"""Several texts at a time: in threads, for an extractor that waits for another machine."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from onrecord.extract.extractor import Extractor

T = TypeVar("T")
Mapper = Callable[[Callable[[Any], T], Iterable[Any]], Iterator[T]]


def waits(extractor: Extractor) -> bool:
    """Whether an extractor's time goes by in waiting, so that threads help."""
    return getattr(extractor, "waits", False) is True


def warm(extractor: Extractor) -> None:
    """Lets an extractor that can make ready what every text needs: each of many is read in a child of this process."""
    getattr(extractor, "warm", _nothing)()


def _nothing() -> None:
    """What an extractor does that needs nothing."""


@contextmanager
def mapper(extractor: Extractor, jobs: int) -> Iterator[Mapper[Any]]:
    """What maps a function over many texts, in order: so many at a time where it waits, else one.

    Where it ends early, what has not begun does not begin.
    """
    if jobs == 1 or not waits(extractor):
        yield map
        return
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool.map
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
