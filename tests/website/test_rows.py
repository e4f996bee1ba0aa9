"""What a page is about: the same statements, whether asked for alone or chosen from all that a static site read."""

import pytest

from onrecord.model.iris import BASE, OURS
from onrecord.querying.ask import Graph
from onrecord.website.publication import Publication, published
from onrecord.website.rows import Row, rows


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
