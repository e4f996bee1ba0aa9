"""Work on many things, a few at a time, in threads that nobody need wait for."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

AT_ONCE = 8
AHEAD = 4
"""Results that may wait to be taken, for each that is worked on at a time."""
T = TypeVar("T")
R = TypeVar("R")
Tasks = SimpleQueue[tuple[Future[R], T] | None]


def in_parallel(
    work: Callable[[T], R],
    items: Iterable[T],
    at_once: int = AT_ONCE,
    ahead: int = AHEAD,
) -> Iterator[R]:
    """What `work` makes of each item, in their order, a few at a time and never far ahead of who takes them.

    Not by an executor, for whose threads Python waits at its end: a store that does not answer would keep a person who
    presses Ctrl-C for as long as a request may take.
    """
    tasks: Tasks[R, T] = SimpleQueue()
    for _ in range(at_once):
        Thread(target=_serve, args=(work, tasks), daemon=True).start()
    left = iter(items)
    waiting = deque(_ask(tasks, task) for task in islice(left, ahead * at_once))
    try:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(_ask(tasks, task) for task in islice(left, 1))
            yield result
    finally:
        for future in waiting:
            future.cancel()
        for _ in range(at_once):
            tasks.put(None)


def _ask(tasks: "Tasks[R, T]", item: T) -> "Future[R]":
    future: Future[R] = Future()
    tasks.put((future, item))
    return future


def _serve(work: Callable[[T], R], tasks: "Tasks[R, T]") -> None:
    while (task := tasks.get()) is not None:
        future, item = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(item))
            except BaseException as error:  # noqa: BLE001  raised where the result is taken
                future.set_exception(error)
