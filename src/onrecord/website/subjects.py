"""What a site has pages of: every IRI of the graph, with a fingerprint of all that its pages tell."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from onrecord.model.iris import BASE, GRAPHS, OURS, PARTS
from onrecord.querying.ask import Graph
from onrecord.querying.protocol import engine_of
from onrecord.website.address import href
from onrecord.website.resolve import ELSEWHERE, UNKNOWN, UTTERANCES, resolve
from onrecord.website.static_links import file_of

EDGES = ox.NamedNode(GRAPHS["edges"])
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
    """What the graph says of each node and its edges, as digests, and which statements name it."""

    own: dict[str, bytes] = field(default_factory=dict)
    edges: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
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
    resolved = resolve(graph, "/" + iri.removeprefix(BASE))
    if resolved.kind in {UNKNOWN, ELSEWHERE}:
        return None
    return Subject(resolved.kind, iri, resolved.location, prints.of(resolved.kind, iri))


def _graphs(graph: Graph) -> set[str]:
    names = engine_of(graph).named_graphs()
    return {name.value for name in names if isinstance(name, ox.NamedNode)}


def _facts(graph: Graph) -> Facts:
    """Reads every quad once."""
    facts = Facts()
    own: defaultdict[str, list[str]] = defaultdict(list)
    edges: defaultdict[str, list[str]] = defaultdict(list)
    for quad in engine_of(graph).quads_for_pattern(None, None, None, None):
        subject, target = PART.sub("", _text(quad.subject)), _text(quad.object)
        if quad.graph_name == EDGES and not subject.startswith(OURS["st"]):
            edges[subject].append(str(quad))
            edges[target].append(str(quad))
            continue
        own[subject].append(str(quad))
        if isinstance(quad.object, ox.NamedNode):
            facts.names[subject].add(target)
    facts.own = {iri: _digest(sorted(lines)) for iri, lines in own.items()}
    facts.edges = {iri: _digest(sorted(lines)) for iri, lines in edges.items()}
    facts.statements = {iri for iri in own if iri.startswith(OURS["st"])}
    for statement in facts.statements:
        for name in facts.names[statement]:
            facts.named_by[name].add(statement)
    return facts


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _digest(parts: Iterable[str | bytes]) -> bytes:
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part if isinstance(part, bytes) else part.encode())
        sha.update(b"\0")
    return sha.digest()


class Fingerprints:
    """Digests of what pages depend on: on a node itself, on what it names, on the statements that name it."""

    def __init__(self, facts: Facts, graph: Graph) -> None:
        self.facts = facts
        self.families = _families(graph)
        self._cards: dict[str, bytes] = {}
        self.whole = _digest(facts.own[iri] for iri in sorted(facts.own))

    def of(self, kind: str, iri: str) -> str:
        """The fingerprint of a subject's pages."""
        if kind in {"relation", "class", "graph"}:
            return self.whole.hex()
        beside = self._beside(iri) if kind == "statement" else self._statements(iri)
        cards = list(map(self.card, sorted(beside)))
        edges = self.facts.edges.get(iri, b"")
        return _digest([kind, iri, self.card(iri), edges, *cards]).hex()

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
        return set(named.get(iri, ())).union(*(named.get(m, ()) for m in members))

    def _beside(self, iri: str) -> set[str]:
        """The statements that share an utterance, actors and object with one, or dispute it, or are disputed by it."""
        named, names = self.facts.named_by, self.facts.names
        disputing = named.get(iri, set()) | (names[iri] & self.facts.statements)
        shared = (named[name] for name in names[iri] if name.startswith(UTTERANCES))
        own = list(filter(_is_entity, names[iri]))
        pairs = (named[one] & named[two] for one in own for two in own if one < two)
        return disputing.union(*shared, *pairs)


def _is_entity(iri: str) -> bool:
    return iri.startswith((BASE, OURS["topic"])) and "/" not in iri.removeprefix(BASE)


def _families(graph: Graph) -> Mapping[str, list[str]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for topic in graph.vocabulary.topics.values():
        if topic.family:
            families[OURS["topic"] + topic.family].append(OURS["topic"] + topic.key)
    return families


def by_kind(all_subjects: Iterable[Subject], kind: str) -> Iterator[Subject]:
    """The subjects of one kind."""
    return (subject for subject in all_subjects if subject.kind == kind)
