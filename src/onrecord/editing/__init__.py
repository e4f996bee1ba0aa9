"""Every change of the graph: linked, merged, logged, undone."""

from onrecord.editing.add import add
from onrecord.editing.intake import Added

__all__ = ["Added", "add"]
