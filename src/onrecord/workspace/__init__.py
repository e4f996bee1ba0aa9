"""Where ontology, queries and graphs are: the user's workspace, or what ships with onrecord."""

from onrecord.workspace.endpoint import PROFILES, Endpoint
from onrecord.workspace.folders import Workspace, find, init, shipped
from onrecord.workspace.journal import reading, writing
from onrecord.workspace.target import refuse_folder, write_file

__all__ = [
    "PROFILES",
    "Endpoint",
    "Workspace",
    "find",
    "init",
    "reading",
    "refuse_folder",
    "shipped",
    "write_file",
    "writing",
]
