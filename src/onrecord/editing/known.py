"""What is known before anything comes in: the names of entities, and the documents and statements held."""

from collections.abc import Mapping

from onrecord.editing.folder import Folder
from onrecord.editing.holdings import Holdings
from onrecord.editing.link import Linker, Shelf
from onrecord.model import Entity
from onrecord.model.iris import local
from onrecord.model.registry import Known, Registry
from onrecord.model.vocabulary import Vocabulary
from onrecord.querying.ask import Graph
from onrecord.querying.lookup import empty_registry
from onrecord.workspace import Workspace, has_document, shipped


def own_registry(
    where: Workspace,
    vocabulary: Vocabulary,
    own: Mapping[str, Entity],
    merged: Mapping[str, str],
) -> Registry:
    """The workspace's own entities by name, and by what they were before a merge."""
    registry = empty_registry(vocabulary, where)
    for iri, entity in sorted(own.items()):
        registry.add(Known(iri, entity.name, entity.type, entity.aliases))
    for old, new in merged.items():
        registry.merge(old, new)
    return registry


def linker(
    where: Workspace,
    registry: Registry,
    own: dict[str, Entity],
    vocabulary: Vocabulary,
) -> Linker:
    """What names lead to: own entities, and those that ship, copied in when first used."""
    if where.is_shipped:
        return Linker(registry, own)
    ours = shipped()
    shelf = Shelf(
        lambda: Graph(ours).registry, Folder(ours.graphs[0], vocabulary).entities
    )
    return Linker(registry, own, shelf)


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
        disputed={local(str(iri)) for iri in disputed.column("it")},
        taken={key for key, _ in rows} | folder.removed,
    )
