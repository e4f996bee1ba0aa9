"""Bodies that a noun and a place name, and names of the registry that are another body's here."""

import pytest

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.sources import subject_of
from onrecord.ingest.articles import KnownNames
from onrecord.model.registry import Known

LEXICON = Lexicon.shipped()
COURT = Known(
    "court", "High Court of Ardenia", "GovernmentBody", ("High Court",)
)
ACADEMY = Known(
    "films", "Academy of Moving Films", "Organization", ("Film Academy",)
)
KNOWN = KnownNames(
    {known.iri: known for known in (COURT, ACADEMY)},
    {"the Commission": ["Commission of Ardenia"]},
)


@pytest.fixture(scope="module")
def acting(nlp):
    def read(text: str) -> list[str]:
        state = DiscourseState(LEXICON, text)
        matcher = EntityMatcher(KNOWN, LEXICON)
        resolver = ActorResolver(state, matcher)
        for paragraph in paragraphs(text, nlp):
            mentions = tuple(matcher.mentions(paragraph, state))
            context = ParagraphContext(paragraph, mentions, state)
            root = paragraph.doc.sentences[0].words.root
            actors = resolver.of_words(context, subject_of(root))
        return [actor.entity for actor in actors]

    return read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Bulgarian culture ministry has signed.",
            "Bulgarian culture ministry",
        ),
        ("A court in Cologne ruled against the dubs.", "Court in Cologne"),
        (
            "The national theatre of Iceland agreed.",
            "National theatre of Iceland",
        ),
        (
            "Ireland's data protection watchdog has told the makers to stop.",
            "Ireland's data protection watchdog",
        ),
        (
            "Norway's musicians' organisation urged others to follow.",
            "Norway's musicians' organisation",
        ),
        ("The High Court ruled on Monday.", "court"),
        ("The Madras High Court ruled on Monday.", "Madras High Court"),
        ("The High Court in Nairobi ruled on Monday.", "High Court in Nairobi"),
        ("The Film Academy agreed.", "films"),
        ("The Swedish Film Academy agreed.", "Swedish Film Academy"),
    ],
)
def test_a_body_is_who_its_words_name(acting, text, name):
    assert acting(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The commission confirmed that it was looking.",
        "A court ruled against the dubs.",
        "Ireland grew.",
        "Its parent grew.",
    ],
)
def test_no_body_is_named_by_a_noun_or_a_country_alone(acting, text):
    assert acting(text) == []


def test_a_heading_glued_to_its_paragraph_is_no_firm(rows):
    text = (
        "Practical Applications in Various Projects Studio Nine's investment in AI is not merely new. "
        "The company has already implemented generative AI technology in the making of several films."
    )
    made = rows(text)
    assert {actor for actor, _, _ in made} == {"nine"}
    assert "usesAIIn" in {relation for _, relation, _ in made}
