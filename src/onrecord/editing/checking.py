"""Checks a graph in a child process, since a workspace's own shapes may hold a pattern that takes for ever."""

from onrecord.store.check import Report, check
from onrecord.store.child import in_child
from onrecord.store.limits import Limits
from onrecord.workspace import Workspace, find

SECONDS, BYTES_A_SECOND = 300.0, 10_000


def check_bounded(
    workspace: Workspace | None = None, *, whole: bool = False
) -> Report:
    """As `onrecord.check`, in a time that grows with the files; raises LimitReached too."""
    where = workspace or find()
    size = sum(path.stat().st_size for path in where.graph_files())
    return in_child(
        lambda: check(where, whole=whole), limits_for(size), what="check"
    )


def limits_for(size: int) -> Limits:
    """What the check of so many bytes of files may take."""
    return Limits(seconds=SECONDS + size / BYTES_A_SECOND, memory=None)
