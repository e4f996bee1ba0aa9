"""What is known before anything comes in: the names of entities, and the documents and statements held."""

from collections.abc import Mapping

from onrecord.editing.folder import Folder
from onrecord.editing.holdings import Holdings
from onrecord.editing.link import Linker, Shelf
from onrecord.model import Entity
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import has_document, shipped


def linker(graph: Graph, own: Mapping[str, Entity]) -> Linker:
    """What names lead to: the workspace's own entities, and those that ship, which are copied in when first used."""
    if graph.workspace.is_shipped:
        return Linker(graph.registry, dict(own))
    ours = shipped()
    shelf = Shelf(
        lambda: Graph(ours).registry, Folder(ours.graphs[0], graph.vocabulary).entities
    )
    return Linker(graph.registry, dict(own), shelf)


def holdings(graph: Graph, folder: Folder) -> Holdings:
    """The documents and statements that are there, of which only those with a file here can be changed."""
    table = graph.ask(
        "SELECT ?document ?url ?hash { ?document a :Document OPTIONAL { ?document schema:url ?url }"
        " OPTIONAL { ?document :sha256 ?hash } }"
    )
    rows = [(local(str(row["document"])), row) for row in table]
    here = {key for key, _ in rows if has_document(folder.path, key)}
    borne = graph.ask(
        "SELECT ?statement ?document { ?statement a :Statement ; :document ?document }"
    )
    disputed = graph.ask("SELECT DISTINCT ?it { ?statement :disputes ?it }")
    return Holdings(
        documents=here,
        marks={
            str(row[name]): key
            for key, row in rows
            for name in ("url", "hash")
            if row[name] and key in here
        },
        statements={
            local(str(row["statement"])): local(str(row["document"])) for row in borne
        },
        disputed={local(str(each)) for each in disputed.column("it")},
        taken={key for key, _ in rows} | folder.removed,
    )
