"""The start page: what is here, who is best evidenced, what can be asked."""

from collections.abc import Mapping

from onrecord.model.dates import DATING
from onrecord.model.standing import STANDING
from onrecord.querying.ask import Graph
from onrecord.querying.question import questions
from onrecord.querying.table import Value
from onrecord.store.limits import Send
from onrecord.website import describe
from onrecord.website.address import href
from onrecord.website.cards import cards
from onrecord.website.frame import render
from onrecord.website.memo import memo

NEWEST, ACTORS = 4, 12
NUMBERS = """
SELECT ?statements ?acts ?documents ?entities ?edges ?first ?last ?dated WHERE {
  { SELECT (COUNT(?x) AS ?statements) { ?x a :Statement ; :reviewStatus ?status STANDING } }
  { SELECT (COUNT(DISTINCT ?act) AS ?acts) {
    ?x a :Statement ; :reviewStatus ?status STANDING
    OPTIONAL { ?x :utterance ?shared } BIND (COALESCE(?shared, ?x) AS ?act) } }
  { SELECT (COUNT(?x) AS ?documents) { ?x a :Document } }
  { SELECT (COUNT(DISTINCT ?x) AS ?entities) { GRAPH graph:entities { ?x rdfs:label ?label } } }
  { SELECT (COUNT(*) AS ?edges) { GRAPH graph:edges {
    ?x ?relation ?y . FILTER (?relation NOT IN (:bears, :proposes)) } } }
  { SELECT (MIN(?year) AS ?first) (MAX(?year) AS ?last) (COUNT(?year) AS ?dated) {
    ?statement a :Statement ; :document ?document ; :reviewStatus ?status STANDING
    DATING
    BIND (SUBSTR(?date, 1, 4) AS ?year) FILTER (BOUND(?year)) } }
}
""".replace("DATING", DATING).replace("STANDING", STANDING)
"""What is counted of statements is of those that the pages list: that no review has rejected."""
BEST = """
SELECT ?actor ?name ?kind ?drawn ?statements ?acts ?supportive ?conditional ?critical ?neutral WHERE {
  {
    SELECT ?actor (COUNT(?statement) AS ?statements) (COUNT(DISTINCT ?act) AS ?acts)
      (SUM(IF(?stance = code:supportive, 1, 0)) AS ?supportive)
      (SUM(IF(?stance = code:conditional, 1, 0)) AS ?conditional) (SUM(IF(?stance = code:critical, 1, 0)) AS ?critical)
      (SUM(IF(?stance = code:neutral, 1, 0)) AS ?neutral) {
      ?statement :actor ?actor ; :reviewStatus ?status .
      OPTIONAL { ?statement :utterance ?shared }
      BIND (COALESCE(?shared, ?statement) AS ?act)
      OPTIONAL { ?statement :stanceOnAI ?given }
      BIND (COALESCE(?given, code:none) AS ?stance)
      STANDING
    } GROUP BY ?actor ORDER BY DESC(?statements) ?actor LIMIT %d
  }
  ?actor rdfs:label ?name ; a ?class . ?class rdfs:label ?kind ; :drawnAs ?drawn .
} ORDER BY DESC(?statements) ?name ?actor
""".replace("STANDING", STANDING)
NEW = """
SELECT ?statement ?date WHERE {
  ?statement a :Statement ; :reviewStatus ?status ; :document ?document .
  STANDING
%s FILTER (BOUND(?date))
} ORDER BY DESC(?date) ?statement LIMIT %d
""".replace("STANDING", STANDING)
SPREAD = ("supportive", "critical", "conditional", "neutral")


def start_page(address: str, graph: Graph, send: Send) -> None:
    """Sends the start page; `address` is where this server is reached."""
    render("start.html", send, address=address, **memo(graph, "start", _start))


def _start(graph: Graph) -> dict[str, object]:
    newest = [
        str(row["statement"]) for row in graph.ask(NEW % (DATING, NEWEST))
    ]
    by_iri = cards(graph, newest)
    families = (
        topic
        for topic in graph.vocabulary.topics.values()
        if topic.family is None
    )
    numbers = graph.ask(NUMBERS)[0]
    return {
        "numbers": numbers,
        "description": describe.dataset(numbers),
        "actors": list(map(_actor, graph.ask(BEST % ACTORS))),
        "newest": [by_iri[iri] for iri in newest if iri in by_iri],
        "questions": questions(graph.workspace),
        "topics": sorted(
            (family.label, f"/topic/{family.key}") for family in families
        ),
    }


def _actor(row: Mapping[str, Value]) -> dict[str, object]:
    spread = {key: number for key in SPREAD if (number := int(str(row[key])))}
    return {
        **row,
        "address": href(str(row["actor"])),
        "drawn": str(row["drawn"]),
        "stances": spread,
    }
