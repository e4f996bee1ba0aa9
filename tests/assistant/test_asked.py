"""Questions in plain words: the calls that an assistant would make bring the statements that answer them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

ASKED = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "asked.toml").read_text(
        encoding="utf-8"
    )
)["asked"]
TOKENS = 3000
CHARACTERS_A_TOKEN = 4


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked["question"])
def test_the_calls_bring_the_statements_that_answer_in_few_words(
    session: Any, asked: dict[str, Any]
) -> None:
    texts = []
    for call in asked["calls"]:
        given = {name: value for name, value in call.items() if name != "tool"}
        texts.append(session.text(call["tool"], **given))
    whole = "\n".join(texts)
    missing = [key for key in asked["answers"] if f"st:{key}" not in whole]
    assert not missing
    assert len(whole) <= TOKENS * CHARACTERS_A_TOKEN


def test_twenty_five_questions_are_asked() -> None:
    assert len({asked["question"] for asked in ASKED}) == 25
