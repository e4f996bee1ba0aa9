import json

import pytest

from onrecord.extract.llm.answer import read_answer
from onrecord.model.errors import BadInput

GOOD = {"language": "en", "entities": [], "statements": []}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(GOOD),
        f"```json\n{json.dumps(GOOD)}\n```",
        f"```\n{json.dumps(GOOD)}\n```\n",
    ],
)
def test_an_object_is_read_with_a_fence_or_without(text):
    assert read_answer(text) == GOOD


@pytest.mark.parametrize(("text", "fault"), [
    ("", "no JSON"),
    ("Sure! {}", "no JSON"),
    ("[]", "no JSON object"),
    ("{}", "no list entities and no list statements"),
    ('{"entities": [], "statements": {}}', "no list statements"),
    ("[" * 200_000, "nested too deeply|no JSON"),
])  # fmt: skip
def test_what_is_no_answer_is_told(text, fault):
    with pytest.raises(BadInput, match=fault):
        read_answer(text)
