"""Which way texts read."""

import json

import pytest

from onrecord.model.reading_order import reads_leftwards, unturned


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ada Example", False),
        ("Françoise Łódź 東京 Ωδή “words”", False),
        ("الممثلون ضد الذكاء", True),
        ("SAG: שחקנים", True),
        ("a \u200fmark", True),
    ],
)
def test_letters_from_right_to_left_are_known(text: str, wanted: bool) -> None:
    assert reads_leftwards(text) is wanted


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_sign_that_turns_the_order_is_an_escape_in_json_and_the_value_the_same(
    sign: str,
) -> None:
    value = {"name": f"Ada {sign}elpmaxE é"}
    text = unturned(json.dumps(value, ensure_ascii=False))
    assert sign not in text
    assert json.loads(text) == value
