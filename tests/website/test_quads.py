"""Quads as lines: the terms of a line are those that the engine reads in it."""

import pyoxigraph as ox
import pytest

from onrecord import workspace
from onrecord.model.iris import OURS
from onrecord.querying.ask import Graph
from onrecord.website import quads
from onrecord.website.quads import (
    in_memory,
    plain,
    quads_of,
    whole,
)


def test_the_terms_of_a_line_are_those_of_its_quad(odd) -> None:
    read = [*quads_of(odd)]
    assert len(read) == len(odd.store)
    for line, terms in read:
        quad = next(ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS))
        assert terms == (
            str(quad.subject),
            str(quad.predicate),
            str(quad.object),
            str(quad.graph_name),
        )


def test_an_iri_stands_without_its_brackets_and_a_text_as_it_is() -> None:
    assert plain("<https://w3id.org/onrecord/Suno>").endswith("/Suno")
    assert plain('"<b>"') == '"<b>"'


def test_what_belongs_to_a_statement_is_told_with_it() -> None:
    statement = f"{OURS['st']}000000000001"
    for part in ("", "/evidence", "/words", "/place"):
        assert whole(statement + part) == statement


def test_a_graph_in_memory_holds_what_its_store_does(odd_root) -> None:
    graph = Graph(workspace.find(odd_root))
    stored = graph.store
    held = in_memory(graph).store
    assert held is not stored
    assert {*map(str, held)} == {*map(str, stored)}


def test_a_blank_node_is_one_node_in_memory_too(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace.init(tmp_path / "graph").root
    (root / "graphs" / "entities.ttl").write_text(
        '<urn:a> <urn:has> [ <urn:says> "b" ] .', encoding="utf-8"
    )
    monkeypatch.setattr(quads, "AT_A_TIME", 1)
    graph = in_memory(Graph(workspace.find(root)))
    said = graph.ask(
        "SELECT ?said { <urn:a> <urn:has> ?node . ?node <urn:says> ?said }"
    )
    assert [row["said"] for row in said] == ["b"]


def test_a_large_graph_stays_on_the_disk(
    odd_root, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = Graph(workspace.find(odd_root))
    stored = graph.store
    monkeypatch.setattr(quads, "MOST_IN_MEMORY", len(stored) - 1)
    assert in_memory(graph).store is stored
