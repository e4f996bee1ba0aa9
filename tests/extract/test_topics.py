import pytest

from onrecord import workspace
from onrecord.extract.rules.gist import PHRASES
from onrecord.extract.rules.lexicon import lexicon
from onrecord.extract.rules.topics import _table, is_about_ai, topics_of
from onrecord.model.vocabulary import read

VOCABULARY = read(workspace.shipped().ontology_files())


def test_every_topic_of_the_table_stands_in_the_ontology():
    assert {topic for _, topic, _ in _table()} <= VOCABULARY.topics.keys()


def test_every_relation_of_the_cues_stands_in_the_ontology():
    assert {
        row.relation for rows in lexicon().values() for row in rows
    } <= VOCABULARY.stated.keys()


def test_every_relation_has_a_phrase_for_its_gist():
    assert PHRASES.keys() == VOCABULARY.stated.keys()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("deepfakes of actors", "deepfakes"),
        ("they fear for their jobs", "job-displacement"),
        ("models trained on our films", "training-on-works"),
        ("a rule that labels every synthetic image", "transparency-and-labelling"),
    ],
)
def test_the_weightiest_topic_comes_first(text, topic):
    assert topics_of(text)[0] == topic


@pytest.mark.parametrize("text", ["the weather in May", "", "a jobbing gardener"])
def test_what_is_about_nothing_of_ours_has_no_topic(text):
    assert topics_of(text) == ()


@pytest.mark.parametrize(
    ("text", "about"),
    [("an AI tool", True), ("He said it aired", False), ("A.I. art", True)],
)
def test_ai_is_a_word_and_no_part_of_one(text, about):
    assert is_about_ai(text) is about
