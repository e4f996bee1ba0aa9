"""A query that finds nothing is told which of its terms are nowhere."""

import pytest

from onrecord.querying.ask import Graph
from onrecord.querying.unknown import unknown_terms
from onrecord.workspace import Workspace

QUERIES: list[tuple[str, list[str]]] = [
    (
        "SELECT * { ?x :urgs ?y }",
        ["nothing is called :urgs; did you mean :urges?"],
    ),
    ("SELECT * { ?x :urges ?y }", []),
    ("SELECT * { :Ada-Exampel :urges ?y }", ["Ada-Example"]),
    ("SELECT * { <https://w3id.org/onrecord/Ada-Example> :urges ?y . }", []),
    (
        "SELECT * { ?x :topic topic:job-displacment }",
        ["topic:job-displacement"],
    ),
    ("SELECT * { ?x ?y code:criticl }", ["code:critical"]),
    (
        "SELECT * { ?x ?y st:0afab6f24db7 }",
        ["nothing is called st:0afab6f24db7"],
    ),
    ("SELECT * { ?x rdfs:labl ?y . FILTER (?y = ':urgs') } # :urgs", []),
    ("PREFIX : <http://other.example/> SELECT * { ?x :urgs ?y }", []),
    (
        "PREFIX o: <https://w3id.org/onrecord/> SELECT * { ?x o:urgs ?y }",
        [":urges"],
    ),
]


@pytest.mark.parametrize(("sparql", "told"), QUERIES)
def test_a_term_that_is_nowhere_is_named_with_the_nearest(
    small: Workspace, sparql: str, told: list[str]
) -> None:
    sentences = unknown_terms(Graph(small), sparql)
    assert len(sentences) == len(told)
    for sentence, words in zip(sentences, told, strict=True):
        assert words in sentence
