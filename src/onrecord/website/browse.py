"""The pages of all but entities: statements, documents, topics, relations, classes, and whatever else has an IRI."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from operator import attrgetter

import pyoxigraph as ox

from onrecord.model.counts import counted
from onrecord.model.iris import BASE, OURS, PREFIXES, compact, local, topic_iri
from onrecord.model.standing import STANDING
from onrecord.model.vocabulary import Topic, Vocabulary
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table, Value
from onrecord.store.limits import Send
from onrecord.website import cite, describe
from onrecord.website.address import href, node_iri
from onrecord.website.cards import Card, Group, cards, listing, name
from onrecord.website.embed import embed_address, embed_code
from onrecord.website.frame import render
from onrecord.website.memo import latest
from onrecord.website.properties import Value as Told
from onrecord.website.properties import labels, properties
from onrecord.website.resolve import UTTERANCES
from onrecord.website.rows import Row, most_listed, rows
from onrecord.website.statements import (
    by_relation,
    by_stance,
    reported,
    stances,
)

A_PAGE = 100
"""Rows of a table to a page."""
MOST_SPEAKERS = 30
LABEL = PREFIXES["rdfs"] + "label"
TOLD_ABOVE = frozenset(
    {
        LABEL,
        PREFIXES["rdf"] + "type",
        f"{BASE}gist",
        f"{BASE}evidence",
        PREFIXES["skos"] + "definition",
    }
)
"""Properties that a page tells at its head."""
BESIDE = """
SELECT DISTINCT ?how ?other WHERE {
  VALUES ?it { %s }
  { ?it :disputes ?other . BIND ("disputes" AS ?how) }
  UNION { ?other :disputes ?it . BIND ("disputed by" AS ?how) }
  UNION { ?it :utterance ?saying . ?other :utterance ?saying . FILTER (?other != ?it)
    BIND ("reports the same saying or deed" AS ?how) }
  UNION { ?it :actor ?actor ; :relation ?relation ; :object ?object ; :negated ?negated .
    ?other :actor ?actor ; :relation ?relation ; :object ?object ; :negated ?denied ; :reviewStatus ?status .
    FILTER (?denied != ?negated && ?status NOT IN (code:rejected, code:superseded))
    BIND ("says the contrary" AS ?how) }
} ORDER BY ?how ?other LIMIT 40
"""
EDGES = """
SELECT DISTINCT ?source ?relation ?target WHERE {
  VALUES ?it { %s }
  { ?it :bears ?relation ; :actor ?source ; :object ?target }
  UNION { ?it :bears :usesAIIn ; :instrument ?source ; :object ?target . BIND (:usedIn AS ?relation) }
  GRAPH graph:edges { ?source ?relation ?target }
} ORDER BY ?source ?relation ?target
"""
SPEAKERS = """
SELECT ?actor ?stance (COUNT(DISTINCT ?statement) AS ?number) WHERE {
  ?statement (:topic|:object)/skos:broader? %s ; a :Statement ; :actor ?actor ; :reviewStatus ?status .
  STANDING
  OPTIONAL { ?statement :stanceOnAI ?stance }
} GROUP BY ?actor ?stance
""".replace("STANDING", STANDING)
PAIRS = """
SELECT ?actor ?object ?negated (COUNT(DISTINCT ?statement) AS ?number) (COUNT(DISTINCT ?plain) AS ?plainly) WHERE {
  ?statement :relation %(it)s ; :actor ?actor ; :object ?object ; :negated ?negated ; :reviewStatus ?status .
  STANDING
  OPTIONAL { ?statement :bears ?edge . BIND (?statement AS ?plain) }
} GROUP BY ?actor ?object ?negated ORDER BY DESC(?number) ?actor ?object ?negated LIMIT 10000
""".replace("STANDING", STANDING)
DERIVED = """
SELECT ?actor ?object (false AS ?negated) (0 AS ?number) (1 AS ?plainly) WHERE {
  GRAPH graph:edges { ?actor %(it)s ?object }
} ORDER BY ?actor ?object LIMIT 10000
"""
MEMBERS = """
SELECT ?entity (SAMPLE(?named) AS ?label) (SAMPLE(?type) AS ?class) (COUNT(DISTINCT ?statement) AS ?number) WHERE {
  ?type rdfs:subClassOf* %s . ?type :drawnAs ?drawn .
  GRAPH graph:entities { ?entity a ?type ; rdfs:label ?named }
  OPTIONAL { ?statement :actor|:object ?entity ; :reviewStatus ?status .
    STANDING }
} GROUP BY ?entity ORDER BY DESC(?number) ?label ?entity
""".replace("STANDING", STANDING)
HOLDS = """
SELECT ?it (COUNT(*) AS ?number) { GRAPH %s { ?it ?p ?o } } GROUP BY ?it ORDER BY ?it
"""
AT_MOST = "LIMIT 10000"
"""Of what a page lists of a class or a named graph; a table has all."""


def statement_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a statement: all that its node holds, what it bears, and what stands beside it.

    A node that lacks what every statement has is shown as any other thing.
    """
    beside = graph.ask(BESIDE % ox.NamedNode(iri))
    by_iri = cards(graph, {iri, *map(str, beside.column("other"))})
    card = by_iri.get(iri)
    if card is None:
        thing_page(iri, page, graph, send)
        return
    near = []
    for row in beside:
        other = by_iri.get(str(row["other"]))
        if other is not None:
            near.append((str(row["how"]), other))
    edges = graph.ask(EDGES % ox.NamedNode(iri))
    render(
        "statement.html",
        send,
        iri=iri,
        card=card,
        description=describe.statement(card, _names_of(graph, card)),
        citation=cite.plain(card),
        citations=cite.citations(card),
        embed=embed_address(card),
        embed_code=embed_code(card),
        properties=properties(graph, iri, TOLD_ABOVE),
        document=OURS["doc"] + card.proof.document,
        edges=[_edge(graph, row) for row in edges],
        near=near,
    )


def _names_of(graph: Graph, card: Card) -> dict[str, str]:
    nodes = card.proof.actors
    return {node: name(graph, node_iri(node)) or node for node in nodes}


def corrections_page(graph: Graph, send: Send) -> None:
    """Sends the page that says how to have something corrected."""
    del graph
    render("corrections.html", send)


def _edge(graph: Graph, row: Mapping[str, Value]) -> list[Told]:
    ends = ("source", "relation", "target")
    return [_named(graph, str(row[end])) for end in ends]


def _named(graph: Graph, iri: str) -> Told:
    return Told(name(graph, iri) or compact(iri), href(iri))


def document_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a document: where it stands, and what it is the source of."""
    listed = rows(graph, "document", iri)
    described = properties(graph, iri, TOLD_ABOVE - {LABEL})
    title = next(
        (item.values[0].text for item in described if item.iri == LABEL),
        local(iri),
    )
    render(
        "document.html",
        send,
        iri=iri,
        title=title,
        properties=[item for item in described if item.iri != LABEL],
        stances=stances(listed),
        reported=reported(listed),
        listing=listing(graph, by_relation(graph, listed, "said"), page),
    )


def topic_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a topic: what it means, who speaks on it with which stance, and every statement."""
    topic = graph.vocabulary.topics[local(iri)]
    listed, most = rows(graph, "topic", iri), most_listed()
    render(
        "topic.html",
        send,
        iri=iri,
        topic=topic,
        feed=True,
        definition=_definition(graph, iri),
        family=_named(graph, topic_iri(topic.family)) if topic.family else None,
        members=[
            _named(graph, topic_iri(member.key))
            for member in _members(graph.vocabulary, topic.key)
        ],
        stances=stances(listed),
        reported=reported(listed),
        speakers=latest(graph, f"speakers on {iri}", partial(_speakers, iri)),
        listing=listing(graph, by_stance(listed[:most]), page),
        left_out=len(listed) - len(listed[:most]),
    )


def _members(words: Vocabulary, family: str) -> list[Topic]:
    members = [
        topic for topic in words.topics.values() if topic.family == family
    ]
    return sorted(members, key=attrgetter("label", "key"))


def _definition(graph: Graph, iri: str) -> str:
    definitions = graph.ask(
        f"SELECT ?text {{ {ox.NamedNode(iri)} skos:definition ?text }} LIMIT 1"
    )
    return str(definitions[0]["text"]) if definitions else ""


def _speakers(iri: str, graph: Graph) -> list[tuple[Told, Counter[str]]]:
    """Those who speak on a topic most, each with the number of statements of each stance."""
    counted: dict[str, Counter[str]] = {}
    for row in graph.ask(SPEAKERS % ox.NamedNode(iri)):
        stance = local(str(row["stance"] or ""))
        stances = counted.setdefault(str(row["actor"]), Counter())
        stances[stance] += int(str(row["number"]))
    ordered = sorted(
        counted, key=lambda actor: (-counted[actor].total(), actor)
    )
    most = ordered[:MOST_SPEAKERS]
    return [(_named(graph, actor), counted[actor]) for actor in most]


def relation_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a relation: what it means, and every pair that a statement puts into it."""
    relation = graph.vocabulary.relations[local(iri)]
    asked_for = DERIVED if relation.derived else PAIRS
    pairs = _latest(graph, asked_for % {"it": ox.NamedNode(iri)})
    shown, pages, page = _slice(pairs, page)
    ends: set[str] = set()
    for row in shown:
        ends |= {str(row["actor"]), str(row["object"])}
    names = labels(graph, ends)
    lines = []
    for row in shown:
        actor, object_ = str(row["actor"]), str(row["object"])
        lines.append((_by(names, actor), _by(names, object_), row))
    render(
        "relation.html",
        send,
        iri=iri,
        relation=relation,
        definition=_definition(graph, iri),
        properties=properties(graph, iri, TOLD_ABOVE),
        total=len(pairs),
        statements=len(rows(graph, "relation", iri)),
        pairs=lines,
        page=page,
        pages=pages,
    )


def _latest(graph: Graph, query: str) -> Table:
    """The answer to a query, kept for the next page of the same list."""
    return latest(graph, query, lambda graph: graph.ask(query))


def _by(names: dict[str, str], iri: str) -> Told:
    return Told(names.get(iri) or compact(iri), href(iri))


def _slice(table: Table, page: int) -> tuple[list[dict[str, Value]], int, int]:
    """The rows of a page, the number of pages, and the page itself."""
    pages = max(1, -(-len(table) // A_PAGE))
    page = min(max(1, page), pages)
    return table[(page - 1) * A_PAGE : page * A_PAGE], pages, page


def class_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a class: what it means, and its entities, those with most statements first."""
    cls = graph.vocabulary.classes[local(iri)]
    members = _latest(graph, f"{MEMBERS % ox.NamedNode(iri)} {AT_MOST}")
    shown, pages, page = _slice(members, page)
    kinds = graph.vocabulary.labels
    lines = []
    for row in shown:
        entity = Told(str(row["label"]), href(str(row["entity"])))
        lines.append((entity, kinds[str(row["class"])], row["number"]))
    render(
        "class.html",
        send,
        iri=iri,
        cls=cls,
        definition=_definition(graph, iri),
        properties=properties(graph, iri, TOLD_ABOVE),
        total=len(members),
        members=lines,
        page=page,
        pages=pages,
    )


def thing_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of anything else: a run, an utterance, a code, a property; and the statements that name it."""
    listed, most = rows(graph, "thing", iri), most_listed()
    title = labels(graph, {iri}).get(iri) or _act(iri, len(listed))
    render(
        "thing.html",
        send,
        iri=iri,
        title=title,
        definition=_definition(graph, iri),
        properties=properties(
            graph, iri, TOLD_ABOVE - {PREFIXES["rdf"] + "type"}
        ),
        stances=stances(listed),
        reported=reported(listed),
        listing=listing(graph, _newest(listed[:most]), page),
        left_out=len(listed) - len(listed[:most]),
    )


def _act(iri: str, number: int) -> str:
    """What the page of an IRI without a name is called: an utterance by who tells of it."""
    if iri.startswith(UTTERANCES):
        return f"One saying or deed, in {counted(number, 'report')}"
    return compact(iri)


def _newest(listed: list[Row]) -> list[Group]:
    if not listed:
        return []
    statements = tuple(row.statement for row in listed)
    return [Group("said", "newest first", statements, "said")]


def graph_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a named graph: what it tells of."""
    held = _latest(graph, f"{HOLDS % ox.NamedNode(iri)} {AT_MOST}")
    shown, pages, page = _slice(held, page)
    names = labels(graph, {str(row["it"]) for row in shown})
    render(
        "graph.html",
        send,
        iri=iri,
        title=compact(iri),
        total=len(held),
        triples=sum(int(str(row["number"])) for row in held),
        held=[(_by(names, str(row["it"])), row["number"]) for row in shown],
        page=page,
        pages=pages,
    )
