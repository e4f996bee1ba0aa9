"""No reading of a text that an engine may have hides a call of SERVICE or LOAD."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadQuery
from onrecord.store import guard
from onrecord.store.calls import calls_load, calls_service
from onrecord.store.limits import Limits, Send, run
from onrecord.workspace.offline import is_kept, run_offline

PLENTY = 2000
Disguises = Callable[..., Iterator[Any]]
SERVICES = [
    "SELECT * { FILTER(1<2)SERVICE#>\n<E>{?x ?y ?z} }",
    "SELECT * { FILTER(1<2)#>'''\nSERVICE<E>{?x ?y ?z} #'''\n}",
    "PREFIX p: <http://h:8> SELECT * { ?a ?b p:SERVICE<E>{?x ?y ?z} }",
    "SELECT * { VALUES ?k {'''a'} SERVICE<E>{?x ?y ?z} } #\\uD800'''",
    "SELECT * { ?a ?b e:it\\'s SERVICE<E>{?x ?y ?z} ?a ?b '' }",
    "SELECT * { ?a ?b e:a\\#b SERVICE<E>{?x ?y ?z} }",
]
LOADS = [
    "LOAD<E>INTO GRAPH e:g",
    "CLEAR DEFAULT ;LOAD#'\n<E>",
    "PREFIX e: <http://example.org/#'>LOAD<E>",
    "INSERT { ?a ?b ?c } WHERE { ?a ?b ?c FILTER(1<2)#>'''\n};LOAD<E>#'''",
]
HARMLESS = [
    "SELECT * { ?x e:service ?service . ?service a e:Service }",
    "SELECT * { ?x e:text 'SERVICE <E> { ?x ?y ?z }' }",
    "# SERVICE <E> { ?x ?y ?z }\nSELECT * { ?x ?y ?z FILTER(?x < 5) }",
    "SELECT * { ?x ?y '''it's\nSERVICE <E> { }''' }",
]
HARMLESS_UPDATES = [
    "INSERT DATA { e:a e:load <E> ; e:workload <E> }",
    'INSERT DATA { e:a e:text "It\'s a load <E> of hay" }',
    "DELETE { ?x e:load ?load } WHERE { ?x e:load ?load } # ; LOAD <E>",
]


def alone(call: Any) -> None:
    """Has the engine itself take a query or update, whatever comes of it."""
    store = ox.Store()
    node = ox.NamedNode("http://example.org/it")
    store.extend(
        ox.Quad(node, node, value) for value in (node, ox.Literal(value=True))
    )
    try:
        if call.is_update:
            store.update(call.text)
        else:
            list(store.query(call.text))
    except (OSError, RuntimeError, SyntaxError, TypeError):
        pass


def refused(call: Any) -> bool:
    try:
        (guard.refuse_loading if call.is_update else guard.refuse_network)(
            call.text
        )
    except BadQuery:
        return True
    return False


@pytest.mark.parametrize("query", SERVICES)
def test_a_service_is_seen_in_each_reading(query: str) -> None:
    assert calls_service(query)


@pytest.mark.parametrize("update", LOADS)
def test_a_load_is_seen_in_each_reading(update: str) -> None:
    assert calls_load(update)


@pytest.mark.parametrize("query", HARMLESS)
def test_a_name_a_string_and_a_comment_are_no_service(query: str) -> None:
    assert not calls_service(query)


@pytest.mark.parametrize("update", HARMLESS_UPDATES)
def test_a_name_a_string_and_a_comment_are_no_load(update: str) -> None:
    assert not calls_load(update)


def test_what_the_guard_lets_by_reaches_nothing(
    disguises: Disguises, endpoint: tuple[str, list[str]]
) -> None:
    address, reached = endpoint
    reached.clear()
    for call in disguises(PLENTY, address):
        if not refused(call):
            alone(call)
            assert reached == [], call.text


@pytest.mark.skipif(
    not is_kept(),
    reason="this system has no filter of system calls that we write",
)
def test_an_engine_that_is_offline_reaches_nothing(
    disguises: Disguises, endpoint: tuple[str, list[str]]
) -> None:
    address, reached = endpoint
    reached.clear()

    def work() -> None:
        for call in disguises(PLENTY, address):
            alone(call)

    run_offline(work)
    assert reached == []


def test_left_alone_the_engine_reaches_it_by_one_in_five(
    disguises: Disguises, endpoint: tuple[str, list[str]]
) -> None:
    address, reached = endpoint
    reached.clear()
    number = 0
    for call in disguises(200, address):
        before = len(reached)
        alone(call)
        number += len(reached) > before
    assert number >= 40


@pytest.mark.skipif(
    not is_kept(),
    reason="this system has no filter of system calls that we write",
)
def test_the_child_of_a_query_reaches_nothing_without_any_guard(
    endpoint: tuple[str, list[str]],
) -> None:
    address, reached = endpoint
    reached.clear()

    def work(store: ox.Store, send: Send) -> None:
        try:
            list(
                store.query(
                    f"SELECT * {{ SERVICE <{address}> {{ ?x ?y ?z }} }}"
                )
            )
        except PermissionError as error:
            send(str(error).encode())

    assert b"Permission denied" in b"".join(
        run(lambda: (ox.Store(), None), work, Limits())
    )
    assert reached == []
    assert (
        list(run(lambda: (ox.Store(), None), work, Limits(), offline=False))
        == []
    )
    assert len(reached) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "SERVICE",
        "SERVICE#",
        "SERVICE<",
        "SERVICE?a",
        "SERVICE a",
        "SERVICE<a>{<#>",
        "<#>",
        "'''\\'",
        "\\",
        "<'>",
    ],
)
@pytest.mark.parametrize("end", ["", "SERVICE<a>{", "''' # SERVICE <a> {"])
def test_a_million_hostile_characters_are_judged_in_a_moment(
    piece: str, end: str
) -> None:
    since = time.process_time()
    calls_service(piece * (1_000_000 // len(piece)) + end)
    assert time.process_time() - since < 10
