"""Names and IRIs: reads the ontology once and mints every IRI.

Nothing else in onrecord lists relations, topics, classes or codes; a workspace that adds to the ontology is read the
same way. The reader is Oxigraph's, which parses the whole ontology in milliseconds at the start of every command.
"""

import difflib
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from onrecord.errors import BadGraph

BASE = "https://w3id.org/onrecord/"
OURS = {name: f"{BASE}{name}/" for name in ("doc", "topic", "code", "run", "graph")} | {
    "st": f"{BASE}statement/",
    "": BASE,
}
PREFIXES: dict[str, str] = OURS | {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
}
GRAPHS = {name: f"{BASE}graph/{name}" for name in ("entities", "runs", "removed", "ontology", "edges")}
RESERVED = frozenset({"statement", "doc", "topic", "code", "run", "graph", "sparql", "health"})
LOCAL_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""The part of Turtle's PN_LOCAL (section 6.5) that our own names keep to: letters, digits, hyphens inside."""
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda pair: len(pair[1]), reverse=True)


@lru_cache(maxsize=1 << 16)
def split(iri: str) -> tuple[str, str] | None:
    """Prefix and local name of an IRI, `("", "SAG-AFTRA")`; None where no known prefix leaves a plain local name."""
    for prefix, base in _BY_LENGTH:
        rest = iri.removeprefix(base)
        if rest != iri and LOCAL_NAME.fullmatch(rest):
            return prefix, rest
    return None


def compact(iri: str) -> str:
    """An IRI with a known prefix (`:SAG-AFTRA`), else whole."""
    found = split(iri)
    return f"{found[0]}:{found[1]}" if found else iri


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between an actor and an object; the patterns hold `{singular|plural}` first and `{o}`."""

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
    """What a statement is about; `family` is None for a family."""

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
    """The ontology, read: relations, topics and classes by key, codes by property and record value."""

    relations: Mapping[str, Relation]
    topics: Mapping[str, Topic]
    classes: Mapping[str, Class]
    codes: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]
    terms: frozenset[str]

    @property
    def stated(self) -> dict[str, Relation]:
        """The relations that a record may state, without those that only derived edges have."""
        return {key: each for key, each in self.relations.items() if not each.derived}

    def code(self, prop: str, value: str) -> str:
        """The IRI of a code by the property that it stands for and its value in records."""
        return self.codes[prop][value]

    def value(self, prop: str, iri: str) -> str:
        """The value in records of a code's IRI: the other way of `code`."""
        return next(value for value, found in self.codes[prop].items() if found == iri)


def read(files: Iterable[Path]) -> Vocabulary:
    """Reads the ontology's Turtle files; raises BadGraph where one does not parse, or a term lacks what it needs."""
    return _read(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=8)
def _read(files: Sequence[tuple[str, int]]) -> Vocabulary:
    index: _Index = defaultdict(lambda: defaultdict(list))
    for path, _ in files:
        for quad in _parse(path):
            subject, told = quad.subject, quad.object
            # The ontology has no blank nodes and no quoted triples; a workspace's own that has is read without them.
            if isinstance(subject, ox.NamedNode) and isinstance(told, ox.NamedNode | ox.Literal):
                index[subject.value][quad.predicate.value].append(told.value)
    return Vocabulary(
        relations={key: _relation(index, key) for key in _instances(index, BASE + "Relation", BASE)},
        topics={key: _topic(index, key) for key in _instances(index, BASE + "Topic", OURS["topic"])},
        classes={key: _class(index, key) for key in _drawn(index)},
        codes=_codes(index),
        labels={iri: found[RDFS_LABEL][0] for iri, found in index.items() if RDFS_LABEL in found},
        terms=frozenset(iri.removeprefix(BASE) for iri in index if iri.startswith(BASE)),
    )


RDFS_LABEL = PREFIXES["rdfs"] + "label"
RDF_TYPE = PREFIXES["rdf"] + "type"
_Index = defaultdict[str, defaultdict[str, list[str]]]


def _parse(path: str) -> Iterable[ox.Quad]:
    try:
        return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        message = f"{path}:{error.lineno}: no Turtle: {error.msg}"
        raise BadGraph(message) from error


def _instances(index: _Index, cls: str, base: str) -> list[str]:
    return [iri.removeprefix(base) for iri, found in index.items() if cls in found[RDF_TYPE]]


def _drawn(index: _Index) -> list[str]:
    return [iri.removeprefix(BASE) for iri, found in index.items() if BASE + "drawnAs" in found]


def _relation(index: _Index, key: str) -> Relation:
    found = index[BASE + key]
    parents = found[PREFIXES["rdfs"] + "subPropertyOf"]
    family = next((iri.removeprefix(BASE).removesuffix("Relation") for iri in parents if iri.endswith("Relation")), "")
    twin = _one(found, BASE + "negativeTwin")
    return Relation(
        key=key,
        label=_needed(found, RDFS_LABEL, key),
        family=family,
        entity_pattern=_needed(found, BASE + "entityPattern", key),
        topic_pattern=_needed(found, BASE + "topicPattern", key),
        party_pattern=_one(found, BASE + "partyPattern"),
        inverse_label=_needed(found, BASE + "inverseLabel", key),
        topical=_one(found, BASE + "topical") == "true",
        about_object=_one(found, BASE + "aboutObject") == "true",
        derived=_one(found, BASE + "derived") == "true",
        symmetric=PREFIXES["owl"] + "SymmetricProperty" in found[RDF_TYPE],
        negative_twin=twin.removeprefix(BASE) if twin else None,
    )


def _topic(index: _Index, key: str) -> Topic:
    found = index[OURS["topic"] + key]
    family = _one(found, PREFIXES["skos"] + "broader")
    return Topic(key, _needed(found, RDFS_LABEL, key), family.removeprefix(OURS["topic"]) if family else None)


def _class(index: _Index, key: str) -> Class:
    found = index[BASE + key]
    ancestors = _ancestors(index, BASE + key)
    return Class(
        key=key,
        label=_needed(found, RDFS_LABEL, key),
        drawn_as=found[BASE + "drawnAs"][0],
        assignable=_one(found, BASE + "assignable") == "true",
        may_act=any(_one(index[iri], BASE + "mayAct") == "true" for iri in ancestors),
        ancestors=frozenset(iri.removeprefix(BASE) for iri in ancestors),
    )


def _ancestors(index: _Index, iri: str) -> set[str]:
    above = {parent for parent in index[iri][PREFIXES["rdfs"] + "subClassOf"] if parent.startswith(BASE)}
    return {iri}.union(*(_ancestors(index, parent) for parent in above))


def _codes(index: _Index) -> dict[str, dict[str, str]]:
    """Each code-valued property with its list, from the record's value to the code's IRI."""
    lists: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for iri, found in index.items():
        for scheme in found[PREFIXES["skos"] + "inScheme"]:
            if found[PREFIXES["skos"] + "notation"]:
                lists[scheme][found[PREFIXES["skos"] + "notation"][0]] = iri
    used = {iri: found[BASE + "codeList"] for iri, found in list(index.items()) if BASE + "codeList" in found}
    return {iri.removeprefix(BASE): lists[scheme[0]] for iri, scheme in used.items()}


def _needed(found: Mapping[str, list[str]], predicate: str, key: str) -> str:
    value = _one(found, predicate)
    if value is None:
        message = f"the ontology's term {key!r} has no {predicate.removeprefix(BASE).rpartition('#')[2]}; add it"
        raise BadGraph(message)
    return value


def _one(found: Mapping[str, list[str]], predicate: str) -> str | None:
    values = found.get(predicate)
    return values[0] if values else None


def entity_iri(slug: str) -> str:
    """The IRI of an entity."""
    return BASE + slug


def topic_iri(key: str) -> str:
    """The IRI of a topic."""
    return OURS["topic"] + key


def document_iri(slug: str) -> str:
    """The IRI of a document, which is the name of its graph too."""
    return OURS["doc"] + slug


def statement_iri(digest: str) -> str:
    """The IRI of a statement."""
    return OURS["st"] + digest


def run_iri(slug: str) -> str:
    """The IRI of a run."""
    return OURS["run"] + slug


def local(iri: str) -> str:
    """The last part of an IRI of ours: an entity's slug, a statement's digest, a topic's key."""
    return iri.removeprefix(BASE).rpartition("/")[2]


def digest(*parts: object) -> str:
    """Twelve hex digits of SHA-256 over the parts' canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def slug(name: str) -> str:
    """A name as the last part of an IRI: `J.J. O'Neill & Co.` → `J-J-ONeill-and-Co`; may be empty."""
    from anyascii import anyascii  # noqa: PLC0415  its tables are needed only when something new is named

    text = anyascii(name).replace("&", " and ")
    text = re.sub(r"['`’]", "", text)
    text = re.sub(r"\.(?!\w)", " ", text)
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def mint(name: str, kind: str, taken: Collection[str]) -> str:
    """A slug that is not in `taken` (lower case): the name's own, else with its kind, else with a number too."""
    plain = slug(name)
    first = f"{plain}-{kind}" if not plain or plain.lower() in taken else plain
    found, number = first.strip("-"), 1
    while found.lower() in taken:
        number += 1
        found = f"{first.strip('-')}-{number}"
    return found


def fold(name: str) -> str:
    """A name as it is compared: case, space and the shape of quotation marks and hyphens do not count."""
    return " ".join(name.casefold().replace("’", "'").replace("‘", "'").replace("‑", "-").split())


def nearest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names spelt most like `name`, the nearest first; those that hold it whole count as near."""
    folded = {fold(each): each for each in names}
    close = difflib.get_close_matches(fold(name), folded, n=most, cutoff=0.6)
    holding = [each for each in folded if len(name) > 2 and fold(name) in each and each not in close]  # noqa: PLR2004
    return [folded[each] for each in (*close, *sorted(holding))][:most]
