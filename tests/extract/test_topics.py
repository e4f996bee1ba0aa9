import pytest

from onrecord import workspace
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.model.vocabulary import read

LEXICON = Lexicon.shipped()
VOCABULARY = read(workspace.shipped().ontology_files())


def test_every_topic_of_the_table_stands_in_the_ontology():
    topics = {topic for _, topic in LEXICON.topic_rows}
    assert topics <= VOCABULARY.topics.keys()


def test_every_relation_of_the_cues_stands_in_the_ontology():
    relations = {cue.relation for cues in LEXICON.cues.values() for cue in cues}
    relations |= {
        row.relation for rows in LEXICON.events.values() for row in rows
    }
    relations |= {relation for _, relation, _, _ in LEXICON.contents}
    relations |= set(LEXICON.titles.values())
    assert relations <= VOCABULARY.stated.keys()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("deepfakes of actors", "deepfakes"),
        ("they fear for their jobs", "job-displacement"),
        ("models trained on our films", "training-on-works"),
        (
            "a rule that labels every synthetic image",
            "transparency-and-labelling",
        ),
    ],
)
def test_the_weightiest_topic_comes_first(text, topic):
    assert LEXICON.topics_of(text)[0] == topic


@pytest.mark.parametrize(
    "text", ["the weather in May", "", "a jobbing gardener"]
)
def test_what_is_about_nothing_of_ours_has_no_topic(text):
    assert LEXICON.topics_of(text) == ()


@pytest.mark.parametrize(
    ("text", "about"),
    [("an AI tool", True), ("He said it aired", False), ("A.I. art", True)],
)
def test_ai_is_a_word_and_no_part_of_one(text, about):
    assert LEXICON.is_about_ai(text) is about
