"""Graphs that are sent together: as parts of one update, and to a real server of ours."""

from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox
import pytest

from onrecord import push
from onrecord.model.errors import LimitReached
from onrecord.store.sync.diff import diff
from onrecord.store.sync.sources import RemoteSource, groups
from onrecord.store.sync.together import (
    MOST_BYTES,
    TAKING,
    chunks,
    operation,
    update,
)
from onrecord.workspace import Endpoint, Workspace

GRAPH = "https://w3id.org/onrecord/doc/one"


def quads(turtle: str) -> list[ox.Quad]:
    return [*ox.parse(turtle, ox.RdfFormat.TURTLE)]


def generation(endpoint: Endpoint) -> int:
    found = httpx.get(
        urlsplit(endpoint.url)._replace(path="/health").geturl(),
        trust_env=False,
        timeout=100,
    )
    return int(found.json()["generation"].partition("-")[0])


def test_an_update_makes_each_graph_hold_just_its_triples() -> None:
    told = (
        '<urn:a> <urn:b> "a \\"quote\\" \\\\u0022 } ;\\n\\tLOAD" , 0.90 , "é 😀"@en .',
        "<urn:c> <urn:d> <urn:e> .",
    )
    names = (GRAPH, "https://w3id.org/onrecord/doc/two")
    store, wanted = ox.Store(), ox.Store()
    store.update(
        f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:old> <urn:old> 1 }} }}"
    )
    parts = [
        operation(name, quads(turtle))
        for name, turtle in zip(names, told, strict=True)
    ]
    for name, turtle in zip(names, told, strict=True):
        wanted.load(
            turtle, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(name)
        )
    (chunk,) = chunks(parts)
    store.update(update(chunk))
    assert {*store} == {*wanted}


@pytest.mark.parametrize(
    "turtle",
    [
        "",
        "<urn:a> <urn:b> [] .",
        "[] <urn:b> 1 .",
        f'<urn:a> <urn:b> "{"x" * MOST_BYTES}" .',
    ],
)
def test_a_graph_that_an_update_does_not_make_or_hold_goes_alone(
    turtle: str,
) -> None:
    assert operation(GRAPH, quads(turtle)) is None


def test_no_update_is_larger_than_a_server_takes_and_no_graph_is_lost() -> None:
    parts = [
        operation(
            f"{GRAPH}{number}", quads(f'<urn:a> <urn:b> "{"é" * 50_000}" .')
        )
        for number in range(20)
    ]
    found = [*chunks([None, *parts, None])]
    assert len(found) > 1
    assert all(len(update(chunk).encode()) <= MOST_BYTES for chunk in found)
    assert [each for chunk in found for each in chunk] == parts


def test_new_graphs_go_together_in_one_insertion() -> None:
    taking, store = TAKING["virtuoso"], ox.Store()
    one = quads('<urn:a> <urn:b> "a } \\u0022" .')
    parts = [operation(f"{GRAPH}{name}", one, taking) for name in "ab"]
    (chunk,) = chunks(parts, taking.most_bytes)
    store.update(update(chunk, taking))
    assert {quad.graph_name.value for quad in store} == {
        f"{GRAPH}a",
        f"{GRAPH}b",
    }
    assert {quad.object for quad in store} == {one[0].object}
    long = quads(f'<urn:a> <urn:b> "{"x" * taking.largest}" .')
    assert operation(GRAPH, long, taking) is None


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ({}, [["a", "b", "c"]]),
        ({"b": 9_000}, [["a"], ["b"], ["c"]]),
        ({"a": 1_000, "b": 1_500, "c": 1}, [["a", "b"], ["c"]]),
    ],
)
def test_graphs_are_read_together_until_they_are_many_rows(
    counts: dict[str, int], wanted: list[list[str]]
) -> None:
    assert [*groups("abc", counts)] == wanted
    assert max(map(len, groups("x" * 60, {}))) == 25


def test_a_server_of_ours_makes_few_states_of_many_graphs(
    onrecord_store: Endpoint, copy: Workspace
) -> None:
    before = generation(onrecord_store)
    pushed = push(onrecord_store, workspace=copy)
    assert len(pushed.sent) >= 122
    assert pushed.differs == ()
    assert generation(onrecord_store) - before <= 5
    assert [
        each.graph
        for each in diff(copy, replace(copy, endpoint=onrecord_store))
        if not each.is_same
    ] == []


def test_graphs_whose_update_has_no_answer_in_time_are_not_sent_one_by_one(
    onrecord_store: Endpoint, copy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, sent = generation(onrecord_store), []
    update, put = RemoteSource.update, RemoteSource.put

    def late(there: RemoteSource, text: str) -> None:
        update(there, text)
        message = "no whole answer"
        raise LimitReached(message)

    def noted(there: RemoteSource, graph: str, quads: list) -> None:
        sent.append(graph)
        put(there, graph, quads)

    monkeypatch.setattr(RemoteSource, "update", late)
    monkeypatch.setattr(RemoteSource, "put", noted)
    pushed = push(onrecord_store, workspace=copy)
    assert len(pushed.sent) >= 122
    assert pushed.differs == ()
    assert len(sent) < 5
    assert generation(onrecord_store) - before <= 5


def test_graphs_whose_update_is_refused_are_sent_one_by_one(
    narrow: Endpoint, small: Workspace
) -> None:
    heard: list[tuple[str, int, int]] = []
    pushed = push(
        narrow, workspace=small, said=lambda *told: heard.append(told)
    )
    assert [
        each.graph
        for each in diff(small, replace(small, endpoint=narrow))
        if not each.is_same
    ] == []
    total = len(pushed.sent) + len(pushed.same)
    assert [
        number for what, number, _ in heard if what == "compared and sent"
    ] == [*range(1, total + 1)]
    assert push(narrow, workspace=small).sent == ()
