"""Who is meant: the one way from what a person types to an entity."""

from onrecord.graph.registry import Known, Registry
from onrecord.query.evaluate import evaluate
from onrecord.vocabulary import GRAPHS, Vocabulary, local
from onrecord.workspace import Workspace

import pyoxigraph as ox  # isort: skip

ENTITIES = f"""
SELECT ?entity ?label ?class (GROUP_CONCAT(COALESCE(?alias, ""); separator="\\u001F") AS ?aliases) WHERE {{
  GRAPH <{GRAPHS["entities"]}> {{
    ?entity a ?class ; rdfs:label ?label
    OPTIONAL {{ ?entity skos:altLabel ?alias }}
  }}
}} GROUP BY ?entity ?label ?class
"""


def registry(store: ox.Store, vocabulary: Vocabulary, workspace: Workspace) -> Registry:
    """Every entity of the store, to be found by IRI, id, label or alias."""
    forms = workspace.ambiguous_forms()
    candidates = {form: [str(each) for each in _list(found.get("candidates"))] for form, found in forms.items()}
    result = Registry(vocabulary, candidates)
    found = evaluate(store, ENTITIES)
    for entity, label, cls, aliases in found:  # type: ignore[union-attr]  # a SELECT gives solutions
        names = tuple(each for each in aliases.value.split("\x1f") if each)
        result.add(Known(entity.value, label.value, local(cls.value), names))
    return result


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
