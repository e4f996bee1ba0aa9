"""The form of an answer, as JSON Schema (draft 2020-12) in the strict subset that endpoints take.

Its lists are the ontology's.
"""

from collections.abc import Iterable, Mapping

from onrecord.model.vocabulary import Vocabulary

Schema = dict[str, object]
NAME: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}


def answer_schema(vocabulary: Vocabulary) -> Schema:
    """The form of a whole answer: the passage's language, the entities, the statements."""
    return _object(
        {
            "language": NAME,
            "entities": _list(entity_schema(vocabulary)),
            "statements": _list(statement_schema(vocabulary)),
        }
    )


def entity_schema(vocabulary: Vocabulary) -> Schema:
    """The form of an entity."""
    classes = [key for key, cls in vocabulary.classes.items() if cls.assignable]
    return _object({"name": NAME, "type": _enum(classes)})


def statement_schema(vocabulary: Vocabulary) -> Schema:
    """The form of a statement; the words come first, so that a model copies before it judges."""
    codes = vocabulary.codes
    return _object(
        {
            "words": NAME,
            "speaker": NAME,
            "actors": _list(NAME),
            "relation": _enum(vocabulary.stated),
            "negated": FLAG,
            "object": NAME,
            "object_kind": _enum(("entity", "topic")),
            "topics": _list(_enum(vocabulary.topics)),
            "stance": _maybe(codes["stanceOnAI"]),
            "modality": _enum(codes["modality"]),
            "basis": _enum(codes["reportBasis"]),
            "according_to": MAYBE,
            "recipient": MAYBE,
            "instrument": MAYBE,
            "stage": _maybe(codes["stage"]),
            "via": _maybe(codes["saidVia"]),
            "wording": _enum(codes["wording"]),
            "gist": NAME,
            "sure": FLAG,
        }
    )


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _enum(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def _maybe(values: Iterable[str]) -> Schema:
    return {"type": ["string", "null"], "enum": [*values, None]}
