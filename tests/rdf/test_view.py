"""A store of the engine's is read by rdflib as one graph, without what is hidden."""

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from onrecord.rdf.view import view

DATA = """<urn:g> { <urn:a> <urn:b> "1" , 2 , "x"@en , <urn:c> }
<urn:h> { <urn:a> <urn:b> <urn:c> } <urn:hidden> { <urn:a> <urn:d> <urn:e> }"""
A, B, C = (URIRef(f"urn:{name}") for name in "abc")


def seen() -> Graph:
    store = ox.Store()
    store.load(DATA.encode(), ox.RdfFormat.TRIG)
    return view(store, {"urn:hidden"})


def test_the_union_of_graphs_is_seen_each_triple_once_and_what_is_hidden_is_not() -> (
    None
):
    values = [Literal("1"), Literal(2), Literal("x", lang="en"), C]
    assert sorted(seen()) == sorted((A, B, value) for value in values)


def test_a_term_of_each_kind_is_found_again() -> None:
    assert (A, B, Literal("2", datatype=XSD.integer)) in seen()
    assert (A, B, Literal("")) not in seen()
    assert (Literal("1"), None, None) not in seen()


def test_the_size_is_counted_once_however_often_it_is_asked(
    monkeypatch,
) -> None:
    graph = seen()
    assert len(graph) == 6
    monkeypatch.delattr(graph.store, "_store")
    assert len(graph) == 6
