"""A folder: where its files are, its journal, log and seal."""

from onrecord.workspace.endpoint import Endpoint
from onrecord.workspace.folders import Workspace, find, init, shipped
from onrecord.workspace.homes import state_home
from onrecord.workspace.journal import reading, set_aside, writing
from onrecord.workspace.paths import (
    below,
    document_file,
    has_document,
    kept_text,
    kept_words,
    open_plain,
    own_file,
    read_file,
    refuse_links,
)
from onrecord.workspace.seal import bears_seal, seal
from onrecord.workspace.target import put_in_place, refuse_folder, write_file

__all__ = [
    "Endpoint",
    "Workspace",
    "bears_seal",
    "below",
    "document_file",
    "find",
    "has_document",
    "init",
    "kept_text",
    "kept_words",
    "open_plain",
    "own_file",
    "put_in_place",
    "read_file",
    "reading",
    "refuse_folder",
    "refuse_links",
    "seal",
    "set_aside",
    "shipped",
    "state_home",
    "write_file",
    "writing",
]
