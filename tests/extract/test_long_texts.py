"""What is looked for in a long text does not pass the whole of it each time."""

import time

import pytest

from onrecord.extract.rules.kinds import pronoun
from onrecord.extract.rules.lexicon import Lexicon


@pytest.mark.timeout(60)
def test_the_word_before_a_name_is_found_without_passing_what_stands_before_it():
    lexicon = Lexicon.shipped()
    text = "word " * 400_000 + "actress Ada Example said so"
    place = text.index("Ada")
    pronoun(text, place, place + 11, lexicon)
    begun = time.perf_counter()
    told = {pronoun(text, place, place + 11, lexicon) for _ in range(100)}
    assert told == {"she"}
    assert time.perf_counter() - begun < 5
