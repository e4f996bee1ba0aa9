"""An update tells which graphs it writes into, or that it may write into any."""

import pytest

from onrecord.model.iris import BASE
from onrecord.server.written import written_graphs

ONE = "http://e.example/one"
NAMED = {
    f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:a> <urn:b> <urn:c> }} }}": {ONE},
    f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}": {
        ONE
    },
    "INSERT DATA { <urn:a> <urn:b> 'GRAPH ?g' }": set(),
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
