"""Whom a lede speaks of before it names him: somebody named next, of the kind that a noun tells, and nobody else."""

import pytest

from onrecord.extract.rules.cataphors import named_later
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs

from .conftest import EVERYBODY

LEXICON = Lexicon.shipped()


@pytest.fixture(scope="module")
def meant(nlp):
    """Whom the first word of a text that is written so stands for."""

    def find(text: str, word: str) -> list[str]:
        state = DiscourseState(LEXICON, text)
        matcher = EntityMatcher(EVERYBODY, LEXICON)
        contexts = [
            ParagraphContext(part, tuple(matcher.mentions(part, state)), state)
            for part in paragraphs(text, nlp)
        ]
        context, noun = next(
            (context, token)
            for context in contexts
            for token in context.paragraph.doc
            if token.text == word
        )
        return [mention.entity for mention in named_later(context, noun)]

    return find


@pytest.mark.parametrize(
    ("lede", "word", "next_", "named"),
    [
        (
            "A federal judge ruled on Monday that a voice model may be sold.",
            "judge",
            "U.S. District Judge Wilma Brandt said the law left no choice.",
            ["Wilma Brandt"],
        ),
        (
            "A country singer told senators that AI had taken her voice.",
            "singer",
            "“It was me, and I was not there,” Wilma Brandt said.",
            ["Wilma Brandt"],
        ),
        (
            "The union for stage painters told theaters to pay for AI sketches.",
            "union",
            "The Guild of Stage Painters said on Monday that 400 had signed.",
            ["Guild of Stage Painters"],
        ),
        (
            "A painter sued over AI copies of his harbors.",
            "painter",
            "The case is before Judge Wilma Brandt. Arno Kessler paints boats.",
            ["Arno Kessler"],
        ),
        (
            "The union wants every actor to be asked about AI.",
            "actor",
            "Wilma Brandt said that she would be glad of it.",
            [],
        ),
        (
            "A synthetic actress has been cast in a film.",
            "actress",
            "Wilma Brandt said that the part had been hers.",
            [],
        ),
        (
            "A writer praised the AI tool, and an editor laughed.",
            "editor",
            "Wilma Brandt said that she had written it by hand.",
            [],
        ),
        (
            "Wilma Brandt sings. An actor fears AI.",
            "actor",
            "Wilma Brandt said on Monday that she does not.",
            [],
        ),
        (
            "A singer fears AI.",
            "singer",
            "Nobody else in the hall would say so on Monday.",
            [],
        ),
    ],
)
def test_a_lede_means_who_is_named_next(meant, lede, word, next_, named):
    assert meant(f"{lede}\n\n{next_}", word) == named


def test_a_headline_stands_before_the_lede_and_a_lede_before_the_rest(meant):
    lede = "A singer told senators that AI had taken her voice."
    next_ = "“It was me,” Wilma Brandt said."
    assert meant(f"Voice taken\n\n{lede}\n\n{next_}", "singer") == [
        "Wilma Brandt"
    ]
    assert (
        meant(f"Senators met on Monday.\n\n{lede}\n\n{next_}", "singer") == []
    )
