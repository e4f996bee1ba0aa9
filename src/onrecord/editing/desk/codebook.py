"""The codebook that stands beside an article: what each code means."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.editing.fields import FIELDS
from onrecord.ingest.faults import CODED
from onrecord.model.iris import local
from onrecord.querying.ask import Graph

DEFINITIONS = """
SELECT ?code ?label ?text { ?code skos:definition ?text ; rdfs:label ?label
  { ?code a :Relation } UNION { ?code a :Topic } UNION { ?code skos:inScheme ?scheme } }
"""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code is called, and what it means."""

    label: str
    definition: str


def codebook(graph: Graph) -> dict[str, object]:
    """Relations, topics and codes with their definitions, types, and the fields of a statement."""
    vocabulary = graph.vocabulary
    meanings = _meanings(graph)
    topics, classes = vocabulary.topics.items(), vocabulary.classes.items()
    stated = vocabulary.stated.items()
    return {
        "fields": list(FIELDS),
        "relations": [_entry(key, row.label, meanings) for key, row in stated],
        "topics": [_entry(key, row.label, meanings) for key, row in topics],
        "types": [
            _entry(key, cls.label, {}) for key, cls in classes if cls.assignable
        ],
        "codes": {
            name: _codes(vocabulary.codes[prop], meanings)
            for name, prop in CODED.items()
        },
    }


def _codes(
    codes: Mapping[str, str], meanings: Mapping[str, Meaning]
) -> list[dict[str, str]]:
    entries = []
    for key, iri in codes.items():
        meaning = meanings.get(local(iri))
        entries.append(
            _entry(key, meaning.label if meaning else key, meanings, iri)
        )
    return entries


def _entry(
    key: str, label: str, meanings: Mapping[str, Meaning], iri: str = ""
) -> dict[str, str]:
    meaning = meanings.get(local(iri) or key)
    definition = meaning.definition if meaning else ""
    return {"key": key, "label": label, "definition": definition}


def _meanings(graph: Graph) -> dict[str, Meaning]:
    """What codes mean, by the last part of their IRIs."""
    table = graph.ask(DEFINITIONS)
    return {
        local(str(row["code"])): Meaning(str(row["label"]), str(row["text"]))
        for row in table
    }
