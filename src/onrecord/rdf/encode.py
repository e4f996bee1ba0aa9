"""Documents, statements, entities and runs → triples.

Every reference is an IRI by now (see `link`). The properties are those of the table "From record field to property" of
the record format's documentation, `ontology/README.md`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.term import Node

from onrecord.model import (
    Document,
    Entity,
    Evidence,
    PastReview,
    Revision,
    Run,
    Statement,
)
from onrecord.model.iris import (
    EVIDENCE,
    PLACE,
    WORDS,
    document_iri,
    entity_iri,
    run_iri,
    statement_iri,
    topic_iri,
)
from onrecord.model.vocabulary import Vocabulary
from onrecord.rdf.namespaces import (
    DCTERMS,
    OA,
    PROV,
    RDF,
    RDFS,
    REC,
    SCHEMA,
    SKOS,
    XSD,
)

Triple = tuple[Node, Node, Node]
TRUE = Literal("true", datatype=XSD.boolean)


def entity(value: Entity) -> Iterator[Triple]:
    """An entity with its names; `value.id` is minted."""
    node = URIRef(entity_iri(value.id or ""))
    yield node, RDF.type, REC[value.type]
    yield node, RDFS.label, english(value.name)
    yield from _texts(node, SKOS.altLabel, value.aliases)
    yield from _text(node, DCTERMS.description, value.description)
    yield from _text(node, REC.role, value.role)
    if value.country:
        yield node, REC.country, Literal(value.country)
    yield from _iris(node, REC.affiliation, value.affiliation)
    for party in value.parties:
        yield node, REC.party, URIRef(party)
    yield from _iris(node, SKOS.exactMatch, value.exact_match)


def document(value: Document, vocabulary: Vocabulary) -> Iterator[Triple]:
    """A document; `value.id` is minted, its text stays where it is."""
    node = URIRef(document_iri(value.id or ""))
    yield node, RDF.type, REC.Document
    yield node, RDFS.label, Literal(value.title or untitled(value))
    yield node, DCTERMS.publisher, Literal(value.publisher)
    yield (
        node,
        REC.sourceKind,
        URIRef(vocabulary.code("sourceKind", value.source_kind)),
    )
    yield from _iris(node, SCHEMA.url, value.url)
    for predicate, text in (
        (DCTERMS.creator, value.author),
        (DCTERMS.language, value.language),
        (REC.sha256, value.sha256),
        (REC.page, value.page),
    ):
        if text:
            yield node, predicate, Literal(text)
    yield from _date(node, DCTERMS.issued, value.published)
    yield from _date(node, REC.notBefore, value.not_before)
    yield from _text(node, REC.notBeforeProof, value.not_before_proof)
    yield from _date(node, REC.retrieved, value.retrieved)
    if value.translated:
        yield node, REC.translated, TRUE


def run(value: Run, slug: str, vocabulary: Vocabulary) -> Iterator[Triple]:
    """A run, by its minted slug."""
    node = URIRef(run_iri(slug))
    yield node, RDF.type, REC.Run
    yield from _text(node, RDFS.label, value.label)
    yield node, REC.runKind, URIRef(vocabulary.code("runKind", value.kind))
    for predicate, text in (
        (REC.program, value.program),
        (REC.programVersion, value.version),
        (REC.settings, value.settings),
    ):
        if text:
            yield node, predicate, Literal(text)
    yield from _date(node, PROV.endedAtTime, value.ended)


def statement(
    value: Statement,
    label: str,
    source: str,
    made_by: str,
    vocabulary: Vocabulary,
) -> Iterator[Triple]:
    """A statement of the document with IRI `source`, made by the run with IRI `made_by`; `value.id` is minted."""
    node = URIRef(statement_iri(value.id or ""))
    yield node, RDF.type, REC.Statement
    yield node, RDFS.label, english(label)
    yield from _who_what(node, value)
    yield from _how(node, value, vocabulary)
    yield node, REC.gist, english(value.gist)
    yield node, REC.document, URIRef(source)
    yield node, REC.confidence, Literal(Decimal(str(float(value.confidence))))
    yield node, PROV.wasGeneratedBy, URIRef(made_by)
    yield from _when(node, value)
    yield from _review(node, value, vocabulary)
    yield from _revisions(node, value.revisions)
    yield from _past_reviews(node, value.past_reviews, vocabulary)
    yield from _evidence(node, value.evidence, source)


def _who_what(node: URIRef, value: Statement) -> Iterator[Triple]:
    for actor in value.actors:
        yield node, REC.actor, URIRef(actor)
    yield node, REC.relation, REC[value.relation]
    target = topic_iri(value.object) if value.object_is_topic else value.object
    yield node, REC.object, URIRef(target)
    yield node, REC.negated, Literal(value.negated)
    for topic in value.topics:
        yield node, REC.topic, URIRef(topic_iri(topic))
    yield from _iris(node, REC.recipient, value.recipient)
    yield from _iris(node, REC.instrument, value.instrument)
    yield from _iris(node, REC.accordingTo, value.according_to)
    if value.disputes:
        yield node, REC.disputes, URIRef(statement_iri(value.disputes))
    if value.utterance:
        yield node, REC.utterance, URIRef(value.utterance)


def _how(
    node: URIRef, value: Statement, vocabulary: Vocabulary
) -> Iterator[Triple]:
    for prop, key in (
        ("modality", value.modality),
        ("reportBasis", value.basis),
        ("stanceOnAI", value.stance),
        ("wording", value.wording),
        ("saidVia", value.via),
        ("stage", value.stage),
        ("digitalSourceType", value.digital_source_type),
    ):
        if key:
            yield node, REC[prop], URIRef(vocabulary.code(prop, key))


def _when(node: URIRef, value: Statement) -> Iterator[Triple]:
    yield from _date(node, REC.saidOn, value.date)
    yield from _date(node, REC.validFrom, value.valid_from)
    yield from _date(node, REC.validUntil, value.valid_until)
    if value.ended:
        yield node, REC.ended, TRUE


def _review(
    node: URIRef, value: Statement, vocabulary: Vocabulary
) -> Iterator[Triple]:
    review = value.review
    status = review.status if review else "unreviewed"
    code = vocabulary.code("reviewStatus", status)
    yield node, REC.reviewStatus, URIRef(code)
    if review:
        yield from _texts(
            node, REC.reviewedBy, [review.by] if review.by else []
        )
        yield from _date(node, REC.reviewedOn, review.on)
        yield from _text(node, REC.reviewNote, review.note)


def _revisions(node: URIRef, revisions: Iterable[Revision]) -> Iterator[Triple]:
    """What a person changed, oldest first, in nodes that are numbered from 1."""
    for number, revision in enumerate(revisions, 1):
        part = URIRef(f"{node}/revision-{number}")
        yield node, REC.revision, part
        yield part, RDF.type, REC.Revision
        yield part, REC.revisedField, Literal(revision.field)
        yield part, REC.revisedFrom, Literal(revision.was)
        yield from _texts(
            part, REC.revisedBy, [revision.by] if revision.by else []
        )
        yield from _date(part, REC.revisedOn, revision.on)


def _past_reviews(
    node: URIRef, reviews: Iterable[PastReview], vocabulary: Vocabulary
) -> Iterator[Triple]:
    """The verdicts that another coder's replaced, oldest first, in nodes that are numbered from 1."""
    for number, review in enumerate(reviews, 1):
        part = URIRef(f"{node}/review-{number}")
        status = vocabulary.code("reviewStatus", review.status)
        yield node, REC.pastReview, part
        yield part, RDF.type, REC.PastReview
        yield part, REC.reviewStatus, URIRef(status)
        yield from _texts(part, REC.reviewedBy, [review.by])
        yield from _date(part, REC.reviewedOn, review.on)
        yield from _text(part, REC.reviewNote, review.note)
        yield part, REC.afterRevisions, Literal(review.after)


def _evidence(
    node: URIRef, value: Evidence | None, source: str
) -> Iterator[Triple]:
    """The passage, by its document and, where the words are known, by W3C Web Annotation selectors (section 4.2)."""
    passage = URIRef(node + EVIDENCE)
    yield node, REC.evidence, passage
    yield passage, RDF.type, OA.SpecificResource
    yield passage, OA.hasSource, URIRef(source)
    if value is None:
        return
    words = URIRef(node + WORDS)
    yield passage, OA.hasSelector, words
    yield words, RDF.type, OA.TextQuoteSelector
    for name, text in (
        ("exact", value.exact),
        ("prefix", value.prefix),
        ("suffix", value.suffix),
    ):
        if text is not None:
            yield words, OA[name], Literal(text)
    if value.start is not None and value.end is not None:
        place = URIRef(node + PLACE)
        yield passage, OA.hasSelector, place
        yield place, RDF.type, OA.TextPositionSelector
        yield place, OA.start, Literal(value.start)
        yield place, OA.end, Literal(value.end)


def untitled(value: Document) -> str:
    """What a document without a title is called: its publisher and date."""
    return f"{value.publisher}, {value.published or 'undated'}"


def english(text: str) -> Literal:
    """A literal of our own words."""
    return Literal(text, lang="en")


def _text(
    node: URIRef, predicate: URIRef, text: str | None
) -> Iterator[Triple]:
    if text:
        yield node, predicate, english(text)


def _texts(
    node: URIRef, predicate: URIRef, texts: Iterable[str]
) -> Iterator[Triple]:
    for text in texts:
        yield node, predicate, Literal(text)


def _iris(node: URIRef, predicate: URIRef, iri: str | None) -> Iterator[Triple]:
    if iri:
        yield node, predicate, URIRef(iri)


def _date(
    node: URIRef, predicate: URIRef, text: str | None
) -> Iterator[Triple]:
    """A date as precise as it is known: 2025, 2025-10 or 2025-10-21."""
    if text:
        datatype = {4: XSD.gYear, 7: XSD.gYearMonth}.get(len(text), XSD.date)
        yield node, predicate, Literal(text, datatype=datatype, normalize=False)
