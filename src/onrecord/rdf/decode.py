"""Triples → documents, statements, entities: the other way of `encode`.

A file may be somebody else's, or mended by hand: BadGraph is raised for a code that is
none, and where a number belongs and none stands.
"""

import re
from dataclasses import replace
from math import isfinite, nan

from rdflib import Graph, URIRef
from rdflib.term import Node

from onrecord.model import (
    Document,
    Entity,
    Evidence,
    PastReview,
    Review,
    Revision,
    Run,
    Source,
    Statement,
)
from onrecord.model.errors import BadGraph
from onrecord.model.iris import PLACE, WORDS, local
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf.encode import untitled
from onrecord.rdf.namespaces import (
    DCTERMS,
    OA,
    PROV,
    RDF,
    RDFS,
    REC,
    SCHEMA,
    SKOS,
)

WHOLE = re.compile(r"\d{1,12}")
"""A whole number, as a place in a text in characters."""


def source(graph: Graph, vocabulary: Vocabulary) -> Source:
    """The one document of a document's graph, with its statements in the order of their ids."""
    node = next(graph.subjects(RDF.type, REC.Document))
    statements = sorted(map(str, graph.subjects(RDF.type, REC.Statement)))
    return Source(
        document(graph, node, vocabulary),
        tuple(
            statement(graph, URIRef(node), vocabulary) for node in statements
        ),
    )


def document(graph: Graph, node: Node, vocabulary: Vocabulary) -> Document:
    """A document by its node."""
    described = Document(
        publisher=_text(graph, node, DCTERMS.publisher) or "",
        source_kind=_code(graph, node, "sourceKind", vocabulary) or "",
        url=_text(graph, node, SCHEMA.url),
        published=_text(graph, node, DCTERMS.issued),
        not_before=_text(graph, node, REC.notBefore),
        not_before_proof=_text(graph, node, REC.notBeforeProof),
        author=_text(graph, node, DCTERMS.creator),
        translated=_flag(graph, node, REC.translated),
        language=_text(graph, node, DCTERMS.language),
        retrieved=_text(graph, node, REC.retrieved),
        sha256=_text(graph, node, REC.sha256),
        page=_text(graph, node, REC.page),
        title=_text(graph, node, RDFS.label),
        id=local(str(node)),
    )
    return (
        replace(described, title=None)
        if described.title == untitled(described)
        else described
    )


def entity(graph: Graph, node: Node) -> Entity:
    """An entity by its node; its aliases sorted."""
    kind = graph.value(node, RDF.type)
    return Entity(
        name=_text(graph, node, RDFS.label) or "",
        type=local(str(kind)),
        aliases=tuple(sorted(map(str, graph.objects(node, SKOS.altLabel)))),
        role=_text(graph, node, REC.role),
        affiliation=_text(graph, node, REC.affiliation),
        parties=tuple(sorted(map(str, graph.objects(node, REC.party)))),
        country=_text(graph, node, REC.country),
        description=_text(graph, node, DCTERMS.description),
        exact_match=_text(graph, node, SKOS.exactMatch),
        id=local(str(node)),
    )


def statement(graph: Graph, node: Node, vocabulary: Vocabulary) -> Statement:
    """A statement by its node; references are IRIs, actors and topics sorted."""
    target = str(graph.value(node, REC.object))
    is_topic = local(target) in vocabulary.topics and "/topic/" in target
    disputed = _text(graph, node, REC.disputes)
    topics = map(str, graph.objects(node, REC.topic))
    return Statement(
        actors=tuple(sorted(map(str, graph.objects(node, REC.actor)))),
        relation=local(str(graph.value(node, REC.relation))),
        object=local(target) if is_topic else target,
        object_is_topic=is_topic,
        negated=_flag(graph, node, REC.negated),
        recipient=_text(graph, node, REC.recipient),
        instrument=_text(graph, node, REC.instrument),
        stage=_code(graph, node, "stage", vocabulary),
        topics=tuple(sorted(map(local, topics))),
        stance=_code(graph, node, "stanceOnAI", vocabulary),
        modality=_code(graph, node, "modality", vocabulary) or "",
        basis=_code(graph, node, "reportBasis", vocabulary) or "",
        according_to=_text(graph, node, REC.accordingTo),
        gist=_text(graph, node, REC.gist) or "",
        evidence=_evidence(graph, node),
        wording=_code(graph, node, "wording", vocabulary),
        date=_text(graph, node, REC.saidOn),
        via=_code(graph, node, "saidVia", vocabulary),
        confidence=_share(graph, node),
        review=_review(graph, node, vocabulary),
        utterance=_text(graph, node, REC.utterance),
        disputes=local(disputed) if disputed else None,
        valid_from=_text(graph, node, REC.validFrom),
        valid_until=_text(graph, node, REC.validUntil),
        ended=_flag(graph, node, REC.ended),
        digital_source_type=_code(graph, node, "digitalSourceType", vocabulary),
        revisions=_revisions(graph, node),
        past_reviews=_past_reviews(graph, node, vocabulary),
        id=local(str(node)),
    )


def run(graph: Graph, node: Node, vocabulary: Vocabulary) -> Run:
    """A run; raises BadGraph."""
    return Run(
        label=_text(graph, node, RDFS.label) or "",
        kind=_code(graph, node, "runKind", vocabulary) or "",
        program=_text(graph, node, REC.program),
        version=_text(graph, node, REC.programVersion),
        settings=_text(graph, node, REC.settings),
        ended=_text(graph, node, PROV.endedAtTime),
    )


def _revisions(graph: Graph, node: Node) -> tuple[Revision, ...]:
    count = len({*graph.objects(node, REC.revision)})
    parts = [
        URIRef(f"{node}/revision-{number}") for number in range(1, count + 1)
    ]
    return tuple(_revision(graph, part) for part in parts)


def _revision(graph: Graph, node: Node) -> Revision:
    return Revision(
        field=_text(graph, node, REC.revisedField) or "",
        was=_text(graph, node, REC.revisedFrom) or "",
        by=_text(graph, node, REC.revisedBy),
        on=_text(graph, node, REC.revisedOn),
    )


def _past_reviews(
    graph: Graph, node: Node, vocabulary: Vocabulary
) -> tuple[PastReview, ...]:
    count = len({*graph.objects(node, REC.pastReview)})
    parts = [
        URIRef(f"{node}/review-{number}") for number in range(1, count + 1)
    ]
    return tuple(_past_review(graph, part, vocabulary) for part in parts)


def _past_review(
    graph: Graph, node: Node, vocabulary: Vocabulary
) -> PastReview:
    return PastReview(
        status=_code(graph, node, "reviewStatus", vocabulary) or "unreviewed",
        by=_text(graph, node, REC.reviewedBy) or "",
        on=_text(graph, node, REC.reviewedOn),
        note=_text(graph, node, REC.reviewNote),
        after=_whole(graph, node, REC.afterRevisions) or 0,
    )


def _review(graph: Graph, node: Node, vocabulary: Vocabulary) -> Review | None:
    status = _code(graph, node, "reviewStatus", vocabulary) or "unreviewed"
    note = _text(graph, node, REC.reviewNote)
    if status == "unreviewed" and note is None:
        return None
    by, on = (
        _text(graph, node, REC.reviewedBy),
        _text(graph, node, REC.reviewedOn),
    )
    return Review(status, by, on, note)


def _evidence(graph: Graph, node: Node) -> Evidence | None:
    words, place = URIRef(str(node) + WORDS), URIRef(str(node) + PLACE)
    exact = _text(graph, words, OA.exact)
    if exact is None:
        return None
    return Evidence(
        exact=exact,
        prefix=_text(graph, words, OA.prefix),
        suffix=_text(graph, words, OA.suffix),
        start=_whole(graph, place, OA.start),
        end=_whole(graph, place, OA.end),
    )


def _share(graph: Graph, node: Node) -> float:
    """The confidence of a statement; raises BadGraph for what is no number."""
    text = _text(graph, node, REC.confidence) or "0"
    try:
        share = float(text)
    except ValueError:
        share = nan
    if not isfinite(share):
        message = f"{local(str(node))}: {text!r} is no confidence"
        raise BadGraph(message)
    return share


def _whole(graph: Graph, place: Node, predicate: URIRef) -> int | None:
    """A number, as of where words begin; raises BadGraph for what is none."""
    text = _text(graph, place, predicate)
    if text is None:
        return None
    if not WHOLE.fullmatch(text):
        message = f"{place}: {text[:40]!r} is no whole number"
        raise BadGraph(message)
    return int(text)


def _text(graph: Graph, node: Node, predicate: URIRef) -> str | None:
    value = graph.value(node, predicate)
    return str(value) if value is not None else None


def _flag(graph: Graph, node: Node, predicate: URIRef) -> bool:
    return str(graph.value(node, predicate)) == "true"


def _code(
    graph: Graph, node: Node, prop: str, vocabulary: Vocabulary
) -> str | None:
    iri = _text(graph, node, REC[prop])
    return vocabulary.value(prop, iri) if iri is not None else None
