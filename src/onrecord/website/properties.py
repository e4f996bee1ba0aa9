"""What the graph tells of a node, property by property, as a table for people."""

import re
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pyoxigraph as ox

from onrecord.model.iris import PREFIXES, compact
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import value
from onrecord.querying.table import Iri, show
from onrecord.website.address import href
from onrecord.website.cards import name
from onrecord.website.frame import day
from onrecord.website.memo import memo

TOLD = "SELECT DISTINCT ?p ?o { %s ?p ?o } ORDER BY ?p ?o LIMIT 1000"
LABELS = "SELECT ?it (SAMPLE(?named) AS ?label) { VALUES ?it { %s } ?it rdfs:label ?named } GROUP BY ?it"
WEB = re.compile(r"https?://\S+")
SHOWN = 20
"""Letters after the host up to which a web address is shown whole."""
DATES = frozenset(
    PREFIXES["xsd"] + kind for kind in ("date", "gYear", "gYearMonth")
)
FIRST = (PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label")
WORDS = {
    PREFIXES["rdf"] + "type": "type",
    PREFIXES["rdfs"] + "label": "label",
    PREFIXES["rdfs"] + "subClassOf": "kind of",
    PREFIXES["rdfs"] + "subPropertyOf": "kind of",
    PREFIXES["skos"] + "definition": "definition",
    PREFIXES["skos"] + "notation": "in records",
    PREFIXES["skos"] + "inScheme": "in the list",
    PREFIXES["skos"] + "broader": "family",
    PREFIXES["skos"] + "prefLabel": "preferred label",
    PREFIXES["skos"] + "altLabel": "also called",
    PREFIXES["skos"] + "exactMatch": "the same elsewhere",
    PREFIXES["dcterms"] + "publisher": "publisher",
    PREFIXES["dcterms"] + "creator": "author",
    PREFIXES["dcterms"] + "issued": "published",
    PREFIXES["dcterms"] + "language": "language",
    PREFIXES["dcterms"] + "description": "description",
    PREFIXES["schema"] + "url": "address",
    PREFIXES["prov"] + "wasGeneratedBy": "made by the run",
    PREFIXES["prov"] + "endedAtTime": "ended",
}
"""What properties of other vocabularies are called here; ours have their labels."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its text, and where a link on it leads."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values; `iri` is what it is called in the graph."""

    iri: str
    label: str
    address: str | None
    values: tuple[Value, ...]


def properties(
    graph: Graph, iri: str, without: frozenset[str] = frozenset()
) -> list[Property]:
    """The properties of a node, type and label first, then in the order of the ontology, then those of others."""
    by_property: defaultdict[str, list[object]] = defaultdict(list)
    for key, term in solutions(graph, TOLD % ox.NamedNode(iri), "po"):
        by_property[str(key).strip("<>")].append(term)
    nodes: set[str] = set()
    for terms in by_property.values():
        nodes.update(
            term.value for term in terms if isinstance(term, ox.NamedNode)
        )
    names = labels(graph, nodes)
    order = memo(graph, "order of properties", _order)
    described = []
    for key in by_property.keys() - without:
        values = tuple(_value(term, names) for term in by_property[key])
        label, address = _label(graph, key), _term(graph, key)
        described.append(Property(key, label, address, values))
    described.sort(key=attrgetter("label", "iri"))
    described.sort(key=lambda item: order.get(item.iri, len(order)))
    return described


def _order(graph: Graph) -> dict[str, int]:
    """The place of each property on a page."""
    keys = [*FIRST, *graph.vocabulary.labels]
    return {key: place for place, key in enumerate(keys)}


def solutions(graph: Graph, sparql: str, names: str) -> list[list[Any]]:
    """The terms that a SELECT gives for variables of one letter each, as the engine has them."""
    answer = graph.answer(sparql)
    assert isinstance(answer, ox.QuerySolutions)  # noqa: S101  the query is one of this package
    return [[solution[name] for name in names] for solution in answer]


def labels(graph: Graph, iris: set[str]) -> dict[str, str]:
    """What nodes are called: entities and terms by the registry and ontology, others by the graph."""
    known: dict[str, str] = {}
    for iri in iris:
        label = name(graph, iri)
        if label:
            known[iri] = label
    rest = map(ox.NamedNode, sorted(iris - known.keys()))
    nodes = " ".join(map(str, rest))
    if nodes:
        for row in graph.ask(LABELS % nodes):
            known[str(row["it"])] = str(row["label"])
    return known


def _label(graph: Graph, key: str) -> str:
    return WORDS.get(key) or graph.vocabulary.labels.get(key) or compact(key)


def _term(graph: Graph, key: str) -> str | None:
    return href(key) if key in graph.vocabulary.labels else None


def _value(term: object, names: dict[str, str]) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(
            names.get(term.value) or compact(term.value), href(term.value)
        )
    text = show(value(term))
    is_date = isinstance(term, ox.Literal) and term.datatype.value in DATES
    return Value(day(text) if is_date else text)


def cell(value: object, names: dict[str, str]) -> Value:
    """A cell of an answer, as a page shows it."""
    text = show(value)  # type: ignore[arg-type]  # a cell is a Value of the table
    is_address = isinstance(value, Iri) or WEB.fullmatch(text)
    address = href(text) if is_address else None
    label = names.get(text) or compact(text)
    if address and label == text and not address.startswith("/"):
        label = _short(text)
    return Value(label, address)


def _short(address: str) -> str:
    """A web address as far as it tells a reader something: all of a short one, of a long one the host."""
    plain = address.partition("://")[2].removeprefix("www.")
    host, _, rest = plain.partition("/")
    return plain if len(rest) <= SHOWN else host
