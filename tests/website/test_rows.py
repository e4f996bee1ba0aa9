"""What a page is about: the same statements, whether asked for alone or chosen from all that a static site read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from onrecord.model.iris import BASE, OURS
from onrecord.querying.ask import Graph
from onrecord.website import rows as listed
from onrecord.website.publication import Publication, published
from onrecord.website.records import statements_page
from onrecord.website.rows import Row, rows
from onrecord.workspace import find

Draw = Callable[..., html.HtmlElement]


@pytest.mark.parametrize(
    ("kind", "iri"),
    [
        ("all", BASE),
        ("entity", f"{BASE}OpenAI"),
        ("topic", f"{OURS['topic']}consent-and-likeness"),
        ("relation", f"{BASE}urges"),
        ("thing", f"{OURS['code']}critical"),
        ("thing", f"{BASE}nothing"),
    ],
)
def test_a_static_site_lists_the_statements_that_a_server_does(
    graph: Graph, kind: str, iri: str
) -> None:
    asked = rows(graph, kind, iri)
    with published(Publication(is_static=True)):
        chosen = rows(graph, kind, iri)
    assert list(map(_told, chosen)) == list(map(_told, asked))
    assert bool(asked) is (iri != f"{BASE}nothing")


def _told(row: Row) -> tuple[str, ...]:
    how = row.how if row.how == "actor" else ""
    return (row.statement, how, row.relation, row.stance, row.date, row.act)


def test_a_list_of_some_statements_says_that_there_are_more(
    odd_root: Path, drawn: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST", 9)
    page = drawn(statements_page, 1, graph=Graph(find(odd_root)))
    assert "9 statements of more; all are in the CSV." in page.text_content()
    monkeypatch.undo()
    page = drawn(statements_page, 1, graph=Graph(find(odd_root)))
    assert "75 statements, newest first" in page.text_content()
