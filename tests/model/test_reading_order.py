"""Which way texts read."""

import pytest

from onrecord.model.reading_order import reads_leftwards


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
