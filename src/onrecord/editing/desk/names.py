"""The names of a workspace as coders tidy them: where each stands, which are new, which may be one."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from onrecord.editing.desk.queue import Line
from onrecord.editing.desk.similar_names import similar_names
from onrecord.model import Entity
from onrecord.model.iris import entity_iri, local
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace, shipped

QUESTION = """
SELECT DISTINCT ?entity ?statement { ?statement a :Statement ; ?how ?entity .
  FILTER (ISIRI(?entity)) } ORDER BY ?statement
"""
MOST_PLACES = 3
"""Statements that are shown with a name."""
Row = dict[str, object]


def name_rows(
    where: Workspace, entities: Mapping[str, Entity], lines: Mapping[str, Line]
) -> dict[str, Row]:
    """Each entity by its id, the new ones first: how often it is named, and some places."""
    stand: defaultdict[str, list[str]] = defaultdict(list)
    for row in Graph(where).ask(QUESTION):
        stand[str(row["entity"])].append(local(str(row["statement"])))
    known = Graph(shipped()).registry.entities
    rows = [
        _row(iri, entity, stand[iri], lines) | {"is_new": iri not in known}
        for iri, entity in entities.items()
    ]
    rows.sort(key=lambda row: (not row["is_new"], str(row["name"]).casefold()))
    return {str(row["id"]): row for row in rows}


def _row(iri: str, entity: Entity, stand: list[str], lines: Mapping[str, Line]) -> Row:
    places = [lines[key] for key in stand if key in lines]
    return {
        "id": local(iri),
        "name": entity.name,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "times": len(stand),
        "places": [
            {"id": line.id, "says": line.says, "document": line.document}
            for line in places[:MOST_PLACES]
        ],
    }


def likely_one(
    entities: Mapping[str, Entity],
    rows: Mapping[str, Row],
    apart: Collection[frozenset[str]],
) -> Iterator[Row]:
    """Pairs with a new name that may be one entity, which to `keep` and which is `gone`.

    `apart` are those of which a person said that they are two.
    """
    for pair in similar_names(entities):
        ids = local(pair.one), local(pair.two)
        if frozenset(ids) in apart or not any(rows[key]["is_new"] for key in ids):
            continue
        keep, gone = sorted(ids, key=lambda key: _rank(rows[key]), reverse=True)
        yield {"keep": keep, "gone": gone, "score": pair.score}


def _rank(row: Row) -> tuple[bool, int, int]:
    """What is known beforehand stays; else what is named more often; else the longer name."""
    times, name = row["times"], str(row["name"])
    assert isinstance(times, int)  # noqa: S101  made above
    return not row["is_new"], times, len(name)


def pair_of(one: str, two: str) -> frozenset[str]:
    """Two entities, in whatever order and form their ids come."""
    return frozenset(local(entity_iri(key.removeprefix(":"))) for key in (one, two))
