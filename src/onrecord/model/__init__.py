"""Values that every room speaks of: statements with their evidence, documents, entities, codings."""

from onrecord.model.values import (
    CONTROL,
    MOST_ANCHOR_WORDS,
    CodedDocument,
    CodedEntity,
    CodedStatement,
    CodedValue,
    Coding,
    Document,
    Entity,
    Evidence,
    Review,
    Run,
    Source,
    Statement,
    Variable,
)

__all__ = [
    "CONTROL",
    "MOST_ANCHOR_WORDS",
    "CodedDocument",
    "CodedEntity",
    "CodedStatement",
    "CodedValue",
    "Coding",
    "Document",
    "Entity",
    "Evidence",
    "Review",
    "Run",
    "Source",
    "Statement",
    "Variable",
]
