"""What stands and what a record brings → what shall stand: ids and reviews kept, nothing reviewed lost."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.model import Review, Statement
from onrecord.model.errors import BadRecord
from onrecord.model.iris import BASE, digest, document_iri, topic_iri


@dataclass(frozen=True, slots=True)
class Merged:
    """The statements of a document after a merge, and how many of each came about.

    `counts` has the keys added, updated, unchanged, superseded, deleted and withheld (by a tombstone); `fresh` holds
    the ids of those that the present run made or changed.
    """

    statements: tuple[Statement, ...]
    fresh: frozenset[str]
    counts: Mapping[str, int] = field(default_factory=Counter)


def statement_id(value: Statement, document: str) -> str:
    """The digest of what makes a statement that statement, `document` being its document's id."""
    return digest(
        document_iri(document),
        sorted(value.actors),
        _relation(value),
        _object(value),
        value.negated,
        value.gist,
    )


def fingerprint(value: Statement, document: str) -> str:
    """The digest of a statement whatever its gist: what a tombstone knows it by when it is told in other words."""
    return digest(
        document_iri(document),
        sorted(value.actors),
        _relation(value),
        _object(value),
        value.negated,
    )


def merge(
    old: Sequence[Statement],
    new: Iterable[tuple[str, Statement]],
    document: str,
    removed: Collection[str] = (),
    disputed: Container[str] = (),
) -> Merged:
    """Merges the statements of one document; `new` ones come with their place, `removed` are tombstones.

    A statement that the record no longer has is deleted, unless somebody reviewed it or another one disputes it (its
    id is in `disputed`): then it is kept as superseded. Raises BadRecord where two of the new statements are one.
    """
    arrived = _without_twins([(where, statement) for where, statement in new], document)
    ids = {statement.id for statement in old}
    kept = [
        statement
        for statement in arrived
        if statement.id in ids or not _is_removed(statement, document, removed)
    ]
    counts: Counter[str] = Counter(withheld=len(arrived) - len(kept))
    standing = {statement.id or "": statement for statement in old}
    result: dict[str, Statement] = {}
    fresh: set[str] = set()
    for value, match in zip(kept, _matches(kept, old), strict=True):
        before = standing.pop(match, None) if match else None
        merged = _update(before, value) if before else value
        result[merged.id or ""] = merged
        kind = (
            "added"
            if before is None
            else "unchanged"
            if merged == before
            else "updated"
        )
        counts[kind] += 1
        if kind != "unchanged":
            fresh.add(merged.id or "")
    for statement in standing.values():
        if statement.review is None and statement.id not in disputed:
            counts["deleted"] += 1
        else:
            _supersede(statement, result, fresh, counts)
    return Merged(
        tuple(result[key] for key in sorted(result)), frozenset(fresh), counts
    )


def _is_removed(value: Statement, document: str, removed: Collection[str]) -> bool:
    return value.id in removed or fingerprint(value, document) in removed


def _without_twins(new: list[tuple[str, Statement]], document: str) -> list[Statement]:
    """The new statements with their ids; the same statement twice in one document is a fault of the record."""
    places: dict[str, str] = {}
    faults = []
    made = []
    for where, value in new:
        key = value.id or statement_id(value, document)
        if key in places:
            faults.append(f"{where}: is the same statement as {places[key]}")
        places[key] = where
        made.append(replace(value, id=key))
    if faults:
        raise BadRecord(faults)
    return made


def _matches(new: Sequence[Statement], old: Sequence[Statement]) -> list[str | None]:
    """For each new statement the id of the old one that it is: by id or hash, else by what it says, if unique."""
    ids = {statement.id for statement in old}
    taken = {statement.id for statement in new if statement.id in ids}
    said_before = [statement for statement in old if statement.id not in taken]
    said_now = Counter(
        _said(statement) for statement in new if statement.id not in taken
    )
    by_said = {
        said: statement.id for statement in said_before for said in [_said(statement)]
    }
    times = Counter(map(_said, said_before))
    return [
        statement.id
        if statement.id in taken
        else by_said.get(said)
        if times[said] == said_now[said] == 1
        else None
        for statement in new
        for said in [_said(statement)]
    ]


def _said(value: Statement) -> tuple[object, ...]:
    return (value.actors, value.relation, _object(value), value.negated)


def _update(old: Statement, new: Statement) -> Statement:
    """The new content under the old id; a person's verdict on the old one stays, unless it had been superseded."""
    verdict = old.review if old.review and old.review.status != "superseded" else None
    return replace(
        new,
        id=old.id,
        review=verdict or new.review,
        past_reviews=new.past_reviews or old.past_reviews,
        utterance=new.utterance or old.utterance,
    )


def _supersede(
    value: Statement,
    result: dict[str, Statement],
    fresh: set[str],
    counts: Counter[str],
) -> None:
    """Keeps a statement that the record no longer has, marked as such."""
    key, review = value.id or "", value.review or Review("superseded")
    if value.review is None or value.review.status != "superseded":
        counts["superseded"] += 1
        fresh.add(key)
    result[key] = replace(value, review=replace(review, status="superseded"))


def _relation(value: Statement) -> str:
    return BASE + value.relation


def _object(value: Statement) -> str:
    return topic_iri(value.object) if value.object_is_topic else value.object
