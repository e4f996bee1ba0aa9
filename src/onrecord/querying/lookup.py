"""Who is meant: the one way from what a person types to an entity."""

from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.model.iris import GRAPHS, PREFIXES, local
from onrecord.model.registry import Known, Registry
from onrecord.model.vocabulary import Vocabulary
from onrecord.workspace import Workspace

import pyoxigraph as ox  # isort: skip

if TYPE_CHECKING:
    from onrecord.store.remote.endpoint import Remote

ENTITIES = ox.NamedNode(GRAPHS["entities"])
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
ALIAS = ox.NamedNode(PREFIXES["skos"] + "altLabel")
REPLACED = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")


def registry(
    store: "ox.Store | Remote", vocabulary: Vocabulary, workspace: Workspace
) -> Registry:
    """Every entity of the store, to be found by IRI, id, label or alias, and by what it was before a merge."""
    result = empty_registry(vocabulary, workspace)
    classes = _by_entity(store, TYPE)
    labels = _by_entity(store, LABEL)
    aliases = _by_entity(store, ALIAS)
    for entity in sorted(classes.keys() & labels.keys()):
        cls = local(classes[entity][0])
        forms = tuple(aliases.get(entity, ()))
        result.add(Known(entity, labels[entity][0], cls, forms))
    for quad in store.quads_for_pattern(None, REPLACED, None, None):
        result.merge(quad.subject.value, quad.object.value)  # type: ignore[union-attr]  # neither is a triple
    return result


def empty_registry(vocabulary: Vocabulary, workspace: Workspace) -> Registry:
    """A registry of nobody, which knows what an alias alone never links."""
    candidates = {}
    for form, entry in workspace.ambiguous_forms().items():
        listed = _list(entry.get("candidates"))
        candidates[form] = list(map(str, listed))
    return Registry(vocabulary, candidates)


def _by_entity(
    store: "ox.Store | Remote", predicate: ox.NamedNode
) -> dict[str, list[str]]:
    """The values of a property by entity, read quad by quad: SPARQL takes longer to group them."""
    by_entity: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, predicate, None, ENTITIES):
        by_entity[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]  # neither is a triple
    return by_entity


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
