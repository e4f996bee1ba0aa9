"""Values that every room speaks of: statements, evidence, IRIs, vocabulary, errors."""

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
    Revision,
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
    "Revision",
    "Run",
    "Source",
    "Statement",
    "Variable",
]
