"""Pushes to a real `oxigraph` server."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest

from onrecord import push
from onrecord.editing.removing import remove
from onrecord.model.errors import (
    LimitReached,
    NotWritten,
    StoreFailed,
    UnknownName,
)
from onrecord.store.sync.diff import diff
from onrecord.store.sync.sources import Files, RemoteSource
from onrecord.workspace import Endpoint, Workspace

Put = Callable[[str, str], None]
DOCUMENT = "https://w3id.org/onrecord/doc/example-herald-2025-ada-asks"
ENTITIES = "https://w3id.org/onrecord/graph/entities"
EDGES = "https://w3id.org/onrecord/graph/edges"
FOREIGN = "http://else.example/graph"


def names(endpoint: Endpoint) -> set[str]:
    with RemoteSource(endpoint) as there:
        return {*there.graphs()}


def change(where: Workspace, old: str = "0.90", new: str = "0.80") -> None:
    file = where.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    file.write_text(file.read_text().replace(old, new))


def test_every_graph_is_sent_and_the_second_time_none(
    small: Workspace, oxigraph: Endpoint
) -> None:
    first, second = (push(oxigraph, workspace=small) for _ in range(2))
    assert {DOCUMENT, ENTITIES, EDGES} < {*first.sent}
    assert (first.same, first.deleted, first.differs, first.strange) == (
        (),
        (),
        (),
        (),
    )
    assert (second.sent, second.same) == ((), first.sent)
    assert [
        each.how for each in diff(small, replace(small, endpoint=oxigraph))
    ] == ["same"] * len(first.sent)


def test_only_what_changed_is_sent(
    small: Workspace, oxigraph: Endpoint
) -> None:
    push(oxigraph, workspace=small)
    change(small)
    assert push(oxigraph, workspace=small).sent == (DOCUMENT,)


def test_what_is_only_written_in_another_way_is_not_sent(
    small: Workspace, oxigraph: Endpoint
) -> None:
    push(oxigraph, workspace=small)
    change(small, "0.90", "0.900")
    assert push(oxigraph, workspace=small).sent == ()


def test_a_document_that_is_gone_goes_there_with_its_edges(
    small: Workspace, oxigraph: Endpoint
) -> None:
    push(oxigraph, workspace=small)
    (
        small.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    ).unlink()
    pushed = push(oxigraph, workspace=small)
    assert (pushed.deleted, pushed.sent) == ((DOCUMENT,), (EDGES,))
    assert DOCUMENT not in names(oxigraph)


def test_keep_leaves_what_is_gone(small: Workspace, oxigraph: Endpoint) -> None:
    push(oxigraph, workspace=small)
    (
        small.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    ).unlink()
    pushed = push(oxigraph, workspace=small, keep=True)
    assert (pushed.deleted, pushed.kept) == ((), (DOCUMENT,))
    assert DOCUMENT in names(oxigraph)


def test_a_document_that_a_tombstone_names_goes_though_this_machine_never_sent_it(
    small: Workspace, oxigraph: Endpoint, put: Put
) -> None:
    put(DOCUMENT, "<urn:a> <urn:b> <urn:c> .")
    remove("doc:example-herald-2025-ada-asks", reason="a test", workspace=small)
    assert push(oxigraph, workspace=small).deleted == (DOCUMENT,)


def test_graphs_of_others_are_left_alone(
    small: Workspace, oxigraph: Endpoint, put: Put
) -> None:
    strange = "https://w3id.org/onrecord/doc/of-another-workspace"
    for graph in (FOREIGN, strange):
        put(graph, "<urn:a> <urn:b> <urn:c> .")
    pushed = push(oxigraph, workspace=small)
    assert (pushed.deleted, pushed.strange) == ((), (strange,))
    with RemoteSource(oxigraph) as there:
        assert len(there.quads(FOREIGN)) == len(there.quads(strange)) == 1


def test_a_workspace_made_anew_in_the_same_place_deletes_nothing(
    small: Workspace, oxigraph: Endpoint
) -> None:
    push(oxigraph, workspace=small)
    (small.root / ".onrecord").rename(small.root / "moved")
    (
        small.graphs[0] / "documents" / "example-herald-2025-ada-asks.ttl"
    ).unlink()
    assert push(oxigraph, workspace=small).deleted == ()


def test_a_push_that_would_delete_most_is_refused(
    copy: Workspace, oxigraph: Endpoint
) -> None:
    documents = sorted((copy.graphs[0] / "documents").glob("*.ttl"))
    for file in documents[20:]:
        file.unlink()
    push(oxigraph, workspace=copy)
    for file in documents[:20]:
        file.unlink()
    with pytest.raises(NotWritten, match=r"20 of the 2\d graphs"):
        push(oxigraph, workspace=copy)
    assert len(push(oxigraph, workspace=copy, dry_run=True).deleted) == 20
    assert len(push(oxigraph, workspace=copy, force=True).deleted) == 20


def test_a_graph_that_was_changed_there_is_found_and_put_right(
    small: Workspace, oxigraph: Endpoint, put: Put
) -> None:
    push(oxigraph, workspace=small)
    with RemoteSource(oxigraph) as there:
        others = [
            each
            for each in there.quads(DOCUMENT)
            if "confidence" not in each.predicate.value
        ]
        there.put(DOCUMENT, others)
    put("https://w3id.org/onrecord/graph/entities", "<urn:a> <urn:b> <urn:c> .")
    assert push(oxigraph, workspace=small, dry_run=True).sent == (
        DOCUMENT,
        ENTITIES,
    )
    assert push(oxigraph, workspace=small).sent == (DOCUMENT, ENTITIES)
    assert push(oxigraph, workspace=small).sent == ()


def test_without_verification_the_ledger_and_the_counts_are_believed(
    small: Workspace, oxigraph: Endpoint
) -> None:
    push(oxigraph, workspace=small, verify=False)
    assert push(oxigraph, workspace=small, verify=False).sent == ()
    with RemoteSource(oxigraph) as there:
        there.put(DOCUMENT, there.quads(DOCUMENT)[1:])
    change(small, "0.90", "0.90 ")
    assert push(oxigraph, workspace=small, verify=False).sent == (DOCUMENT,)


def test_nothing_is_done_in_a_dry_run(
    small: Workspace, oxigraph: Endpoint
) -> None:
    assert DOCUMENT in push(oxigraph, workspace=small, dry_run=True).sent
    assert names(oxigraph) == set()


def test_only_the_graph_that_is_named_is_sent_or_deleted(
    small: Workspace, oxigraph: Endpoint
) -> None:
    assert push(oxigraph, workspace=small, graphs=[ENTITIES]).sent == (
        ENTITIES,
    )
    assert names(oxigraph) == {ENTITIES}
    (small.graphs[0] / "entities.ttl").unlink()
    assert push(oxigraph, workspace=small, graphs=[ENTITIES]).deleted == (
        ENTITIES,
    )
    with pytest.raises(
        UnknownName,
        match="no graph to push is called doc:example-herald; did you mean doc:example-",
    ):
        push(
            oxigraph,
            workspace=small,
            graphs=["https://w3id.org/onrecord/doc/example-herald"],
        )


def test_a_file_whose_name_makes_no_graph_is_told(
    small: Workspace, oxigraph: Endpoint
) -> None:
    (small.graphs[0] / "notes.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    pushed = push(oxigraph, workspace=small)
    assert {Path(each).name for each in pushed.unnamed} == {"notes.ttl"}
    assert not any("notes" in graph for graph in names(oxigraph))


def test_progress_is_told_graph_by_graph(
    small: Workspace, oxigraph: Endpoint
) -> None:
    heard: list[tuple[str, int, int]] = []
    total = len(
        push(
            oxigraph, workspace=small, said=lambda *told: heard.append(told)
        ).sent
    )
    works = ("compared and sent", "read back")
    assert heard == [
        (what, number, total)
        for what in works
        for number in range(1, total + 1)
    ]


def test_a_store_that_is_not_there_is_an_error(small: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(StoreFailed, match="cannot be reached"):
        push(Endpoint(f"http://127.0.0.1:{port}/", "oxigraph"), workspace=small)


def test_a_store_that_goes_away_in_the_midst_is_an_error_that_says_how_to_go_on(
    copy: Workspace, oxigraph: Endpoint
) -> None:
    with (
        Cut(oxigraph, after=40) as cut,
        pytest.raises((StoreFailed, LimitReached)) as error,
    ):
        push(replace(oxigraph, url=cut.url), workspace=copy)
    assert "of 124 graphs are there; push again goes on from there" in str(
        error.value
    )
    assert 0 < len(names(oxigraph)) < 124
    pushed = push(oxigraph, workspace=copy)
    assert 0 < len(pushed.sent) < 124
    assert len(pushed.sent) + len(pushed.same) == 124


class Late:
    """A store whose answers to some graphs that are put come too late, each so many times; what came was put or not."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        times: dict[str, int],
        *,
        comes: bool,
    ) -> None:
        self.puts: list[str] = []
        self.put, self.times, self.comes = RemoteSource.put, times, comes

        def put(there: RemoteSource, graph: str, quads: list) -> None:
            self.late(there, graph, quads)

        monkeypatch.setattr(RemoteSource, "put", put)

    def late(self, there: RemoteSource, graph: str, quads: list) -> None:
        self.puts.append(graph)
        is_late = self.puts.count(graph) <= self.times.get(graph, 0)
        if self.comes or not is_late:
            self.put(there, graph, quads)
        if is_late:
            message = "no whole answer"
            raise LimitReached(message)


@pytest.mark.parametrize("comes", [True, False])
def test_what_had_no_answer_in_time_is_read_back_and_sent_again_if_it_did_not_come(
    small: Workspace,
    oxigraph: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
    comes: bool,
) -> None:
    late = Late(monkeypatch, {ENTITIES: 1}, comes=comes)
    pushed = push(oxigraph, workspace=small)
    assert (ENTITIES in pushed.sent, pushed.differs) == (True, ())
    assert late.puts.count(ENTITIES) == 1 + (not comes)
    assert len(late.puts) == len(pushed.sent) + (not comes)
    assert push(oxigraph, workspace=small).sent == ()


def test_what_has_no_answer_in_time_twice_is_an_error_that_says_how_to_go_on(
    small: Workspace, oxigraph: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    Late(monkeypatch, {ENTITIES: 2}, comes=False)
    with pytest.raises(LimitReached, match="graph:entities: no whole answer"):
        push(oxigraph, workspace=small)
    assert push(oxigraph, workspace=small).sent == (ENTITIES,)


def test_without_reading_back_a_late_answer_is_an_error(
    small: Workspace, oxigraph: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    Late(monkeypatch, {ENTITIES: 1}, comes=True)
    with pytest.raises(LimitReached, match="push again goes on from there"):
        push(oxigraph, workspace=small, verify=False)


def test_a_store_that_answers_nothing_is_not_sent_everything(
    copy: Workspace, oxigraph: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = dict.fromkeys(Files(copy).graphs(), 2)
    late = Late(monkeypatch, times, comes=False)
    with pytest.raises(LimitReached, match="no graph was sent"):
        push(oxigraph, workspace=copy)
    assert len(late.puts) < 40


def test_a_push_that_is_killed_is_taken_up_by_the_next(
    copy: Workspace, oxigraph: Endpoint, program: Path
) -> None:
    with Held(oxigraph, after=40) as held:
        words = [
            program,
            "-C",
            copy.root,
            "push",
            held.url,
            "--profile",
            "oxigraph",
        ]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
            assert held.shut.wait(timeout=120)
            os.kill(process.pid, signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
    arrived = names(oxigraph)  # more may come: what passed before it was shut
    assert 0 < len(arrived) < 124
    pushed = push(oxigraph, workspace=copy)
    assert arrived <= {*pushed.same}
    assert len(pushed.same) + len(pushed.sent) == 124
    assert push(oxigraph, workspace=copy).sent == ()


class Cut:
    """A way to a store that breaks after some connections' worth of answers."""

    def __init__(self, endpoint: Endpoint, after: int) -> None:
        self.target = (
            "127.0.0.1",
            int(endpoint.url.rstrip("/").rpartition(":")[2]),
        )
        self.left = after
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}/"

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.close()

    def _accept(self) -> None:
        while self.left > 0:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            far = socket.create_connection(self.target, timeout=10)
            Thread(target=self._carry, args=(near, far, 0), daemon=True).start()
            Thread(target=self._carry, args=(far, near, 1), daemon=True).start()

    def _carry(
        self, one: socket.socket, two: socket.socket, answers: int
    ) -> None:
        try:
            while (data := one.recv(1 << 16)) and self.left > 0:
                self.left -= answers
                two.sendall(data)
        except OSError:
            pass
        finally:
            for each in (one, two, *([self.server] if self.left <= 0 else [])):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()


class Held(Cut):
    """A way to a store that stays open and carries no more after some answers."""

    def __init__(self, endpoint: Endpoint, after: int) -> None:
        super().__init__(endpoint, after)
        self.shut = Event()
        self.free = Event()

    def __exit__(self, *_: object) -> None:
        self.free.set()
        super().__exit__()

    def _carry(
        self, one: socket.socket, two: socket.socket, answers: int
    ) -> None:
        with suppress(OSError), one, two:
            while data := one.recv(1 << 16):
                self.left -= answers
                if self.left <= 0:
                    self.shut.set()
                    self.free.wait()
                    return
                two.sendall(data)
