"""Keeps with an opened graph what is the same for all who ask: a graph is opened once a generation in each worker."""

from collections.abc import Callable
from typing import TypeVar, cast

from onrecord.querying.ask import Graph

T = TypeVar("T")
ROOM, LATEST = "_memo_of_pages", "_latest_of_pages"


def memo(graph: Graph, key: str, make: Callable[[Graph], T]) -> T:
    """What `make` gives, made when it is first asked for."""
    room: dict[str, object] = vars(graph).setdefault(ROOM, {})
    if key not in room:
        room[key] = make(graph)
    return cast("T", room[key])


def latest(graph: Graph, key: str, make: Callable[[Graph], T]) -> T:
    """What `make` gives, kept until something else is asked for: the pages of a long list are made one by one."""
    room: dict[str, object] = vars(graph).setdefault(LATEST, {})
    if key not in room:
        made = make(graph)
        room.clear()
        room[key] = made
    return cast("T", room[key])
