"""Edges are made anew from what a change touches, however much else the same ends have."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from onrecord.model.iris import PREFIXES
from onrecord.store.build import EDGES, edges
from onrecord.store.touched import Touched
from onrecord.workspace import Workspace

STATEMENT = """INSERT DATA {{ GRAPH <https://news.example/{number}> {{ <https://news.example/s{number}> a :Statement ;
  :actor :{actor} ; :relation :{relation} ; :object :{object} ; :instrument :Tool-{number} ; :negated {negated} ;
  :modality code:actual ; :reportBasis code:self-report ; :reviewStatus code:accepted ; :confidence 0.9 ;
  :document <https://news.example/d{number}> . <https://news.example/d{number}> rdfs:label "Text {number}" . }} }}"""
TYPES = "INSERT DATA { GRAPH graph:entities { :Ada a :Person . :Studio a :Company } }"
ONE = {"number": 0, "actor": "Ada", "relation": "urges", "object": "Studio"}
OTHERS = {
    "of the same object": {"actor": "Jo-{}", "object": "Studio"},
    "of the same actor": {"actor": "Ada", "object": "Firm-{}"},
    "the other way round": {"actor": "Studio", "object": "Firm-{}"},
    "about the actor": {"actor": "Firm-{}", "object": "Ada"},
}


class Counting:
    """A store that counts the rows that are read of it, those of the ontology not."""

    def __init__(self, store: ox.Store) -> None:
        self.store, self.rows = store, 0

    def quads_for_pattern(self, *pattern: object) -> Iterator[ox.Quad]:
        for quad in self.store.quads_for_pattern(*pattern):
            self.rows += quad.graph_name.value.startswith("https://news.")
            self.rows += quad.graph_name == EDGES
            yield quad

    def extend(self, quads: set[ox.Quad]) -> None:
        self.store.extend(quads)

    def remove(self, quad: ox.Quad) -> None:
        self.store.remove(quad)


def insert(store: ox.Store, **given: object) -> None:
    text = STATEMENT.format(**ONE | {"negated": "false"} | given)
    store.update(text, prefixes=PREFIXES)


def ends(number: int, names: dict[str, str]) -> dict[str, str]:
    return {key: name.format(number) for key, name in names.items()}


def rows_read(workspace: Workspace, others: int, names: dict[str, str]) -> int:
    """Rows that are read for one statement beside others; its edges must be those that follow from all."""
    store = ox.Store()
    for path in workspace.ontology_files():
        name = ox.NamedNode(PREFIXES["graph"] + "ontology")
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=name)
    store.update(TYPES, prefixes=PREFIXES)
    for number in range(1, others + 1):
        insert(store, number=number, **ends(number, names))
    store.extend(edges(store, workspace))
    before = {*store}
    insert(store)
    counting, touched = Counting(store), Touched()
    touched.note(counting, {*store} - before)
    touched.derive(counting, workspace)
    stand = {*store.quads_for_pattern(None, None, None, EDGES)}
    assert stand == {*edges(store, workspace)}
    assert len(stand) > others
    return counting.rows


@pytest.mark.parametrize("names", OTHERS.values(), ids=OTHERS)
def test_what_is_read_for_a_statement_does_not_grow_with_others(
    shipped: Workspace, names: dict[str, str]
) -> None:
    few, many = (rows_read(shipped, others, names) for others in (20, 200))
    assert few == many


def test_of_what_links_no_pair_nothing_is_made_anew() -> None:
    store, touched = ox.Store(), Touched()
    store.update(TYPES, prefixes=PREFIXES)
    touched.note(store, {*store})
    assert not touched.statements
    insert(store)
    touched.note(store, {*store})
    assert touched.statements == {ox.NamedNode("https://news.example/s0")}
