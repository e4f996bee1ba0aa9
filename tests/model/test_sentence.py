"""Sentences: who, what, and how it was meant."""

import pytest

from onrecord.model.sentence import enumerate_names, phrase, sentence

URGES, IS = "{urges|urge} Nine", "{is|are} concerned about jobs"


@pytest.mark.parametrize(
    ("actors", "text", "meant", "said"),
    [
        (["Ada"], URGES, {}, "Ada urges Nine"),
        (["Ada", "Bob"], URGES, {}, "Ada and Bob urge Nine"),
        (["Ada"], URGES, {"negated": True}, "Ada does not urge Nine"),
        (
            ["Ada", "Bob"],
            URGES,
            {"negated": True},
            "Ada and Bob do not urge Nine",
        ),
        (["Ada"], IS, {"negated": True}, "Ada is not concerned about jobs"),
        (
            ["Ada", "Bob"],
            IS,
            {"negated": True},
            "Ada and Bob are not concerned about jobs",
        ),
        (["Ada"], URGES, {"modality": "future"}, "Ada plans to urge Nine"),
        (
            ["Ada", "Bob"],
            IS,
            {"modality": "future"},
            "Ada and Bob plan to be concerned about jobs",
        ),
        (
            ["Ada"],
            URGES,
            {"modality": "future", "negated": True},
            "Ada plans not to urge Nine",
        ),
        (["Ada"], URGES, {"modality": "hypothetical"}, "Ada might urge Nine"),
        (
            ["Ada"],
            IS,
            {"modality": "hypothetical", "negated": True},
            "Ada might not be concerned about jobs",
        ),
        (["Ada"], URGES, {"accuser": "Bob"}, "Ada is said by Bob to urge Nine"),
        (
            ["Ada", "Cy"],
            URGES,
            {"accuser": "Bob", "negated": True},
            "Ada and Cy are said by Bob not to urge Nine",
        ),
    ],
)
def test_a_sentence_says_how_it_was_meant(
    actors: list[str], text: str, meant: dict[str, object], said: str
) -> None:
    assert sentence(actors, phrase(text, **meant)) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "A"),
        (2, "A and B"),
        (3, "A, B and C"),
        (4, "A, B, C and D"),
        (5, "A, B, C and 2 others"),
    ],
)
def test_many_names_are_cut_short_and_counted(count: int, said: str) -> None:
    assert enumerate_names("ABCDE"[:count]) == said


def test_every_pattern_of_the_ontology_has_a_verb_and_an_object(graph) -> None:
    for relation in graph.vocabulary.relations.values():
        for text in filter(
            None,
            (
                relation.entity_pattern,
                relation.topic_pattern,
                relation.party_pattern,
            ),
        ):
            assert "{o}" in text
            assert "{" not in sentence(
                ["Ada"], phrase(text, negated=True)
            ).replace("{o}", "")


def test_a_group_speaks_in_the_plural(desk) -> None:
    desk.put(desk.told(desk.said("urges", "Studio Ten", actors=["Some fans"])))
    assert desk.ask("SELECT ?l { ?s a :Statement ; rdfs:label ?l }") == [
        ("Some fans urge Studio Ten",)
    ]


def test_a_shipped_sentence_reads_as_it_should(desk) -> None:
    desk.put(
        desk.told(desk.said(negated=True, actors=["Ada Example", "Bob Sample"]))
    )
    assert desk.ask("SELECT ?l { ?s a :Statement ; rdfs:label ?l }") == [
        ("Ada Example and Bob Sample are not concerned about job displacement",)
    ]
