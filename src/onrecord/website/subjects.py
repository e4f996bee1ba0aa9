"""What a site has pages of: every IRI of the graph, with a fingerprint of all that its pages tell."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import pyoxigraph as ox

from onrecord.model.iris import BASE, GRAPHS, OURS, PARTS, PREFIXES
from onrecord.querying.ask import Graph
from onrecord.querying.protocol import engine_of
from onrecord.website.address import href
from onrecord.website.quads import Terms, plain, quads_of, whole
from onrecord.website.resolve import ELSEWHERE, UNKNOWN, UTTERANCES, resolve
from onrecord.website.rows import MOST_AS_FILES, every_row, newest_first
from onrecord.website.static_links import file_of

EDGES = f"<{GRAPHS['edges']}>"
STATEMENT = f"{BASE}Statement"
LABEL = f"<{PREFIXES['rdfs']}label>"
TYPE = f"<{PREFIXES['rdf']}type>"
KIND_OF = f"<{PREFIXES['rdfs']}subClassOf>"
ACT = {"actor", "relation", "object"}
"""The properties of a statement that make it report the same as another."""
Act = tuple[str, ...]
PART = re.compile(rf"({'|'.join(PARTS)})\Z")


@dataclass(frozen=True, slots=True)
class Subject:
    """An IRI with pages of its own; the same `fingerprint` means the same pages."""

    kind: str
    iri: str
    location: str
    fingerprint: str

    @property
    def address(self) -> str:
        """Where its first page stands."""
        return href(self.iri) or ""


@dataclass(slots=True)
class Facts:
    """What the graph says of each node and its edges, as digests, its names, and which statements name it.

    `borne` holds both ends of every edge of a relation, `members` what is of a class, `below` the kinds of a class.
    """

    own: dict[str, bytes] = field(default_factory=dict)
    edges: dict[str, bytes] = field(default_factory=dict)
    borne: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    members: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    below: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named_by: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    statements: set[str] = field(default_factory=set)


def subjects(graph: Graph) -> list[Subject]:
    """Every subject, in the order of its IRI."""
    facts = _facts(graph)
    prints = Fingerprints(facts, graph)
    iris = {iri for iri in facts.own if iri.startswith(BASE)} | _graphs(graph)
    iris |= {iri for iri in facts.named_by if iri.startswith(UTTERANCES)}
    return [
        subject
        for iri in sorted(iris)
        if (subject := _subject(graph, iri, prints)) is not None
    ]


def _subject(graph: Graph, iri: str, prints: "Fingerprints") -> Subject | None:
    address = href(iri) or ""
    if PART.search(iri) or not address or file_of(address) is None:
        return None
    # Most are statements or utterances, and what they are is known.
    if iri in prints.facts.members[STATEMENT]:
        return Subject("statement", iri, "", prints.of("statement", iri))
    if iri.startswith(UTTERANCES) and iri not in prints.facts.own:
        return Subject("thing", iri, "", prints.of("thing", iri))
    resolved = resolve(graph, "/" + iri.removeprefix(BASE))
    if resolved.kind in {UNKNOWN, ELSEWHERE}:
        return None
    return Subject(
        resolved.kind, iri, resolved.location, prints.of(resolved.kind, iri)
    )


def _graphs(graph: Graph) -> set[str]:
    names = engine_of(graph).named_graphs()
    return {name.value for name in names if isinstance(name, ox.NamedNode)}


def _facts(graph: Graph) -> Facts:
    """Reads every quad once."""
    facts = Facts()
    own: defaultdict[str, list[str]] = defaultdict(list)
    edges: defaultdict[str, list[str]] = defaultdict(list)
    for line, terms in quads_of(graph):
        subject, target = whole(plain(terms.subject)), plain(terms.object)
        if terms.graph == EDGES and not subject.startswith(OURS["st"]):
            edges[subject].append(line)
            edges[target].append(line)
            facts.borne[plain(terms.predicate)] |= {subject, target}
            continue
        own[subject].append(line)
        _note(facts, subject, terms)
    facts.own = {iri: _digest(lines) for iri, lines in own.items()}
    facts.edges = {iri: _digest(lines) for iri, lines in edges.items()}
    facts.statements = {iri for iri in own if iri.startswith(OURS["st"])}
    for statement in facts.statements:
        for name in facts.names[statement]:
            facts.named_by[name].add(statement)
    return facts


def _note(facts: Facts, subject: str, terms: Terms) -> None:
    """Takes note of what a node names, of its own names, and of what it is."""
    target = plain(terms.object)
    if terms.object.startswith("<"):
        facts.names[subject].add(target)
    if terms.predicate == LABEL:
        facts.labels[subject].add(target)
    elif terms.predicate == TYPE:
        facts.members[target].add(subject)
    elif terms.predicate == KIND_OF:
        facts.below[target].add(subject)


def _digest(parts: Iterable[str | bytes]) -> bytes:
    plain = (
        part if isinstance(part, bytes) else part.encode() for part in parts
    )
    return hashlib.sha256(b"\0".join(plain)).digest()


class Fingerprints:
    """Digests of what pages depend on: on a node itself, on what it names, on the statements that name it."""

    def __init__(self, facts: Facts, graph: Graph) -> None:
        self.facts, self.graph = facts, graph
        self.families = _families(graph)
        self._cards: dict[str, bytes] = {}
        self._acting_in: dict[str, int] = {}
        self._acts_of = _acts(every_row(graph).naming)
        self._reporting: defaultdict[Act, list[str]] = defaultdict(list)
        for statement, acts in self._acts_of.items():
            for act in acts:
                self._reporting[act].append(statement)

    def of(self, kind: str, iri: str) -> str:
        """The fingerprint of a subject's pages."""
        made = {
            "statement": self._statement,
            "relation": self._relation,
            "class": self._class,
            "graph": self._graph,
            "thing": self._thing,
        }
        parts = made.get(kind, self._subject)(iri)
        return _digest([kind, iri, self.card(iri), *parts]).hex()

    def _statement(self, iri: str) -> Iterator[bytes]:
        yield self.facts.edges.get(iri, b"")
        yield from map(self.card, sorted(self._beside(iri)))

    def _subject(self, iri: str) -> Iterator[bytes]:
        yield self.facts.edges.get(iri, b"")
        yield from map(self.card, sorted(self._statements(iri)))

    def _relation(self, iri: str) -> Iterator[bytes]:
        """All statements that state it, and the edges that follow from others."""
        yield from self._subject(iri)
        for end in sorted(self.facts.borne.get(iri, ())):
            yield self.facts.edges[end]
            yield self._name(end)

    def _class(self, iri: str) -> Iterator[str | bytes]:
        """Its members by name, and in how many statements each of them acts or is the object."""
        for member in sorted(self._members(iri)):
            yield member
            yield str(self._acting(member))
            yield self.facts.own.get(member, b"")

    def _acting(self, iri: str) -> int:
        """In how many statements an entity acts or is the object; its classes all ask."""
        if iri not in self._acting_in:
            self._acting_in[iri] = every_row(self.graph).acting(iri)
        return self._acting_in[iri]

    def _members(
        self, iri: str, above: frozenset[str] = frozenset()
    ) -> set[str]:
        members = set(self.facts.members.get(iri, ()))
        for kind in self.facts.below.get(iri, set()) - above - {iri}:
            members |= self._members(kind, above | {iri})
        return members

    def _graph(self, iri: str) -> Iterator[str | bytes]:
        """How much it tells of each node, and what that is called."""
        name = ox.NamedNode(iri)
        quads = engine_of(self.graph).quads_for_pattern(None, None, None, name)
        held = Counter(plain(str(quad.subject)) for quad in quads)
        for node, number in sorted(held.items()):
            yield from (node, str(number), self._name(node))

    def _thing(self, iri: str) -> Iterator[str | bytes]:
        """Every statement that names it as far as it is counted, and those whole that its page tells."""
        listed = newest_first(
            every_row(self.graph).of(self.graph, "thing", iri)
        )
        for row in listed:
            yield f"{row.statement} {row.stance} {row.date} {row.act}"
        for row in listed[:MOST_AS_FILES]:
            yield self.card(row.statement)

    def _name(self, iri: str) -> bytes:
        return _digest(sorted(self.facts.labels.get(iri, ())))

    def card(self, iri: str) -> bytes:
        """The digest of what a node says and of what the nodes that it names say of themselves."""
        if iri not in self._cards:
            names = sorted(self.facts.names.get(iri, ()))
            parts = (self.facts.own.get(name, b"") for name in names)
            self._cards[iri] = _digest([self.facts.own.get(iri, b""), *parts])
        return self._cards[iri]

    def _statements(self, iri: str) -> set[str]:
        """The statements that name a node, or a member of a topic's family."""
        named = self.facts.named_by
        members = self.families.get(iri, ())
        return set(named.get(iri, ())).union(
            *(named.get(m, ()) for m in members)
        )

    def _beside(self, iri: str) -> set[str]:
        """The statements that share an utterance, or actor, relation and object with one, or dispute each other."""
        named, names = self.facts.named_by, self.facts.names
        disputing = named.get(iri, set()) | (names[iri] & self.facts.statements)
        shared = (
            named[name] for name in names[iri] if name.startswith(UTTERANCES)
        )
        return disputing.union(*shared, self._alike(iri))

    def _alike(self, iri: str) -> set[str]:
        """The statements of an actor of one that have its relation and object too."""
        acts = self._acts_of.get(iri, ())
        return set().union(*(self._reporting[act] for act in acts))


def _acts(
    naming: Mapping[str, Mapping[str, Iterable[str]]],
) -> dict[str, list[Act]]:
    """What each statement says who does to whom."""
    told: dict[str, dict[str, list[str]]] = {}
    for name, by_way in naming.items():
        for way in ACT & by_way.keys():
            for statement in by_way[way]:
                parts = told.setdefault(statement, {way: [] for way in ACT})
                parts[way].append(name)
    return {
        statement: [
            *product(parts["actor"], parts["relation"], parts["object"])
        ]
        for statement, parts in told.items()
    }


def _families(graph: Graph) -> Mapping[str, list[str]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for topic in graph.vocabulary.topics.values():
        if topic.family:
            families[OURS["topic"] + topic.family].append(
                OURS["topic"] + topic.key
            )
    return families
