"""Which statements of two coders, or of a program and a person, are the same."""

from collections.abc import Callable, Collection, Sequence

from onrecord.model import Evidence, Statement
from onrecord.model.names import fold

Same = Callable[[Statement, Statement], bool]


def same_id(one: Statement, two: Statement) -> bool:
    """Whether both bear one id."""
    return one.id is not None and one.id == two.id


def same_words(one: Statement, two: Statement) -> bool:
    """Whether spans overlap; without spans, whether one quotation holds the other."""
    if one.evidence is None or two.evidence is None:
        return False
    if has_span(one.evidence) and has_span(two.evidence):
        return bool(shared_characters(one.evidence, two.evidence))
    first, second = fold(one.evidence.exact), fold(two.evidence.exact)
    return first in second or second in first


def same_deed(one: Statement, two: Statement) -> bool:
    """Whether actors, relation and object are the same, where nobody marked words."""
    if one.evidence is not None and two.evidence is not None:
        return False
    same = same_actors(one, two) and one.relation == two.relation
    return same and fold(one.object) == fold(two.object)


def same_actors(one: Statement, two: Statement) -> bool:
    """Whether the actors are the same, whatever their order."""
    return set(map(fold, one.actors)) == set(map(fold, two.actors))


def same_statement(one: Statement, two: Statement) -> bool:
    """Whether actors, relation and negation are the same, and object or a topic."""
    same = one.relation == two.relation and one.negated == two.negated
    return same and same_actors(one, two) and bool(_aims(one) & _aims(two))


def same_actor_and_words(one: Statement, two: Statement) -> bool:
    """Whether the actors are the same, and the words of one lie within the other's."""
    return same_actors(one, two) and same_words(one, two)


def matched(
    first: Sequence[Statement], second: Sequence[Statement], same: Same
) -> list[tuple[int, int]]:
    """Pairs of places in both lists that are the same; each place stands in one pair."""
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    for here, one in enumerate(first):
        there = _first_match(one, second, used, same)
        if there is not None:
            used.add(there)
            pairs.append((here, there))
    return pairs


def _first_match(
    one: Statement,
    second: Sequence[Statement],
    used: Collection[int],
    same: Same,
) -> int | None:
    for place, two in enumerate(second):
        if place not in used and same(one, two):
            return place
    return None


def has_span(evidence: Evidence) -> bool:
    """Whether words have their place in the text."""
    return evidence.start is not None and evidence.end is not None


def shared_characters(one: Evidence, two: Evidence) -> int:
    """How many characters two spans share."""
    end = min(one.end or 0, two.end or 0)
    return max(0, end - max(one.start or 0, two.start or 0))


def _aims(statement: Statement) -> set[str]:
    return set(map(fold, (statement.object, *statement.topics)))
