"""The ontology, read once: relations, topics, classes and codes.

Nothing else in onrecord lists relations, topics, classes or codes; a workspace that adds to the ontology is read the
same way. The reader is Oxigraph's, which parses the whole ontology in milliseconds at the start of every command.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from onrecord.model.errors import BadGraph
from onrecord.model.harmful import refuse_harmful
from onrecord.model.iris import BASE, OURS, PREFIXES


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between an actor and an object; the patterns hold `{singular|plural}` first and `{o}`.

    The flags, and the twin, are the annotation properties of these names in `ontology/properties.ttl`.
    """

    key: str
    label: str
    family: str
    entity_pattern: str
    topic_pattern: str
    party_pattern: str | None
    inverse_label: str
    topical: bool
    about_object: bool
    derived: bool
    symmetric: bool
    negative_twin: str | None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a statement is about; `family` is its broader topic, None for one without."""

    key: str
    label: str
    family: str | None


@dataclass(frozen=True, slots=True)
class Class:
    """A class of entities; `ancestors` holds its own key too."""

    key: str
    label: str
    drawn_as: str
    assignable: bool
    may_act: bool
    ancestors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology, read: relations, topics and classes by key, codes by property and record value.

    Labels and definitions go by the IRI of the term.
    """

    relations: Mapping[str, Relation]
    topics: Mapping[str, Topic]
    classes: Mapping[str, Class]
    codes: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    terms: frozenset[str]

    @property
    def stated(self) -> dict[str, Relation]:
        """The relations that a record may state, without those that only derived edges have."""
        relations = self.relations.items()
        return {
            key: relation for key, relation in relations if not relation.derived
        }

    def code(self, prop: str, value: str) -> str:
        """The IRI of a code by the property that it stands for and its value in records."""
        return self.codes[prop][value]

    def value(self, prop: str, iri: str) -> str:
        """The value in records of a code's IRI: the other way of `code`; raises BadGraph for what is no code."""
        values = {code: value for value, code in self.codes[prop].items()}
        if iri not in values:
            message = (
                f"{iri!r} is no code of {prop}; "
                "`onrecord check` tells where it stands"
            )
            raise BadGraph(message)
        return values[iri]


def read(files: Iterable[Path]) -> Vocabulary:
    """Reads the ontology's Turtle files; raises BadGraph where one does not parse, or a term lacks what it needs."""
    return _read(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=8)
def _read(files: Sequence[tuple[str, int]]) -> Vocabulary:
    index: _Index = defaultdict(lambda: defaultdict(list))
    for path, _ in files:
        for quad in _parse(path):
            subject, value = quad.subject, quad.object
            # The ontology has no blank nodes and no triple terms; a workspace's own that has is read without them.
            if not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(value, ox.NamedNode | ox.Literal):
                index[subject.value][quad.predicate.value].append(value.value)
    relations = _instances(index, BASE + "Relation", BASE)
    topics = _instances(index, BASE + "Topic", OURS["topic"])
    terms = {iri.removeprefix(BASE) for iri in index if iri.startswith(BASE)}
    return Vocabulary(
        relations={key: _relation(index, key) for key in relations},
        topics={key: _topic(index, key) for key in topics},
        classes={key: _class(index, key) for key in _drawn(index)},
        codes=_codes(index),
        labels=_firsts(index, RDFS_LABEL),
        definitions=_firsts(index, DEFINITION),
        terms=frozenset(terms),
    )


RDFS_LABEL = PREFIXES["rdfs"] + "label"
DEFINITION = PREFIXES["skos"] + "definition"
RDF_TYPE = PREFIXES["rdf"] + "type"
_Index = defaultdict[str, defaultdict[str, list[str]]]


def _parse(path: str) -> Iterable[ox.Quad]:
    try:
        data = Path(path).read_bytes()
        refuse_harmful(data, path)
        return list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        message = f"{path}:{error.lineno}: no Turtle: {error.msg}"
        raise BadGraph(message) from error


def _firsts(index: _Index, predicate: str) -> dict[str, str]:
    """The first value that each term has of a predicate, by its IRI."""
    firsts = {}
    for iri, properties in index.items():
        values = properties.get(predicate)
        if values:
            firsts[iri] = values[0]
    return firsts


def _instances(index: _Index, cls: str, base: str) -> Iterator[str]:
    """The keys of all that is of a class."""
    for iri, properties in index.items():
        if cls in properties[RDF_TYPE]:
            yield iri.removeprefix(base)


def _drawn(index: _Index) -> Iterator[str]:
    """The keys of the classes that are drawn."""
    for iri, properties in list(index.items()):
        if BASE + "drawnAs" in properties:
            yield iri.removeprefix(BASE)


def _relation(index: _Index, key: str) -> Relation:
    properties = index[BASE + key]
    twin = _one(properties, BASE + "negativeTwin")
    return Relation(
        key=key,
        label=_needed(properties, RDFS_LABEL, key),
        family=_family(properties),
        entity_pattern=_needed(properties, BASE + "entityPattern", key),
        topic_pattern=_needed(properties, BASE + "topicPattern", key),
        party_pattern=_one(properties, BASE + "partyPattern"),
        inverse_label=_needed(properties, BASE + "inverseLabel", key),
        topical=_one(properties, BASE + "topical") == "true",
        about_object=_one(properties, BASE + "aboutObject") == "true",
        derived=_one(properties, BASE + "derived") == "true",
        symmetric=PREFIXES["owl"] + "SymmetricProperty" in properties[RDF_TYPE],
        negative_twin=twin.removeprefix(BASE) if twin else None,
    )


def _family(properties: Mapping[str, list[str]]) -> str:
    """A relation's family, by the property that it is below: `speech` of `:speechRelation`."""
    for iri in properties.get(PREFIXES["rdfs"] + "subPropertyOf", ()):
        if iri.endswith("Relation"):
            return iri.removeprefix(BASE).removesuffix("Relation")
    return ""


def _topic(index: _Index, key: str) -> Topic:
    properties = index[OURS["topic"] + key]
    family = _one(properties, PREFIXES["skos"] + "broader")
    return Topic(
        key,
        _needed(properties, RDFS_LABEL, key),
        family.removeprefix(OURS["topic"]) if family else None,
    )


def _class(index: _Index, key: str) -> Class:
    properties = index[BASE + key]
    ancestors = _ancestors(index, BASE + key)
    return Class(
        key=key,
        label=_needed(properties, RDFS_LABEL, key),
        drawn_as=properties[BASE + "drawnAs"][0],
        assignable=_one(properties, BASE + "assignable") == "true",
        may_act=any(
            _one(index[iri], BASE + "mayAct") == "true" for iri in ancestors
        ),
        ancestors=frozenset(iri.removeprefix(BASE) for iri in ancestors),
    )


def _ancestors(index: _Index, iri: str) -> set[str]:
    ancestors = {iri}
    for parent in index[iri][PREFIXES["rdfs"] + "subClassOf"]:
        if parent.startswith(BASE):
            ancestors |= _ancestors(index, parent)
    return ancestors


def _codes(index: _Index) -> dict[str, dict[str, str]]:
    """Each code-valued property with its list, from the record's value to the code's IRI."""
    lists: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for iri, properties in index.items():
        value = _one(properties, PREFIXES["skos"] + "notation")
        if value:
            for scheme in properties[PREFIXES["skos"] + "inScheme"]:
                lists[scheme][value] = iri
    schemes = _firsts(index, BASE + "codeList")
    return {
        iri.removeprefix(BASE): lists[scheme] for iri, scheme in schemes.items()
    }


def _needed(
    properties: Mapping[str, list[str]], predicate: str, key: str
) -> str:
    value = _one(properties, predicate)
    if value is None:
        name = predicate.removeprefix(BASE).rpartition("#")[2]
        message = f"the ontology's term {key!r} has no {name}; add it"
        raise BadGraph(message)
    return value


def _one(properties: Mapping[str, list[str]], predicate: str) -> str | None:
    values = properties.get(predicate)
    return values[0] if values else None
