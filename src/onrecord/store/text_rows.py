"""What the full-text index holds of a graph: a row for each statement, entity, topic, term and document."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from onrecord.model.dates import dated
from onrecord.model.iris import BASE, GRAPHS, PREFIXES
from onrecord.model.standing import HIDDEN
from onrecord.model.vocabulary import Vocabulary

TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["rdfs"] + "label"
ALIAS = PREFIXES["skos"] + "altLabel"
DEFINITION = PREFIXES["skos"] + "definition"
DESCRIPTION = PREFIXES["dcterms"] + "description"
PUBLISHER = PREFIXES["dcterms"] + "publisher"
CREATOR = PREFIXES["dcterms"] + "creator"
ISSUED = PREFIXES["dcterms"] + "issued"
EXACT = PREFIXES["oa"] + "exact"
ROLE, GIST = BASE + "role", BASE + "gist"
SAID, EVENT = BASE + "saidOn", BASE + "notBefore"
TOPIC, DOCUMENT, STATUS = (
    BASE + "topic",
    BASE + "document",
    BASE + "reviewStatus",
)
NAMED = tuple(
    BASE + name
    for name in ("actor", "object", "recipient", "instrument", "accordingTo")
)
"""Properties of a statement that lead to who and what it is about."""
HIDDEN_CODES = frozenset(f"{BASE}code/{status}" for status in HIDDEN)
SOURCES = (f"{BASE}Document", f"{BASE}Statement")
USED = (
    *(LABEL, PUBLISHER, CREATOR, ISSUED, EXACT),
    *(GIST, SAID, EVENT, TOPIC, DOCUMENT, *NAMED),
)
"""Properties that the rows of documents and statements are made of, besides their class and what hides them."""
CALLED = (TYPE, LABEL, ALIAS, DEFINITION, DESCRIPTION, ROLE)
"""Properties that the rows of entities, topics and terms are made of."""
STATEMENTS = BASE + "statement/"


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of the index: what it stands for, in which graph that is, and its texts by column.

    The columns have the names that they have for statements. `gist` also holds an entity's description and role, and a
    topic's or term's definition; `topics` an entity's class; `title` a document's publisher and author.
    """

    kind: str
    iri: str
    graph: str
    label: str
    date: str | None = None
    names: str = ""
    aliases: str = ""
    gist: str = ""
    words: str = ""
    topics: str = ""
    title: str = ""

    @property
    def new_texts(self) -> tuple[str, ...]:
        """The texts that stand in no other row: a statement's other columns are of those that it names."""
        if self.kind == "statement":
            return self.label, self.gist, self.words
        return self.texts

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that are searched, in the order of the index."""
        said = (self.names, self.aliases, self.gist, self.words)
        return (self.label, *said, self.topics, self.title)


@dataclass(slots=True)
class Facts:
    """Values of properties by subject, and the graph of each typed subject."""

    values: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    graphs: dict[str, str] = field(default_factory=dict)

    def add(self, quad: ox.Quad) -> None:
        """Notes a quad that holds no triple term."""
        subject, name = _text(quad.subject), quad.predicate.value
        self.values[name][subject].append(_text(quad.object))
        if name == TYPE:
            self.graphs[subject] = _text(quad.graph_name)

    def add_typed(self, store: ox.Store, cls: str) -> None:
        """Notes all that a store says to be of a class, which the engine writes at once."""
        for subject, graph in _columns(store, f"GRAPH ?b {{ ?a a <{cls}> }}"):
            self.values[TYPE][subject].append(cls)
            self.graphs[subject] = graph

    def add_property(self, store: ox.Store, name: str, graph: str = "") -> None:
        """Notes all that a store says by a property, in one graph or in all of them."""
        values, pattern = self.values[name], f"?a <{name}> ?b"
        where = f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern
        for subject, value in _columns(store, where):
            values[subject].append(value)

    def add_hidden(self, store: ox.Store) -> None:
        """Notes the status of all that a review has hidden, which is little."""
        for code in HIDDEN_CODES:
            for subject, value in _columns(
                store, f"?a <{STATUS}> <{code}> BIND (<{code}> AS ?b)"
            ):
                self.values[STATUS][subject].append(value)

    def all(self, subject: str, *names: str) -> list[str]:
        """Every value of some properties of a subject, in an order that does not change."""
        values: list[str] = []
        for name in names:
            known = self.values[name].get(subject)
            if known:
                values += known if len(known) == 1 else sorted(set(known))
        return values

    def one(self, subject: str, *names: str) -> str:
        """The first value of the first property that has one, else nothing."""
        for name in names:
            known = self.values[name].get(subject)
            if known:
                return known[0] if len(known) == 1 else min(known)
        return ""


class TextRows:
    """The rows of a store; names of entities and topics are looked up once."""

    def __init__(self, store: ox.Store, vocabulary: Vocabulary) -> None:
        self._store = store
        self._vocabulary = vocabulary
        self._known = Facts()
        self._names: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(
            dict
        )
        for graph in (GRAPHS["entities"], GRAPHS["ontology"]):
            self._note(graph)

    def everything(self) -> Iterator[TextRow]:
        """All rows."""
        yield from self.entities()
        yield from self._terms()
        facts = Facts()
        for cls in SOURCES:
            facts.add_typed(self._store, cls)
        facts.add_hidden(self._store)
        for name in USED:
            facts.add_property(self._store, name)
        yield from self._sources(facts)

    def _note(self, graph: str) -> None:
        """Takes note of what is called how in a graph."""
        for name in CALLED:
            self._known.add_property(self._store, name, graph)
        for subject, _ in _columns(
            self._store, f"GRAPH <{graph}> {{ ?a a ?b }}"
        ):
            self._known.graphs[subject] = graph

    def entities(self) -> Iterator[TextRow]:
        """The rows of the registry."""
        known = self._known
        graph = GRAPHS["entities"]
        for iri, where in known.graphs.items():
            label = known.one(iri, LABEL)
            if where == graph and label:
                yield TextRow(
                    "entity",
                    iri,
                    graph,
                    label,
                    aliases=_joined(known.all(iri, ALIAS)),
                    gist=_joined(known.all(iri, DESCRIPTION, ROLE)),
                    topics=self._class_label(known.one(iri, TYPE)),
                )

    def in_graph(self, graph: str) -> Iterator[TextRow]:
        """The rows of one document's graph."""
        facts = Facts()
        name = ox.NamedNode(graph)
        _fill(facts, self._store.quads_for_pattern(None, None, None, name))
        yield from self._sources(facts)

    def naming(self, iri: str) -> set[str]:
        """The graphs whose statements name an entity."""
        node = ox.NamedNode(iri)
        quads = self._store.quads_for_pattern(None, None, node, None)
        return {_text(quad.graph_name) for quad in quads if _names(quad)}

    def _class_label(self, iri: str) -> str:
        known = self._vocabulary.classes.get(iri.removeprefix(BASE))
        return known.label if known else ""

    def _terms(self) -> Iterator[TextRow]:
        known, graph = self._known, GRAPHS["ontology"]
        for iri, where in known.graphs.items():
            label = known.one(iri, LABEL)
            if where == graph and label:
                is_topic = BASE + "Topic" in known.all(iri, TYPE)
                yield TextRow(
                    "topic" if is_topic else "term",
                    iri,
                    graph,
                    label,
                    aliases=_joined(known.all(iri, ALIAS)),
                    gist=_joined(known.all(iri, DEFINITION)),
                )

    def _sources(self, facts: Facts) -> Iterator[TextRow]:
        words = _words_by_statement(facts)
        for iri, graph in facts.graphs.items():
            types = facts.values[TYPE][iri]
            if BASE + "Document" in types:
                yield _document(iri, graph, facts)
            is_shown = HIDDEN_CODES.isdisjoint(facts.all(iri, STATUS))
            if BASE + "Statement" in types and is_shown:
                yield self._statement(iri, graph, facts, words.get(iri, ""))

    def _statement(
        self, iri: str, graph: str, facts: Facts, words: str
    ) -> TextRow:
        document = facts.one(iri, DOCUMENT)
        named = facts.all(iri, *NAMED)
        topics = facts.all(iri, TOPIC)
        days = (facts.one(document, name) for name in (ISSUED, EVENT))
        return TextRow(
            "statement",
            iri,
            graph,
            facts.one(iri, LABEL),
            dated(facts.one(iri, SAID), *days).date,
            self._known_as(named, LABEL),
            self._known_as(named, ALIAS),
            _joined(facts.all(iri, GIST)),
            words,
            self._known_as(topics, LABEL, ALIAS),
            _joined(facts.all(document, LABEL, PUBLISHER)),
        )

    def _known_as(self, iris: Iterable[str], *names: str) -> str:
        """What entities or topics are called, which many statements ask for."""
        called = self._names[names]
        texts = []
        for iri in iris:
            if iri not in called:
                called[iri] = _joined(self._known.all(iri, *names))
            if called[iri]:
                texts.append(called[iri])
        return PARTED.join(texts)


def _columns(store: ox.Store, pattern: str) -> Iterator[list[str]]:
    """What stands for `?a` and `?b`: the engine writes it as text, which takes half as long as its objects."""
    query = f"SELECT ?a ?b {{ {pattern} }}"
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101  it is a SELECT
    text = solutions.serialize(format=ox.QueryResultsFormat.CSV) or b""
    rows = csv.reader(io.StringIO(text.decode(), newline=""))
    next(rows)
    return rows


def _document(iri: str, graph: str, facts: Facts) -> TextRow:
    title = _joined(facts.all(iri, PUBLISHER, CREATOR))
    date = facts.one(iri, ISSUED) or None
    return TextRow(
        "document", iri, graph, facts.one(iri, LABEL), date, title=title
    )


def _words_by_statement(facts: Facts) -> dict[str, str]:
    """The words of the passage, which stand on a node whose IRI begins with the statement's."""
    words: dict[str, str] = {}
    for node, values in facts.values[EXACT].items():
        key = node.removeprefix(STATEMENTS).partition("/")[0]
        words[STATEMENTS + key] = _joined(values)
    return words


def _fill(facts: Facts, quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        facts.add(quad)


def _names(quad: ox.Quad) -> bool:
    return quad.predicate.value in NAMED


def _joined(texts: Iterable[str]) -> str:
    """Texts as one; the two signs that mark a match stand in no text."""
    text = PARTED.join(texts)
    return (
        text.translate(MARKS)
        if MARK_START in text or MARK_END in text
        else text
    )


PARTED = " | "
"""What stands between two texts of a column."""
MARK_START, MARK_END = "\x02", "\x03"
"""What stands around a match in a snippet."""
MARKS = dict.fromkeys(map(ord, MARK_START + MARK_END))


def _text(term: object) -> str:
    value = getattr(term, "value", "")
    return value if isinstance(value, str) else ""
