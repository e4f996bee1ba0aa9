"""What is looked for in a long text does not pass the whole of it each time."""

import time

import pytest

from onrecord.extract.rules.beside_kinds import pronoun
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.places import SpanIndex, TakenPlaces


@pytest.mark.timeout(60)
def test_the_word_before_a_name_is_found_without_passing_what_stands_before_it():
    lexicon = Lexicon.shipped()
    text = "word " * 400_000 + "actress Ada Example said so"
    place = text.index("Ada")
    pronoun(text, place, place + 11, lexicon)
    begun = time.process_time()
    told = {pronoun(text, place, place + 11, lexicon) for _ in range(100)}
    assert told == {"she"}
    assert time.process_time() - begun < 5


def test_places_that_are_taken_are_told_by_both_their_ends():
    taken = TakenPlaces([(10, 14), (2, 5)])
    taken.add(6, 8)
    touched = [place for place in range(16) if taken.covers(place)]
    assert touched == [2, 3, 4, 6, 7, 10, 11, 12, 13]
    assert taken.touches(0, 3)
    assert taken.touches(4, 6)
    assert taken.touches(0, 20)
    assert not taken.touches(5, 6)
    assert not taken.touches(8, 10)
    assert not TakenPlaces().touches(0, 20)


def test_spans_are_found_by_a_place_and_by_what_they_share_with_another():
    index = SpanIndex()
    index.add((0, 1000), "long")
    index.add((300, 310), "short")
    assert list(index.covering(305)) == ["long", "short"]
    assert set(index.touching((305, 2000))) == {"long", "short"}
    assert set(index.touching((310, 320))) == {"long"}
    assert set(index.touching((1000, 1200))) == set()
