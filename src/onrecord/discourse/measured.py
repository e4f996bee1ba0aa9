"""Discourse networks as nodes, links and proofs: what exports and pages read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter

from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.tables import stance_name
from onrecord.discourse.ties import Ties
from onrecord.discourse.weighted import Key, MeasuredNetwork, Spell, Value
from onrecord.model.iris import OURS, local
from onrecord.networks.edge_statements import edge_statements
from onrecord.networks.graph import facts
from onrecord.networks.model import EdgeStatement, Link, Network, Node, node_id
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
    is_two_mode = discourse.ties is None
    made = _two_mode if is_two_mode else _one_mode
    links, weights, spells = made(discourse, names)
    nodes = {
        names.id(label): names.node(label) for label in names.labels(discourse)
    }
    title = f"{discourse.choice.method.capitalize()} of {discourse.choice.of}"
    evidence = _evidence(graph, discourse)
    network = Network(
        nodes, tuple(links), evidence, title, facts(evidence.values())
    )
    by_id = {}
    for label, values in (measures or {}).items():
        if names.id(label) in nodes:
            by_id[names.id(label)] = dict(values)
    return MeasuredNetwork(
        network, weights, by_id, spells, directed=is_two_mode
    )


def _evidence(
    graph: Graph, discourse: DiscourseNetwork
) -> dict[str, EdgeStatement]:
    """The statements that were counted, by id: the graph's own, or coded ones as a person reads them."""
    # Of slices too: a tie may stand in one of them and come to nothing over the whole time.
    wanted = {
        str(discourse.tensor.ids[row]) for row in discourse.tensor.rows[:, 0]
    }
    known: Mapping[str, EdgeStatement] = {}
    if not wanted.isdisjoint(_statements(graph)):
        known = edge_statements(graph)
    evidence = {}
    for key in sorted(wanted):
        evidence[key] = known.get(key) or _edge_statement(key, discourse)
    return evidence


def _statements(graph: Graph) -> set[str]:
    """The ids of the graph's own statements."""
    table = graph.ask("SELECT ?statement { ?statement a :Statement }")
    return {local(str(iri)) for iri in table.column("statement")}


def _one_mode(
    discourse: DiscourseNetwork, names: "_Nodes"
) -> tuple[list[Link], dict[Key, float], dict[Key, tuple[Spell, ...]]]:
    assert discourse.ties is not None  # noqa: S101
    links, weights = [], {}
    for one, two, weight in discourse.ties.pairs():
        key = _key(discourse.ties, one, two, weight, names)
        mine, theirs = discourse.ties.statements(one, two)
        links.append(
            _link(key, discourse.choice.method, sorted({*mine, *theirs}))
        )
        weights[key] = abs(weight)
    spells: defaultdict[Key, list[Spell]] = defaultdict(list)
    for slot in discourse.slots:
        start, end = slot.slice.first, slot.slice.last
        # A kernel has no bounds: the link stands at the moment itself.
        if discourse.choice.kernel:
            start = end = slot.slice.moment
        for one, two, weight in slot.ties.pairs():
            key = _key(slot.ties, one, two, weight, names)
            spell = Spell(start.isoformat(), end.isoformat(), abs(weight))
            spells[key].append(spell)
    links.sort(key=attrgetter("source", "relation", "target"))
    return links, weights, {key: tuple(spell) for key, spell in spells.items()}


def _key(ties: Ties, one: int, two: int, weight: float, names: "_Nodes") -> Key:
    relation = "against" if weight < 0 else ties.aggregation
    source, target = sorted(
        (names.id(ties.labels[one]), names.id(ties.labels[two]))
    )
    return source, relation, target


def _two_mode(
    discourse: DiscourseNetwork, names: "_Nodes"
) -> tuple[list[Link], dict[Key, float], dict[Key, tuple[Spell, ...]]]:
    """A link a level: actor, how, concept."""
    grouped: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    tensor = discourse.tensor
    for row, actor, concept, level in tensor.rows:
        place = (int(actor), int(concept), int(level))
        grouped[place].append(str(tensor.ids[row]))
    links, weights = [], {}
    for (actor, concept, level), evidence in grouped.items():
        name = stance_name(discourse, level)
        source = names.id(tensor.actors[actor])
        target = names.id(tensor.concepts[concept])
        key = (source, name, target)
        label = f"is {name} on" if name != "uses" else "uses"
        link = _link(key, "affiliation", sorted(set(evidence)), label=label)
        links.append(link)
        weights[key] = float(len(evidence))
    links.sort(key=attrgetter("source", "relation", "target"))
    return links, weights, {}


def _link(
    key: Key, method: str, evidence: Iterable[str], *, label: str | None = None
) -> Link:
    source, relation, target = key
    phrase = label or PHRASES["against" if relation == "against" else method]
    return Link(
        source, target, relation, phrase, phrase, "speech", tuple(evidence)
    )


def _edge_statement(
    statement: str, discourse: DiscourseNetwork
) -> EdgeStatement:
    """A coded statement that is no statement of ours, as a person reads it."""
    rows = [
        coded for coded in discourse.discourse.coded if coded.id == statement
    ]
    first = rows[0]
    sentence = f"{first.actor}: {first.concept}"
    if first.qualifier is not None:
        sentence += f" ({first.qualifier})"
    return EdgeStatement(
        id=statement,
        sentence=sentence,
        actors=(first.actor,),
        relation="",
        object=first.concept,
        negated=False,
        topics=(),
        stance=None,
        gist=discourse.discourse.texts.get(statement, sentence),
        quote=None,
        wording="direct",
        said=None,
        published=first.date,
        via=None,
        publisher=local(first.source),
        title=local(first.source),
        url=None,
        document=local(first.source),
        status="unreviewed",
        machine_made=False,
    )


class _Nodes:
    """Nodes by label: entities and topics by their ids, plain texts by themselves."""

    def __init__(self, graph: Graph, discourse: DiscourseNetwork) -> None:
        self.graph, self.iris = graph, discourse.discourse.nodes

    @staticmethod
    def labels(discourse: DiscourseNetwork) -> list[str]:
        if discourse.ties is None:
            return [*discourse.tensor.actors, *discourse.tensor.concepts]
        return [*discourse.ties.labels]

    def id(self, label: str) -> str:
        return node_id(self.iris[label]) if label in self.iris else label

    def node(self, label: str) -> Node:
        iri = self.iris.get(label)
        known = self.graph.registry.entities.get(iri or "")
        if known:
            cls = self.graph.vocabulary.classes[known.cls]
            aliases = tuple(sorted(known.aliases))
            return Node(self.id(label), label, cls.label, cls.drawn_as, aliases)
        if iri and iri.startswith(OURS["topic"]):
            return Node(self.id(label), label, "Topic", "other")
        return Node(self.id(label), label, "Actor", "guild")
