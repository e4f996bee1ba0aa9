"""The promises of the ontology: every term told, the lists whole, nothing used that it does not define."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.model.iris import BASE, PREFIXES, local
from onrecord.model.sentence import VERB
from onrecord.model.vocabulary import Vocabulary
from onrecord.querying.ask import Graph

ONTOLOGY = Path(__file__).parents[2] / "ontology"
FILES = sorted(
    path for path in ONTOLOGY.glob("*.ttl") if not path.stem.endswith("shapes")
)
RDF_TYPE, LABEL = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label"
DEFINITION, NOTATION = (
    PREFIXES["skos"] + "definition",
    PREFIXES["skos"] + "notation",
)
DRAWN = {"person", "company", "ai", "guild", "law", "work", "other"}
STATED, TOPICS, FAMILIES = 37, 31, 6
OUTSIDE = {"ai-as-such"}
"""Topics of no family."""

Terms = dict[str, dict[str, list[str]]]


def read_terms() -> Terms:
    found: Terms = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            found[quad.subject.value][quad.predicate.value].append(
                quad.object.value
            )
    return found


TERMS = read_terms()
WORDS = {
    iri: (told[LABEL], told[DEFINITION])
    for iri, told in TERMS.items()
    if iri.startswith(BASE)
}


@pytest.fixture(scope="module")
def words(graph: Graph) -> Vocabulary:
    return graph.vocabulary


@pytest.mark.parametrize("iri", sorted(WORDS))
def test_every_term_has_one_label_and_one_definition(iri: str) -> None:
    labels, definitions = WORDS[iri]
    assert len(labels) == 1
    assert len(definitions) == 1
    assert definitions[0].endswith(".")


def test_no_term_is_defined_in_two_files() -> None:
    home: defaultdict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == RDF_TYPE:
                home[quad.subject.value].add(path.name)
    assert {iri: files for iri, files in home.items() if len(files) > 1} == {}


def test_there_are_no_blank_nodes() -> None:
    quads = [
        quad
        for path in FILES
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    ]
    assert not any(
        isinstance(term, ox.BlankNode)
        for quad in quads
        for term in (quad.subject, quad.object)
    )


def test_the_lists_are_whole(words: Vocabulary) -> None:
    families = {topic.family for topic in words.topics.values()} - {None}
    alone = {
        topic.key for topic in words.topics.values() if topic.family is None
    }
    assert len(words.stated) == STATED
    assert len(families) == FAMILIES
    assert len(words.topics) - len(alone) == TOPICS
    assert alone - families == OUTSIDE


def test_three_relations_are_labelled_as_asked(words: Vocabulary) -> None:
    labels = [
        words.relations[key].label
        for key in ("urges", "usesAIIn", "concernedAbout")
    ]
    assert labels == ["urges", "uses AI in", "concerned about"]


def test_every_relation_has_a_family_and_patterns_that_make_sentences(
    words: Vocabulary,
) -> None:
    for relation in words.relations.values():
        assert relation.family in {"speech", "action", "structural"}
        for pattern in filter(
            None,
            (
                relation.entity_pattern,
                relation.topic_pattern,
                relation.party_pattern,
            ),
        ):
            assert len(VERB.findall(pattern)) == 1, pattern
            assert pattern.count("{o}") == 1, pattern


def test_labels_of_relations_differ(words: Vocabulary) -> None:
    labels = [relation.label for relation in words.relations.values()]
    assert len(set(labels)) == len(labels)


def test_a_negative_twin_is_derived_and_of_the_same_family(
    words: Vocabulary,
) -> None:
    twins = {
        relation.negative_twin: relation
        for relation in words.relations.values()
        if relation.negative_twin
    }
    assert twins.keys() == {"notConcernedAbout", "saysNoAIIn"}
    for key, relation in twins.items():
        assert words.relations[key].derived
        assert words.relations[key].family == relation.family
        assert words.relations[key].topical == relation.topical


def test_every_class_is_drawn_as_something_that_the_page_knows(
    words: Vocabulary,
) -> None:
    assert {each.drawn_as for each in words.classes.values()} == DRAWN


def test_only_agents_laws_letters_events_and_synthetic_performers_act(
    words: Vocabulary,
) -> None:
    acting = {
        key
        for key, each in words.classes.items()
        if each.may_act and each.assignable
    }
    assert not acting & {
        "AISystem",
        "CreativeWork",
        "Film",
        "Series",
        "VideoGame",
        "Song",
        "Album",
        "Character",
    }
    assert acting >= {
        "Person",
        "Group",
        "Company",
        "Guild",
        "Agreement",
        "Policy",
        "OpenLetter",
        "Event",
    }
    assert "SyntheticPerformer" in acting


def test_every_code_list_is_used_by_one_property_and_its_notations_differ() -> (
    None
):
    lists: defaultdict[str, list[str]] = defaultdict(list)
    for told in TERMS.values():
        for scheme in told[PREFIXES["skos"] + "inScheme"]:
            lists[scheme] += told[NOTATION]
    used = [
        scheme for told in TERMS.values() for scheme in told[BASE + "codeList"]
    ]
    assert sorted(used) == sorted(
        scheme for scheme, notations in lists.items() if notations
    )
    assert all(
        len(set(notations)) == len(notations) for notations in lists.values()
    )


def test_no_term_of_ours_is_used_that_the_ontology_does_not_define(
    graph: Graph,
) -> None:
    used = graph.ask(
        "SELECT DISTINCT ?term { { ?s ?term ?o } UNION { ?s a ?term } }"
    ).column("term")
    assert {
        str(term) for term in used if str(term).startswith(BASE)
    } - WORDS.keys() == set()


def test_the_context_reads_a_statement_as_it_was_meant() -> None:
    context = json.loads(
        (ONTOLOGY / "context.jsonld").read_text(encoding="utf-8")
    )
    told = {
        "id": "st:0123456789ab",
        "type": "Statement",
        "actor": BASE + "Ada-Example",
        "topic": [BASE + "topic/regulation"],
        "negated": True,
        "confidence": "0.9",
        "gist": "Asks for a law.",
    }
    heads = "".join(
        f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()
    )
    meant = (
        "st:0123456789ab a :Statement ; :actor :Ada-Example ; :topic topic:regulation ; :negated true ;"
        ' :confidence 0.9 ; :gist "Asks for a law."@en .'
    )
    read = ox.parse(json.dumps(context | told), format=ox.RdfFormat.JSON_LD)
    assert {*read} == {*ox.parse(heads + meant, format=ox.RdfFormat.TURTLE)}


def test_the_context_names_every_property() -> None:
    context = json.loads(
        (ONTOLOGY / "context.jsonld").read_text(encoding="utf-8")
    )["@context"]
    objects = {
        local(iri)
        for iri, told in TERMS.items()
        if PREFIXES["owl"] + "ObjectProperty" in told[RDF_TYPE] and iri in WORDS
    }
    assert {
        key
        for key in objects
        if not isinstance(context.get(key), dict)
        or context[key]["@type"] != "@id"
    } == set()


def test_the_readme_names_every_file_and_every_record_field() -> None:
    readme = (ONTOLOGY / "README.md").read_text(encoding="utf-8")
    assert [
        path.name
        for path in ONTOLOGY.iterdir()
        if path.name != "README.md" and path.name not in readme
    ] == []
    schema = json.loads(
        (ONTOLOGY / "records.schema.json").read_text(encoding="utf-8")
    )["$defs"]
    told = set(re.findall(r"[a-z_0-9]+", readme))
    fields = {
        key
        for kind in ("document", "statement", "entity", "run")
        for key in schema[kind]["properties"]
    }
    assert fields - told - {"id", "text", "path"} == set()


def test_the_example_of_the_readme_parses() -> None:
    readme = (ONTOLOGY / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```turtle\n(.*?)```", readme, re.DOTALL)
    heads = "".join(
        f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()
    )
    predicates = {
        quad.predicate.value
        for quad in ox.parse(heads + example, format=ox.RdfFormat.TURTLE)
    }
    assert {
        iri for iri in predicates if iri.startswith(BASE)
    } - WORDS.keys() == set()
