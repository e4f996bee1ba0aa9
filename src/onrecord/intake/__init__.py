"""The way in: articles, record files and coding databases → statements in the workspace."""

from onrecord.intake.batch import Added
from onrecord.intake.sources import add

__all__ = ["Added", "add"]
