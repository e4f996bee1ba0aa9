"""The gold files themselves: what they promise in their README."""

import json
import re
from pathlib import Path

import pytest

from onrecord.extract.rules.quotations import quotations

DATA = Path(__file__).parents[1] / "data"
HALVES = ("developing", "measuring")


def documents(half: str) -> list[dict]:
    lines = (DATA / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if "doc" in record]


def texts() -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in (DATA / "texts").glob("*.txt")
    }


def test_each_half_has_twelve_texts_of_its_own():
    paths = [
        [each["doc"]["path"] for each in documents(half)] for half in HALVES
    ]
    assert [len(each) for each in paths] == [12, 12]
    assert {f"texts/{name}" for name in texts()} == {*paths[0], *paths[1]}


@pytest.mark.parametrize("half", HALVES)
def test_every_quote_of_the_gold_stands_in_its_text(half):
    for each in documents(half):
        text = (DATA / each["doc"]["path"]).read_text(encoding="utf-8")
        assert [
            s["quote"]["exact"]
            for s in each["statements"]
            if s["quote"]["exact"] not in text
        ] == []


def test_the_texts_are_short():
    assert {
        name: len(text.split())
        for name, text in texts().items()
        if not 150 <= len(text.split()) <= 300
    } == {}


def test_words_of_real_people_in_quotation_marks_are_whole_anchors(graph):
    table = graph.ask("SELECT ?words { ?evidence oa:exact ?words }")
    anchors = {str(words) for words in table.column("words")}
    cast = {
        "Voss",
        "Hale",
        "Lindqvist",
        "Okafor",
        "Menon",
        "Park",
        "Fabre",
        "he",
        "she",
    }
    titles = {
        "Salt Harbor",
        "The Long Dusk",
        "Iron Orchard",
        "Alien: Romulus",
        "House of David",
    }
    for name, text in texts().items():
        for line in text.splitlines():
            for start, end in quotations(line):
                words = line[start + 1 : end - 1].rstrip(",.")
                near = set(
                    re.findall(r"\w+", line[:start][-90:] + line[end:][:60])
                )
                assert words in anchors or words in titles or near & cast, (
                    f"{name}: {words}"
                )
