"""The graph's answers → the network of entities: nodes, the edges between them, and the statements behind."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.model.counts import counted, reports
from onrecord.model.dates import Dated, kinds
from onrecord.model.iris import BASE, local
from onrecord.model.sentence import VERB, pattern
from onrecord.model.vocabulary import Class, Relation, Vocabulary
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.model import EdgeStatement, Link, Network, Node, node_id
from onrecord.networks.rank import is_topic
from onrecord.networks.summary import summary
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value
from onrecord.workspace import Workspace, find

if TYPE_CHECKING:
    import networkx as nx

NODES = """
SELECT ?id ?label ?class WHERE {
  ?kind :drawnAs ?drawn .
  ?id a ?kind ; rdfs:label ?label .
  BIND (STR(?kind) AS ?class)
}
"""
ALIASES = "SELECT ?id ?text { ?id skos:altLabel ?text }"
DESCRIPTIONS = """
SELECT ?id ?text { ?id dcterms:description|skos:definition ?text }
"""
LINKS = """
SELECT ?source ?relation ?target ?statement WHERE {
  { ?statement :bears ?relation ; :actor ?source ; :object ?target . }
  UNION
  { ?statement :bears :usesAIIn ; :instrument ?source ; :object ?target . BIND (:usedIn AS ?relation) }
  GRAPH graph:edges { ?source ?relation ?target }
}
"""
"""The direct edges, with the statements from which the edge rule derived them."""
PROPOSED = """
SELECT ?source ?relation ?target ?statement WHERE {
  ?statement :proposes ?relation ; :actor ?source ; :object ?target .
}
"""
"""The edges that unreviewed statements of programs would give."""
OTHER = "other"
"""How an entity is drawn whose class is not in the ontology."""


def network(
    graph: Graph,
    *,
    about: str | None = None,
    depth: int = 1,
    statements: Mapping[str, EdgeStatement] | None = None,
) -> Network:
    """The whole graph as a network, or what lies within `depth` links of the entity called `about`.

    `statements` are those of the graph, where they are read already.
    """
    whole = _whole(graph, statements or edge_statements(graph))
    if about is None:
        return whole
    known = graph.registry.find(about)
    title = graph.workspace.texts().around(known.label)
    return _around(whole, local(known.iri), title, depth)


def _whole(graph: Graph, known: Mapping[str, EdgeStatement]) -> Network:
    words = graph.vocabulary
    nodes = {node.id: node for node in _nodes(graph)}
    links = tuple(_links(graph, LINKS, nodes, words, known))
    proposed = tuple(_links(graph, PROPOSED, nodes, words, known))
    page = graph.workspace.texts().page
    return Network(
        nodes,
        links,
        known,
        graph.workspace.texts().title,
        facts(known.values()),
        proposed,
        page.get("subtitle", ""),
        page.get("start", ""),
    )


def _nodes(graph: Graph) -> Iterable[Node]:
    """The entities and topics; one of a class that only the store knows goes by that class's name."""
    aliases = _texts(graph, ALIASES)
    descriptions = _texts(graph, DESCRIPTIONS)
    for row in sorted(graph.ask(NODES), key=_id):
        iri = str(row["class"])
        cls = graph.vocabulary.classes.get(iri.removeprefix(BASE))
        key = _id(row)
        yield Node(
            id=node_id(key),
            label=str(row["label"]),
            type=cls.label if cls else local(iri),
            drawn_as=cls.drawn_as if cls else OTHER,
            aliases=tuple(filter(None, aliases.get(key, ()))),
            description="".join(descriptions.get(key, ())[:1]),
        )


def _texts(graph: Graph, query: str) -> Mapping[str, list[str]]:
    """The texts that a query gives for each node, in their order."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for row in graph.ask(query):
        texts[_id(row)].append(str(row["text"]))
    return {key: sorted(several) for key, several in texts.items()}


def _id(row: Mapping[str, Value]) -> str:
    return str(row["id"])


def _links(
    graph: Graph,
    query: str,
    nodes: Mapping[str, Node],
    words: Vocabulary,
    known: Container[str],
) -> Iterator[Link]:
    """One link a triple; of a symmetric relation's two triples, one.

    An edge that cannot be put into words is left out: a store that others write may hold relations that only it knows,
    ends that are no entities, and statements that do not say enough to be found.
    """
    grouped: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in graph.ask(query):
        ends = [node_id(str(row["source"])), node_id(str(row["target"]))]
        relation = words.relations.get(local(str(row["relation"])))
        statement = local(str(row["statement"]))
        if relation is None or statement not in known:
            continue
        if not nodes.keys() >= {*ends}:
            continue
        source, target = sorted(ends) if relation.symmetric else ends
        grouped[source, relation.key, target].add(statement)
    classes = {cls.label: cls for cls in words.classes.values()}
    for (source, key, target), evidence in sorted(grouped.items()):
        relation = words.relations[key]
        text = _pattern(relation, nodes[target], classes)
        phrase = VERB.sub(r"\1", text, count=1).replace("{o}", "").strip()
        yield Link(
            source=source,
            target=target,
            relation=key,
            label=relation.label,
            phrase=phrase,
            family=relation.family,
            evidence=tuple(sorted(evidence)),
        )


def _pattern(
    relation: Relation, target: Node, classes: Mapping[str, Class]
) -> str:
    """The relation's pattern for this object, plainly as for any entity where its class is not known."""
    cls = classes.get(target.type)
    if is_topic(target.id):
        return pattern(relation, None)
    return pattern(relation, cls) if cls else relation.entity_pattern


def facts(chosen: Iterable[EdgeStatement]) -> str:
    """One line about statements: how many, of how many acts, from what, from when to when, and how they are dated."""
    dates: list[Dated] = []
    years: set[str] = set()
    acts: set[str] = set()
    documents: set[str] = set()
    for proof in chosen:
        acts.add(proof.act)
        documents.add(proof.document)
        dates.append(proof.dated)
        if proof.date:
            years.add(proof.date[:4])
    count = reports(len(dates), len(acts))
    line = f"{count} from {counted(len(documents), 'document')}"
    if years:
        line += f", {' to '.join(sorted({min(years), max(years)}))}"
    return f"{line} ({kinds(dates)})" if dates else line


def _around(whole: Network, centre: str, title: str, depth: int) -> Network:
    """What lies within `depth` links of the centre, and the statements that the kept entities share."""
    near = _near(whole.links, centre, depth)
    borne: set[str] = set()
    for link in whole.links:
        if {link.source, link.target} <= near and not is_topic(link.target):
            borne.update(link.evidence)
    kept = {}
    named = set(near)
    for key, proof in whole.proofs.items():
        ends = {*proof.actors, proof.object}
        if key in borne or centre in ends or _is_shared(proof, near):
            kept[key] = proof
            named |= ends
    nodes = {key: node for key, node in whole.nodes.items() if key in named}
    return replace(
        whole,
        nodes=nodes,
        links=tuple(_between(nodes, evidenced(whole.links, kept))),
        proposed=tuple(_between(nodes, evidenced(whole.proposed, kept))),
        proofs=kept,
        title=title,
        facts=facts(kept.values()),
    )


def _near(links: Iterable[Link], centre: str, depth: int) -> set[str]:
    """The nodes within `depth` links of one; not over a topic: everybody is near to everybody there."""
    near = {centre}
    for _ in range(depth):
        reached: set[str] = set()
        for link in links:
            is_back = link.target in near and not is_topic(link.target)
            if link.source in near or is_back:
                reached |= {link.source, link.target}
        near |= reached
    return near


def _is_shared(proof: EdgeStatement, near: set[str]) -> bool:
    """Whether a statement lies between two of these nodes, no topic among them."""
    if is_topic(proof.object) or proof.object not in near:
        return False
    return not near.isdisjoint(proof.actors)


def _between(nodes: Container[str], links: Iterable[Link]) -> Iterator[Link]:
    """The links both of whose ends are among these nodes."""
    for link in links:
        if link.source in nodes and link.target in nodes:
            yield link


def evidenced(links: Iterable[Link], kept: Container[str]) -> Iterator[Link]:
    """The links that kept statements bear, with those alone as evidence."""
    for link in links:
        evidence = tuple(key for key in link.evidence if key in kept)
        if evidence:
            yield replace(link, evidence=evidence)


def to_networkx(
    *,
    about: str | None = None,
    depth: int = 1,
    workspace: Workspace | None = None,
) -> "nx.MultiDiGraph[str]":
    """The edges as a `networkx.MultiDiGraph`.

    Nodes carry label, type, drawn_as, aliases and description; edges are keyed by relation and carry label, phrase,
    family, weight (how many statements), evidence (their ids, separated by spaces), stance (that of most, "mixed",
    or ""), how many are supportive, critical, conditional and neutral, sources (how many), first and last (dates).
    """
    return multigraph(
        network(Graph(workspace or find()), about=about, depth=depth)
    )


def multigraph(network: Network) -> "nx.MultiDiGraph[str]":
    """A network as a `networkx.MultiDiGraph`, with the attributes that `to_networkx` names."""
    import networkx as nx  # noqa: PLC0415  a part of a second, for this function alone

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=network.title, facts=network.facts
    )
    for node in network.nodes.values():
        result.add_node(
            node.id,
            label=node.label,
            type=node.type,
            drawn_as=node.drawn_as,
            aliases="; ".join(node.aliases),
            description=node.description,
        )
    for link in network.links:
        result.add_edge(
            link.source,
            link.target,
            key=link.relation,
            relation=link.relation,
            label=link.label,
            phrase=link.phrase,
            family=link.family,
            weight=len(link.evidence),
            evidence=" ".join(link.evidence),
            **summary(link, network.proofs),
        )
    return result
