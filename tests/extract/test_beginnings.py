"""The words that an expression may begin with, and that none is passed over for them."""

import re

import pytest

from onrecord.extract.rules.beginnings import ExpressionIndex, beginnings
from onrecord.extract.rules.lexicon import Lexicon


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        (r"\bmistakes?\b|\bsorry\b", {"mistak", "sorry"}),
        (r"\b(?:did|does)(?: not|n[’']t) (?:train|copy)", {"did", "does"}),
        (r"(?<!will )(?<![’']ll )\bnever (?:use|sign)\b", {"never"}),
        (r"\bbeautifully\b", {"beauti"}),
        (r"\bneeds? to\b", {"need"}),
        (r"\b(?:will|[’']ll)\b", None),
        (r"\b(?:so )?good\b", None),
        (r"apolog\w+", None),
        (r"\b[A-Z]\w+ copied\b", None),
    ],
)
def test_an_expression_tells_the_words_that_it_may_begin_with(
    expression, letters
):
    known = beginnings(expression)
    assert known == (None if letters is None else frozenset(letters))


def test_what_a_text_says_is_what_each_expression_finds_alone():
    lexicon = Lexicon.shipped()
    text = (
        "We’ll never use it, she said. They copied at least 400 songs without asking, "
        "and nobody has been paid. I love it, but it’s a threat to our jobs; Orbita "
        "copied us. It won’t happen again. You must stop. See you in court."
    )
    each = [
        (number, match.start())
        for number, (words, *_) in enumerate(lexicon.contents)
        if (match := re.search(words, text, re.IGNORECASE))
    ]
    assert list(lexicon.said_in(text)) == each
    assert len(each) > 10


def test_an_expression_is_found_where_it_first_stands_whatever_the_case():
    index = ExpressionIndex([r"\bsorry\b", r"(?:so )?good\b", r"\bnever\b"])
    assert index.find("A good day. Sorry, so sorry.") == [(0, 12), (1, 2)]
