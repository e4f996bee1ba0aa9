"""The pages of all but entities: statements, documents, topics, relations, classes, and whatever else has an IRI."""

from collections import Counter
from html import escape

import pyoxigraph as ox

from onrecord.model.counts import counted
from onrecord.model.errors import UnknownName
from onrecord.model.iris import BASE, OURS, PREFIXES, compact, local, topic_iri
from onrecord.model.vocabulary import Topic, Vocabulary
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table, Value
from onrecord.store.limits import Send
from onrecord.website import cite, describe
from onrecord.website.address import href, node_iri
from onrecord.website.cards import Card, Group, cards, listing, name
from onrecord.website.frame import render
from onrecord.website.properties import Value as Told
from onrecord.website.properties import labels, properties
from onrecord.website.publication import publication
from onrecord.website.resolve import UTTERANCES
from onrecord.website.statements import (
    Row,
    by_relation,
    by_stance,
    reported,
    rows,
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
  FILTER (?status NOT IN (code:rejected, code:superseded))
  OPTIONAL { ?statement :stanceOnAI ?stance }
} GROUP BY ?actor ?stance
"""
PAIRS = """
SELECT ?actor ?object ?negated (COUNT(DISTINCT ?statement) AS ?number) (COUNT(DISTINCT ?plain) AS ?plainly) WHERE {
  ?statement :relation %(it)s ; :actor ?actor ; :object ?object ; :negated ?negated ; :reviewStatus ?status .
  FILTER (?status NOT IN (code:rejected, code:superseded))
  OPTIONAL { ?statement :bears ?edge . BIND (?statement AS ?plain) }
} GROUP BY ?actor ?object ?negated ORDER BY DESC(?number) ?actor ?object ?negated LIMIT 10000
"""
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
    FILTER (?status NOT IN (code:rejected, code:superseded)) }
} GROUP BY ?entity ORDER BY DESC(?number) ?label LIMIT 10000
"""
HOLDS = """
SELECT ?it (COUNT(*) AS ?number) { GRAPH %s { ?it ?p ?o } } GROUP BY ?it ORDER BY ?it LIMIT 10000
"""


def statement_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a statement: all that its node holds, what it bears, and what stands beside it.

    A node that lacks what every statement has is shown as any other thing.
    """
    beside = graph.ask(BESIDE % ox.NamedNode(iri))
    told = cards(graph, {iri, *(str(row["other"]) for row in beside)})
    if iri not in told:
        thing_page(iri, page, graph, send)
        return
    near = [
        (str(row["how"]), told[str(row["other"])])
        for row in beside
        if str(row["other"]) in told
    ]
    render(
        "statement.html",
        send,
        iri=iri,
        card=told[iri],
        description=describe.statement(told[iri], _names_of(graph, told[iri])),
        citation=cite.plain(told[iri]),
        citations=cite.citations(told[iri]),
        embed=embed_address(told[iri]),
        embed_code=embed_code(told[iri]),
        properties=properties(graph, iri, TOLD_ABOVE),
        document=OURS["doc"] + told[iri].proof.document,
        edges=[
            [_named(graph, str(row[end])) for end in ("source", "relation", "target")]
            for row in _edges(graph, iri)
        ],
        near=near,
    )


def _names_of(graph: Graph, card: Card) -> dict[str, str]:
    nodes = card.proof.actors
    return {node: name(graph, node_iri(node)) or node for node in nodes}


def embed_address(card: Card) -> str:
    """Where the page stands that others may show in a frame."""
    return f"/-/embed/{card.proof.id}"


def embed_code(card: Card) -> str:
    """The HTML that shows a statement in somebody else's page."""
    suffix = ".html" if publication().is_static else ""
    address = embed_address(card) + suffix
    source = publication().absolute(address) or f"https://YOUR-SITE{address}"
    title = escape(card.proof.sentence)
    return f'<iframe src="{source}" title="{title}" width="100%" height="260"></iframe>'


def embed_page(iri: str, graph: Graph, send: Send) -> None:
    """Sends a statement alone, to stand in a frame; raises UnknownName."""
    told = cards(graph, {iri})
    if iri not in told:
        message = f"there is no statement {local(iri)} here"
        raise UnknownName(message)
    render("embed.html", send, card=told[iri])


def corrections_page(graph: Graph, send: Send) -> None:
    """Sends the page that says how to have something corrected."""
    del graph
    render("corrections.html", send)


def _edges(graph: Graph, iri: str) -> list[dict[str, str]]:
    return [
        {key: str(each) for key, each in row.items()}
        for row in graph.ask(EDGES % ox.NamedNode(iri))
    ]


def _named(graph: Graph, iri: str) -> Told:
    return Told(name(graph, iri) or compact(iri), href(iri))


def document_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a document: where it stands, and what it is the source of."""
    found = rows(graph, "document", iri)
    told = properties(graph, iri, TOLD_ABOVE - {LABEL})
    title = next(
        (each.values[0].text for each in told if each.iri == LABEL), local(iri)
    )
    render(
        "document.html",
        send,
        iri=iri,
        title=title,
        properties=[each for each in told if each.iri != LABEL],
        stances=stances(found),
        reported=reported(found),
        listing=listing(graph, by_relation(graph, found, "said"), page),
    )


def topic_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a topic: what it means, who speaks on it with which stance, and every statement."""
    topic = graph.vocabulary.topics[local(iri)]
    found = rows(graph, "topic", iri)
    render(
        "topic.html",
        send,
        iri=iri,
        topic=topic,
        feed=True,
        definition=_definition(graph, iri),
        family=_named(graph, topic_iri(topic.family)) if topic.family else None,
        members=[
            _named(graph, topic_iri(each.key))
            for each in _members(graph.vocabulary, topic.key)
        ],
        stances=stances(found),
        reported=reported(found),
        speakers=_speakers(graph, iri),
        listing=listing(graph, by_stance(found), page),
    )


def _members(words: Vocabulary, family: str) -> list[Topic]:
    return sorted(
        (each for each in words.topics.values() if each.family == family),
        key=lambda each: each.label,
    )


def _definition(graph: Graph, iri: str) -> str:
    told = graph.ask(
        f"SELECT ?text {{ {ox.NamedNode(iri)} skos:definition ?text }} LIMIT 1"
    )
    return str(told[0]["text"]) if told else ""


def _speakers(graph: Graph, iri: str) -> list[tuple[Told, Counter[str]]]:
    """Those who speak on a topic most, each with the number of statements of each stance."""
    counted: dict[str, Counter[str]] = {}
    for row in graph.ask(SPEAKERS % ox.NamedNode(iri)):
        counted.setdefault(str(row["actor"]), Counter())[
            local(str(row["stance"] or ""))
        ] += int(str(row["number"]))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    return [
        (_named(graph, actor), numbers) for actor, numbers in ordered[:MOST_SPEAKERS]
    ]


def relation_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a relation: what it means, and every pair that a statement puts into it."""
    relation = graph.vocabulary.relations[local(iri)]
    pairs = graph.ask(
        (DERIVED if relation.derived else PAIRS) % {"it": ox.NamedNode(iri)}
    )
    shown, pages, page = _slice(pairs, page)
    names = labels(
        graph, {str(row[end]) for row in shown for end in ("actor", "object")}
    )
    render(
        "relation.html",
        send,
        iri=iri,
        relation=relation,
        definition=_definition(graph, iri),
        properties=properties(graph, iri, TOLD_ABOVE),
        total=len(pairs),
        statements=len(rows(graph, "relation", iri)),
        pairs=[
            (_by(names, str(row["actor"])), _by(names, str(row["object"])), row)
            for row in shown
        ],
        page=page,
        pages=pages,
    )


def _by(names: dict[str, str], iri: str) -> Told:
    return Told(names.get(iri) or compact(iri), href(iri))


def _slice(found: Table, page: int) -> tuple[list[dict[str, Value]], int, int]:
    """The rows of a page, the number of pages, and the page itself."""
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, page), pages)
    return found[(page - 1) * A_PAGE : page * A_PAGE], pages, page


def class_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a class: what it means, and its entities, those with most statements first."""
    cls = graph.vocabulary.classes[local(iri)]
    members = graph.ask(MEMBERS % ox.NamedNode(iri))
    shown, pages, page = _slice(members, page)
    kinds = graph.vocabulary.labels
    render(
        "class.html",
        send,
        iri=iri,
        cls=cls,
        definition=_definition(graph, iri),
        properties=properties(graph, iri, TOLD_ABOVE),
        total=len(members),
        members=[
            (
                Told(str(row["label"]), href(str(row["entity"]))),
                kinds[str(row["class"])],
                row["number"],
            )
            for row in shown
        ],
        page=page,
        pages=pages,
    )


def thing_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of anything else: a run, an utterance, a code, a property; and the statements that name it."""
    found = rows(graph, "thing", iri)
    title = labels(graph, {iri}).get(iri) or _act(iri, len(found))
    render(
        "thing.html",
        send,
        iri=iri,
        title=title,
        definition=_definition(graph, iri),
        properties=properties(graph, iri, TOLD_ABOVE - {PREFIXES["rdf"] + "type"}),
        stances=stances(found),
        reported=reported(found),
        listing=listing(graph, _newest(found), page),
    )


def _act(iri: str, number: int) -> str:
    """What the page of an IRI without a name is called: an utterance by who tells of it."""
    if iri.startswith(UTTERANCES):
        return f"One saying or deed, in {counted(number, 'report')}"
    return compact(iri)


def _newest(found: list[Row]) -> list[Group]:
    return (
        [Group("said", "newest first", tuple(row.statement for row in found), "said")]
        if found
        else []
    )


def graph_page(iri: str, page: int, graph: Graph, send: Send) -> None:
    """Sends the page of a named graph: what it tells of."""
    held = graph.ask(HOLDS % ox.NamedNode(iri))
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
