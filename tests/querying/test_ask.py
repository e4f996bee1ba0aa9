"""`onrecord.ask` answers as the command line does, with limits or without."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import onrecord
from onrecord.model.errors import BadQuery, UnknownName
from onrecord.querying.ask import Graph, ask, stream
from onrecord.store.limits import Limits
from onrecord.workspace import Endpoint, Workspace
from onrecord.workspace.offline import is_offline

PEOPLE = "SELECT ?name { ?x a :Person ; rdfs:label ?name }"


def test_a_named_question_takes_its_parameters_as_keywords(
    small: Workspace,
) -> None:
    found = onrecord.ask("who-urges-whom", actor="A. Example", workspace=small)
    assert found.column("who") == ["Ada Example"]
    assert found[0]["urges"] == "Studio Nine"


def test_sparql_needs_no_prefixes(small: Workspace) -> None:
    assert ask(
        "SELECT ?whom { :Ada-Example :urges ?whom }", workspace=small
    ).column("whom") == ["https://w3id.org/onrecord/Studio-Nine"]


def test_the_workspace_is_the_one_around_here(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.home / "documents")
    assert ask(PEOPLE).column("name") == ["Ada Example"]


def test_limits_change_nothing_but_the_limits(small: Workspace) -> None:
    free = ask("who-urges-whom", workspace=small)
    bound = ask("who-urges-whom", workspace=small, limits=Limits())
    assert (free, free.columns) == (bound, bound.columns)


def test_rows_are_left_out_at_the_limit(small: Workspace) -> None:
    for limits in (None, Limits()):
        found = ask(
            "SELECT * { ?x ?y ?z }", workspace=small, limits=limits, max_rows=3
        )
        assert (len(found), found.more) == (3, True)


def test_a_stream_gives_the_standard_s_bytes(small: Workspace) -> None:
    found = json.loads(b"".join(stream(PEOPLE, "json", workspace=small)))
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == [
        "Ada Example"
    ]


def test_a_large_answer_streams_in_many_pieces(shipped: Workspace) -> None:
    pieces = list(stream("SELECT * { ?x ?y ?z }", "csv", workspace=shipped))
    assert len(pieces) > 10
    assert b"".join(pieces).count(b"\n") > 40_000


@pytest.mark.parametrize("limits", [None, Limits()])
def test_errors_come_through_with_limits_and_without(
    small: Workspace, limits: Limits | None
) -> None:
    with pytest.raises(UnknownName, match="did you mean who-urges-whom"):
        ask("who-urges-who", workspace=small, limits=limits)
    with pytest.raises(BadQuery, match="line 1, column 12"):
        ask("SELECT * { oops }", workspace=small, limits=limits)


def test_a_graph_is_opened_once_for_many_questions(small: Workspace) -> None:
    graph = Graph(small)
    store = graph.store
    graph.ask("works")
    assert graph.store is store


def test_with_the_shipped_graph_both_are_asked(small: Workspace) -> None:
    from onrecord.workspace import find  # noqa: PLC0415

    both = find(small.root, with_shipped=True)
    people = ask(PEOPLE, workspace=both).column("name")
    assert "Ada Example" in people
    assert len(people) > 50


def test_a_broken_file_of_the_workspace_is_named(small: Workspace) -> None:
    Path(small.home / "documents" / "bad.ttl").write_text(
        "oops", encoding="utf-8"
    )
    with pytest.raises(onrecord.OnRecordError, match=r"bad\.ttl:1: no Turtle"):
        ask(PEOPLE, workspace=small, limits=Limits())


class Watched(Graph):
    """A graph that notes where it is asked."""

    def answer(self, *asked: object) -> ox.QuerySolutions:
        self.was_offline = is_offline()
        return super().answer(*asked)


@pytest.mark.parametrize("allow_network", [False, True])
def test_without_limits_a_question_is_asked_offline_unless_the_network_is_allowed(
    small: Workspace, allow_network: bool
) -> None:
    graph = Watched(small, allow_network)
    assert graph.ask(PEOPLE).column("name") == ["Ada Example"]
    assert graph.was_offline is not allow_network
    assert not is_offline()


def test_what_another_store_answers_is_asked_where_the_network_is(
    small: Workspace,
) -> None:
    endpoint = Endpoint("http://127.0.0.1:1/sparql")
    assert not Graph(replace(small, endpoint=endpoint)).is_offline
    assert Graph(small).is_offline
