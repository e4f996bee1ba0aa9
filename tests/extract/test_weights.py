"""Trained weights: their tables, what they make of clauses, and names that capitals give away."""

from pathlib import Path

import pytest

from onrecord.extract.rules.capitals import bodies, capitals
from onrecord.extract.rules.collecting import MOST_TOPICS
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.weights import read_weights
from onrecord.model.errors import BadInput
from onrecord.model.vocabulary import read
from onrecord.workspace import shipped

TEXTS = Path(__file__).parents[1] / "data" / "news" / "texts"
LEXICON = Lexicon.shipped()


def test_a_label_that_more_speaks_for_is_likelier(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text(
        "# head\n*\tyes:0 no:0\nblue\tyes:2 no:-1\n", encoding="utf-8"
    )
    weights = read_weights(path)
    assert weights.shares(["red"])["yes"] == pytest.approx(0.5)
    assert weights.shares(["blue"])["yes"] > 0.9


def test_scores_add_up_what_speaks_for_the_first_label(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text(
        "*\tmeant:0\nnear\tmeant:2\nfar\tmeant:-1.5\n", encoding="utf-8"
    )
    weights = read_weights(path)
    rows = [["near"], ["near", "far"], ["unknown"]]
    assert weights.scores_of(rows) == pytest.approx([2.0, 0.5, 0.0])


def test_a_line_that_is_no_weight_is_told_with_its_number(tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text("*\tyes:0\nblue\tyes=2\n", encoding="utf-8")
    weights = read_weights(path)
    with pytest.raises(BadInput, match=r"weights\.tsv:2"):
        weights.shares(["blue"])


def test_the_shipped_weights_speak_of_what_the_ontology_can_state():
    vocabulary = read(shipped().ontology_files())
    labels = {
        name: set(LEXICON.weights(name).bias)
        for name in ("relations", "topics")
    }
    assert labels["relations"] <= set(vocabulary.relations)
    assert labels["topics"] <= set(vocabulary.topics)


def test_no_statement_has_more_topics_than_a_record_may(stated):
    text = (TEXTS / "dev-04-plaster-saints.txt").read_text(encoding="utf-8")
    assert max(len(value.topics) for value in stated(text)) == MOST_TOPICS


def test_a_clause_without_a_rule_is_stated_by_the_weights(stated, ruled):
    text = (
        "Ada Example fears nothing so much as the AI double that Studio Nine built.\n"
        "“It is an insult to every actor who ever lived,” said Ada Example of the AI."
    )
    learned = {made.relation for made in stated(text)}
    assert learned >= {made.relation for made in ruled(text)} - {"states"}


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("Orbita cut the AI voices on Friday.", "Orbita", "Company"),
        ("Torii Stream removed the AI dubs.", "Torii Stream", "Company"),
        ("The soap “Dalawang Buwan” used AI.", "Dalawang Buwan", "Series"),
        ("They tried Lantern 2 for the titles.", "Lantern 2", "AISystem"),
    ],
)
def test_a_name_is_known_by_its_capitals(nlp, text, name, cls):
    names = {
        (found.text, found.cls)
        for paragraph in paragraphs(text, nlp)
        for found in capitals(paragraph, text, LEXICON)
    }
    assert (name, cls) in names


@pytest.mark.parametrize(
    "text",
    ["They met in Lisbon on Monday.", "Union Wins Deal On Voices After Strike"],
)
def test_places_days_and_headings_are_no_names(nlp, text):
    for paragraph in paragraphs(text, nlp):
        assert list(capitals(paragraph, text, LEXICON)) == []


def test_a_body_may_hold_small_words_in_its_name(nlp):
    text = "The Academy of Series Arts met the Picture and Series Employers."
    names = {
        found.text
        for paragraph in paragraphs(text, nlp)
        for found in bodies(paragraph, LEXICON)
    }
    assert "Academy of Series Arts" in names


def test_a_text_that_never_says_ai_may_be_about_it():
    assert LEXICON.hints_at_ai("The double was trained on scans of her face.")
    assert not LEXICON.hints_at_ai("The choir sang twice for the mayor.")


EVEN = "predicts:0 states:0 concernedAbout:0"
"""Relations that are all as likely."""


def _lexicon(folder, **tables):
    """The shipped lexicon with weights of one's own, the bias of each label alone."""
    for name, pairs in tables.items():
        path = folder / f"weights-{name}.tsv"
        path.write_text(f"*\t{pairs}\n", encoding="utf-8")
    return Lexicon((folder, *LEXICON.folders))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Ada Example met Studio Nine with a writ on an AI double.", "sues"),
        ("Ada Example visited Studio Nine with an AI double.", "urges"),
        ("Ada Example sleeps on the AI double.", "concernedAbout"),
    ],
)
def test_the_likeliest_relation_with_its_object_and_its_words_is_told(
    weighed, tmp_path, text, relation
):
    likely = "sues:0.2 urges:0.1 concernedAbout:0"
    sure = "right:9 wrong:0"
    lexicon = _lexicon(
        tmp_path, clauses="some:9 none:0", relations=likely, right=sure
    )
    assert [made.relation for made in weighed(lexicon, text)] == [relation]


def test_a_reading_that_is_likely_wrong_is_not_told(weighed, tmp_path):
    text, tables = (
        "Ada Example sleeps on the AI double.",
        {"clauses": "some:9 none:0"},
    )
    tables["relations"] = "criticizes:0 states:0 concernedAbout:0"
    assert weighed(_lexicon(tmp_path, right="right:9 wrong:0", **tables), text)
    other = tmp_path / "other"
    other.mkdir()
    assert not weighed(_lexicon(other, right="right:0 wrong:9", **tables), text)


def test_of_two_readings_of_the_same_words_the_surer_is_told(weighed, tmp_path):
    text = "Ada Example sleeps on the AI double."
    lexicon = _lexicon(
        tmp_path,
        clauses="some:9 none:0",
        relations="predicts:1 concernedAbout:0.5",
        right="right:1 wrong:0\nrelation=concernedAbout\tright:2 wrong:0",
    )
    assert [made.relation for made in weighed(lexicon, text)] == [
        "concernedAbout"
    ]


def test_a_clause_that_likely_states_nothing_is_not_told(weighed, tmp_path):
    lexicon = _lexicon(tmp_path, clauses="some:0 none:9", relations="sues:9")
    assert (
        weighed(lexicon, "Ada Example visited Studio Nine with an AI double.")
        == []
    )


def test_in_an_article_about_ai_whoever_is_quoted_by_name_is_heard(stated):
    made = stated(
        "Studio Nine will use AI to make films with AI actors. The AI tool Painter 2 makes AI images.\n\n"
        "“We have to keep talking to each other,” Ada Example said.\n\n"
        "“I don't like it,” said Ben Specimen, an actor."
    )
    heard = {
        row.actors[0]: (row.relation, row.stance)
        for row in made
        if row.evidence.exact.startswith("“")
    }
    assert heard["ada"] in {("states", None), ("callsFor", None)}
    assert heard["ben"] == ("states", None)


def test_a_judge_who_tells_what_authors_allege_does_not_criticize_them(stated):
    made = stated(
        "Judge Renata Alvarez said in an AI opinion that the authors, including Ada Example, "
        "had plausibly alleged that the company knowingly downloaded pirated libraries."
    )
    assert "ada" not in {row.object for row in made}


def test_what_somebody_used_to_think_is_no_use_of_ai(stated):
    made = stated(
        "Ada Example cloned her mother's voice with AI for an album.\n\nShe used to agree with AI cloning."
    )
    uses = [row for row in made if row.relation == "usesAIIn"]
    assert all("agree" not in row.evidence.exact for row in uses)
