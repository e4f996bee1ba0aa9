"""The page of an entity: who or what it is, whom it is linked with, what it said and did, and what is said of it."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from onrecord.model.iris import local
from onrecord.model.registry import Known
from onrecord.querying.ask import Graph
from onrecord.querying.dossier import WHO
from onrecord.store.limits import Send
from onrecord.website import describe
from onrecord.website.address import href
from onrecord.website.cards import Group, listing, name
from onrecord.website.frame import render
from onrecord.website.rows import Row, rows
from onrecord.website.statements import by_relation, reported, stances

NEAR = """
SELECT ?relation ?out ?other (COUNT(DISTINCT ?statement) AS ?statements) WHERE {
  { ?statement :bears ?relation ; :actor %(it)s ; :object ?other .
    GRAPH graph:edges { %(it)s ?relation ?other } BIND (true AS ?out) }
  UNION
  { ?statement :bears ?relation ; :actor ?other ; :object %(it)s .
    GRAPH graph:edges { ?other ?relation %(it)s } BIND (false AS ?out) }
  UNION
  { ?statement :bears :usesAIIn ; :instrument %(it)s ; :object ?other .
    GRAPH graph:edges { %(it)s :usedIn ?other } BIND (:usedIn AS ?relation) BIND (true AS ?out) }
  UNION
  { ?statement :bears :usesAIIn ; :instrument ?other ; :object %(it)s .
    GRAPH graph:edges { ?other :usedIn %(it)s } BIND (:usedIn AS ?relation) BIND (false AS ?out) }
} GROUP BY ?relation ?out ?other ORDER BY DESC(?statements) ?other LIMIT 1000
"""
OTHER_WAYS = {
    "recipient": "as the one spoken to",
    "instrument": "as the tool",
    "accordingTo": "as the accuser",
}
"""How a statement names an entity that is neither its actor nor its object."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Those at the other end of one kind of edge, each with its name, address and number of statements."""

    phrase: str
    others: tuple[tuple[str, str, int], ...]


def entity_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends an entity's page; of its statements those of page `page`."""
    known = graph.registry.entities[iri]
    appearances = rows(graph, "entity", iri)
    own = [row for row in appearances if row.how == "actor"]
    other = [row for row in appearances if row.how != "actor"]
    listed = listing(
        graph,
        [*by_relation(graph, own, "by"), *_about(graph, appearances)],
        page,
    )
    facts = _facts(graph, known)
    cls = graph.vocabulary.classes.get(known.cls)
    render(
        "entity.html",
        send,
        iri=iri,
        known=known,
        feed=True,
        slug=local(iri),
        cls=cls,
        facts=facts,
        description=describe.entity(known, cls.drawn_as if cls else "", facts),
        stances=stances(own),
        counts=(reported(own), reported(other) if other else "none"),
        listing=listed,
        neighbours=neighbours(graph, iri),
    )


def _about(graph: Graph, listed: list[Row]) -> list[Group]:
    groups = by_relation(
        graph,
        [row for row in listed if row.how == "object"],
        "about",
        inverse=True,
    )
    for how, title in OTHER_WAYS.items():
        if ids := tuple(row.statement for row in listed if row.how == how):
            groups.append(Group(f"about-{how}", title, ids, "about"))
    return groups


def _facts(graph: Graph, known: Known) -> dict[str, str]:
    """What the registry tells: description, role, country, listed with, the same elsewhere."""
    answers = graph.ask(WHO.replace("UNDEF", str(ox.NamedNode(known.iri))))
    return {
        key: "" if value is None else str(value)
        for key, value in answers[0].items()
    }


def neighbours(graph: Graph, iri: str) -> list[Neighbours]:
    """The edges from and to an entity, a row a relation and direction, those with most statements first."""
    grouped: defaultdict[tuple[str, bool], list[tuple[str, str, int]]] = (
        defaultdict(list)
    )
    for row in graph.ask(NEAR % {"it": ox.NamedNode(iri)}):
        other = str(row["other"])
        key, out = local(str(row["relation"])), bool(row["out"])
        if key not in graph.vocabulary.relations:
            continue
        symmetric = graph.vocabulary.relations[key].symmetric
        neighbour = (
            name(graph, other) or local(other),
            href(other) or "",
            int(str(row["statements"])),
        )
        grouped[key, out or symmetric].append(neighbour)
    ordered = sorted(
        grouped.items(),
        key=lambda pair: (-sum(row[2] for row in pair[1]), pair[0]),
    )
    relations = graph.vocabulary.relations
    return [
        Neighbours(
            relations[key].label if out else relations[key].inverse_label,
            tuple(_merged(others)),
        )
        for (key, out), others in ordered
    ]


def _merged(others: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Both ways of a symmetric relation together."""
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for label, address, number in others:
        sums[label, address] += number
    return sorted(
        ((*pair, number) for pair, number in sums.items()),
        key=lambda row: (-row[2], row[0]),
    )
