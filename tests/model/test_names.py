"""Names as they are compared."""

import unicodedata

import pytest

from onrecord.model.names import fold

NAME = "Zoë O'Neill-Ray"


@pytest.mark.parametrize(
    "name",
    [
        "zoë o'neill-ray",
        " Zoë  O\u2019Neill\u2011Ray ",
        "ZOË O\u02bcNeill\u2010Ray",
        unicodedata.normalize("NFD", NAME),
        "Zo\u00ad\u00eb O'Neill\u200b-Ray\ufeff",
        "\u2066Zoë\u2069 O'Neill-Ray",
        "Zoë\u202fO'Neill-Ray",
    ],
)
def test_a_name_is_the_same_however_it_is_written(name: str) -> None:
    assert fold(name) == fold(NAME)


@pytest.mark.parametrize(
    "name", ["Zoe O'Neill-Ray", "Zoë ONeill-Ray", "Zoë O'Neill Ray"]
)
def test_letters_and_signs_that_are_seen_count(name: str) -> None:
    assert fold(name) != fold(NAME)
