"""The SPARQL editor: a form that works by itself, and what its script completes from."""

import json

import pyoxigraph as ox

from onrecord.model.errors import BadQuery
from onrecord.model.iris import BASE, OURS, PREFIXES, compact
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
ORDER BY DESC(?statements)
LIMIT 20
"""
EXAMPLES = (
    ("Who urges whom", FIRST),
    ("What one actor says, newest first", """SELECT ?sentence ?gist ?date WHERE {
  ?statement :actor :SAG-AFTRA ; rdfs:label ?sentence ; :gist ?gist .
  OPTIONAL { ?statement :saidOn ?date }
}
ORDER BY DESC(?date)
LIMIT 50
"""),
    ("Stances on a topic", """SELECT ?stance (COUNT(?statement) AS ?statements) WHERE {
  ?statement :topic topic:consent-and-likeness ; :stanceOnAI ?stance .
}
GROUP BY ?stance
ORDER BY DESC(?statements)
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
                    evaluate_request(engine_of(graph), QueryRequest(query, BASE)), MOST
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


def vocabulary_json(graph: Graph, send: Send) -> None:
    """Sends prefixes and terms for completion: `{"prefixes": {…}, "terms": [{"name", "label", "kind", "info"}]}`."""
    words = graph.vocabulary
    relations, classes = (
        {BASE + key for key in each} for each in (words.relations, words.classes)
    )
    terms = {}
    for row in graph.ask(TERMS):
        iri, kind = (
            str(row["term"]),
            str(row["type"]).rpartition("/")[2].rpartition("#")[2],
        )
        of = (
            "relation"
            if iri in relations
            else "class"
            if iri in classes
            else _kind(iri, kind)
        )
        terms[iri] = {
            "name": compact(iri),
            "label": str(row["label"]),
            "kind": of,
            "info": str(row["definition"] or ""),
        }
    borrowed = (
        "rdf:type",
        "rdfs:label",
        "skos:altLabel",
        "skos:broader",
        "skos:definition",
        "dcterms:publisher",
    )
    others = (
        *borrowed,
        "dcterms:issued",
        "dcterms:description",
        "schema:url",
        "oa:hasSelector",
        "oa:exact",
    )
    plain = [
        {"name": each, "label": each.partition(":")[2], "kind": "property", "info": ""}
        for each in others
    ]
    told = {"prefixes": PREFIXES, "terms": [*terms.values(), *plain]}
    send(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _kind(iri: str, kind: str) -> str:
    if iri.startswith(OURS["topic"]):
        return "topic"
    return (
        "code"
        if iri.startswith(OURS["code"])
        else "class"
        if kind == "Class"
        else "property"
    )
