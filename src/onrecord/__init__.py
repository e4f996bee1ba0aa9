"""onrecord: who in the entertainment industry says and does what about AI, on the record.

The front door, verbs only:

    load        the graph as an `rdflib.Dataset`
    ask         a question's answer as a Table
    search      entities and statements that hold a text
    show        a dossier of one entity
    path        how two entities are linked, with the evidence of each step
    to_networkx the edges as a `networkx.MultiDiGraph`
    write_page  the network as one HTML file
    write       the graph in a format: turtle, trig, nquads, ntriples, jsonld, rdfxml, graphml, csv
    listen      the graph over HTTP, until it is stopped
    add, remove statements in, and out
    merge, rename, undo
                what entities are called; the last change taken back
    push, pull, diff
                graphs to a store over HTTP, and back; two compared
    check       the shapes and the evidence
    stats       what the graph holds, in numbers
    init        a new workspace
    find_network, positions, contradictions, utterances
                discourse networks: who stands with whom, where somebody stands, who is on both sides, who said it once
    compare     coders against each other

Each is imported from its room when it is first used, so that `import onrecord` costs nothing.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.agreement import compare
    from onrecord.curate import merge, remove, rename, undo
    from onrecord.errors import OnRecordError
    from onrecord.export.write import write
    from onrecord.graph.check import check
    from onrecord.intake import add
    from onrecord.network.discourse.choice import find_network
    from onrecord.network.discourse.positions import contradictions, positions
    from onrecord.network.discourse.utterances import utterances
    from onrecord.network.graph import path, to_networkx
    from onrecord.page.write import write_page
    from onrecord.query.ask import ask
    from onrecord.query.dossier import search, show, stats
    from onrecord.query.table import Table
    from onrecord.serve.listen import listen
    from onrecord.store.dataset import load
    from onrecord.sync.diff import diff
    from onrecord.sync.pull import pull
    from onrecord.sync.push import push
    from onrecord.workspace import init

_ROOMS = {
    "OnRecordError": "errors",
    "Table": "query.table",
    "add": "intake",
    "ask": "query.ask",
    "check": "graph.check",
    "compare": "agreement",
    "contradictions": "network.discourse.positions",
    "diff": "sync.diff",
    "find_network": "network.discourse.choice",
    "init": "workspace",
    "listen": "serve.listen",
    "load": "store.dataset",
    "merge": "curate",
    "path": "network.graph",
    "positions": "network.discourse.positions",
    "pull": "sync.pull",
    "push": "sync.push",
    "remove": "curate",
    "rename": "curate",
    "search": "query.dossier",
    "show": "query.dossier",
    "stats": "query.dossier",
    "to_networkx": "network.graph",
    "undo": "curate",
    "utterances": "network.discourse.utterances",
    "write": "export.write",
    "write_page": "page.write",
}

__all__ = [
    "OnRecordError",
    "Table",
    "add",
    "ask",
    "check",
    "compare",
    "contradictions",
    "diff",
    "find_network",
    "init",
    "listen",
    "load",
    "merge",
    "path",
    "positions",
    "pull",
    "push",
    "remove",
    "rename",
    "search",
    "show",
    "stats",
    "to_networkx",
    "undo",
    "utterances",
    "write",
    "write_page",
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
