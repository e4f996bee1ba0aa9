"""Coding by hand: an article that no program reads, what a coder made of it, and what comes later."""

import re
import subprocess

import httpx
import pytest

import onrecord
from onrecord import workspace
from onrecord.cli.web import opened
from onrecord.editing.coding import Coded, add_entity, code
from onrecord.editing.fields import Words
from onrecord.editing.reviewing import Reader
from onrecord.model.errors import BadInput

TEXT = "Ein Text 😀.\n\nFrau Beispiel fordert ein Verbot der Maschine, sagte sie am Montag.\n"
WORDS = "fordert ein Verbot"


@pytest.fixture
def room(tmp_path) -> workspace.Workspace:
    return workspace.find(workspace.init(tmp_path / "room").root)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def coded(room, document: str) -> str:
    add_entity("Frau Beispiel", "Person", workspace=room)
    start = TEXT.index(WORDS)
    words = Words(start, start + len(WORDS))
    fields = {
        "actors": "Frau Beispiel",
        "relation": "urges",
        "object": "safeguards",
    }
    return code(Coded(document, words, fields, "ada"), room)


def standing(room, document: str) -> list[tuple[str, str, str]]:
    """Each statement of a document: its id, its verdict, who made it."""
    items = Reader(workspace.find(room.root)).items(document)
    return [
        (item.statement.id, item.statement.review.status, item.made_by)
        for item in items
    ]


def test_what_a_coder_made_stands_when_the_article_is_opened_or_added_again(
    room, article
):
    document = opened(room, str(article), code=True)
    key = coded(room, document)
    expected = [(key, "accepted", "coding-by-ada")]
    assert opened(room, str(article), code=True) == document
    assert standing(room, document) == expected
    onrecord.add([article], workspace=workspace.find(room.root))
    assert standing(room, document) == expected


def test_the_desk_opens_the_one_article_that_it_is_given(
    room, article, tmp_path
):
    with pytest.raises(BadInput, match="No such file"):
        opened(room, str(tmp_path / "nothing.txt"), code=True)
    article.with_name("second.txt").write_text(
        TEXT + "Ende.\n", encoding="utf-8"
    )
    with pytest.raises(BadInput, match="several articles"):
        opened(room, str(tmp_path), code=True)


def test_review_web_code_shows_an_article_without_statements(
    room, article, program
):
    words = ["review", "--web", str(article), "--code", "--no-browser"]
    line = [str(program), "-C", str(room.root), *words]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = next(line for line in process.stderr if "/-/desk" in line)
            address = re.search(r"http://\S+", told)[0]
            desk = address.partition("?")[0]
            with httpx.Client(trust_env=False) as client:
                client.get(address)  # the token becomes a cookie
                page = client.get(desk).text
                document = re.search(r'data-document="([^"]+)"', page)[1]
                answer = client.get(
                    f"{desk}/document", params={"id": document}
                ).json()
        finally:
            process.terminate()
    assert (answer["text"], answer["statements"]) == (TEXT.strip(), [])
