"""What an address of the graph stands for: what is there, where it went, or what may have been meant."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice

import pyoxigraph as ox

from onrecord.model.errors import AmbiguousName, UnknownName
from onrecord.model.iris import BASE, OURS, PREFIXES, local
from onrecord.model.names import fold, nearest
from onrecord.model.registry import Known
from onrecord.querying.ask import Graph
from onrecord.store.limits import Send
from onrecord.website.address import href, named
from onrecord.website.frame import render

UNKNOWN, GONE, MOVED, ELSEWHERE = "unknown", "gone", "moved", "elsewhere"
"""Kinds of what is not there: 404, 410, 301 and 302."""
MOST_MEANT = 20
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
    return (
        "relation"
        if key in words.relations
        else "class"
        if key in words.classes
        else None
    )


def _described(graph: Graph, iri: str) -> str | Resolution | None:
    """The kind of what the graph tells of; where it was merged into another, or taken out, that."""
    node = ox.NamedNode(iri)
    quads = graph.store.quads_for_pattern(node, None, None, None)
    pairs = [*islice(quads, MOST_TOLD)]
    types = {
        _key(quad.object) for quad in pairs if quad.predicate.value == TYPE
    }
    if "Statement" in types or "Document" in types:
        return "statement" if "Statement" in types else "document"
    if "Removed" in types:
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
    slugs = {
        fold(iri.removeprefix(BASE)): iri
        for iri in (*graph.registry.entities, *_terms(graph))
    }
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
    labels = {
        fold(graph.vocabulary.labels[iri]): iri
        for iri in _terms(graph)
        if iri in graph.vocabulary.labels
    }
    return labels.get(fold(name))


def _terms(graph: Graph) -> Iterable[str]:
    words = graph.vocabulary
    yield from (BASE + key for key in (*words.relations, *words.classes))
    yield from (OURS["topic"] + key for key in words.topics)


def meant(graph: Graph, name: str) -> list[tuple[str, str, str]]:
    """Entities that a name may mean, as label, type and address: those that share it, else the nearest ones."""
    registry = graph.registry
    wanted = {fold(name)} | {
        fold(str(part))
        for form, several in registry.ambiguous.items()
        if fold(form) == fold(name)
        for part in several
    }
    every = registry.entities.values()
    shared = [
        entity
        for entity in every
        if wanted & {fold(entity.label), *map(fold, entity.aliases)}
    ]
    if not shared:
        near = nearest(
            name.replace("-", " "), [entity.label for entity in every], 8
        )
        shared = [
            entity
            for label in near
            for entity in every
            if entity.label == label
        ]
    return [
        (entity.label, class_label(graph, entity), href(entity.iri) or "")
        for entity in shared[:MOST_MEANT]
    ]


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
