"""Labels are made, not typed: from a relation's patterns to the sentence that a statement says."""

import re
from collections.abc import Sequence

from onrecord.model.vocabulary import Class, Relation

VERB = re.compile(r"\{([^|{}]+)\|([^|{}]+)\}")
"""The finite verb of a pattern, `{singular|plural}`; the plural is the infinitive too, but for "are"."""


def sentence(
    actors: Sequence[str], phrase: str, *, plural: bool = False
) -> str:
    """Who says or does it, and the phrase: `sentence(["A", "B"], "{urges|urge} C")` is "A and B urge C".

    One name may be `plural` too: "Fans urge C".
    """
    number = 2 if plural or len(actors) > 1 else 1
    return f"{enumerate_names(actors)} {VERB.sub(lambda verb: verb[number], phrase, count=1)}"


def enumerate_names(names: Sequence[str], most: int = 4) -> str:
    """Names in a row, the first few of many: "A, B and C", "A, B, C and 7 others"."""
    shown = (
        list(names)
        if len(names) <= most
        else [*names[: most - 1], f"{len(names) - most + 1} others"]
    )
    return (
        shown[0]
        if len(shown) == 1
        else f"{', '.join(shown[:-1])} and {shown[-1]}"
    )


def pattern(relation: Relation, cls: Class | None) -> str:
    """The pattern for an object of this class; None stands for a topic."""
    if cls is None:
        return relation.topic_pattern
    # Praise of a named party is no alliance; a group has no deeds to praise, so that to speak for it is to support it.
    if (
        relation.party_pattern
        and cls.key != "Group"
        and cls.ancestors & {"Agent", "AISystem", "CreativeWork"}
    ):
        return relation.party_pattern
    return relation.entity_pattern


def phrase(
    text: str,
    *,
    negated: bool = False,
    modality: str = "actual",
    accuser: str | None = None,
) -> str:
    """A pattern as it was meant: denied, planned, supposed, or said by somebody else.

    The verb keeps its `{singular|plural}` form, and `{o}` stays, for `sentence` and `str.replace` to fill.
    """
    if accuser is not None:
        return _before_infinitive(
            text, f"{{is|are}} said by {accuser} {'not ' if negated else ''}to"
        )
    if modality == "future":
        return _before_infinitive(
            text, f"{{plans|plan}} {'not ' if negated else ''}to"
        )
    if modality == "hypothetical":
        return _before_infinitive(
            text, "{might|might}" + (" not" if negated else "")
        )
    return _negate(text) if negated else text


def _negate(text: str) -> str:
    verb = VERB.search(text)
    if verb and verb[2] == "are":
        return text.replace(verb[0], "{is|are} not", 1)
    return _before_infinitive(text, "{does|do} not")


def _before_infinitive(text: str, head: str) -> str:
    return VERB.sub(
        lambda verb: f"{head} {'be' if verb[2] == 'are' else verb[2]}",
        text,
        count=1,
    )
