"""A workspace on another field: who says what about cycling in a town, and no word of ours."""

import re
from pathlib import Path

import pytest

import onrecord
from onrecord.querying.ask import Graph
from onrecord.website import browse
from onrecord.website.publication import speak
from onrecord.website.start import start_page
from onrecord.workspace import Workspace, find, init, shipped

SETTINGS = """
[field]
ontology = "ontology"
questions = "queries"
"""
HEAD = """
@prefix : <https://w3id.org/onrecord/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <https://w3id.org/onrecord/topic/> .
"""
FAMILIES = """
:speechRelation a owl:ObjectProperty ; rdfs:label "speech"@en .
:actionRelation a owl:ObjectProperty ; rdfs:label "action"@en .
:structuralRelation a owl:ObjectProperty ; rdfs:label "structure"@en .
"""
RELATION = """
:{key} a :Relation , owl:ObjectProperty ; rdfs:subPropertyOf :{family}Relation ;
  rdfs:label "{label}"@en ; :inverseLabel "is {label} by"@en ;
  skos:definition "{label}."@en ;
  :entityPattern "{{{label}|{label}}} {{o}}" ; :topicPattern "{{{label}|{label}}} {{o}}" .
"""
RELATIONS = (
    ("states", "speech", "comments on"),
    ("pedalsFor", "speech", "pedals for"),
    ("paves", "action", "paves"),
    ("leads", "structural", "leads"),
)
TOPIC = """
topic:{key} a :Topic ; rdfs:label "{label}"@en ; skos:prefLabel "{label}"@en ;
  skos:definition "{label}."@en ; skos:inScheme :topics .
"""
TEXTS = """
[page]
title = "Who says what about cycling in Ourtown"
heading = "Who says and does what about cycling in Ourtown"
subtitle = ""
start = ""
around = "{name}: who says what about cycling"
stance = "Stance on cycling"
stage = "Built at"
reading = "stance on cycling"
[stances]
supportive = "for bicycles"
critical = "against bicycles"
conditional = "for some"
neutral = "neither"
none = "no stance"
[kinds]
person = "Townspeople"
company = "Shops"
ai = "Machines"
guild = "Clubs"
law = "By-laws"
work = "Roads"
other = "Other"
"""
QUESTION = """#+ title: Who pedals for what?
#+ description: Who is for what.
SELECT ?who ?what WHERE { ?it :relation :pedalsFor ; :actor ?who ; :topic ?what }
"""
RECORDS = """
{"entity": {"name": "Ida Wheel", "type": "Person"}}
{"doc": {"url": "https://example.org/lane", "publisher": "Ourtown Post", "title": "A lane", "published": "2026-03-01", "source_kind": "report"}, "statements": [{"actors": ["Ida Wheel"], "relation": "pedalsFor", "object": "bicycle-lanes", "object_kind": "topic", "topics": ["bicycle-lanes"], "stance": "supportive", "gist": "Wants a lane on each road.", "negated": false}]}
"""  # noqa: E501
ARTICLE = """Ourtown argues about bicycle lanes

Bicycle lanes are back on the council's table. “Every road needs a bicycle lane,” said Ida Wheel.

Ida Wheel demanded bicycle lanes on Bridge Street. The bicycle lane would be the third bicycle lane of Ourtown.
"""
OURS = re.compile(
    r"\bAI\b|(?i:artificial|entertainment|Netflix|Hollywood|film|studio)"
)


@pytest.fixture
def town(tmp_path: Path) -> Workspace:
    """A workspace on cycling, with a record and an article."""
    root = init(tmp_path / "cycling").root
    assert root is not None
    (root / "onrecord.toml").write_text(SETTINGS, encoding="utf-8")
    lexicon = root / "ontology" / "lexicon"
    lexicon.mkdir(parents=True)
    written = [
        RELATION.format(key=key, family=family, label=label)
        for key, family, label in RELATIONS
    ]
    files = {
        "ontology/relations.ttl": HEAD + FAMILIES + "".join(written),
        "ontology/topics.ttl": HEAD
        + ':topics a skos:ConceptScheme ; rdfs:label "topics"@en .\n'
        + TOPIC.format(key="bicycle-lanes", label="bicycle lanes"),
        "ontology/texts.toml": TEXTS,
        "ontology/lexicon/ai.tsv": "bicycle*\n",
        "ontology/lexicon/topics.tsv": "bicycle lane*\tbicycle-lanes\t4\n",
        "ontology/lexicon/cues.tsv": "demand\tverb\tthat obj\tpedalsFor\t+\n"
        "say\tverb\tthat quote\tstates\t0\n",
        "queries/who-pedals.rq": QUESTION,
        "records.jsonl": RECORDS.strip() + "\n",
        "lane.txt": ARTICLE,
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    where = find(root)
    onrecord.add([root / "records.jsonl"], workspace=where)
    return where


def test_a_record_of_the_field_is_added_and_its_own_question_answers(town):
    table = onrecord.query("who-pedals", workspace=town)
    assert [str(row["who"]) for row in table] == [
        "https://w3id.org/onrecord/Ida-Wheel"
    ]
    assert [*town.question_files()] == ["who-pedals"]
    assert onrecord.check(town).passed


def test_an_article_is_read_by_the_field_s_own_words(town):
    pytest.importorskip("spacy")
    onrecord.add([town.root / "lane.txt"], workspace=town)
    asked = "SELECT DISTINCT ?how { ?it a :Statement ; :relation ?how }"
    relations = {
        str(row["how"]) for row in onrecord.query(asked, workspace=town)
    }
    assert relations <= {
        f"https://w3id.org/onrecord/{key}" for key, *_ in RELATIONS
    }
    found = onrecord.query(
        "SELECT ?it { ?it :relation :pedalsFor ; :document/:sha256 ?text }",
        workspace=town,
    )
    assert len(found) >= 1


def test_no_word_of_ours_is_in_the_page_the_start_page_or_the_export(
    town, tmp_path
):
    page = onrecord.view(tmp_path / "map.html", workspace=town)
    data = re.findall(
        r'<script type="application/json"[^>]*>(.*?)</script>',
        page.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert OURS.findall(" ".join(data)) == []
    assert "Who says what about cycling in Ourtown" in page.read_text(
        encoding="utf-8"
    )
    exported = onrecord.export("csv", workspace=town).content.decode()
    assert OURS.findall(exported) == []


def test_no_word_of_ours_is_on_the_served_pages(town):
    graph = Graph(town)
    sent: list[bytes] = []
    speak(town.texts())
    try:
        start_page("http://127.0.0.1/", graph, sent.append)
        browse.thing_page(
            "https://w3id.org/onrecord/Ida-Wheel", 1, graph, sent.append
        )
    finally:
        speak(shipped().texts())
    text = b"".join(sent).decode()
    assert "cycling in Ourtown" in text
    assert OURS.findall(text) == []
