"""How the statements of a page are grouped, and how they are spread over stances and acts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.model.counts import reports
from onrecord.page.look import STANCES
from onrecord.querying.ask import Graph
from onrecord.website.cards import Group
from onrecord.website.publication import texts
from onrecord.website.rows import Row

ORDER = tuple(stance.key for stance in STANCES)


def reported(listed: Sequence[Row]) -> str:
    """How many statements these are, and of how many acts."""
    return reports(len(listed), len({row.act for row in listed}))


def stances(listed: Iterable[Row]) -> dict[str, int]:
    """How many statements take each stance, in the order of the network page's legend; those without are left out."""
    counted = Counter(row.stance for row in listed)
    return {key: counted[key] for key in ORDER if key and counted[key]}


def by_relation(
    graph: Graph, listed: Sequence[Row], section: str, *, inverse: bool = False
) -> list[Group]:
    """Statements grouped by relation, the largest group first; read from the object's side if `inverse`."""
    groups: dict[str, list[str]] = {}
    for row in listed:
        groups.setdefault(row.relation, []).append(row.statement)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    made = []
    for key, ids in ordered:
        title = _title(graph, key, inverse=inverse)
        made.append(Group(f"{section}-{key}", title, tuple(ids), section))
    return made


def _title(graph: Graph, key: str, *, inverse: bool) -> str:
    """What a relation is called from either side; one that the ontology does not know by its key."""
    relation = graph.vocabulary.relations.get(key)
    if relation is None:
        return key
    return relation.inverse_label if inverse else relation.label


def by_stance(listed: Sequence[Row]) -> list[Group]:
    """Statements grouped by stance."""
    groups = []
    for key in ORDER:
        ids = tuple(row.statement for row in listed if row.stance == key)
        label = texts().stances.get(key, key) if key else "no stance"
        if ids:
            groups.append(Group(key or "none", label, ids, "said"))
    return groups
