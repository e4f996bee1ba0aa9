"""A graph is served while its files or its clients change it: each answer is of one generation, each change whole."""

import asyncio
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from onrecord import workspace
from onrecord.model.errors import BadQuery, LimitReached, NotWritten
from onrecord.model.iris import GRAPHS, OURS, PREFIXES
from onrecord.store import writer
from onrecord.store.build import EDGES, build, edges
from onrecord.store.change import differing_graphs
from onrecord.store.generations import Generations, held
from onrecord.store.limits import Limits
from onrecord.store.served import DERIVING, Reading, Writing

pytestmark = pytest.mark.loop
SERVER = """
import asyncio, sys
from functools import partial
from pathlib import Path
import jobs
from onrecord import workspace
from onrecord.store.limits import Limits
from onrecord.store.served import Writing

async def main():
    async with Writing(Path(sys.argv[1]), workspace.shipped(), jobs.store_at, 1) as served:
        async def write(number):
            print(await served.write(partial(jobs.remember, number=number), Limits()), flush=True)
        first = int(sys.argv[2])
        for start in range(first, first + 1000, 5):
            await asyncio.gather(*(write(start + more) for more in range(5)))

asyncio.run(main())
"""


def number_of(kind: str) -> str:
    return f"SELECT * {{ ?s {kind} ?o }}"


@pytest.fixture(scope="session")
def new_store(
    tmp_path_factory: pytest.TempPathFactory, shipped: workspace.Workspace
) -> Path:
    """A store with the ontology in it, that tests copy."""
    folder = tmp_path_factory.mktemp("new") / "data"
    with held(folder) as here:
        new, ontology = (
            here.next(),
            partial(writer.add_ontology, files=shipped.ontology_files()),
        )
        branch = writer.prepare(new, here)
        writer.change(branch, lambda _: None, generations=here, change=ontology)
        writer.derive(
            branch, lambda _: None, generations=here, new=new, workspace=shipped
        )
        here.publish(new)
    return folder


@pytest.fixture
def data(new_store: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(new_store, tmp_path / "data")


@pytest.fixture
def written(
    data: Path, shipped: workspace.Workspace, jobs: ModuleType
) -> Callable[..., None]:
    """Uses the store in `data`, in a loop of its own."""

    def run(
        use: Callable[[Writing], Awaitable[object]], workers: int = 1
    ) -> None:
        async def main() -> None:
            async with Writing(data, shipped, jobs.store_at, workers) as served:
                await use(served)

        asyncio.run(main())

    return run


def insert(value: object) -> str:
    return f'INSERT DATA {{ GRAPH <https://a.example/g> {{ :Ada-Example skos:note "{value}" }} }}'


def published(folder: Path) -> ox.Store:
    generations = Generations(folder)
    return ox.Store.read_only(str(generations.path(generations.current())))


def changed(
    data: Path,
    here: workspace.Workspace,
    change: writer.Change,
    graphs: frozenset[str] | None = None,
) -> ox.Store:
    """The store after a change that may write into some graphs, or any, as the server's writer makes it."""
    with held(data) as generations:
        new = generations.next()
        branch = writer.prepare(new, generations)
        writer.change(
            branch, lambda _: None, generations=generations, change=change
        )
        writer.derive(
            branch,
            lambda _: None,
            generations=generations,
            new=new,
            workspace=here,
            graphs=graphs,
        )
        generations.publish(new)
    return published(data)


def test_an_update_that_may_write_anywhere_makes_the_edges_of_what_it_changed(
    data: Path, small: workspace.Workspace
) -> None:
    before = changed(data, small, lambda store: store.extend(build(small)))
    text = "DELETE { GRAPH ?g { ?s :actor ?a } } WHERE { GRAPH ?g { ?s :actor ?a ; :document ?d } }"
    after = changed(
        data, small, lambda store: store.update(text, prefixes=PREFIXES)
    )
    (document,) = differing_graphs(before, after) - {GRAPHS["edges"]}
    assert document.startswith(OURS["doc"])
    made = [
        {*store.quads_for_pattern(None, None, None, EDGES)}
        for store in (before, after)
    ]
    bare = ox.Store()
    bare.extend(quad for quad in after if quad.graph_name != EDGES)
    assert made[1] == {*edges(bare, small)} < made[0]


MUCH = {
    "a little": ({"FEW": 1000, "SHARE": 1000}, 0),
    "a small part": ({"FEW": 0, "SHARE": 1}, 0),
    "a large part": ({"FEW": 0, "SHARE": 1000}, 1),
    "many statements": (
        {"FEW": 50, "SHARE": 1000, "OF_A_STATEMENT": 1000},
        1,
    ),
}


@pytest.mark.parametrize("bounds", MUCH)
def test_edges_are_the_same_whether_all_are_made_anew_or_those_of_what_was_touched(
    data: Path,
    small: workspace.Workspace,
    monkeypatch: pytest.MonkeyPatch,
    bounds: str,
) -> None:
    changed(data, small, lambda store: store.extend(build(small)))
    set_bounds, times = MUCH[bounds]
    for name, bound in set_bounds.items():
        monkeypatch.setattr(writer, name, bound)
    made = []
    derive_all = writer._derive_all  # noqa: SLF001
    monkeypatch.setattr(
        writer, "_derive_all", lambda *given: made.append(derive_all(*given))
    )
    graph, text = STEPS[0]
    after = changed(
        data,
        small,
        lambda store: store.update(text, prefixes=PREFIXES),
        frozenset({f"https://a.example/{graph}"}),
    )
    assert len(made) == times
    bare = ox.Store()
    bare.extend(quad for quad in after if quad.graph_name != EDGES)
    stand = {*after.quads_for_pattern(None, None, None, EDGES)}
    assert stand == {*edges(bare, small)} != set()


def test_a_new_store_holds_the_ontology(
    tmp_path: Path, shipped: workspace.Workspace, jobs: ModuleType
) -> None:
    async def main() -> None:
        async with Writing(
            tmp_path / "new", shipped, jobs.store_at, 1
        ) as served:
            ask = (
                f"SELECT * {{ GRAPH <{GRAPHS['ontology']}> {{ ?s a :Topic }} }}"
            )
            assert (
                int(await served.fetch(partial(jobs.ask, query=ask), Limits()))
                > 10
            )
            assert (served.writable, served.generation.partition("-")[0]) == (
                True,
                "1",
            )

    asyncio.run(main())


def test_a_change_is_there_when_it_is_acknowledged_and_after_a_restart(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    notes = partial(jobs.ask, query=number_of("skos:note"))

    async def use(served: Writing) -> None:
        before = served.generation
        assert await served.write(
            partial(jobs.update, text=insert(1)), Limits()
        ) == insert(1)
        assert served.generation != before
        assert await served.fetch(notes, Limits()) == b"1"

    async def again(served: Writing) -> None:
        assert await served.fetch(notes, Limits()) == b"1"

    written(use)
    written(again)


def test_edges_follow_every_change_and_nobody_writes_them(
    written: Callable[..., None],
    jobs: ModuleType,
    data: Path,
    shipped: workspace.Workspace,
) -> None:
    edge = partial(
        jobs.ask,
        query=f"SELECT * {{ GRAPH <{EDGES.value}> {{ :Ada-Example :urges ?o }} }}",
    )
    doubt = "DELETE { GRAPH ?g { ?s :confidence 0.9 } } INSERT { GRAPH ?g { ?s :confidence 0.5 } } WHERE { GRAPH ?g "
    doubt += "{ ?s :object :Studio-1 ; :confidence 0.9 } }"
    forge = f"INSERT DATA {{ GRAPH <{EDGES.value}> {{ :Ada-Example :urges :Studio-9 . :urges :aboutObject true }} }}"

    async def use(served: Writing) -> None:
        assert await served.fetch(edge, Limits()) == b"0"
        for change, after in (
            (partial(jobs.remember, number=1), b"1"),
            (partial(jobs.update, text=forge), b"1"),
            (partial(jobs.update, text=doubt), b"0"),
            (partial(jobs.remember, number=2), b"1"),
            (partial(jobs.update, text=f"CLEAR GRAPH <{EDGES.value}>"), b"1"),
        ):
            await served.write(change, Limits())
            assert await served.fetch(edge, Limits()) == after

    written(use)
    store = published(data)
    assert set(store.quads_for_pattern(None, None, None, EDGES)) == set(
        edges(store, shipped)
    )


STATED = """INSERT DATA {{ GRAPH <https://a.example/{number}> {{ <https://a.example/s{number}> a :Statement ;
  :modality code:actual ; :reportBasis code:self-report ; :reviewStatus code:accepted ; :confidence {confidence} ;
  :negated {negated} ; :relation :concernedAbout ; :actor :Ada-Example ; :object :Studio-{number} . }} }}"""
STEPS = [
    (1, STATED.format(number=1, confidence=0.9, negated="false")),
    (2, STATED.format(number=2, confidence=0.9, negated="true")),
    (1, "CLEAR GRAPH <https://a.example/1>"),
    (1, STATED.format(number=1, confidence=0.2, negated="false")),
    (2, "INSERT DATA { GRAPH <https://a.example/2> { :Studio-2 a :Topic } }"),
    (2, "DROP GRAPH <https://a.example/2>"),
    (1, "INSERT DATA { :concernedAbout :aboutObject true }"),
]


def test_a_change_of_graphs_that_are_named_makes_the_edges_that_all_follow_from(
    written: Callable[..., None],
    jobs: ModuleType,
    data: Path,
    shipped: workspace.Workspace,
) -> None:
    seen = set()

    async def use(served: Writing) -> None:
        for number, text in STEPS:
            graph = f"https://a.example/{number}"
            other = served.version("https://a.example/other")
            before = served.version(graph)
            graphs = frozenset({"", graph})
            change = partial(jobs.update, text=text)
            await served.write(change, Limits(), graphs)
            store = published(data)
            stand = set(store.quads_for_pattern(None, None, None, EDGES))
            assert stand == set(edges(store, shipped))
            assert served.version("https://a.example/other") == other
            assert served.version(graph) != before
            seen.add(len(stand))

    written(use)
    assert len(seen) > 2


def test_changes_at_one_time_are_published_together(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    async def use(served: Writing) -> None:
        changes = [
            partial(jobs.update, text=insert(number)) for number in range(50)
        ]
        given = await asyncio.gather(
            *(served.write(change, Limits()) for change in changes)
        )
        assert given == [insert(number) for number in range(50)]
        assert int(served.generation.partition("-")[0]) <= 3
        assert (
            await served.fetch(
                partial(jobs.ask, query=number_of("skos:note")), Limits()
            )
            == b"50"
        )

    written(use)


def test_a_change_that_fails_leaves_nothing_and_fails_alone(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    async def use(served: Writing) -> None:
        good = [
            partial(jobs.update, text=insert(f"good {number}"))
            for number in range(3)
        ]
        works = (jobs.update_half, jobs.update_forever, jobs.update_and_die)
        bad = [
            partial(work, text=insert(f"bad {number}"))
            for number, work in enumerate(works)
        ]
        mixed = [good[0], *bad[:2], good[1], bad[2], good[2]]
        limits = [Limits(1) if each is bad[1] else Limits() for each in mixed]
        found = await asyncio.gather(
            *map(served.write, mixed, limits), return_exceptions=True
        )
        kinds = [str, BadQuery, LimitReached, str, LimitReached, str]
        assert [type(each) for each in found] == kinds
        assert str(found[2]) == "the change took more than 1 s and was stopped"
        assert str(found[4]).startswith(
            "the process that worked on the change was killed from outside: by a person"
        )
        assert (
            await served.fetch(
                partial(jobs.ask, query=number_of("skos:note")), Limits()
            )
            == b"3"
        )

    written(use)


def test_where_changes_fail_the_others_are_published_together(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    async def use(served: Writing) -> None:
        works = [jobs.update] * 20
        works[3], works[17] = jobs.update_half, jobs.update_and_die
        made = [
            served.write(partial(work, text=insert(number)), Limits())
            for number, work in enumerate(works)
        ]
        found = await asyncio.gather(*made, return_exceptions=True)
        assert [*map(type, (found.pop(17), found.pop(3)))] == [
            LimitReached,
            BadQuery,
        ]
        assert {*map(type, found)} == {str}
        assert int(served.generation.partition("-")[0]) <= 3
        notes = partial(jobs.ask, query=number_of("skos:note"))
        assert await served.fetch(notes, Limits()) == b"18"

    written(use)


def test_a_state_is_published_when_its_time_is_over(
    written: Callable[..., None],
    jobs: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("onrecord.store.served.SECONDS_TOGETHER", 0)

    async def use(served: Writing) -> None:
        made = []
        for number in range(4):
            work = partial(jobs.update, text=insert(number))
            made.append(served.write(work, Limits()))
        assert await asyncio.gather(*made) == [*map(insert, range(4))]
        assert served.generation.partition("-")[0] == "5"
        notes = partial(jobs.ask, query=number_of("skos:note"))
        assert await served.fetch(notes, Limits()) == b"4"

    written(use)


def test_each_change_has_its_own_limits_however_many_go_together(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    async def use(served: Writing) -> None:
        taken = []
        fetch = served._writer.fetch  # noqa: SLF001

        async def watched(*given: object) -> bytes:
            taken.append(given[-1])
            return await fetch(*given)

        served._writer.fetch = watched  # noqa: SLF001
        limits = [Limits(60), Limits(70), Limits(80, None)]
        changes = [
            served.write(partial(jobs.update, text=insert(number)), limit)
            for number, limit in enumerate(limits)
        ]
        await asyncio.gather(*changes)
        assert [limit for limit in taken if limit != DERIVING] == limits

    written(use)


def test_a_worker_that_ends_between_changes_loses_none(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    async def use(served: Writing) -> None:
        works = [jobs.update_and_grow, jobs.process_of, jobs.update] * 2
        made = [
            served.write(partial(work, text=insert(number)), Limits())
            for number, work in enumerate(works)
        ]
        found = await asyncio.gather(*made)
        assert len({*found[0::3], *found[1::3]}) > 2
        assert int(served.generation.partition("-")[0]) <= 3
        notes = partial(jobs.ask, query=number_of("skos:note"))
        assert await served.fetch(notes, Limits()) == b"6"

    written(use)


@pytest.mark.parametrize("work", ["update_half", "update_and_die"])
def test_a_change_that_fails_leaves_no_generation_on_the_disk(
    written: Callable[..., None], jobs: ModuleType, work: str
) -> None:
    async def use(served: Writing) -> None:
        before = set(served._generations.names())  # noqa: SLF001
        bad = partial(getattr(jobs, work), text=insert("bad"))
        with pytest.raises((BadQuery, LimitReached)):
            await served.write(bad, Limits(1))
        assert set(served._generations.names()) <= before  # noqa: SLF001

    written(use)


def test_a_change_whose_writer_left_is_not_made(
    written: Callable[..., None], jobs: ModuleType, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"

    async def use(served: Writing) -> None:
        held_up = partial(
            jobs.update_behind, text=insert("first"), gate=str(gate)
        )
        assert not served.changing
        first = asyncio.create_task(served.write(held_up, Limits()))
        await asyncio.sleep(0.01)
        assert served.changing
        second = asyncio.create_task(
            served.write(partial(jobs.update, text=insert("second")), Limits())
        )
        await asyncio.sleep(0)
        second.cancel()
        gate.touch()
        await first
        await served.write(partial(jobs.update, text=insert("third")), Limits())
        assert (
            await served.fetch(
                partial(jobs.ask, query=number_of("skos:note")), Limits()
            )
            == b"2"
        )
        assert not served.changing

    written(use)


def test_who_still_waits_when_the_store_is_left_is_let_go(
    data: Path, shipped: workspace.Workspace, jobs: ModuleType
) -> None:
    async def main() -> None:
        async with Writing(data, shipped, jobs.store_at, 1) as served:
            spin = partial(jobs.update_forever, text=insert(1))
            waiting = [
                asyncio.create_task(served.write(spin, Limits(None, None)))
            ]
            await asyncio.sleep(0.1)
            waiting.append(
                asyncio.create_task(served.write(spin, Limits(None, None)))
            )
            await asyncio.sleep(0.1)
        found = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(each) for each in found] == [asyncio.CancelledError] * 2

    asyncio.run(main())


def test_an_answer_is_of_the_generation_that_it_began_with(
    written: Callable[..., None],
    jobs: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    data: Path,
) -> None:
    monkeypatch.setattr("onrecord.store.served.SECONDS_KEPT", 0)

    async def use(served: Writing) -> None:
        fill = " ".join(
            f':S{number} skos:note "{"x" * 1000}" .' for number in range(8000)
        )
        text = f"INSERT DATA {{ GRAPH <https://a.example/g> {{ {fill} }} }}"
        await served.write(partial(jobs.update, text=text), Limits())
        generation = served.generation
        async with aclosing(served.run(jobs.dump, Limits())) as pieces:
            begun = await anext(pieces)
            for value in ("one", "two"):
                await served.write(
                    partial(jobs.update, text=insert(value)), Limits()
                )
            assert (
                await served.fetch(
                    partial(jobs.ask, query=number_of("skos:note")), Limits()
                )
                == b"8002"
            )
            assert (data / "generations" / generation).is_dir()
            whole = begun + b"".join([piece async for piece in pieces])
        assert (whole.count(b"core#note"), b'"one"' in whole) == (8000, False)
        await served.write(partial(jobs.update, text=insert("three")), Limits())
        assert not (data / "generations" / generation).exists()

    written(use, 2)


def test_a_full_disk_is_told_and_changes_nothing(
    written: Callable[..., None], jobs: ModuleType
) -> None:
    async def use(served: Writing) -> None:
        before = served.generation
        with pytest.raises(NotWritten, match="nothing was changed"):
            await served.write(
                partial(jobs.update_on_a_full_disk, text=insert(1)), Limits()
            )
        assert served.generation == before
        await served.write(partial(jobs.update, text=insert(2)), Limits())
        assert (
            await served.fetch(
                partial(jobs.ask, query=number_of("skos:note")), Limits()
            )
            == b"1"
        )

    written(use)


@pytest.mark.usefixtures("jobs")
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    data: Path, shipped: workspace.Workspace
) -> None:
    acknowledged = set()
    for turn in range(3):
        command = [
            sys.executable,
            "-c",
            SERVER,
            str(data),
            str(1000 + turn * 1000),
        ]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True
        ) as server:
            acknowledged.add(int(server.stdout.readline()))
            time.sleep(random.uniform(0, 0.3))  # noqa: S311  no secret
            server.kill()
            acknowledged |= {
                int(line) for line in server.stdout if line.endswith("\n")
            }
        store = published(data)
        statements = store.query(
            "SELECT ?s { GRAPH ?g { ?s a :Statement } }", prefixes=PREFIXES
        )
        assert acknowledged <= {int(each[0].value[-4:]) for each in statements}
        assert (
            set(store.quads_for_pattern(None, None, None, EDGES))
            == set(edges(store, shipped))
            != set()
        )
    assert len(acknowledged) >= 3


def test_a_workspace_s_files_are_followed(
    small: workspace.Workspace, jobs: ModuleType
) -> None:
    path = small.home / "documents" / "example-herald-2025-ada-asks.ttl"
    statements = partial(jobs.ask, query=number_of(":relation"))

    async def main() -> None:
        async with Reading(small, partial(jobs.store_of, small), 2) as served:
            before = served.generation
            assert await served.fetch(statements, Limits()) == b"1"
            text = path.read_text(encoding="utf-8")
            path.with_stem("another").write_text(
                text.replace("00000000000a", "00000000000b"), encoding="utf-8"
            )
            for _ in range(1200):
                if served.generation != before:
                    break
                await asyncio.sleep(0.05)
            assert (
                await asyncio.gather(
                    *(served.fetch(statements, Limits()) for _ in range(4))
                )
                == [b"2"] * 4
            )
            assert [
                piece async for piece in served.run(statements, Limits())
            ] == [b"2"]

    asyncio.run(main())


def test_a_workspace_s_graph_is_only_read(
    small: workspace.Workspace, jobs: ModuleType
) -> None:
    async def main() -> None:
        async with Reading(small, partial(jobs.store_of, small), 1) as served:
            assert not served.writable
            with pytest.raises(NotWritten, match="only read"):
                await served.write(
                    partial(jobs.update, text=insert(1)), Limits()
                )

    asyncio.run(main())
