"""Turtle of lines of N-Triples: the same bytes as rdflib's."""

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.term import Node

from onrecord.model.iris import BASE, PREFIXES
from onrecord.rdf import turtle, turtle_of_lines
from onrecord.store.build import parse
from onrecord.store.sync.canonical import canonical
from onrecord.workspace import shipped

XSD = PREFIXES["xsd"]
STRING = XSD + "string"
NODES = [
    f"{BASE}Ada-Example",
    f"{BASE}doc/a.b",
    f"{BASE}doc/a-b",
    f"{BASE}statement/0d771253c904",
    f"{BASE}statement/0d771253c904/evidence",
    "https://example.org/ä?b=c",
    PREFIXES["rdf"] + "type",
    PREFIXES["rdf"] + "nil",
    PREFIXES["rdfs"] + "label",
    PREFIXES["schema"] + "url",
]
SIGNS = st.text(
    st.sampled_from("ab \"\\\n\r\t'.;@^<ä\u2028\U0001f3ac"), max_size=6
)
TYPED = st.sampled_from(
    [
        *((number, "integer") for number in ("1", "10", "-2")),
        *((number, "decimal") for number in ("0.9", "10", "-2.5")),
        *((number, "double") for number in ("1.5", "INF", "NaN", "3")),
        ("true", "boolean"),
        ("2026-05-01", "date"),
        ("2026-11", "gYearMonth"),
        ("2026-05-01T10:00:00Z", "dateTime"),
        ("no number", "integer"),
        ("P1D", "duration"),
        ("https://example.org/", "anyURI"),
    ]
)
IRIS = st.sampled_from(NODES).map(ox.NamedNode)
LITERALS = st.one_of(
    SIGNS.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag),
        SIGNS,
        st.sampled_from(["en", "de-ch"]),
    ),
    TYPED.map(
        lambda pair: ox.Literal(pair[0], datatype=ox.NamedNode(XSD + pair[1]))
    ),
)
QUADS = st.sets(
    st.builds(ox.Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=12
)


def _node(term: ox.NamedNode | ox.Literal) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == STRING:
        return Literal(term.value)
    kind = term.datatype.value
    is_whole = kind == XSD + "decimal" and term.value.lstrip("+-").isdecimal()
    text = f"{term.value}.0" if is_whole else term.value
    return Literal(text, datatype=URIRef(kind), normalize=False)


def _by_rdflib(quads: Iterable[ox.Quad]) -> bytes:
    return turtle.write(
        (_node(q.subject), _node(q.predicate), _node(q.object)) for q in quads
    )


def _written(quads: Iterable[ox.Quad]) -> bytes:
    return turtle_of_lines.write(canonical(quads))


@given(QUADS)
@pytest.mark.filterwarnings("ignore:.*weird")
def test_any_lines_are_written_as_rdflib_writes_them(
    quads: set[ox.Quad],
) -> None:
    store = ox.Store()
    store.extend(quads)
    assert _written(store) == _by_rdflib(store)


def test_what_ships_is_written_as_it_stands() -> None:
    for path in shipped().graph_files()[:40]:
        store = ox.Store()
        store.extend(parse(path))
        assert _written(store) == _by_rdflib(store), path


@pytest.mark.parametrize(
    "term", [ox.BlankNode(), ox.Triple(*[ox.NamedNode("urn:a")] * 3)]
)
def test_a_term_that_no_graph_of_ours_holds_is_refused(
    term: ox.BlankNode | ox.Triple,
) -> None:
    name = ox.NamedNode("urn:a")
    with pytest.raises(ValueError, match="as no graph of ours"):
        _written([ox.Quad(name, name, term)])
