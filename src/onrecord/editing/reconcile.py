"""What stands and what a record brings → what shall stand: ids and reviews kept, nothing reviewed lost."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.model import Review, Statement
from onrecord.model.errors import BadRecord
from onrecord.model.iris import BASE, digest, document_iri, topic_iri

Said = tuple[tuple[str, ...], str, str, bool]
"""What a statement says: actors, relation, object, and whether it is negated."""


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
    return digest(*_content(value, document), value.gist)


def fingerprint(value: Statement, document: str) -> str:
    """The digest of a statement whatever its gist: what a tombstone knows it by when it is told in other words."""
    return digest(*_content(value, document))


def _content(value: Statement, document: str) -> tuple[object, ...]:
    """What a statement says, whatever its gist."""
    relation = BASE + value.relation
    actors = sorted(value.actors)
    return (
        document_iri(document),
        actors,
        relation,
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
    arrived = _without_twins(new, document)
    standing = {statement.id or "": statement for statement in old}
    kept = []
    for statement in arrived:
        is_removed = _is_removed(statement, document, removed)
        if statement.id in standing or not is_removed:
            kept.append(statement)
    counts: Counter[str] = Counter(withheld=len(arrived) - len(kept))
    result: dict[str, Statement] = {}
    fresh: set[str] = set()
    for value, match in zip(kept, _matches(kept, old), strict=True):
        before = standing.pop(match, None) if match else None
        merged = _update(before, value) if before else value
        key = merged.id or ""
        result[key] = merged
        if merged == before:
            counts["unchanged"] += 1
            continue
        counts["updated" if before else "added"] += 1
        fresh.add(key)
    for statement in standing.values():
        if statement.review is None and statement.id not in disputed:
            counts["deleted"] += 1
        else:
            _supersede(statement, result, fresh, counts)
    ordered = tuple(result[key] for key in sorted(result))
    return Merged(ordered, frozenset(fresh), counts)


def reviewed_stand(
    old: Iterable[Statement],
    new: Sequence[tuple[str, Statement]],
    document: str,
) -> tuple[tuple[str, Statement], ...]:
    """What a program finds again, as a person left it who has reviewed it.

    Where the words have changed, a statement is known by what it says, if it alone
    says so; then its evidence is where the words stand now.
    """
    reviewed: dict[str | None, Statement] = {}
    alike: defaultdict[str, list[Statement]] = defaultdict(list)
    for value in old:
        if value.review and value.review.status != "superseded":
            reviewed[value.id] = value
            alike[fingerprint(value, document)].append(value)
    times = Counter(fingerprint(value, document) for _, value in new)

    def as_reviewed(value: Statement) -> Statement:
        same = reviewed.get(value.id or statement_id(value, document))
        if same is not None:
            return same
        said = fingerprint(value, document)
        if len(alike.get(said, ())) != 1 or times[said] != 1:
            return value
        return replace(alike[said][0], evidence=value.evidence)

    return tuple((where, as_reviewed(value)) for where, value in new)


def _is_removed(
    value: Statement, document: str, removed: Collection[str]
) -> bool:
    return value.id in removed or fingerprint(value, document) in removed


def _without_twins(
    new: Iterable[tuple[str, Statement]], document: str
) -> list[Statement]:
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


def _matches(
    new: Sequence[Statement], old: Sequence[Statement]
) -> list[str | None]:
    """For each new statement the id of the old one that it is: by id or hash, else by what it says, if unique."""
    ids = {statement.id for statement in old}
    ids &= {statement.id for statement in new}
    before: defaultdict[Said, list[str | None]] = defaultdict(list)
    for statement in old:
        if statement.id not in ids:
            before[_said(statement)].append(statement.id)
    times = Counter(
        _said(statement) for statement in new if statement.id not in ids
    )
    matches: list[str | None] = []
    for statement in new:
        said = _said(statement)
        if statement.id in ids:
            matches.append(statement.id)
        elif len(before[said]) == times[said] == 1:
            matches += before[said]
        else:
            matches.append(None)
    return matches


def _said(value: Statement) -> Said:
    return value.actors, value.relation, _object(value), value.negated


def _update(old: Statement, new: Statement) -> Statement:
    """The new content under the old id; a person's verdict on the old one stays, unless it had been superseded."""
    verdict = (
        old.review if old.review and old.review.status != "superseded" else None
    )
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


def _object(value: Statement) -> str:
    return topic_iri(value.object) if value.object_is_topic else value.object
