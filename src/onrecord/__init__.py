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

from onrecord._version import __version__ as __version__  # noqa: PLC0414, RUF100

if TYPE_CHECKING:
    from onrecord.discourse.agreement import compare
    from onrecord.discourse.choice import find_network
    from onrecord.discourse.positions import contradictions, positions
    from onrecord.discourse.utterances import utterances
    from onrecord.editing import add
    from onrecord.editing.curation import merge, remove, rename, undo
    from onrecord.formats.write import write
    from onrecord.model.errors import OnRecordError
    from onrecord.networks.graph import path, to_networkx
    from onrecord.page.write import write_page
    from onrecord.querying.ask import ask
    from onrecord.querying.dossier import search, show, stats
    from onrecord.querying.table import Table
    from onrecord.rdf.check import check
    from onrecord.server.listen import listen
    from onrecord.store.dataset import load
    from onrecord.store.sync.diff import diff
    from onrecord.store.sync.pull import pull
    from onrecord.store.sync.push import push
    from onrecord.workspace import init

_ROOMS = {
    "OnRecordError": "model.errors",
    "Table": "querying.table",
    "add": "editing",
    "ask": "querying.ask",
    "check": "rdf.check",
    "compare": "discourse.agreement",
    "contradictions": "discourse.positions",
    "diff": "store.sync.diff",
    "find_network": "discourse.choice",
    "init": "workspace",
    "listen": "server.listen",
    "load": "store.dataset",
    "merge": "editing.curation",
    "path": "networks.graph",
    "positions": "discourse.positions",
    "pull": "store.sync.pull",
    "push": "store.sync.push",
    "remove": "editing.curation",
    "rename": "editing.curation",
    "search": "querying.dossier",
    "show": "querying.dossier",
    "stats": "querying.dossier",
    "to_networkx": "networks.graph",
    "undo": "editing.curation",
    "utterances": "discourse.utterances",
    "write": "formats.write",
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
