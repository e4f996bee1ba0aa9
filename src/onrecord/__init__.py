"""onrecord: who in the entertainment industry says and does what about AI, on the record.

The front door: one verb, one word. A function bears the name of its command.

    query, ask  a question's answer as a Table; `ask` is the same verb, for notebooks
    load        the graph as an `rdflib.Dataset`
    search      statements, entities, topics and documents that a text is found in, ranked
    statements  those that have an actor, topic, stance or time in common, newest first
    show        a dossier of one entity
    compare     what two entities say on the topics of both, and how they are linked
    path        how two entities are linked, with the evidence of each step
    view        the network as one HTML file
    export      the graph in a format: turtle, trig, nquads, ntriples, jsonld, rdfxml, graphml, csv
    to_networkx the edges as a `networkx.MultiDiGraph`
    site        the graph as a folder of pages, for any web host
    serve       the graph over HTTP, until it is stopped
    add, remove statements in, and out
    edit        one statement's fields
    merge, rename, undo
                what entities are called; the last change taken back
    push, pull, diff
                graphs to a store over HTTP, and back; two compared
    check       the shapes and the evidence
    follow, fetch
                feeds, and what is new in them
    stats       what the graph holds, in numbers
    init        a new workspace
    network, positions, contradictions, utterances
                discourse networks: who stands with whom, where somebody stands, who is on both sides, who said it once
    agreement   coders against each other
    evaluate    extraction against gold

Types for callers: Workspace, Endpoint, Table, and the errors below OnRecordError.

Each is imported from its room when it is first used, so that `import onrecord` costs nothing.
"""

from typing import TYPE_CHECKING, Any

from onrecord._version import __version__ as __version__  # noqa: PLC0414, RUF100

if TYPE_CHECKING:
    from onrecord.discourse.agreement import agreement
    from onrecord.discourse.keywords import network
    from onrecord.discourse.positions import contradictions, positions
    from onrecord.discourse.utterances import utterances
    from onrecord.editing.add import add
    from onrecord.editing.curation import merge, rename
    from onrecord.editing.editor import undo
    from onrecord.editing.evaluation import evaluate
    from onrecord.editing.following import fetch, follow
    from onrecord.editing.pull import pull
    from onrecord.editing.removing import remove
    from onrecord.editing.reviewing import edit
    from onrecord.formats.export import export
    from onrecord.model.errors import OnRecordError
    from onrecord.networks.comparison import compare
    from onrecord.networks.graph import to_networkx
    from onrecord.networks.path import path
    from onrecord.page.view import view
    from onrecord.querying.ask import ask, query
    from onrecord.querying.dossier import show, stats
    from onrecord.querying.facets import statements
    from onrecord.querying.search import search
    from onrecord.querying.table import Table
    from onrecord.server.serve import serve
    from onrecord.store.check import check
    from onrecord.store.dataset import load
    from onrecord.store.sync.diff import diff
    from onrecord.store.sync.push import push
    from onrecord.website.site import site
    from onrecord.workspace import Endpoint, Workspace, init

_ROOMS = {
    "Endpoint": "workspace",
    "OnRecordError": "model.errors",
    "Table": "querying.table",
    "Workspace": "workspace",
    "add": "editing.add",
    "agreement": "discourse.agreement",
    "ask": "querying.ask",
    "check": "store.check",
    "compare": "networks.comparison",
    "contradictions": "discourse.positions",
    "diff": "store.sync.diff",
    "edit": "editing.reviewing",
    "evaluate": "editing.evaluation",
    "export": "formats.export",
    "fetch": "editing.following",
    "follow": "editing.following",
    "init": "workspace",
    "load": "store.dataset",
    "merge": "editing.curation",
    "network": "discourse.keywords",
    "path": "networks.path",
    "positions": "discourse.positions",
    "pull": "editing.pull",
    "push": "store.sync.push",
    "query": "querying.ask",
    "remove": "editing.removing",
    "rename": "editing.curation",
    "search": "querying.search",
    "serve": "server.serve",
    "show": "querying.dossier",
    "site": "website.site",
    "statements": "querying.facets",
    "stats": "querying.dossier",
    "to_networkx": "networks.graph",
    "undo": "editing.editor",
    "utterances": "discourse.utterances",
    "view": "page.view",
}

__all__ = [
    "Endpoint",
    "OnRecordError",
    "Table",
    "Workspace",
    "add",
    "agreement",
    "ask",
    "check",
    "compare",
    "contradictions",
    "diff",
    "edit",
    "evaluate",
    "export",
    "fetch",
    "follow",
    "init",
    "load",
    "merge",
    "network",
    "path",
    "positions",
    "pull",
    "push",
    "query",
    "remove",
    "rename",
    "search",
    "serve",
    "show",
    "site",
    "statements",
    "stats",
    "to_networkx",
    "undo",
    "utterances",
    "view",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever the room holds under that name
    """Imports a verb from its room when it is first asked for (PEP 562)."""
    if name not in _ROOMS:
        message = f"module 'onrecord' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"onrecord.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    """The front door, for completion."""
    return [*__all__, "__version__"]
