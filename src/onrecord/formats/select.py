"""Which part of the graph goes out: statements by entity and date, then what they name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from onrecord.formats.turtle import Term
from onrecord.model.dates import DATING, is_date, is_within
from onrecord.model.errors import BadInput
from onrecord.model.iris import BASE, OURS, statement_iri
from onrecord.networks import Network
from onrecord.networks.graph import network
from onrecord.networks.part import Choice, borne, narrowed
from onrecord.querying.ask import Graph
from onrecord.querying.stored import stored_quads

STATEMENTS = """
#+ params:
#+   - {name: entity, type: entity}
SELECT DISTINCT ?statement ?date WHERE {
  VALUES ?entity { UNDEF }
  ?statement a :Statement ; :document ?document .
  FILTER (!BOUND(?entity) || EXISTS { ?statement :actor|:object|:recipient|:instrument|:accordingTo ?entity })
  DATING
}
""".replace("DATING", DATING)
BORNE = """
SELECT ?source ?relation ?target ?statement WHERE {
  { ?statement :bears ?relation ; :actor ?source ; :object ?target }
  UNION
  { ?statement :bears ?relation ; :actor ?target ; :object ?source . ?relation a owl:SymmetricProperty }
  UNION
  { ?statement :bears :usesAIIn ; :instrument ?source ; :object ?target . BIND (:usedIn AS ?relation) }
}
"""
ALL = Choice()
SAID_OF_EDGES = frozenset(
    {ox.NamedNode(f"{BASE}bears"), ox.NamedNode(f"{BASE}proposes")}
)
"""What the edges' graph says of statements."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The IRIs of the statements that go out, None for all; `undated` are those that a first date left out."""

    statements: frozenset[str] | None = None
    undated: int = 0


def select(
    graph: Graph,
    about: str | None,
    since: str | None,
    rest: Choice = ALL,
    depth: int | None = None,
) -> Selection:
    """The statements by or about an entity, dated `since` then or later; dates as precise as both sides know them.

    `rest` says what else they have in common, and `depth` takes what lies so many steps around the entity instead, as
    `view` does; of either, none that was rejected. Raises UnknownName, AmbiguousName, and BadInput for what is no date.
    """
    if depth is None and rest == ALL:
        return _related(graph, about, since)
    whole = network(graph, about=about if depth else None, depth=depth or 1)
    on_topic = replace(rest, since=None, until=None)
    topical = narrowed(whole, on_topic, graph.vocabulary)
    bounds = Choice(since=since, until=rest.until)
    near = _related(graph, about if depth is None else None, None).statements
    kept = narrowed(topical, bounds, graph.vocabulary).proofs
    chosen = frozenset(map(statement_iri, kept))
    if near is not None:
        chosen &= near
    undated = 0 if bounds == ALL else _undated(topical, near)
    return Selection(chosen, undated)


def _undated(part: Network, among: frozenset[str] | None) -> int:
    """How many statements have no date, of all or of some by IRI."""
    count = 0
    for key, proof in part.proofs.items():
        is_among = among is None or statement_iri(key) in among
        count += is_among and not proof.date
    return count


def _related(graph: Graph, about: str | None, since: str | None) -> Selection:
    """The statements by or about an entity since a day, whatever came of them."""
    if about is None and since is None:
        return Selection()
    if since is not None and not is_date(since):
        message = f"since={since!r} is no date like 2025, 2025-10 or 2025-10-21"
        raise BadInput(message)
    dates = {}
    for row in graph.ask(STATEMENTS, {"entity": about} if about else {}):
        dates[str(row["statement"])] = row["date"]
    if since is None:
        return Selection(frozenset(dates))
    kept = set()
    undated = 0
    for statement, date in dates.items():
        if date is None:
            undated += 1
        elif is_within(str(date), since, None):
            kept.add(statement)
    return Selection(frozenset(kept), undated)


def quads(
    graph: Graph,
    selection: Selection,
    *,
    edges_only: bool = False,
    statements_only: bool = False,
) -> list[ox.Quad]:
    """The quads of a selection, each in its named graph, exactly as the files have them."""
    every, edges = stored_quads(graph)
    if statements_only:
        edges = []
    if selection.statements is None and not edges_only:
        return every + edges
    edges = [*_borne(graph, edges, selection.statements)]
    statements = selection.statements or frozenset()
    if edges_only:
        edges = [edge for edge in edges if edge.predicate not in SAID_OF_EDGES]
        statements = frozenset()
    start = {f"<{iri}>" for iri in statements}
    for edge in edges:
        start.update(map(str, _nodes(edge)))
    return [*_described(every, start, statements), *edges]


def _nodes(quad: ox.Quad) -> tuple[Term, Term, Term]:
    return quad.subject, quad.predicate, quad.object


def part(
    whole: Network, selection: Selection, *, edges_only: bool = False
) -> Network:
    """The part of a network that selected statements bear: links, their ends, and whom else the statements name."""
    kept = selection.statements
    if kept is None and not edges_only:
        return whole
    proofs = {
        key: proof
        for key, proof in whole.proofs.items()
        if kept is None or statement_iri(key) in kept
    }
    chosen = borne(whole, proofs)
    if not edges_only:
        return chosen
    ends = set()
    for link in chosen.links:
        ends |= {link.source, link.target}
    nodes = {key: node for key, node in chosen.nodes.items() if key in ends}
    return replace(chosen, nodes=nodes)


def _borne(
    graph: Graph, edges: Iterable[ox.Quad], statements: frozenset[str] | None
) -> Iterator[ox.Quad]:
    """Of all edges those that selected statements bear, with the word on which statement bears which."""
    if statements is None:
        yield from edges
        return
    borne = set()
    for row in graph.ask(BORNE):
        if row["statement"] in statements:
            borne.add((row["source"], row["relation"], row["target"]))
    for edge in edges:
        triple = tuple(str(node).strip("<>") for node in _nodes(edge))
        if triple in borne or triple[0] in statements:
            yield edge


def _described(
    every: Iterable[ox.Quad], start: Iterable[str], statements: frozenset[str]
) -> Iterator[ox.Quad]:
    """What the files say of the start, and of what that names in turn; never of another statement."""
    by_subject: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    for quad in every:
        by_subject[str(quad.subject)].append(quad)
    reached = set(start)
    todo = list(reached)
    while todo:
        for quad in by_subject.get(todo.pop(), ()):
            yield quad
            for node in (str(quad.predicate), str(quad.object)):
                if node not in reached and _may_follow(node, statements):
                    reached.add(node)
                    todo.append(node)


def _may_follow(node: str, statements: frozenset[str]) -> bool:
    """Whether a node is no part of a statement that was not selected."""
    rest = node.removeprefix(f"<{OURS['st']}")
    if rest == node:
        return True
    key = rest.rstrip(">").partition("/")[0]
    return OURS["st"] + key in statements
