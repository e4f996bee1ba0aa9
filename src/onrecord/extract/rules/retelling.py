"""Statements that only tell again what another one of the same text tells."""

from onrecord.model import Statement


def is_twin(value: Statement, before: list[Statement]) -> bool:
    """Whether the same was made of the same words already."""
    return any(
        other.actors == value.actors
        and other.relation == value.relation
        and other.negated == value.negated
        and (other.object == value.object or other.wording != value.wording)
        and other.evidence is not None
        and value.evidence is not None
        and (other.evidence.end or 0) > (value.evidence.start or 0)
        for other in before
    )


def is_retold(value: Statement, made: list[Statement]) -> bool:
    """Whether a mere remark only says what its speaker did, as another statement states."""
    if value.relation != "states" or value.evidence is None:
        return False
    return any(
        other.wording == "deed"
        and other.relation != "leads"
        and other.actors == value.actors
        and other.evidence is not None
        and value.evidence.exact in other.evidence.exact
        for other in made
    )
