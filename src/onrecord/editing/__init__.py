"""A change of the workspace's statements → files, log and journal: add, review, merge, rename, remove, undo."""

from onrecord.editing.add import add
from onrecord.editing.intake import Added

__all__ = ["Added", "add"]
