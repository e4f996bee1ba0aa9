"""What the graph tells of a node, property by property, as a table for people."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from onrecord.query.ask import Graph
from onrecord.query.evaluate import value
from onrecord.query.table import Iri, show
from onrecord.serve.pages.address import href
from onrecord.serve.pages.frame import day
from onrecord.serve.pages.told import name
from onrecord.vocabulary import PREFIXES, compact

TOLD = "SELECT DISTINCT ?p ?o { %s ?p ?o } ORDER BY ?p ?o LIMIT 1000"
LABELS = "SELECT ?it (SAMPLE(?named) AS ?label) { VALUES ?it { %s } ?it rdfs:label ?named } GROUP BY ?it"
DATES = frozenset(PREFIXES["xsd"] + kind for kind in ("date", "gYear", "gYearMonth"))
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


def properties(graph: Graph, iri: str, without: frozenset[str] = frozenset()) -> list[Property]:
    """The properties of a node in the order of their labels' importance: type and label first, then by label."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    for solution in graph.answer(TOLD % ox.NamedNode(iri)):
        found[solution["p"].value].append(solution["o"])  # type: ignore[index]  # rows, since it is a SELECT
    names = labels(graph, {term.value for terms in found.values() for term in terms if isinstance(term, ox.NamedNode)})
    told = [
        Property(key, _label(graph, key), _term(graph, key), tuple(_value(term, names) for term in terms))
        for key, terms in found.items()
        if key not in without
    ]
    return sorted(told, key=lambda each: (each.label not in {"type", "label"}, each.label, each.iri))


def labels(graph: Graph, iris: set[str]) -> dict[str, str]:
    """What nodes are called: entities and terms by the registry and ontology, others by the graph."""
    known = {iri: label for iri in iris if (label := name(graph, iri))}
    rest = " ".join(str(ox.NamedNode(iri)) for iri in sorted(iris - known.keys()))
    if rest:
        known |= {str(row["it"]): str(row["label"]) for row in graph.ask(LABELS % rest)}
    return known


def _label(graph: Graph, key: str) -> str:
    return WORDS.get(key) or graph.vocabulary.labels.get(key) or compact(key)


def _term(graph: Graph, key: str) -> str | None:
    return href(key) if key in graph.vocabulary.labels else None


def _value(term: object, names: dict[str, str]) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(names.get(term.value) or compact(term.value), href(term.value))
    text = show(value(term))
    is_date = isinstance(term, ox.Literal) and term.datatype.value in DATES
    return Value(day(text) if is_date else text)


def cell(found: object, names: dict[str, str]) -> Value:
    """A cell of an answer, as a page shows it."""
    if isinstance(found, Iri):
        return Value(names.get(found) or compact(found), href(found))
    text = show(found)  # type: ignore[arg-type]  # a cell is a Value of the table
    return Value(text, text if text.startswith(("http://", "https://")) and " " not in text else None)
