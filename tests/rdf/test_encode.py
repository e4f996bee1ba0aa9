"""Statements, documents and entities to triples and back, whole."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from onrecord import workspace
from onrecord.model import (
    CONTROL,
    Document,
    Entity,
    Evidence,
    Review,
    Statement,
)
from onrecord.model.iris import BASE, document_iri, run_iri
from onrecord.model.vocabulary import read
from onrecord.rdf import decode, encode, turtle
from onrecord.rdf.namespaces import REC, XSD

WORDS = read(workspace.shipped().ontology_files())
TEXT = st.text(
    st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30
).filter(lambda text: text.strip() and not CONTROL.search(text))
IRI = st.from_regex(r"[A-Z][a-z]{1,8}(-[A-Z][a-z]{1,8})?", fullmatch=True).map(
    lambda slug: BASE + slug
)
ID = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
DAY = st.dates().map(str)
DATE = st.one_of(
    DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4])
)


def code(prop: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(WORDS.codes[prop]))


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def several(
    strategy: st.SearchStrategy[str], least: int, most: int
) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(strategy, min_size=least, max_size=most, unique=True).map(
        lambda found: tuple(sorted(found))
    )


EVIDENCE = st.builds(Evidence, TEXT, maybe(TEXT), maybe(TEXT)) | st.builds(
    Evidence,
    TEXT,
    st.none(),
    st.none(),
    st.integers(0, 99),
    st.integers(100, 999),
)
STATEMENTS = st.builds(
    Statement,
    actors=several(IRI, 1, 4),
    relation=st.sampled_from(sorted(WORDS.stated)),
    object=IRI,
    gist=TEXT,
    negated=st.booleans(),
    recipient=maybe(IRI),
    instrument=maybe(IRI),
    stage=maybe(code("stage")),
    topics=several(st.sampled_from(sorted(WORDS.topics)), 0, 3),
    stance=maybe(code("stanceOnAI")),
    modality=code("modality"),
    basis=code("reportBasis"),
    according_to=maybe(IRI),
    evidence=st.none() | EVIDENCE,
    wording=maybe(code("wording")),
    date=maybe(DATE),
    via=maybe(code("saidVia")),
    confidence=st.integers(0, 100).map(lambda percent: percent / 100),
    review=st.none()
    | st.builds(
        Review,
        st.sampled_from(["accepted", "rejected", "superseded"]),
        maybe(TEXT),
        maybe(DATE),
    ),
    utterance=maybe(IRI),
    disputes=maybe(ID),
    valid_from=maybe(DATE),
    valid_until=maybe(DATE),
    ended=st.booleans(),
    digital_source_type=maybe(code("digitalSourceType")),
    id=ID,
)


def back(triples) -> Graph:
    """The triples, written and read again."""
    return Graph().parse(data=turtle.write(triples), format="turtle")


@settings(deadline=None, max_examples=60)
@given(STATEMENTS)
def test_a_statement_comes_back_as_it_was(value: Statement) -> None:
    triples = encode.statement(
        value, "A label", document_iri("d"), run_iri("r"), WORDS
    )
    graph = back(triples)
    assert (
        decode.statement(graph, URIRef(f"{BASE}statement/{value.id}"), WORDS)
        == value
    )


def test_a_statement_on_a_topic_comes_back_as_such() -> None:
    value = Statement(
        (f"{BASE}Ada",),
        "states",
        "regulation",
        "Says so.",
        object_is_topic=True,
        id="0123456789ab",
    )
    graph = back(
        encode.statement(
            value, "A label", document_iri("d"), run_iri("r"), WORDS
        )
    )
    assert (
        decode.statement(graph, URIRef(f"{BASE}statement/0123456789ab"), WORDS)
        == value
    )


@settings(deadline=None, max_examples=40)
@given(
    st.builds(
        Document,
        publisher=TEXT,
        source_kind=code("sourceKind"),
        url=maybe(st.just("https://news.example/a?b=c#d")),
        title=maybe(TEXT),
        published=maybe(DATE),
        not_before=maybe(DATE),
        not_before_proof=maybe(TEXT),
        author=maybe(TEXT),
        translated=st.booleans(),
        language=maybe(st.just("de")),
        retrieved=maybe(DATE),
        sha256=maybe(st.just("ab" * 32)),
        text=st.none(),
        id=st.just("a-document"),
    )
)
def test_a_document_comes_back_as_it_was(value: Document) -> None:
    assert (
        decode.source(back(encode.document(value, WORDS)), WORDS).document
        == value
    )


@settings(deadline=None, max_examples=40)
@given(
    st.builds(
        Entity,
        name=TEXT,
        type=st.sampled_from(sorted(WORDS.classes)),
        aliases=several(TEXT, 0, 3),
        role=maybe(TEXT),
        affiliation=maybe(IRI),
        parties=several(IRI, 0, 3),
        country=maybe(st.just("US")),
        description=maybe(TEXT),
        exact_match=maybe(st.just("http://www.wikidata.org/entity/Q1")),
        id=st.just("An-Entity"),
    )
)
def test_an_entity_comes_back_as_it_was(value: Entity) -> None:
    assert (
        decode.entity(back(encode.entity(value)), URIRef(f"{BASE}An-Entity"))
        == value
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2025", XSD.gYear),
        ("2025-10", XSD.gYearMonth),
        ("2025-10-21", XSD.date),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text: str, kind: URIRef) -> None:
    value = Statement(
        (f"{BASE}Ada",),
        "urges",
        f"{BASE}Bob",
        "Urges.",
        date=text,
        id="0123456789ab",
    )
    graph = back(
        encode.statement(
            value, "A label", document_iri("d"), run_iri("r"), WORDS
        )
    )
    (found,) = graph.objects(None, REC.saidOn)
    assert (str(found), found.datatype) == (text, kind)


def test_the_text_of_a_document_never_goes_into_the_graph() -> None:
    value = Document(
        "Example News",
        url="https://news.example/",
        text="All of the article.",
        id="a-document",
    )
    assert b"All of the article" not in turtle.write(
        encode.document(value, WORDS)
    )
    assert decode.source(
        back(encode.document(value, WORDS)), WORDS
    ).document == replace(value, text=None)
