"""A discourse of three invented organizations, small enough to work out by hand, and a graph of invented people."""

from collections.abc import Callable

import pytest

from onrecord.discourse.statements import Coded
from onrecord.querying.ask import Graph
from onrecord.workspace import find

ROWS = (
    # id, document, date, actor, concept, agrees
    ("s1", "d1", "2024-01-01", "Alpha", "levy", True),
    ("s2", "d1", "2024-01-01", "Alpha", "levy", True),
    ("s3", "d1", "2024-01-01", "Alpha", "ban", False),
    ("s4", "d2", "2024-01-08", "Beta", "levy", True),
    ("s5", "d2", "2024-01-08", "Beta", "ban", True),
    ("s6", "d3", "2024-01-15", "Gamma", "levy", False),
    ("s7", "d3", "2024-01-15", "Gamma", "fund", True),
)


@pytest.fixture
def discourse() -> list[Coded]:
    """Alpha for a levy (twice) and against a ban, Beta for both, Gamma against the levy and alone with a fund."""
    return [Coded(*row) for row in ROWS]


@pytest.fixture
def coded() -> Callable[..., list[Coded]]:
    """Makes coded statements of (actor, concept, qualifier), one a document, a day apart."""

    def make(*rows) -> list[Coded]:
        days = [
            f"2024-{1 + at // 28:02}-{1 + at % 28:02}"
            for at in range(len(rows))
        ]
        return [
            Coded(f"s{at:04}", f"d{at:04}", days[at], *row)
            for at, row in enumerate(rows)
        ]

    return make


HEAD = """
@prefix : <https://w3id.org/onrecord/> .
@prefix code: <https://w3id.org/onrecord/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/onrecord/doc/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix st: <https://w3id.org/onrecord/statement/> .
@prefix topic: <https://w3id.org/onrecord/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ENTITIES = """
:Ada-Example a :Person ; rdfs:label "Ada Example"@en ; :affiliation :Guild-of-Tests .
:Ben-Sample a :Person ; rdfs:label "Ben Sample"@en .
:Cleo-Mock a :Person ; rdfs:label "Cleo Mock"@en .
:Guild-of-Tests a :Guild ; rdfs:label "Guild of Tests"@en .
:Studio-Nine a :Company ; rdfs:label "Studio Nine"@en .
"""
STATEMENT = """
st:{id} a :Statement ; rdfs:label "{id}"@en ; :actor {actor} ; :relation :{relation} ; :object {object} ;
  :topic {topics} ; :negated {negated} ; :modality code:actual ; :reportBasis code:{basis} ; :confidence 0.9 ;
  :gist "Says {id}."@en ; :reviewStatus code:{status} ; :document doc:{document} {more} .
"""
PLAIN = {
    "relation": "states", "object": "topic:regulation", "topics": "topic:regulation", "negated": "false",
    "basis": "self-report", "status": "unreviewed", "document": "paper-2025", "more": "",
}  # fmt: skip


def statement(number, actor, stance, day=None, **more):
    told = PLAIN | more | {"id": f"{number:012}", "actor": actor}
    told["more"] += f" ; :stanceOnAI code:{stance}" if stance else ""
    told["more"] += f' ; :saidOn "{day}"^^xsd:date' if day else ""
    return STATEMENT.format(**told)


def post(number, relation, organization, start, end):
    dates = (
        f' ; :validFrom "{start}"^^xsd:gYear ; :validUntil "{end}"^^xsd:gYear'
    )
    return statement(
        number,
        ":Ada-Example",
        None,
        relation=relation,
        object=organization,
        more=dates,
    )


STATEMENTS = (
    statement(1, ":Ada-Example", "critical", "2023-05-01"),
    statement(2, ":Ada-Example", "supportive", "2025-05-01"),
    statement(
        3,
        ":Ben-Sample",
        "critical",
        topics="topic:regulation , topic:deepfakes",
    ),
    statement(4, ":Cleo-Mock", "neutral"),
    statement(
        5,
        ":Cleo-Mock",
        "supportive",
        basis="allegation",
        more=" ; :accordingTo :Ben-Sample",
    ),
    statement(6, ":Cleo-Mock", "supportive", status="rejected"),
    statement(
        7, ":Guild-of-Tests , :Ben-Sample", "conditional", negated="true"
    ),
    post(8, "leads", ":Studio-Nine", 2022, 2023),
)


@pytest.fixture
def head():
    """The prefixes of a graph file."""
    return HEAD


@pytest.fixture
def said():
    """Makes a statement in Turtle: number, actor, stance, day, and whatever else is told of it."""
    return statement


@pytest.fixture
def written(tmp_path):
    """Makes a graph of invented people with these statements, all in one document."""

    def write(*statements):
        documents = tmp_path / "graphs" / "documents"
        documents.mkdir(parents=True)
        (tmp_path / "graphs" / "entities.ttl").write_text(
            HEAD + ENTITIES, encoding="utf-8"
        )
        document = 'doc:paper-2025 a :Document ; rdfs:label "A paper" ; dcterms:publisher "Paper" .'
        (documents / "paper-2025.ttl").write_text(
            HEAD + document + "".join(statements), encoding="utf-8"
        )
        return Graph(find(tmp_path))

    return write


@pytest.fixture
def opened(written):
    """The graph of STATEMENTS."""
    return written(*STATEMENTS)
