"""A statement's sentence: where the names in it are links."""

import pytest

from onrecord.website.cards import linked

ADA, NINE, NINE_TWO = ("Ada", "/Ada"), ("Nine", "/Nine"), ("Nine Two", "/Two")
CASES = [
    ("Ada urges Nine", [ADA, NINE], [ADA, " urges ", NINE]),
    ("Ada urges Nine Two", [ADA, NINE, NINE_TWO], [ADA, " urges ", NINE_TWO]),
    ("Ada urges Ada", [ADA], [ADA, " urges Ada"]),
    ("Nine Two, Nine", [NINE, NINE_TWO], [NINE_TWO, ", ", NINE]),
    ("Somebody speaks", [ADA], ["Somebody speaks"]),
    ("Somebody speaks", [], ["Somebody speaks"]),
    ("Ada speaks", [("", "/nobody"), ADA], [ADA, " speaks"]),
]


@pytest.mark.parametrize(("sentence", "names", "pieces"), CASES)
def test_the_first_place_of_each_name_is_a_link(
    sentence: str, names: list[tuple[str, str]], pieces: list[object]
) -> None:
    made = linked(sentence, dict(names))
    told = [piece if piece[1] else piece[0] for piece in made if piece[0]]
    assert told == pieces
