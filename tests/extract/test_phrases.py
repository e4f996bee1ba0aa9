"""Phrases of tables, found in texts by their first words."""

import pytest

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.phrases import PhraseIndex, phrase_pattern

PHRASES = ("act", "act of “", "deepfake*", "train* on", "A.I.", "opt-out")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("An Act to amend", [("act", 3)]),
        ("the first act of “Dust”", [("act", 10), ("act of “", 10)]),
        ("Deepfakes are a fact", [("deepfake*", 0)]),
        ("they trained\non songs", [("train* on", 5)]),
        ("they trained, on", []),
        ("A.I. is A.I.", [("A.I.", 0), ("A.I.", 8)]),
        ("an OPT-OUT, no opt-outs", [("opt-out", 3)]),
        ("", []),
    ],
)
def test_a_phrase_is_found_where_its_first_word_stands(text, places):
    index = PhraseIndex(PHRASES)
    found = [(PHRASES[number], start) for number, start in index.find(text)]
    assert found == places
    assert index.is_in(text) is bool(places)
    assert index.is_in(text) is (
        phrase_pattern(*PHRASES).search(text) is not None
    )


def test_every_shipped_phrase_is_found_in_its_own_words():
    lexicon = Lexicon.shipped()
    phrases = [words for words, _ in lexicon.topic_rows]
    index = PhraseIndex(phrases)
    for number, phrase in enumerate(phrases):
        text = f"They said {phrase.replace('*', '')}Xy."
        text = text if phrase[-1] in "“*" else text.replace("Xy", "")
        assert number in {row for row, _ in index.find(text)}, phrase
