"""What no shape can say: files in order, plain literals, edges derived, quotes in their texts, dates in their order."""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import groupby

from rdflib import Literal, URIRef
from rdflib.term import Node

from onrecord.model import CONTROL, Entity, Statement
from onrecord.model.dates import is_later
from onrecord.model.errors import BadGraph
from onrecord.model.iris import BASE, PLACE, WORDS, local
from onrecord.model.registry import shared_aliases
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf.decode import WHOLE
from onrecord.rdf.files import Files, Finding, Row
from onrecord.rdf.label import Namer
from onrecord.rdf.namespaces import OA, REC
from onrecord.workspace import kept_text

SURROGATES = r"\ud800-\udfff"
"""No character of the engine's, so its patterns know none."""
IN_FILES = "GRAPH ?graph { ?node ?predicate ?value } FILTER (?graph NOT IN (graph:ontology, graph:edges))"
CONTROLS = Literal(CONTROL.pattern.replace(SURROGATES, "")).n3()
ODD = f"""SELECT DISTINCT ?node ?value {{ {IN_FILES}
  FILTER (isBlank(?node) || isBlank(?value) || REGEX(STR(?value), {CONTROLS}))
}}"""
STRAY = """SELECT DISTINCT ?graph ?node ?document {
  GRAPH ?graph {
    { ?document a :Document BIND (?document AS ?node) } UNION { ?node :document ?document }
  }
  FILTER (?graph != ?document)
}"""
UNTYPED = """SELECT DISTINCT ?node {
  GRAPH graph:entities { ?node ?predicate ?value }
  FILTER NOT EXISTS { GRAPH graph:entities { ?node a ?class } FILTER (?class IN (%s)) }
}"""
REMOVED_AND_THERE = "SELECT DISTINCT ?node { VALUES ?kind { :Statement :Document } ?node a ?kind , :Removed }"
ENTITIES = """SELECT ?node ?class ?label ?alias {
  GRAPH graph:entities {
    ?node a ?class
    OPTIONAL { ?node rdfs:label ?label }
    OPTIONAL { ?node skos:altLabel ?alias }
  }
} ORDER BY ?node ?alias"""
PARTS = """SELECT ?node ?label ?actor ?relation ?object ?negated ?modality ?basis ?accuser {
  ?node a :Statement ; :relation ?relation ; :object ?object
  OPTIONAL { ?node rdfs:label ?label }
  OPTIONAL { ?node :actor ?actor }
  OPTIONAL { ?node :negated ?negated }
  OPTIONAL { ?node :modality ?modality }
  OPTIONAL { ?node :reportBasis ?basis }
  OPTIONAL { ?node :accordingTo ?accuser }
} ORDER BY ?node ?relation ?object ?label ?accuser"""
TEXTS = "SELECT ?document ?digest { ?document :sha256 ?digest }"
DATES = "SELECT ?node ?said ?issued { ?node :saidOn ?said ; :document/dcterms:issued ?issued }"


def audit_findings(files: Files) -> Iterator[Finding]:
    """Every finding about the files, then about entities, then about statements."""
    yield from _placed(files)
    yield from _untyped(files)
    yield from _plain(files)
    yield from _derived(files)
    for row in files.ask(REMOVED_AND_THERE):
        message = "was removed, and is there again; delete it, or its tombstone"
        yield files.finding("error", _node(row), message)
    yield from _entities(files)
    yield from _quotes(files)
    yield from _dates(files)


def _placed(files: Files) -> Iterator[Finding]:
    """One document a file, which bears its name."""
    for row in files.ask(STRAY):
        graph, document = str(row["graph"]), row["document"]
        if graph not in files.paths or document is None:
            continue
        path = files.file_in(graph, _node(row))
        if path.parent.name == "documents":
            message = (
                f"tells of {files.name(document)}, which has a file of its own"
            )
            yield Finding("error", files.shown(path), message)


def _untyped(files: Files) -> Iterator[Finding]:
    """Entities, and nothing else, in entities.ttl."""
    classes = files.vocabulary.classes.items()
    assignable = [f"<{BASE}{key}>" for key, cls in classes if cls.assignable]
    for row in files.ask(UNTYPED % ", ".join(assignable)):
        message = "is in entities.ttl and has no type that an entity can have"
        yield files.finding("error", _node(row), message)


def _plain(files: Files) -> Iterator[Finding]:
    """No blank node, and no character that an export could not carry."""
    for row in files.ask(ODD):
        value = row["value"]
        match = CONTROL.search(value) if isinstance(value, Literal) else None
        message = "is or has a blank node; give it an IRI"
        if match:
            code = f"U+{ord(match[0]):04X}"
            message = f"holds the control character {code}; take it out"
        yield files.finding("error", _node(row), message)


def _derived(files: Files) -> Iterator[Finding]:
    """Edges follow from statements; a file that holds one says what nothing bears."""
    relations = " ".join(f"<{BASE}{key}>" for key in files.vocabulary.relations)
    values = f"VALUES ?predicate {{ {relations} }}"
    query = f"SELECT DISTINCT ?node ?predicate {{ {values} {IN_FILES} }}"
    for row in files.ask(query):
        edge = local(str(row["predicate"]))
        message = f"has a direct edge, :{edge}; write a statement instead"
        yield files.finding("error", _node(row), message)


def _entities(files: Files) -> Iterator[Finding]:
    entities = {}
    for node, rows in groupby(files.ask(ENTITIES), key=_node):
        entities[str(node)] = _entity(list(rows))
    for iri, fault in shared_aliases(entities):
        yield files.finding("error", URIRef(iri), fault)
    yield from _labels(files, entities)


def _entity(rows: list[Row]) -> Entity:
    """An entity's name, class and aliases, a row for each alias."""
    aliases = {str(row["alias"]) for row in rows if row["alias"] is not None}
    name, cls = rows[0]["label"] or "", str(rows[0]["class"])
    return Entity(str(name), local(cls), tuple(sorted(aliases)))


def _labels(files: Files, entities: Mapping[str, Entity]) -> Iterator[Finding]:
    """A statement's sentence is made from its parts; after a part was renamed it may lag behind."""
    namer = Namer(files.vocabulary, entities)
    for node, group in groupby(files.ask(PARTS), key=_node):
        rows = list(group)
        try:
            sentence = namer.sentence(_statement(rows, files.vocabulary))
        except BadGraph:
            continue  # a part is missing or unknown, as the shapes say
        if sentence != str(rows[0]["label"]):
            message = f"should read {sentence!r}; add its record again"
            yield files.finding("warning", node, message)


def _statement(rows: list[Row], vocabulary: Vocabulary) -> Statement:
    """As much of a statement as its sentence needs, a row for each actor; raises BadGraph for an unknown code."""
    row = rows[0]
    target = str(row["object"])
    is_topic = local(target) in vocabulary.topics and "/topic/" in target
    accuser = row["accuser"]
    return Statement(
        actors=tuple(
            sorted({str(row["actor"]) for row in rows if row["actor"]})
        ),
        relation=local(str(row["relation"])),
        object=local(target) if is_topic else target,
        gist="",
        object_is_topic=is_topic,
        negated=str(row["negated"]) == "true",
        modality=_code(row["modality"], "modality", vocabulary),
        basis=_code(row["basis"], "reportBasis", vocabulary),
        according_to=str(accuser) if accuser else None,
    )


def _code(value: Node | None, name: str, vocabulary: Vocabulary) -> str:
    return vocabulary.value(name, str(value)) if value else ""


def _quotes(files: Files) -> Iterator[Finding]:
    """A text that is kept (texts/<sha256>.txt) has that hash, and holds the words where they are said to be."""
    if (
        files.workspace.root is None
        or not (files.workspace.root / "texts").is_dir()
    ):
        return
    for row in files.ask(TEXTS):
        document, digest = row["document"], str(row["digest"])
        raw = kept_text(files.workspace.root, digest)
        if raw is None or document is None:
            continue
        if hashlib.sha256(raw).hexdigest() != digest:
            message = (
                f"texts/{digest}.txt has changed since; its hash is another"
            )
            yield files.finding("error", document, message)
            continue
        for statement in files.union.subjects(REC.document, document):
            yield from _quote(
                files, statement, raw.decode("utf-8", errors="replace")
            )


def _quote(files: Files, statement: Node, text: str) -> Iterator[Finding]:
    exact = files.union.value(URIRef(str(statement) + WORDS), OA.exact)
    place = URIRef(str(statement) + PLACE)
    start, end = (
        files.union.value(place, OA.start),
        files.union.value(place, OA.end),
    )
    if exact is None:
        return
    is_placed = start is not None and end is not None
    if is_placed and _between(text, str(start), str(end)) != str(exact):
        message = f"its words do not stand at {start} to {end} of the text"
        yield files.finding("error", statement, message)
    elif str(exact) not in text:
        message = "its words do not stand in the text"
        yield files.finding("error", statement, message)


def _between(text: str, start: str, end: str) -> str | None:
    """The words at a place of a text; None for a place that is none."""
    if not (WHOLE.fullmatch(start) and WHOLE.fullmatch(end)):
        return None
    return text[int(start) : int(end)]


def _dates(files: Files) -> Iterator[Finding]:
    for row in files.ask(DATES):
        said, issued = str(row["said"]), str(row["issued"])
        if is_later(said, issued):
            message = (
                f"was said on {said}, after its document came out on {issued}"
            )
            yield files.finding("warning", _node(row), message)


def _node(row: Row) -> Node:
    node = row["node"]
    assert node is not None  # noqa: S101  every query gives it
    return node
