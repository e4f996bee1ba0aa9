"""Who is meant: the one way from what a person types to an entity."""

from collections import defaultdict

from onrecord.graph.registry import Known, Registry
from onrecord.vocabulary import GRAPHS, PREFIXES, Vocabulary, local
from onrecord.workspace import Workspace

import pyoxigraph as ox  # isort: skip

ENTITIES = ox.NamedNode(GRAPHS["entities"])
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
ALIAS = ox.NamedNode(PREFIXES["skos"] + "altLabel")


def registry(store: ox.Store, vocabulary: Vocabulary, workspace: Workspace) -> Registry:
    """Every entity of the store, to be found by IRI, id, label or alias."""
    forms = workspace.ambiguous_forms()
    candidates = {form: [str(each) for each in _list(found.get("candidates"))] for form, found in forms.items()}
    result = Registry(vocabulary, candidates)
    classes, labels, aliases = (_by_entity(store, predicate) for predicate in (TYPE, LABEL, ALIAS))
    for entity in sorted(classes):
        for label in labels.get(entity, ())[:1]:
            result.add(Known(entity, label, local(classes[entity][0]), tuple(aliases.get(entity, ()))))
    return result


def _by_entity(store: ox.Store, predicate: ox.NamedNode) -> dict[str, list[str]]:
    """The values of a property by entity, read quad by quad: SPARQL takes longer to group them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, predicate, None, ENTITIES):
        found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]  # neither is a triple
    return found


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
