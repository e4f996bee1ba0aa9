"""Changes of a workspace: written to its files, or by way of the store in which it lives."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from onrecord.model.errors import ChangedMeanwhile
from onrecord.workspace import Workspace

PAUSES = (0.1, 0.3, 1.0, 3.0, 6.0, 12.0)
"""Seconds before a change is tried again that another came before."""
Write = Callable[[Mapping[str, bytes | None]], None]
P = ParamSpec("P")
R = TypeVar("R")


def again(change: Callable[P, R]) -> Callable[P, R]:
    """A change that is made anew upon what another changed first, a few times."""

    @wraps(change)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for pause in PAUSES:
            try:
                return change(*args, **kwargs)
            except ChangedMeanwhile:
                time.sleep(pause)
        return change(*args, **kwargs)

    return tried


@contextmanager
def shared(where: Workspace, write: Write) -> Iterator[Write]:
    """The function that commits changes of a workspace: to its files, or by way of the store where it lives."""
    if where.shared is None:
        yield write
        return
    from onrecord.editing.store_home import through_store  # noqa: PLC0415  an extra

    with through_store(where, where.shared, write) as commit:
        yield commit
