import pytest

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs
from onrecord.ingest.articles import KnownNames
from onrecord.model.registry import Known


@pytest.fixture
def named(nlp):
    known = (
        Known("nova-music", "Nova Music", "Company", ("Nova",)),
        Known("nova-films", "Nova Films", "Company"),
        Known("nine", "Studio Nine", "Company", ("Studio Nine Inc.",)),
        Known("nine-film", "Studio Nine: The Film", "Film"),
        Known(
            "bunker", "Clockmaker's Bunker", "Series", ("Clockmaker’s Bunker",)
        ),
        Known("up", "Up", "Film"),
        Known("ada", "Ada Example", "Person"),
    )
    matcher = EntityMatcher(
        KnownNames(
            {each.iri: each for each in known},
            {"Nova": ["Nova Music", "Nova Films"]},
        ),
        Lexicon.shipped(),
    )

    def find(text: str) -> list[str]:
        state = DiscourseState(Lexicon.shipped())
        return [
            each.entity
            for part in paragraphs(text, nlp)
            for each in matcher.mentions(part, state)
        ]

    return find


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Studio Nine's plan was praised.", ["nine"]),
        ("Studio Nine’s plan was praised.", ["nine"]),
        ("The makers of Clockmaker’s Bunker met.", ["bunker"]),
        ("Ada Example came. Example left.", ["ada", "ada"]),
        ("EXAMPLE: I am Ada Example.", ["ada"]),
        ("Nova Music grew.", ["nova-music"]),
    ],
)
def test_a_name_is_found(named, text, entities):
    assert [
        each
        for each in named(text)
        if each in {"nine", "bunker", "ada", "nova-music"}
    ][-len(entities) :] == entities


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Nova grew in the spring.", "nova-music"),
        ("Nova grew in the spring.", "nova-films"),
        ("Prices went up again.", "up"),
        ("The studio nine miles away burnt.", "nine"),
        ("Example came alone.", "ada"),
    ],
)
def test_what_may_be_somebody_else_is_not_linked(named, text, entity):
    assert entity not in named(text)
