"""The names of a workspace as coders tidy them: where each stands, which are new, which may be one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from onrecord.editing.desk.similar_names import similar_names
from onrecord.model import Entity
from onrecord.model.iris import local
from onrecord.querying.ask import Graph
from onrecord.workspace import shipped

MOST_PLACES = 3
"""Statements that are shown with a name."""
Row = dict[str, object]


def name_rows(
    entities: Mapping[str, Entity],
    named: Mapping[str, Collection[str]],
    places: Mapping[str, Row],
) -> dict[str, Row]:
    """Each entity by its id, the new ones first: how often it is named, and some places.

    `named` has what each statement names, and `places` what is shown of it, by the statement's id.
    """
    stand: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(named):
        for iri in named[key]:
            stand[iri].append(key)
    known = _shipped()
    rows = [
        _row(iri, entity, stand[iri], places) | {"is_new": iri not in known}
        for iri, entity in entities.items()
    ]
    rows.sort(key=lambda row: (not row["is_new"], str(row["name"]).casefold()))
    return {str(row["id"]): row for row in rows}


@cache
def _shipped() -> frozenset[str]:
    """The entities that ship with onrecord."""
    return frozenset(Graph(shipped()).registry.entities)


def _row(
    iri: str, entity: Entity, stand: list[str], places: Mapping[str, Row]
) -> Row:
    shown = (places[key] for key in stand if key in places)
    return {
        "id": local(iri),
        "name": entity.name,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "times": len(stand),
        "places": list(islice(shown, MOST_PLACES)),
    }


def new_names(
    entities: Mapping[str, Entity],
    named: Mapping[str, Collection[str]],
    accepted: Iterable[str],
) -> dict[str, str]:
    """A new name in each statement that has one, by the statement's id.

    New is what does not ship and stands in none of those that a person has accepted.
    """
    known = _shipped().union(*(named.get(key, ()) for key in accepted))
    new = {
        iri: entity.name for iri, entity in entities.items() if iri not in known
    }
    names: dict[str, str] = {}
    for key, iris in named.items():
        if not new.keys().isdisjoint(iris):
            names[key] = min(new[iri] for iri in iris if iri in new)
    return names


def likely_one(
    entities: Mapping[str, Entity],
    rows: Mapping[str, Row],
    apart: Collection[frozenset[str]],
) -> Iterator[Row]:
    """Pairs with a new name that may be one entity, which to `keep` and which is `gone`.

    `apart` are those, by their IRIs, of which a person said that they are two.
    """
    for pair in similar_names(entities):
        ids = local(pair.one), local(pair.two)
        if frozenset({pair.one, pair.two}) in apart:
            continue
        if not any(rows[key]["is_new"] for key in ids):
            continue
        keep, gone = sorted(ids, key=lambda key: _rank(rows[key]), reverse=True)
        yield {"keep": keep, "gone": gone, "score": pair.score}


def _rank(row: Row) -> tuple[bool, int, int]:
    """What is known beforehand stays; else what is named more often; else the longer name."""
    times, name = row["times"], str(row["name"])
    assert isinstance(times, int)  # noqa: S101  made above
    return not row["is_new"], times, len(name)
