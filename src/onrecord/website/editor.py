"""The SPARQL editor: a form that works by itself, and what its script completes from."""

import json

import pyoxigraph as ox

from onrecord.model.errors import BadQuery
from onrecord.model.iris import BASE, OURS, PREFIXES, compact
from onrecord.model.reading_order import unturned
from onrecord.querying.ask import Graph
from onrecord.querying.evaluate import table
from onrecord.querying.protocol import QueryRequest, engine_of, evaluate_request
from onrecord.store.limits import Send
from onrecord.website.frame import render
from onrecord.website.question import answered
from onrecord.website.static_data import size

MOST = 1000
"""Rows of an answer that the page shows."""
FIRST = """# Who urges whom, with the number of statements
SELECT ?who ?whom (COUNT(?statement) AS ?statements) WHERE {
  ?statement :relation :urges ; :actor ?who ; :object ?whom .
}
GROUP BY ?who ?whom
ORDER BY DESC(?statements) ?who ?whom
LIMIT 20
"""
EXAMPLES = (
    ("Who urges whom", FIRST),
    ("What one actor says, newest first", """SELECT ?sentence ?gist ?date WHERE {
  ?statement :actor :SAG-AFTRA ; rdfs:label ?sentence ; :gist ?gist .
  OPTIONAL { ?statement :saidOn ?date }
}
ORDER BY DESC(?date) ?sentence ?gist
LIMIT 50
"""),
    ("Stances on a topic", """SELECT ?stance (COUNT(?statement) AS ?statements) WHERE {
  ?statement :topic topic:consent-and-likeness ; :stanceOnAI ?stance .
}
GROUP BY ?stance
ORDER BY DESC(?statements) ?stance
"""),
    ("The edges around one system, as a graph", """CONSTRUCT { ?one ?relation ?two } WHERE {
  GRAPH graph:edges { ?one ?relation ?two }
  FILTER (:Sora-2 IN (?one, ?two))
}
"""),
)  # fmt: skip
TERMS = """
SELECT ?term ?label ?definition ?type WHERE {
  GRAPH graph:ontology { ?term rdfs:label ?label ; a ?type OPTIONAL { ?term skos:definition ?definition } }
} ORDER BY ?term
"""


def check(query: str, graph: Graph, send: Send) -> None:
    """Sends the status of the editor's page: 400 where the query does not parse or is refused."""
    del graph
    try:
        if query.strip():
            evaluate_request(ox.Store(), QueryRequest(query, BASE))
    except BadQuery:
        send(b"400")
    else:
        send(b"200")


def editor_page(query: str, first: int, graph: Graph, send: Send) -> None:
    """Sends the editor's page, with the answer where there is a query."""
    answer, fault = None, ""
    if query.strip():
        try:
            answer = answered(
                graph,
                table(
                    evaluate_request(
                        engine_of(graph), QueryRequest(query, BASE)
                    ),
                    MOST,
                ),
                first,
            )
        except BadQuery as error:
            fault = str(error)
    render(
        "editor.html",
        send,
        query=query or FIRST,
        is_asked=bool(query.strip()),
        answer=answer,
        fault=fault,
        most=MOST,
        examples=EXAMPLES,
        prefixes=PREFIXES,
        size=size(graph),
    )


BORROWED = (
    *(
        "rdf:type",
        "rdfs:label",
        "skos:altLabel",
        "skos:broader",
        "skos:definition",
    ),
    *("dcterms:publisher", "dcterms:issued", "dcterms:description"),
    *("schema:url", "oa:hasSelector", "oa:exact"),
)
"""Properties of other vocabularies that the graph uses most."""


def vocabulary_json(graph: Graph, send: Send) -> None:
    """Sends prefixes and terms for completion: `{"prefixes": {…}, "terms": [{"name", "label", "kind", "info"}]}`."""
    terms = {}
    for row in graph.ask(TERMS):
        iri = str(row["term"])
        terms[iri] = {
            "name": compact(iri),
            "label": str(row["label"]),
            "kind": _kind(graph, iri, str(row["type"])),
            "info": str(row["definition"] or ""),
        }
    content = {
        "prefixes": PREFIXES,
        "terms": [*terms.values(), *map(_plain, BORROWED)],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    send(unturned(text).encode())


def _plain(name: str) -> dict[str, str]:
    label = name.partition(":")[2]
    return {"name": name, "label": label, "kind": "property", "info": ""}


def _kind(graph: Graph, iri: str, cls: str) -> str:
    """What a term is for the editor: a relation, a class, a topic, a code or a property."""
    words, key = graph.vocabulary, iri.removeprefix(BASE)
    if key in words.relations:
        return "relation"
    if key in words.classes or cls.endswith(("/Class", "#Class")):
        return "class"
    if iri.startswith(OURS["topic"]):
        return "topic"
    return "code" if iri.startswith(OURS["code"]) else "property"
