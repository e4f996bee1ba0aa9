"""Posts: who leads, works for, stands for or belongs to whom, by the words beside the two names."""

import pytest

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.employers import employers
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.posts import relation_of
from onrecord.extract.rules.role_mentions import role_mentions

from .conftest import EVERYBODY

LEXICON = Lexicon.shipped()


@pytest.fixture(scope="module")
def posts(nlp):
    def read(text: str) -> list[tuple[str, str, str]]:
        state = DiscourseState(LEXICON, text)
        matcher = EntityMatcher(EVERYBODY, LEXICON)
        rows = []
        for paragraph in paragraphs(text, nlp):
            mentions = tuple(matcher.mentions(paragraph, state))
            for post in role_mentions(
                ParagraphContext(paragraph, mentions, state)
            ):
                names = (
                    post.person.entity,
                    post.relation,
                    post.organization.entity,
                )
                rows.append(names)
        return rows

    return read


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Studio Nine’s head of localization, Ada Example, was there.",
            ("ada", "worksFor", "nine"),
        ),
        (
            "Studio Nine’s finance director, Ada Example, was there.",
            ("ada", "worksFor", "nine"),
        ),
        (
            "Studio Nine’s managing director, Ada Example, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "Ada Example, head of drama at Studio Nine, was there.",
            ("ada", "worksFor", "nine"),
        ),
        (
            "The head of the film studio Studio Nine, Ada Example, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "Ada Example, who runs the film studio Studio Nine, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "They met Studio Nine, which was founded by Ada Example.",
            ("ada", "leads", "nine"),
        ),
        (
            "Ada Example, a longtime member of the Example Players Guild, left.",
            ("ada", "memberOf", "guild"),
        ),
        (
            "Ada Example, a lawyer for Studio Nine, was there.",
            ("ada", "represents", "nine"),
        ),
        (
            "Ben Specimen is represented by Lumen Pictures.",
            ("lumen", "represents", "ben"),
        ),
        (
            "Ada Example, Studio Nine’s outside counsel, was there.",
            ("ada", "represents", "nine"),
        ),
        (
            "Studio Nine grew. Its deputy secretary, Ada Example, said so.",
            ("ada", "worksFor", "nine"),
        ),
        (
            "Ben Specimen’s lawyer, Ada Example, was there.",
            ("ada", "represents", "ben"),
        ),
        (
            "Studio Nine’s owner, Ada Example, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "Ada Example, founder of the Oslo start-up Studio Nine, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "Ada Example, who has worked for the Montreal firm Studio Nine for years, left.",
            ("ada", "worksFor", "nine"),
        ),
        (
            "Ada Example, who teaches media law at Studio Nine, was there.",
            ("ada", "worksFor", "nine"),
        ),
        (
            "Ada Example, whose company Studio Nine grew, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "Studio Nine, founded by linguist Dr. Ada Example, was there.",
            ("ada", "leads", "nine"),
        ),
        (
            "Ada Example of the Example Players Guild was there.",
            ("ada", "worksFor", "guild"),
        ),
        (
            "The broadcaster Kanal Nord left. Kanal Nord’s head of drama, Ada Example, said so.",
            ("ada", "worksFor", "Kanal Nord"),
        ),
        (
            "A lawyer for Ben Specimen, Ada Example, was there.",
            ("ada", "represents", "ben"),
        ),
        (
            "They met Ada Example, Ben Specimen’s longtime agent.",
            ("ada", "represents", "ben"),
        ),
        (
            "Ben Specimen left. He spoke through his agent of two decades, Ada Example.",
            ("ada", "represents", "ben"),
        ),
        (
            "Singer Ben Specimen left. The singer’s lawyer, Ada Example, was there.",
            ("ada", "represents", "ben"),
        ),
    ],
)
def test_a_post_is_read(posts, text, row):
    assert row in posts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example, a former member of the Example Players Guild, left.",
        "Ada Example met a lawyer who sued Studio Nine.",
        "Studio Nine was praised by Ada Example.",
        "Theatre critic Ada Example was there.",
        "Ben Specimen’s former lawyer, Ada Example, was there.",
        "Ada Example, head of Studio Nine’s owner, was there.",
        "Ada Example, whose former company Studio Nine grew, was there.",
        "Ada Example, who studies law at Studio Nine, was there.",
        "Ada Example, whose label Studio Nine grew, was there.",
        "Ben Specimen’s brother, Ada Example, was there.",
        "Ben Specimen met a lawyer, Ada Example, and left.",
        "Ben Specimen left. A family’s lawyer, Ada Example, was there.",
    ],
)
def test_nobody_has_a_post_that_no_words_bind(posts, text):
    assert posts(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met Waxwork Live founder Stefan van Krol.", "Waxwork Live"),
        ("They met Melodia co-founder Stefan Krol.", "Melodia"),
        ("They met Lilt’s chief executive, Sana Iqbal.", "Lilt"),
    ],
)
def test_a_firm_is_known_by_the_post_beside_it(nlp, text, name):
    names = {
        found.text
        for paragraph in paragraphs(text, nlp)
        for found in employers(paragraph, LEXICON)
    }
    assert names == {name}


@pytest.mark.parametrize(
    "text",
    ["Executive director Stefan Krol left.", "They met director Stefan Krol."],
)
def test_a_post_alone_names_no_firm(nlp, text):
    for paragraph in paragraphs(text, nlp):
        assert list(employers(paragraph, LEXICON)) == []


@pytest.mark.parametrize(
    ("title", "ahead", "tail", "relation"),
    [
        ("director", "digital ", "", "worksFor"),
        ("director", "its ", "", "leads"),
        ("head", "", " of product", "worksFor"),
        ("chair", "deputy ", "", "worksFor"),
        ("chief", "union ", "", "leads"),
    ],
)
def test_a_part_of_the_whole_is_not_led(title, ahead, tail, relation):
    assert relation_of(LEXICON, title, ahead, tail) == relation


def test_a_firm_that_begins_a_sentence_once_is_whose_post_follows(posts):
    text = "Sonora left. “I need them,” said its owner, Ada Example."
    assert posts(text) == [("ada", "leads", "Sonora")]


def test_whose_a_post_is_can_be_asked_of_another(nlp):
    text = "“I need them,” said its owner, Ada Example. Studio Nine left."
    state = DiscourseState(LEXICON, text)
    matcher = EntityMatcher(EVERYBODY, LEXICON)
    part = next(iter(paragraphs(text, nlp)))
    mentions = tuple(matcher.mentions(part, state))
    context = ParagraphContext(part, mentions, state)
    asked = []

    def refers(_, place, person, ruled):
        asked.append((text[place : place + 3], person.entity, ruled))
        return mentions[-1]

    made = list(role_mentions(context, refers))
    assert asked == [("its", "ada", None)]
    assert [(one.relation, one.organization.entity) for one in made] == [
        ("leads", "nine")
    ]
