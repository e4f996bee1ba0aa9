"""Whom words without a name stand for: by the pronoun that people go by, and as weights rank those named before."""

import pytest

from onrecord.extract.rules.anaphors import (
    Anaphor,
    anaphor_of,
    anaphor_of_post,
    candidates,
)
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs
from onrecord.extract.rules.referents import of_post, referent, shares, shown
from onrecord.extract.rules.weights import Weights

from .conftest import EVERYBODY

LEXICON = Lexicon.shipped()


def weights(**features: float) -> Weights:
    rows = {
        name.replace("__", "="): (("meant", weight),)
        for name, weight in features.items()
    }
    return Weights(rows, {"meant": 0.0})


NEAREST = weights(nth__0=3.0)
NOBODY = weights(nobody=9.0)


@pytest.fixture(scope="module")
def pointing(nlp):
    """The anaphor that a word of a text is, its last one where it has several."""

    def find(text: str, word: str) -> Anaphor:
        state = DiscourseState(LEXICON, text)
        matcher = EntityMatcher(EVERYBODY, LEXICON)
        contexts = [
            ParagraphContext(part, tuple(matcher.mentions(part, state)), state)
            for part in paragraphs(text, nlp)
        ]
        found = [
            (context, token)
            for context in contexts
            for token in context.paragraph.doc
            if token.text == word
        ]
        context, token = found[-1]
        anaphor = anaphor_of(context, token, ())
        assert anaphor is not None
        return anaphor

    return find


def names(anaphor: Anaphor) -> list[str]:
    return [candidate.name for candidate in candidates(anaphor)]


def test_the_nearest_who_may_be_meant_come_first(pointing):
    text = "Lumen Pictures left. Studio Nine stayed. The studio makes films."
    assert names(pointing(text, "studio")) == ["nine", "lumen"]


def test_of_many_the_last_ten_are_ranked_with_all_their_places(pointing):
    people = [
        f"Ada {letter}{letter.lower()}rson left." for letter in "BCDFGHJKLMNP"
    ]
    anaphor = pointing(f"{' '.join(people)} Ada Pprson sang. She left.", "She")
    ranked = candidates(anaphor)
    assert [one.name[-6] for one in ranked] == list("PNMLKJHGFD")
    assert [len(one.mentions) for one in ranked] == [2, *[1] * 9]


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("Ben Specimen met Ada Example. He left.", "He", ["ben"]),
        ("Ben Specimen met Ada Example. She left.", "She", ["ada"]),
        ("Ben Specimen left Studio Nine. He sang.", "He", ["ben"]),
        ("Ben Specimen left Studio Nine. It fell.", "It", ["nine"]),
        ("Ada Example came. Tolva spoke for an hour. She left.", "She", []),
        ("Studio Nine’s letter names Lumen Pictures.", "letter", []),
    ],
)
def test_nobody_is_ranked_who_cannot_be_meant(pointing, text, word, meant):
    assert names(pointing(text, word)) == meant


def test_what_speaks_for_somebody_makes_him_meant(pointing):
    anaphor = pointing("Studio Nine stayed. The studio makes films.", "studio")
    assert [one.entity for one in referent(NEAREST, anaphor, ())] == ["nine"]


def test_a_noun_must_tell_more_surely_than_a_pronoun_who_is_meant(pointing):
    text = "Lumen Pictures left. Studio Nine stayed. {} makes films."
    half = weights(nth__0=0.9)
    it = pointing(text.format("It"), "It")
    studio = pointing(text.format("The studio"), "studio")
    assert [one.entity for one in referent(half, it, ())] == ["nine"]
    assert list(referent(half, studio, ())) == []


def test_nobody_is_meant_where_that_is_likelier(pointing):
    anaphor = pointing("Studio Nine stayed. The studio makes films.", "studio")
    assert list(referent(NOBODY, anaphor, ())) == []


def test_whom_rules_name_stays_where_nobody_is_clearly_likelier(pointing):
    text = "Lumen Pictures left. Studio Nine stayed. It makes films."
    anaphor = pointing(text, "It")
    ruled = (anaphor.context.mentions[0],)
    assert ruled[0].entity == "lumen"
    assert referent(weights(), anaphor, ruled) == ruled
    assert [one.entity for one in referent(NEAREST, anaphor, ruled)] == ["nine"]


def test_whom_rules_take_a_noun_for_stays(pointing):
    text = "Lumen Pictures left. Studio Nine stayed. The studio makes films."
    anaphor = pointing(text, "studio")
    ruled = (anaphor.context.mentions[0],)
    assert referent(NEAREST, anaphor, ruled) == ruled


def test_whom_rules_name_goes_where_he_is_hardly_meant(pointing):
    anaphor = pointing("Studio Nine stayed. It makes films.", "It")
    assert list(referent(NOBODY, anaphor, anaphor.context.mentions)) == []


def test_shares_add_up_to_one_with_nobody_last(pointing):
    text = "Lumen Pictures left. Studio Nine stayed. The studio makes films."
    anaphor = pointing(text, "studio")
    rows = shown(anaphor, candidates(anaphor), ())
    likely = shares(NEAREST, rows)
    assert len(rows) == len(likely) == 3
    assert sum(likely) == pytest.approx(1.0)
    assert "nobody" in rows[-1]


def test_a_noun_shows_that_the_text_has_it_beside_a_name(pointing):
    text = (
        "The streamer Lumen left on Monday after a long talk. "
        "Studio Nine stayed for the whole of a long weekend in May. The streamer makes films."
    )
    anaphor = pointing(text, "streamer")
    told = shown(anaphor, candidates(anaphor), ())
    rows = dict(zip(names(anaphor), told[:-1], strict=True))
    assert "one:beside=True" in rows["lumen"]
    assert "one:beside=False" in rows["nine"]


def test_a_post_is_at_an_employer_or_as_rules_have_it(pointing):
    text = "Ada Example left. Studio Nine stayed. Its head was there."
    anaphor = pointing(text, "Its")
    post = anaphor_of_post(anaphor.context, anaphor.place)
    assert post is not None
    assert names(post) == ["nine"]
    context, place = anaphor.context, anaphor.place
    found = of_post(NEAREST, context, place, None)
    assert found is not None
    assert found.entity == "nine"
    other = context.mentions[0]
    assert of_post(NEAREST, context, place, other) == other


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [
        ("Tomasz", "he"),
        ("Zoë", "she"),
        ("Jean-Luc", None),
        ("Anne-Sophie", "she"),
        ("Painter", None),
        ("", None),
    ],
)
def test_a_first_name_tells_the_pronoun_of_nearly_all_who_bear_it(
    name, pronoun
):
    assert LEXICON.pronoun_of(name) == pronoun


def test_what_a_text_shows_counts_before_a_first_name(pointing):
    text = "Tomasz Example and Ines Example came. He left."
    state = pointing(text, "He").context.state
    tomasz = state.recent[0]
    assert state.goes_by(tomasz) == "he"
    state.pronouns[tomasz.entity] = "she"
    assert state.goes_by(tomasz) == "she"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Tomasz Kral met Ines Kral at the AI fair. He is worried about deepfakes.",
            "Tomasz Kral",
        ),
        (
            "Tomasz Kral met Ines Kral at the AI fair. She is worried about deepfakes.",
            "Ines Kral",
        ),
    ],
)
def test_a_pronoun_finds_who_goes_by_it_by_a_first_name(rows, text, actor):
    actors = {
        who for who, relation, _ in rows(text) if relation == "concernedAbout"
    }
    assert actors == {actor}
