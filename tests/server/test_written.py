"""An update tells which graphs it writes into, or that it may write into any."""

import pyoxigraph as ox
import pytest

from onrecord.model.iris import BASE
from onrecord.server.written import written_graphs

ONE = "http://e.example/one"
ESCAPED = r'''"she \"said\" \\", "\u0022 } GRAPH ?g { <urn:a> <urn:b> \u0022", """a "quoted\" \U00000022""" '''
NAMED = {
    f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:b> <urn:c> }} }}": {ONE},
    f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}": {
        ONE
    },
    "INSERT DATA { <urn:a> <urn:b> 'GRAPH ?g' }": set(),
    f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:b> {ESCAPED} }} }}": {ONE},
    f"CLEAR SILENT GRAPH <{ONE}>; drop graph :two # ALL": {ONE, f"{BASE}two"},
    "INSERT { GRAPH doc:x { ?s ?p ?o } } WHERE { GRAPH doc:y { ?s ?p ?o } }": {
        f"{BASE}doc/x",
        f"{BASE}doc/y",
    },
}
ANY = [
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CLEAR ALL",
    "DROP NAMED",
    "CLEAR DEFAULT",
    f"COPY <{ONE}> TO <urn:two>",
    "LOAD <urn:x> INTO GRAPH <urn:y>",
    "PREFIX doc: <urn:other:> INSERT DATA { GRAPH doc:x { <urn:a> <urn:b> 1 } }",
    "INSERT DATA { GRAPH <relative> { <urn:a> <urn:b> 1 } }",
    "INSERT DATA { GRAPH other:x { <urn:a> <urn:b> 1 } }",
    r"DELETE { GR\u0041PH ?g { ?s ?p ?o } } WHERE { ?s ?p ?o }",
    r"INSERT DATA { GRAPH doc:x\~y { <urn:a> <urn:b> 1 } }",
    r"INSERT DATA { GRAPH <urn:\u0078> { <urn:a> <urn:b> 1 } }",
    r"INSERT DATA { <urn:a> <urn:b> 1 } # \u000A; CLEAR ALL",
]


@pytest.mark.parametrize("update", NAMED)
def test_graphs_that_an_update_names_and_the_unnamed_one_are_those_it_writes_into(
    update: str,
) -> None:
    assert written_graphs(update) == {"", *NAMED[update]}


@pytest.mark.parametrize("update", ANY)
def test_an_update_that_names_no_graph_for_sure_may_write_into_any(
    update: str,
) -> None:
    assert written_graphs(update) is None


def test_the_engine_ends_no_string_at_an_escape() -> None:
    store = ox.Store()
    store.update(
        f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:b> {ESCAPED} }} }}"
    )
    assert {quad.graph_name for quad in store} == {ox.NamedNode(ONE)}
    assert {quad.object.value for quad in store} == {
        'she "said" \\',
        '" } GRAPH ?g { <urn:a> <urn:b> "',
        'a "quoted" "',
    }
