"""What a query may not do is refused in every spelling that the engine takes, and only there."""

import time
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadQuery
from onrecord.store import guard

REACHING = [
    "SELECT * { SERVICE <E> { ?x ?y ?z } }",
    "select * { service <E> { ?x ?y ?z } }",
    "SELECT * { SERVICE SILENT <E> { ?x ?y ?z } }",
    "SELECT * { SERVICESILENT<E>{?x ?y ?z} }",
    "SELECT * { SERVICE # a comment\n <E> { ?x ?y ?z } }",
    "SELECT * { SERVICEe: { ?x ?y ?z } }",
    "SELECT * { SERVICESILENTe:{?x ?y ?z} }",
    "PREFIX : <E> SELECT * { SERVICE:{?x ?y ?z} }",
    "SELECT * { ?a ?b trueSERVICE<E>{?x ?y ?z} }",
    "SELECT * { ?a ?b true.SERVICE<E>{?x ?y ?z} }",
    "SELECT * { ?a ?b e:a;SERVICE<E>{?x ?y ?z} }",
    "SELECT * { ?a ?b e:a#\nSERVICE<E>{?x ?y ?z} }",
    "SELECT * { FILTER(1<2)SERVICE<E>{?x ?y ?z} }",
    "SELECT * { FILTER EXISTS {SERVICE<E>{?x ?y ?z}} ?a ?b ?c }",
    'SELECT * { VALUES ?k {"""SERVICE"} SERVICE<E>{?x ?y ?z} }',
    "SELECT * { { SELECT * { SERVICE <E> { ?x ?y ?z } } } }",
    "ASK { SERVICE <E> { ?x ?y ?z } }",
    "CONSTRUCT { ?x ?y ?z } { SERVICE <E> { ?x ?y ?z } }",
    "DESCRIBE ?x { SERVICE <E> { ?x ?y ?z } }",
]
ESCAPED = [
    "SELECT * { \\u0053ERVICE <E> { ?x ?y ?z } }",
    "SELECT * { SERVIC\\U00000045 <E> { ?x ?y ?z } }",
]
HARMLESS = [
    "SELECT * { ?x ?y ?z } # SERVICE <E>",
    "SELECT * { ?x ?y 'SERVICE <E> { }' }",
    'SELECT * { ?x ?y "SERVICE \\" SERVICE <E>" }',
    "SELECT * { ?x ?y '''a 'SERVICE' \\''' SERVICE''' }",
    "SELECT * { ?x <http://example.org/SERVICE> ?z }",
    "SELECT * { ?x <http://example.org/#SERVICE> ?z }",
    "SELECT * { ?service ?y $SERVICE }",
    "SELECT * { ?x e:SERVICE e:a-service.SERVICE }",
    "SELECT * { ?x ?y 'x'@en-SERVICE }",
    "SELECT * FROM <E> FROM NAMED <E> { ?x ?y ?z }",
]


@pytest.fixture
def reaches(endpoint: tuple[str, list[str]]) -> Callable[[str], bool]:
    """Whether the engine, left alone with a query, reaches the endpoint E."""
    address, reached = endpoint
    store = ox.Store()
    thing = ox.NamedNode("http://example.org/thing")
    store.extend(
        ox.Quad(thing, thing, value)
        for value in (
            thing,
            ox.Literal(value=True),
            ox.NamedNode(f"{address}a"),
        )
    )

    def ask(query: str) -> bool:
        reached.clear()
        found = store.query(
            query.replace("<E>", f"<{address}>"), prefixes={"e": address}
        )
        if not isinstance(found, ox.QueryBoolean):
            list(found)
        return bool(reached)

    return ask


@pytest.mark.parametrize("query", REACHING)
def test_every_spelling_that_reaches_the_network_is_refused(
    query: str, reaches: Callable[[str], bool]
) -> None:
    assert reaches(query)
    with pytest.raises(BadQuery, match="--allow-network"):
        guard.refuse_network(query)


@pytest.mark.parametrize("query", ESCAPED)
def test_escapes_do_not_hide_the_word(query: str) -> None:
    with pytest.raises(BadQuery, match="--allow-network"):
        guard.refuse_network(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_in_a_comment_string_iri_or_name_is_no_service(
    query: str, reaches: Callable[[str], bool]
) -> None:
    assert not reaches(query)
    guard.refuse_network(query)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("select * {}", "SELECT"),
        ("PREFIX load: <http://example.org/> ASK {}", "ASK"),
        ("# INSERT\nCONSTRUCT {} {}", "CONSTRUCT"),
        ("BASE <http://example.org/DELETE> DESCRIBE <x>", "DESCRIBE"),
    ],
)
def test_a_query_has_a_form(query: str, form: str) -> None:
    assert guard.form(query) == form


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { }",
        "PREFIX e: <http://example.org/> delete where { ?x ?y ?z }",
        "LOAD <http://127.0.0.1/x.ttl>",
        "load silent <http://127.0.0.1/x.ttl> into graph <http://example.org/g>",
        "WITH <http://example.org/g> DELETE { ?x ?y ?z } WHERE { ?x ?y ?z }",
        "CLEAR ALL",
        "# SELECT\nDROP ALL",
    ],
)
def test_an_update_is_refused_with_a_word_on_add(update: str) -> None:
    with pytest.raises(BadQuery, match="onrecord add"):
        guard.form(update)


@pytest.mark.parametrize("query", ["", "hello there", "SELEC ?x { ?x ?y ?z }"])
def test_a_text_that_asks_nothing_is_told_so(query: str) -> None:
    with pytest.raises(BadQuery, match="no SELECT, ASK, CONSTRUCT or DESCRIBE"):
        guard.form(query)


@pytest.mark.parametrize(
    "piece",
    [
        '"""x',
        '\\"',
        '\\"""\n',
        '"""\\"""a"',
        "'",
        "<a",
        "a.",
        "a1",
        ":a.",
        ":%4",
        "@a-",
        "?",
        "#",
        "#\\\n'''",
        "\\u0041",
    ],
)
@pytest.mark.parametrize(
    "start", ["SELECT * {", "SELECT * { '''", 'SELECT * { """']
)
def test_a_million_hostile_characters_are_read_in_a_moment(
    start: str, piece: str
) -> None:
    query = start + piece * (1_000_000 // len(piece))
    since = time.process_time()
    guard.form(query)
    guard.refuse_network(query)
    assert time.process_time() - since < 10
