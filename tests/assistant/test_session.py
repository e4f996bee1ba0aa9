"""The recorded session of the how-to page is what the program answers."""

import asyncio
import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.loop

SCRIPT = Path(__file__).parents[2] / "docs" / "assistant_session.py"


def test_the_page_shows_what_the_calls_answer_now() -> None:
    spec = importlib.util.spec_from_file_location("assistant_session", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    session = asyncio.run(script.recorded())
    assert script.page_with(session) == script.PAGE.read_text(encoding="utf-8")
