"""Discourse networks as nodes, links and proofs: what exports and pages read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.tables import stance_name
from onrecord.discourse.ties import Ties
from onrecord.discourse.weighted import Key, MeasuredNetwork, Spell, Value
from onrecord.model.iris import OURS, local
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.graph import facts, node_id
from onrecord.networks.model import EdgeStatement, Link, Network, Node
from onrecord.querying.ask import Graph

PHRASES = {
    "ignore": "speaks on the same as",
    "congruence": "agrees with",
    "conflict": "disagrees with",
    "subtract": "agrees with",
    "against": "disagrees with",
    "affiliation": "speaks on",
}


def measured(
    graph: Graph,
    discourse: DiscourseNetwork,
    measures: Mapping[str, Mapping[str, Value]] | None = None,
) -> MeasuredNetwork:
    """A discourse network as nodes and links; of `subtract`, negative ties are links of disagreement.

    `measures` are given by label and come out by node id.
    """
    names = _Nodes(graph, discourse)
    links, weights, spells = (_two_mode if discourse.ties is None else _one_mode)(
        discourse, names
    )
    # Of slices too: a tie may stand in one of them and come to nothing over the whole time.
    wanted = {str(discourse.tensor.ids[row]) for row in discourse.tensor.rows[:, 0]}
    known = edge_statements(graph) if not wanted.isdisjoint(_statements(graph)) else {}
    evidence = {
        key: known[key] if key in known else _edge_statement(key, discourse)
        for key in sorted(wanted)
    }
    nodes = {names.id(label): names.node(label) for label in names.labels(discourse)}
    title = f"{discourse.choice.method.capitalize()} of {discourse.choice.of}"
    network = Network(nodes, tuple(links), evidence, title, facts(evidence.values()))
    by_id = {
        names.id(label): dict(values)
        for label, values in (measures or {}).items()
        if names.id(label) in nodes
    }
    return MeasuredNetwork(
        network, weights, by_id, spells, directed=discourse.ties is None
    )


def _statements(graph: Graph) -> set[str]:
    return {
        local(str(iri))
        for iri in graph.ask("SELECT ?statement { ?statement a :Statement }").column(
            "statement"
        )
    }


def _one_mode(
    discourse: DiscourseNetwork, names: "_Nodes"
) -> tuple[list[Link], dict[Key, float], dict[Key, tuple[Spell, ...]]]:
    assert discourse.ties is not None  # noqa: S101
    links, weights = [], {}
    for one, two, weight in discourse.ties.pairs():
        key = _key(discourse.ties, one, two, weight, names)
        mine, theirs = discourse.ties.statements(one, two)
        links.append(_link(key, discourse.choice.method, sorted({*mine, *theirs})))
        weights[key] = abs(weight)
    spells: defaultdict[Key, list[Spell]] = defaultdict(list)
    for slot in discourse.slots:
        for one, two, weight in slot.ties.pairs():
            window = slot.slice
            # A kernel has no bounds: the link stands at the moment itself.
            ends = (
                (window.moment, window.moment)
                if discourse.choice.kernel
                else (window.first, window.last)
            )
            spells[_key(slot.ties, one, two, weight, names)].append(
                Spell(ends[0].isoformat(), ends[1].isoformat(), abs(weight))
            )
    links = sorted(links, key=lambda link: (link.source, link.relation, link.target))
    return links, weights, {key: tuple(spell) for key, spell in spells.items()}


def _key(ties: Ties, one: int, two: int, weight: float, names: "_Nodes") -> Key:
    relation = "against" if weight < 0 else ties.aggregation
    source, target = sorted((names.id(ties.labels[one]), names.id(ties.labels[two])))
    return source, relation, target


def _two_mode(
    discourse: DiscourseNetwork, names: "_Nodes"
) -> tuple[list[Link], dict[Key, float], dict[Key, tuple[Spell, ...]]]:
    """A link a level: actor, how, concept."""
    grouped: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    for row, actor, concept, level in discourse.tensor.rows:
        grouped[int(actor), int(concept), int(level)].append(
            str(discourse.tensor.ids[row])
        )
    links, weights = [], {}
    for (actor, concept, level), evidence in grouped.items():
        name = stance_name(discourse, level)
        key = (
            names.id(discourse.tensor.actors[actor]),
            name,
            names.id(discourse.tensor.concepts[concept]),
        )
        links.append(
            _link(
                key,
                "affiliation",
                sorted(set(evidence)),
                label=f"is {name} on" if name != "uses" else "uses",
            )
        )
        weights[key] = float(len(evidence))
    return (
        sorted(links, key=lambda link: (link.source, link.relation, link.target)),
        weights,
        {},
    )


def _link(
    key: Key, method: str, evidence: Iterable[str], *, label: str | None = None
) -> Link:
    source, relation, target = key
    phrase = label or PHRASES["against" if relation == "against" else method]
    return Link(source, target, relation, phrase, phrase, "speech", tuple(evidence))


def _edge_statement(statement: str, discourse: DiscourseNetwork) -> EdgeStatement:
    """A coded statement that is no statement of ours, as a person reads it."""
    rows = [coded for coded in discourse.discourse.coded if coded.id == statement]
    first = rows[0]
    sentence = f"{first.actor}: {first.concept}" + (
        "" if first.qualifier is None else f" ({first.qualifier})"
    )
    return EdgeStatement(
        id=statement, sentence=sentence, actors=(first.actor,), relation="", object=first.concept, negated=False,
        topics=(), stance=None, gist=discourse.discourse.texts.get(statement, sentence), quote=None, wording="direct",
        said=None, published=first.date, via=None, publisher=local(first.source), title=local(first.source), url=None,
        document=local(first.source), status="unreviewed", machine_made=False,
    )  # fmt: skip


class _Nodes:
    """Nodes by label: entities and topics by their ids, plain texts by themselves."""

    def __init__(self, graph: Graph, discourse: DiscourseNetwork) -> None:
        self.graph, self.iris = graph, discourse.discourse.nodes

    @staticmethod
    def labels(discourse: DiscourseNetwork) -> list[str]:
        return (
            [*discourse.tensor.actors, *discourse.tensor.concepts]
            if discourse.ties is None
            else [*discourse.ties.labels]
        )

    def id(self, label: str) -> str:
        return node_id(self.iris[label]) if label in self.iris else label

    def node(self, label: str) -> Node:
        iri = self.iris.get(label)
        known = self.graph.registry.entities.get(iri or "")
        if known:
            cls = self.graph.vocabulary.classes[known.cls]
            return Node(
                self.id(label),
                label,
                cls.label,
                cls.drawn_as,
                tuple(sorted(known.aliases)),
            )
        kind = "Topic" if iri and iri.startswith(OURS["topic"]) else "Actor"
        return Node(
            self.id(label), label, kind, "other" if kind == "Topic" else "guild"
        )
