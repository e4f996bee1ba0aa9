"""Which statements a page is about: their IRIs in order, and how they are spread over stances and actors."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from onrecord.model.counts import reports
from onrecord.model.dates import DATING
from onrecord.model.iris import local
from onrecord.model.standing import STANDING
from onrecord.page.look import STANCES
from onrecord.querying.ask import Graph
from onrecord.website.cards import Group
from onrecord.website.publication import texts

MOST = 20_000
"""Statements that a page counts and orders at most."""
WHICH = {
    "entity": """
      { ?statement :actor %(it)s . BIND ("actor" AS ?how) }
      UNION { ?statement :object %(it)s . BIND ("object" AS ?how) }
      UNION { ?statement :recipient %(it)s . BIND ("recipient" AS ?how) }
      UNION { ?statement :instrument %(it)s . BIND ("instrument" AS ?how) }
      UNION { ?statement :accordingTo %(it)s . BIND ("accordingTo" AS ?how) }""",
    "topic": "?statement (:topic|:object)/skos:broader? %(it)s . ?statement a :Statement .",
    "document": "?statement :document %(it)s .",
    "relation": "?statement :relation %(it)s .",
    "all": "?statement a :Statement .",
    "thing": "?statement ?how %(it)s . ?statement a :Statement .",
}
"""The statements of each kind of subject, and how they name it where that matters."""
LIGHT = """
SELECT DISTINCT ?statement ?how ?relation ?stance ?date ?act WHERE {
  %(which)s
  ?statement :relation ?relation ; :reviewStatus ?status ; :document ?document .
  %(standing)s
  OPTIONAL { ?statement :stanceOnAI ?stance }
  OPTIONAL { ?statement :utterance ?act }
  %(dating)s
} LIMIT %(most)d
"""
ORDER = tuple(stance.key for stance in STANCES)


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as far as it is ordered and counted.

    `how` is how it names the subject, `act` the utterance or deed that it reports: its own unless others report it too.
    """

    statement: str
    how: str
    relation: str
    stance: str
    date: str
    act: str


def rows(graph: Graph, kind: str, iri: str) -> list[Row]:
    """The statements of a subject, newest first and undated last; each once, by the first way that it names it.

    Rejected and superseded ones are left out, but for runs, codes and the like, which are about the record.
    """
    which = WHICH[kind] % {"it": ox.NamedNode(iri)}
    standing = STANDING if kind != "thing" else ""
    by_iri: dict[str, Row] = {}
    for row in graph.ask(
        LIGHT % {"which": which, "standing": standing, "most": MOST, "dating": DATING}
    ):
        statement, how = str(row["statement"]), local(str(row["how"] or ""))
        if statement not in by_iri or how == "actor":
            by_iri[statement] = Row(
                statement,
                how,
                local(str(row["relation"])),
                local(str(row["stance"] or "")),
                str(row["date"] or ""),
                str(row["act"] or statement),
            )
    return newest_first(by_iri.values())


def newest_first(listed: Iterable[Row]) -> list[Row]:
    """The newest first, undated ones last, and always in the same order."""
    return sorted(
        sorted(listed, key=lambda row: row.statement),
        key=lambda row: row.date,
        reverse=True,
    )


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
    return [
        Group(
            f"{section}-{key}", _title(graph, key, inverse=inverse), tuple(ids), section
        )
        for key, ids in ordered
    ]


def _title(graph: Graph, key: str, *, inverse: bool) -> str:
    """What a relation is called from either side; one that the ontology does not know by its key."""
    relation = graph.vocabulary.relations.get(key)
    if relation is None:
        return key
    return relation.inverse_label if inverse else relation.label


def by_stance(listed: Sequence[Row]) -> list[Group]:
    """Statements grouped by stance."""
    labels = {key: texts().stances.get(key, key) for key in ORDER} | {"": "no stance"}
    groups = {
        key: tuple(row.statement for row in listed if row.stance == key)
        for key in ORDER
    }
    return [
        Group(key or "none", labels[key], ids, "said")
        for key, ids in groups.items()
        if ids
    ]
