"""Coded statements as columns: who uses which concept, with which qualifier, where and when.

The order of work is that of the field (Leifeld, "Discourse Network Analyzer Manual"): keep what is asked for, sort,
drop duplicates, and only then count.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter

from onrecord.discourse.arrays import Array, np
from onrecord.model.dates import last_day, ordinal
from onrecord.model.errors import BadInput

Qualifier = bool | int | float | str | None
SCOPES = ("include", "document", "week", "month", "year", "acrossrange")
KINDS = ("boolean", "integer", "categorical", "ordinal", "none")


@dataclass(frozen=True, slots=True)
class Coded:
    """One use of a concept by an actor; `date` is as precise as known, None where it is not.

    `source` is what a duplicate is looked for in under the scope `document`: the document, or the utterance that
    several documents report. `start` and `stop` are offsets into the document's text.
    """

    id: str
    source: str
    date: str | None
    actor: str
    concept: str
    qualifier: Qualifier = None
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """Coded statements as columns of one length; `day` is a date's proleptic ordinal, 0 where there is no date.

    A date that is only a year or a month counts as its first day.
    """

    id: Array
    source: Array
    day: Array
    start: Array
    stop: Array
    actor: Array
    concept: Array
    qualifier: Array

    @classmethod
    def of(cls, coded: Iterable[Coded]) -> "Statements":
        """The columns of some coded statements."""
        rows = list(coded)

        def column(name: str) -> list[object]:
            return list(map(attrgetter(name), rows))

        days = [ordinal(row.date) for row in rows]
        return cls(
            id=_objects(column("id")),
            source=_objects(column("source")),
            day=np.array(days, dtype=np.int64),
            start=np.array(column("start"), dtype=np.int64),
            stop=np.array(column("stop"), dtype=np.int64),
            actor=_objects(column("actor")),
            concept=_objects(column("concept")),
            qualifier=_objects(column("qualifier")),
        )

    def __len__(self) -> int:
        return len(self.id)

    def take(self, chosen: Array) -> "Statements":
        """The rows of a mask or of an index."""
        columns = {}
        for field in fields(self):
            column = getattr(self, field.name)
            columns[field.name] = column[chosen]
        return Statements(**columns)

    @property
    def undated(self) -> int:
        """How many have no date."""
        return int((self.day == 0).sum())


def _objects(values: Sequence[object]) -> Array:
    objects = np.empty(len(values), dtype=object)
    objects[:] = values
    return objects


def prepare(  # noqa: PLR0913  the choices of the field, in the order in which they are made
    coded: Iterable[Coded] | Statements,
    *,
    since: str | None = None,
    until: str | None = None,
    without: Mapping[str, Collection[Hashable]] | None = None,
    duplicates: str = "document",
    ignore_qualifier: bool = False,
    dna_compat: bool = False,
) -> Statements:
    """The statements that count: inside [since, until], without excluded values, sorted, each once in its scope.

    `without` names values to leave out, by column (`actor`, `concept`, `qualifier`, `source`). Statements whose actor
    or concept is "" are dropped. `duplicates` is one of SCOPES; a duplicate has the actor, the concept and, unless
    `ignore_qualifier`, the qualifier of one that is kept already. Weeks are those of ISO 8601, with their year;
    `dna_compat` compares week and month numbers without the year, as DNA 3.1 does. Raises BadInput.
    """
    if duplicates not in SCOPES:
        message = (
            "no scope of duplicates is called "
            f"{duplicates!r}; there are {', '.join(SCOPES)}"
        )
        raise BadInput(message)
    every = coded if isinstance(coded, Statements) else Statements.of(coded)
    wanted = _within(every.day, since, until) & _wanted(every, without or {})
    chosen = every.take(wanted)
    place = (chosen.id, chosen.stop, chosen.start, chosen.source, chosen.day)
    chosen = chosen.take(np.lexsort(place))
    if duplicates == "include":
        return chosen
    scope = _scope(chosen, duplicates, dna_compat=dna_compat)
    return chosen.take(_first(chosen, scope, ignore_qualifier=ignore_qualifier))


def _within(day: Array, since: str | None, until: str | None) -> Array:
    """Dated inside the span; without any bound, undated ones too. A bound that is a year or a month holds it whole."""
    inside = np.ones(len(day), dtype=bool)
    if since:
        inside &= day >= ordinal(since)
    if until:
        inside &= (day > 0) & (day <= last_day(until))
    return inside


def _wanted(
    statements: Statements, without: Mapping[str, Collection[Hashable]]
) -> Array:
    kept = (statements.actor != "") & (statements.concept != "")
    for column, values in without.items():
        gone = set(values)
        is_kept = [value not in gone for value in getattr(statements, column)]
        kept &= np.array(is_kept, dtype=bool)
    chosen: Array = kept.astype(bool)
    return chosen


def _scope(
    statements: Statements, duplicates: str, *, dna_compat: bool
) -> Array:
    """For each statement a key of the scope that duplicates are looked for in."""
    if duplicates == "document":
        return statements.source
    if duplicates == "acrossrange":
        return np.zeros(len(statements), dtype=np.int64)
    periods = []
    for day in statements.day:
        period = _period(int(day), duplicates, dna_compat=dna_compat)
        periods.append(period)
    return np.array(periods, dtype=np.int64)


def _period(day: int, scope: str, *, dna_compat: bool) -> int:
    """The number of a date's year, month or week; undated statements share none, 0."""
    if not day:
        return 0
    when = date.fromordinal(day)
    if scope == "year":
        return when.year
    year, number = when.year, when.month
    if scope == "week":
        year, number, _ = when.isocalendar()
    return number if dna_compat else year * 100 + number


def _first(
    statements: Statements, scope: Array, *, ignore_qualifier: bool
) -> Array:
    """The rows that are the first of their kind, in order."""
    columns = [statements.actor, statements.concept, scope]
    if not ignore_qualifier:
        columns.append(statements.qualifier)
    seen: set[Hashable] = set()
    kept = []
    for at, key in enumerate(zip(*columns, strict=True)):
        if key not in seen:
            seen.add(key)
            kept.append(at)
    return np.array(kept, dtype=np.int64)


def folded(
    statements: Statements, column: str, names: Mapping[str, str]
) -> Statements:
    """The statements with some values of a column under another name, as coders' spellings are merged."""
    values = [names.get(value, value) for value in getattr(statements, column)]
    return replace(statements, **{column: _objects(values)})
