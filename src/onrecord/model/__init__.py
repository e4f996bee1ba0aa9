"""Values that every room speaks of: statements, evidence, IRIs, vocabulary, errors.

The classes of values are imported when one is first asked for (PEP 562): a question needs none.
"""

from typing import TYPE_CHECKING, Any

from onrecord.model.characters import CONTROL, NO_XML

if TYPE_CHECKING:
    from onrecord.model.values import (
        MOST_ANCHOR_WORDS,
        CodedDocument,
        CodedEntity,
        CodedStatement,
        CodedValue,
        Coding,
        Document,
        Entity,
        Evidence,
        PastReview,
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
    "NO_XML",
    "CodedDocument",
    "CodedEntity",
    "CodedStatement",
    "CodedValue",
    "Coding",
    "Document",
    "Entity",
    "Evidence",
    "PastReview",
    "Review",
    "Revision",
    "Run",
    "Source",
    "Statement",
    "Variable",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever is there under that name
    """A class of values; what is no such class is no attribute."""
    if name not in __all__:
        message = f"module 'onrecord.model' has no attribute {name!r}"
        raise AttributeError(message)
    from onrecord.model import values  # noqa: PLC0415

    return getattr(values, name)
