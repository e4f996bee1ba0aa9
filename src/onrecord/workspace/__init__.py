"""Where ontology, queries and graphs are: the user's workspace, or what ships with onrecord."""

from onrecord.workspace.folders import Workspace, find, init, shipped
from onrecord.workspace.journal import reading, writing
from onrecord.workspace.target import refuse_folder, write_file

__all__ = ["Workspace", "find", "init", "reading", "refuse_folder", "shipped", "write_file", "writing"]
