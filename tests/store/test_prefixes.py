"""Prefixes that are used and not declared are written in front; lines keep their numbers."""

import pytest

from onrecord.store.remote.prefixes import declared

KNOWN = {
    "": "https://example.org/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "st": "https://example.org/st/",
}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT ?x { ?x rdfs:label ?y }", ["rdfs"]),
        (
            "SELECT ?x { ?x :knows ?y . # st:not\n ?y rdfs:label 'st:x' }",
            ["", "rdfs"],
        ),
        ("PREFIX rdfs: <http://other.example/> ASK { ?x rdfs:label ?y }", []),
        ("prefix : <http://other.example/> ASK { ?x :a st:b }", ["st"]),
        ("ASK { ?x <http://example.org/rdfs:label> ?y }", []),
        ("ASK { ?x unknown:label ?y }", []),
        ("ASK { st:1 (:a|^:b)/rdfs:label ?y }", ["", "rdfs", "st"]),
    ],
)
def test_only_what_is_used_and_not_declared_is_added(
    query: str, names: list[str]
) -> None:
    lines = "".join(f"PREFIX {name}: <{KNOWN[name]}> " for name in names)
    assert declared(query, KNOWN) == lines + query
