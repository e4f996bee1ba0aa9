"""Forms of lines and names on text that nobody wrote to be read: they give an answer, and at once."""

import re

import pytest

from onrecord.extract.rules.quoting import TITLE
from onrecord.extract.rules.signatures import LINE
from onrecord.extract.rules.turns import SIGNED

LONG = 20_000


@pytest.mark.parametrize(
    ("form", "text", "is_one"),
    [
        (LINE, "Ada Example, " + "a" * LONG, True),
        (LINE, "Ada Example, " + "a" * LONG + "!", False),
        (LINE, "Ada Example, president of Studio Nine, Oslo", True),
        (TITLE, "“" + "A" * LONG + "”", True),
        (TITLE, "“" + "A" * LONG + "?”", False),
        (TITLE, "“Songs for a Machine,”", True),
        (SIGNED, "”— " + "A" * LONG, True),
        (SIGNED, "”— " + "A" * LONG + "!", False),
        (SIGNED, "” — Ada de Example", False),
        (SIGNED, "” — Ada Example\n", True),
    ],
)
def test_a_form_is_known_however_long_its_words_are(
    form: re.Pattern[str], text: str, is_one: bool
) -> None:
    match = form.search(text)
    assert (match is not None and match.end() == len(text)) == is_one
