"""A graph that lives in a store: two people change it, each by a copy of their own."""

import datetime as dt
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import onrecord
from onrecord.cli.state import State
from onrecord.editing import shared, store_home
from onrecord.editing.intake import Added
from onrecord.model.errors import (
    BadGraph,
    BadInput,
    ChangedMeanwhile,
    StoreFailed,
)
from onrecord.model.iris import GRAPHS, compact
from onrecord.store.sync.canonical import canonical
from onrecord.store.sync.sources import Files, RemoteSource
from onrecord.store.sync.versions import LOG, Change, Versions
from onrecord.workspace import Endpoint, Workspace, find, writing

Person = Callable[[str], Workspace]
PEOPLE = [
    {"name": "Ada Example", "type": "Person"},
    {"name": "Ida Example", "type": "Person"},
    {"name": "Studio Nine", "type": "Company"},
]


@pytest.fixture
def person(
    store: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Gives somebody's copy of the store, up to date."""
    empty = onrecord.init(tmp_path / "empty")

    def at(name: str) -> Workspace:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / name))
        return store_home.copy_of(store, empty)

    return at


def record(name: str, actor: str = "Ada Example") -> dict[str, object]:
    said = {
        "actors": [actor],
        "relation": "urges",
        "object": "Studio Nine",
        "object_kind": "entity",
        "gist": f"Urges {name}.",
    }
    document = {
        "url": f"https://news.example/{name}",
        "publisher": "Example News",
    }
    document["source_kind"] = "report"
    return {"doc": document, "statements": [said]}


def put(copy: Workspace, *rows: object) -> Added:
    assert copy.root is not None
    name = f"{len(list(copy.root.glob('*.jsonl')))}.jsonl"
    path = copy.root / name
    path.write_text(
        "".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8"
    )
    return onrecord.add([path], workspace=copy)


def contents(store: Endpoint) -> dict[str, frozenset[str]]:
    """What the store holds beside the ontology and the log."""
    with RemoteSource(store) as there:
        graphs = {*there.count()} - {LOG, GRAPHS["ontology"]}
        return {
            compact(graph): canonical(there.quads(graph), (there.dialect,))
            for graph in graphs
        }


def told(copy: Workspace, store: Endpoint) -> dict[str, frozenset[str]]:
    """What the files of a copy hold, and the edges that follow."""
    files = Files(find(copy.root))
    graphs = {*files.graphs()} - {GRAPHS["ontology"]}
    dialects = (store.profile,)
    held = {
        compact(name): canonical(files.quads(name), dialects) for name in graphs
    }
    return {name: lines for name, lines in held.items() if lines}


def test_what_one_adds_the_other_has_and_the_store_holds_what_follows(
    store, person
):
    ada = person("ada")
    put(ada, *PEOPLE, record("one"))
    bea = person("bea")
    put(bea, record("two", "Ida Example"))
    assert contents(store) == told(bea, store)
    ada = person("ada")
    assert contents(store) == told(ada, store)
    assert len(list((ada.home / "documents").iterdir())) == 2


def test_two_who_change_at_once_lose_nothing(store, person, monkeypatch):
    # Where everything is slow, each waits for the other as long as it takes.
    monkeypatch.setattr(shared, "PAUSES", (0.2,) * 500)
    put(person("ada"), *PEOPLE)
    copies = {name: person(name) for name in ("ada", "bea")}

    def work(name: str) -> None:
        for number in range(2):
            put(copies[name], record(f"{name}-{number}"))

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, copies))
    last = person("ada")
    assert len(list((last.home / "documents").iterdir())) == 4
    assert contents(store) == told(last, store)


def test_what_another_puts_there_later_is_checked_too(store, person):
    ada = person("ada")
    put(ada, *PEOPLE)
    bea = person("bea")
    faulty = b"<https://w3id.org/onrecord/Uma> a <https://w3id.org/onrecord/Person> .\n"
    with (
        writing(bea.home) as write,
        store_home.through_store(bea, store, write) as commit,
    ):
        commit({"documents/uma.ttl": faulty})
    with pytest.raises(BadGraph, match="1 fault"):
        put(person("ada"), record("one"))


def test_merge_rename_review_and_undo_go_by_way_of_the_store(store, person):
    ada = person("ada")
    put(ada, *PEOPLE, record("one"), record("two", "Ida Example"))
    onrecord.merge("Ada Example", "Ida Example", workspace=ada)
    onrecord.rename("Studio Nine", "Studio Ten", workspace=ada)
    assert contents(store) == told(person("bea"), store)
    before = contents(store)
    bea = person("bea")
    put(bea, record("three"))
    assert onrecord.undo(workspace=bea).documents == 1
    assert contents(store).keys() == before.keys()
    assert onrecord.undo(workspace=person("ada")).what.startswith("rename")
    assert contents(store) == told(person("ada"), store)


def test_a_removal_goes_for_all_and_an_undo_of_what_another_changed_is_refused(
    store, person
):
    ada = person("ada")
    put(ada, *PEOPLE, record("one"))
    bea = person("bea")
    onrecord.remove("https://news.example/one", workspace=bea)
    ada = person("ada")
    assert list((ada.home / "documents").iterdir()) == []
    assert contents(store) == told(ada, store)
    with pytest.raises(BadInput, match="was changed since"):
        onrecord.undo(workspace=ada)


def test_a_change_upon_an_old_version_changes_nothing(store, person):
    ada = person("ada")
    put(ada, *PEOPLE, record("one"))
    before = contents(store)
    with RemoteSource(store) as there:
        versions = Versions(there)
        old = versions.newest()
        put(ada, record("two"))
        change = Change("test", frozenset(), frozenset(), {})
        with pytest.raises(ChangedMeanwhile):
            versions.make(old, change)
    assert contents(store).keys() - before.keys() == {
        "doc:example-news-undated-two"
    }


@pytest.mark.parametrize("is_sent", [True, False])
@pytest.mark.parametrize("store", ["oxigraph", "onrecord_store"], indirect=True)
def test_where_the_answer_is_lost_the_store_is_asked(
    store, person, monkeypatch, is_sent
):
    ada = person("ada")
    put(ada, *PEOPLE)
    send = RemoteSource.update

    def losing(there: RemoteSource, text: str) -> None:
        if is_sent:
            send(there, text)
        message = "cut off"
        raise StoreFailed(message)

    monkeypatch.setattr(RemoteSource, "update", losing)
    if is_sent:
        put(ada, record("one"))
    else:
        with pytest.raises(StoreFailed):
            put(ada, record("one"))
    monkeypatch.setattr(RemoteSource, "update", send)
    assert ("doc:example-news-undated-one" in contents(store)) is is_sent
    assert contents(store) == told(person("ada"), store)


def test_what_a_killed_writer_left_is_ended_by_the_next(
    virtuoso_store, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "ada"))
    empty = onrecord.init(tmp_path / "empty")
    ada = store_home.copy_of(virtuoso_store, empty)
    put(ada, *PEOPLE)

    class Killed(Exception):
        """Stands for what ends the program."""

    become = Versions.become

    def dying(versions: Versions, graph: str, quads) -> None:
        if graph == GRAPHS["edges"]:
            raise Killed
        become(versions, graph, quads)

    monkeypatch.setattr(Versions, "become", dying)
    with pytest.raises(Killed):
        put(ada, record("one"))
    monkeypatch.setattr(Versions, "become", become)
    with pytest.raises(ChangedMeanwhile, match="under way"):
        store_home.copy_of(virtuoso_store, empty)
    monkeypatch.setattr(
        store_home, "MOST_SECONDS", dt.timedelta(0).total_seconds()
    )
    again = store_home.copy_of(virtuoso_store, empty)
    assert contents(virtuoso_store) == told(again, virtuoso_store)
    assert GRAPHS["edges"] in {*Files(find(again.root)).graphs()}


def test_a_workspace_names_the_store_where_its_graph_lives(
    oxigraph, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    own = onrecord.init(tmp_path / "own")
    settings = f'[store]\nurl = "{oxigraph.url}"\nprofile = "oxigraph"\n'
    (own.root / "onrecord.toml").write_text(settings, encoding="utf-8")
    state = State(own.root, with_shipped=False)
    with pytest.raises(BadInput, match="if you mean it, say so once"):
        state.workspace()
    named = state.sharing(oxigraph.url, "oxigraph").workspace()
    put(named, *PEOPLE, record("one"))
    assert state.workspace().home == named.home
    assert contents(oxigraph) == told(named, oxigraph)


def test_the_command_line_changes_a_store(oxigraph, tmp_path, command):
    (tmp_path / "rows.jsonl").write_text(
        "".join(f"{json.dumps(row)}\n" for row in [*PEOPLE, record("one")]),
        encoding="utf-8",
    )
    at = ("--store", oxigraph.url, "--profile", "oxigraph")
    rows = tmp_path / "rows.jsonl"
    assert "1 added" in command("add", rows, *at).stdout
    assert "undone: addition" in command(*at, "undo").stdout
    assert contents(oxigraph) == {}
