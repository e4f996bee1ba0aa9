"""What an actor holds: stance by topic and time; and where the same actor took opposite sides.

It needs no numpy: statements are only sorted and set side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from onrecord.model.errors import UnknownName
from onrecord.model.iris import local
from onrecord.model.names import fold, nearest
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.model import EdgeStatement, node_id
from onrecord.querying.ask import Graph
from onrecord.querying.table import Table, Value
from onrecord.workspace import Workspace, find

OPPOSITE = ("supportive", "critical")
KINDS = ("change", "conflict", "order unknown")
Sides = defaultdict[tuple[str, str], list[EdgeStatement]]
"""The statements of one side, by actor and topic."""


@dataclass(frozen=True, slots=True)
class Positions:
    """An actor's statements that take a stance, newest first, and how often it takes which on each topic."""

    name: str
    topics: Table
    statements: tuple[EdgeStatement, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Supportive and critical statements of one actor on one topic.

    `kind` is `change` where both are dated and one side came wholly before the other, `conflict` where dated statements
    of both sides overlap in time, `order unknown` where a side has no date. A change is no change of mind: read both.
    """

    actor: str
    topic: str
    kind: str
    statements: tuple[EdgeStatement, ...]


def positions(name: str, *, workspace: Workspace | None = None) -> Positions:
    """What somebody holds on which topic, and since when, in the record's words.

    `onrecord positions "Ada Example"` is `positions("Ada Example")`. Raises UnknownName and AmbiguousName.
    """
    graph = Graph(workspace or find())
    known = graph.registry.find(name)
    actor = local(known.iri)
    own = [proof for proof in _taking_sides(graph) if actor in proof.actors]
    topics = _by_topic(graph, own)
    own.sort(key=lambda proof: (date_of(proof) or "", proof.id), reverse=True)
    return Positions(known.label, topics, tuple(own))


def _taking_sides(graph: Graph) -> list[EdgeStatement]:
    """Statements with a stance of the actor's own, which an allegation is not."""
    statements = []
    for proof in edge_statements(graph).values():
        is_alleged = proof.caution.startswith("alleged")
        if proof.stance is not None and not is_alleged:
            statements.append(proof)
    return statements


def date_of(proof: EdgeStatement) -> str | None:
    """When it was said, else published; the date of an event proves no order."""
    return proof.said or proof.published


def _by_topic(graph: Graph, statements: Iterable[EdgeStatement]) -> Table:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    dates: defaultdict[str, list[str]] = defaultdict(list)
    for proof in statements:
        day = date_of(proof)
        for topic in proof.topics:
            counts[topic][proof.stance or ""] += 1
            if day:
                dates[topic].append(day)
    columns = (*OPPOSITE, "conditional", "neutral")
    rows: list[dict[str, Value]] = []
    for topic in sorted(counts, key=lambda key: (-counts[key].total(), key)):
        row: dict[str, Value] = {"topic": graph.vocabulary.topics[topic].label}
        row |= {stance: counts[topic][stance] or None for stance in columns}
        row["when"] = _span(dates[topic])
        rows.append(row)
    return Table(("topic", *columns, "when"), rows)


def _span(dates: list[str]) -> str | None:
    """From the first date to the last."""
    if not dates:
        return None
    return min(dates) if len({*dates}) == 1 else f"{min(dates)} to {max(dates)}"


def contradictions(
    *,
    actor: str | None = None,
    topic: str | None = None,
    workspace: Workspace | None = None,
) -> list[Contradiction]:
    """Where the same actor is on the record both supportive and critical on the same topic.

    Changes first, then conflicts, then those of unknown order; within each by actor and topic. Several reports of one
    utterance count once. `actor` is any name of the registry, `topic` a topic's key or label. Raises UnknownName and
    AmbiguousName.
    """
    graph = Graph(workspace or find())
    only = node_id(graph.registry.find(actor).iri) if actor else None
    wanted = _topics(graph, topic)
    for_it: Sides = defaultdict(list)
    against_it: Sides = defaultdict(list)
    sides = dict(zip(OPPOSITE, (for_it, against_it), strict=True))
    for proof in _once(graph, _taking_sides(graph)):
        side = sides.get(proof.stance or "")
        if side is None:
            continue
        for who, what in product(proof.actors, proof.topics):
            if what in wanted and only in {None, who}:
                side[who, what].append(proof)
    entities = graph.registry.entities.values()
    names = {node_id(entity.iri): entity.label for entity in entities}
    contradicting: list[Contradiction] = []
    for (who, what), supportive in for_it.items():
        critical = against_it.get((who, what))
        if critical is None:
            continue
        kind, statements = _kind(supportive, critical)
        name, label = names.get(who, who), graph.vocabulary.topics[what].label
        contradicting.append(Contradiction(name, label, kind, statements))
    return sorted(contradicting, key=_in_list_order)


def _in_list_order(contradiction: Contradiction) -> tuple[int, str, str]:
    kind = KINDS.index(contradiction.kind)
    return kind, contradiction.actor, contradiction.topic


def _topics(graph: Graph, name: str | None) -> set[str]:
    """The keys of the topic of that key or label and of those below it; of none given, all."""
    topics = graph.vocabulary.topics
    if name is None:
        return {*topics}
    folded: dict[str, str] = {}
    for key, topic in topics.items():
        folded |= dict.fromkeys((fold(key), fold(topic.label)), key)
    if fold(name) not in folded:
        near = nearest(name, [topic.label for topic in topics.values()])
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        message = f"no topic is called {name!r}{hint}"
        raise UnknownName(message)
    wanted = folded[fold(name)]
    members = [topic.key for topic in topics.values() if topic.family == wanted]
    return {wanted, *members}


def _once(graph: Graph, chosen: Iterable[EdgeStatement]) -> list[EdgeStatement]:
    """One statement an utterance, the first by date."""
    rows = graph.ask(
        "SELECT ?statement ?utterance { ?statement :utterance ?utterance }"
    )
    said = {local(str(row["statement"])): str(row["utterance"]) for row in rows}
    kept: dict[str, EdgeStatement] = {}
    for proof in _in_order(chosen):
        kept.setdefault(said.get(proof.id, proof.id), proof)
    return list(kept.values())


def _kind(
    one: list[EdgeStatement], two: list[EdgeStatement]
) -> tuple[str, tuple[EdgeStatement, ...]]:
    """The dated statements of both sides as a change or a conflict; where a side has none, all, in unknown order."""
    dated_one = list(filter(date_of, one))
    dated_two = list(filter(date_of, two))
    if not dated_one or not dated_two:
        return "order unknown", _in_order(one + two)
    kind = "change" if _apart(dated_one, dated_two) else "conflict"
    return kind, _in_order(dated_one + dated_two)


def _apart(one: list[EdgeStatement], two: list[EdgeStatement]) -> bool:
    """Whether the dates of one side lie before all of the other's, each pair cut to the shorter of the two."""
    return _before(one, two) or _before(two, one)


def _before(one: list[EdgeStatement], two: list[EdgeStatement]) -> bool:
    for first, second in product(one, two):
        early, late = date_of(first) or "", date_of(second) or ""
        if early[: len(late)] >= late[: len(early)]:
            return False
    return True


def _in_order(chosen: Iterable[EdgeStatement]) -> tuple[EdgeStatement, ...]:
    return tuple(
        sorted(chosen, key=lambda proof: (date_of(proof) or "~", proof.id))
    )
