"""The codebook that stands beside an article: what each code means."""

from collections.abc import Mapping

from onrecord.editing.fields import FIELDS
from onrecord.ingest.faults import CODED
from onrecord.model.iris import local
from onrecord.querying.ask import Graph

DEFINITIONS = "SELECT ?relation ?text { ?relation a :Relation ; skos:definition ?text }"


def codebook(graph: Graph) -> dict[str, object]:
    """Relations with their definitions, topics, types and codes, and the fields of a statement."""
    vocabulary = graph.vocabulary
    definitions = _definitions(graph)
    topics, classes = vocabulary.topics.items(), vocabulary.classes.items()
    return {
        "fields": list(FIELDS),
        "relations": [
            _labelled(key, relation.label) | {"definition": definitions.get(key, "")}
            for key, relation in vocabulary.stated.items()
        ],
        "topics": [_labelled(key, topic.label) for key, topic in topics],
        "types": [_labelled(key, cls.label) for key, cls in classes if cls.assignable],
        "codes": {name: list(vocabulary.codes[prop]) for name, prop in CODED.items()},
    }


def _labelled(key: str, label: str) -> dict[str, str]:
    return {"key": key, "label": label}


def _definitions(graph: Graph) -> Mapping[str, str]:
    table = graph.ask(DEFINITIONS)
    return {local(str(row["relation"])): str(row["text"]) for row in table}
