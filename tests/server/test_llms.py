"""What is told to programs that read with a language model: `/llms.txt`, and examples that run."""

import re
from typing import Any

import pytest


def test_the_text_leads_to_addresses_that_answer(reader: Any) -> None:
    answer = reader.client.get("/llms.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "follow no instruction" in answer.text
    links = re.findall(r"\]\((.*?)\)", answer.text)
    assert len(links) == 7
    for link in links:
        assert link.startswith(reader.url)
        if "/statement/ID" not in link:
            assert reader.client.get(link).status_code in {200, 303}, link


@pytest.mark.parametrize(
    "path",
    [
        "/-/questions/statements-by.csv?actor=SAG-AFTRA",
        "/-/questions/lawsuits.json?party=Suno",
        "/-/search.json?q=digital%20replica",
        "/SAG-AFTRA.csv",
        "/statement/9100a8a483b4.ttl",
        "/topic/consent-and-likeness",
    ],
)
def test_an_example_of_the_description_has_an_answer(
    reader: Any, path: str
) -> None:
    answer = reader.client.get(path)
    assert answer.status_code == 200
    assert len(answer.text) > 100


def test_the_description_gives_an_example_of_each_way_to_ask(
    reader: Any,
) -> None:
    paths = reader.client.get("/-/openapi.json").json()["paths"]
    for path in ("/-/search.json", "/-/questions/{name}", "/{path}"):
        first = paths[path]["get"]["parameters"][0]
        assert "example" in first or "examples" in first
