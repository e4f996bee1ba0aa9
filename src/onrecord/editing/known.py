"""What is known before anything comes in: the names of entities."""

from collections.abc import Mapping

from onrecord.editing.folder import Folder
from onrecord.editing.link import Linker, Shelf
from onrecord.model import Entity
from onrecord.model.registry import Known, Registry
from onrecord.model.vocabulary import Vocabulary
from onrecord.querying.ask import Graph
from onrecord.querying.lookup import empty_registry
from onrecord.workspace import Workspace, shipped


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
        lambda: Graph(ours).registry,
        Folder(ours.graphs[0], vocabulary).entities,
    )
    return Linker(registry, own, shelf)
