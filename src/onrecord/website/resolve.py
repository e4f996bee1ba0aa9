"""What an address of the graph stands for: what is there, where it went, or what may have been meant."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice

import pyoxigraph as ox

from onrecord.model.errors import AmbiguousName, UnknownName
from onrecord.model.iris import BASE, OURS, PREFIXES, local
from onrecord.model.names import fold, nearest
from onrecord.model.registry import Known, Registry
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.address import href, named
from onrecord.website.frame import render

UNKNOWN, GONE, MOVED, ELSEWHERE = "unknown", "gone", "moved", "elsewhere"
"""Kinds of what is not there: 404, 410, 301 and 302."""
MOST_MEANT, MOST_NEAR = 20, 8
MOST_TOLD = 100
HELD = "SELECT ?p { GRAPH %s { ?s ?p ?o } } LIMIT 1"
REPORTED = "SELECT ?statement { ?statement :utterance %s } LIMIT 1"
UTTERANCES = BASE + "utterance/"
TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What stands at an address; `kind` names its page, `location` is where a reader is sent on to."""

    kind: str
    iri: str
    location: str = ""


def find(path: str, graph: Graph, send: Send) -> None:
    """Sends what stands at a path, as JSON of a `Resolution`."""
    send(json.dumps(asdict(resolve(graph, path))).encode())


def resolve(graph: Graph, path: str) -> Resolution:
    """What stands at a path."""
    iri = named(path)
    there = _there(graph, iri) if iri else None
    if there:
        return there
    meant = _meant(graph, path.removeprefix("/"))
    return (
        Resolution(ELSEWHERE, meant, href(meant) or "")
        if meant
        else Resolution(UNKNOWN, iri or BASE)
    )


def _there(graph: Graph, iri: str) -> Resolution | None:
    """What the IRI itself stands for."""
    if (standing := graph.registry.standing(iri)) != iri:
        return Resolution(MOVED, iri, href(standing) or "")
    kind = _known(graph, iri) or _described(graph, iri)
    return Resolution(kind, iri) if isinstance(kind, str) else kind


def _known(graph: Graph, iri: str) -> str | None:
    """The kind of what the ontology or the registry knows."""
    words, key = graph.vocabulary, iri.removeprefix(BASE)
    if iri in graph.registry.entities:
        return "entity"
    if iri.startswith(OURS["topic"]) and local(iri) in words.topics:
        return "topic"
    if key in words.relations:
        return "relation"
    return "class" if key in words.classes else None


def _described(graph: Graph, iri: str) -> str | Resolution | None:
    """The kind of what the graph tells of; where it was merged into another, or taken out, that."""
    node = ox.NamedNode(iri)
    quads = graph.store.quads_for_pattern(node, None, None, None)
    pairs = [*islice(quads, MOST_TOLD)]
    types = [quad.object for quad in pairs if quad.predicate.value == TYPE]
    keys = set(map(_key, types))
    if "Statement" in keys:
        return "statement"
    if "Document" in keys:
        return "document"
    if "Removed" in keys:
        return Resolution(GONE, iri)
    if pairs and iri.startswith(
        OURS["st"]
    ):  # a statement's evidence, or the words of it
        return Resolution(ELSEWHERE, iri, href(iri.rpartition("/")[0]) or "")
    if pairs or _is_reported(graph, iri):
        return "thing"
    return "graph" if graph.ask(HELD % node) else None


def _key(term: object) -> str:
    """What an IRI of ours is called; nothing for another term."""
    return (
        term.value.removeprefix(BASE) if isinstance(term, ox.NamedNode) else ""
    )


def _is_reported(graph: Graph, iri: str) -> bool:
    """Whether an IRI is that of an utterance, of which the graph says nothing but who reports it."""
    if not iri.startswith(UTTERANCES):
        return False
    return bool(graph.ask(REPORTED % ox.NamedNode(iri)))


def _meant(graph: Graph, path: str) -> str | None:
    """The one IRI that was meant by a path in another case, or by a name."""
    wanted = fold(path.rstrip("/"))
    folder, _, key = path.rpartition("/")
    slugs: dict[str, str] = {}
    for iri in (*graph.registry.entities, *_terms(graph)):
        slugs[fold(iri.removeprefix(BASE))] = iri
    if wanted in slugs:
        return slugs[wanted]
    if folder not in {"", "topic"}:
        return None
    name = key.replace("_", " ")
    try:
        if not folder:
            return graph.registry.find(name).iri
    except (UnknownName, AmbiguousName):
        pass
    labels: dict[str, str] = {}
    for iri in _terms(graph):
        if iri in graph.vocabulary.labels:
            labels[fold(graph.vocabulary.labels[iri])] = iri
    return labels.get(fold(name))


def _terms(graph: Graph) -> Iterable[str]:
    words = graph.vocabulary
    yield from (BASE + key for key in (*words.relations, *words.classes))
    yield from (OURS["topic"] + key for key in words.topics)


def meant(graph: Graph, name: str) -> list[tuple[str, str, str]]:
    """Entities that a name may mean, as label, type and address: those that share it, else the nearest ones."""
    registry = graph.registry
    entities = _sharing(registry, name) or _nearest(registry, name)
    rows = []
    for entity in entities[:MOST_MEANT]:
        address = href(entity.iri) or ""
        rows.append((entity.label, class_label(graph, entity), address))
    return rows


def _sharing(registry: Registry, name: str) -> list[Known]:
    """The entities that have this name or alias, or one of those for which it is ambiguous."""
    wanted = {fold(name)}
    for form, several in registry.ambiguous.items():
        if fold(form) == fold(name):
            wanted.update(map(fold, map(str, several)))
    sharing = []
    for entity in registry.entities.values():
        names = map(fold, (entity.label, *entity.aliases))
        if not wanted.isdisjoint(names):
            sharing.append(entity)
    return sharing


def _nearest(registry: Registry, name: str) -> list[Known]:
    """The entities whose names are spelt almost so, the nearest first."""
    by_label: defaultdict[str, list[Known]] = defaultdict(list)
    for entity in registry.entities.values():
        by_label[entity.label].append(entity)
    entities: list[Known] = []
    for label in nearest(name.replace("-", " "), by_label, MOST_NEAR):
        entities += by_label[label]
    return entities


def class_label(graph: Graph, known: Known) -> str:
    """What an entity's class is called; one that the ontology does not know by its key."""
    cls = graph.vocabulary.classes.get(known.cls)
    return cls.label if cls else known.cls


def unknown_page(path: str, graph: Graph, send: Send) -> None:
    """The page of an address that stands for nothing."""
    name = path.removeprefix("/").rpartition("/")[2].replace("_", " ")
    render("unknown.html", send, name=name, near=meant(graph, name))


GRAVE = """
SELECT ?reason ?day WHERE {
  VALUES ?it { %s }
  ?it a :Removed
  OPTIONAL { ?it :reason ?reason }
  OPTIONAL { ?it :removedOn ?day }
}
"""


def gone_page(iri: str, graph: Graph, send: Send) -> None:
    """The page of what was taken out: when, and why."""
    row = graph.ask(GRAVE % ox.NamedNode(iri))[0]
    what = "statement" if iri.startswith(OURS["st"]) else "document"
    render(
        "gone.html",
        send,
        what=what,
        iri=iri,
        reason=row["reason"],
        day=row["day"],
    )
