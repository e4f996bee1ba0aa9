"""Works run in processes that are killed at their limits, and nobody else's answer is touched."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pyoxigraph as ox
import pytest

from onrecord.model.errors import BadQuery, LimitReached
from onrecord.store.limits import MEGABYTE, Limits
from onrecord.store.pool import Pool, _Worker
from onrecord.workspace.offline import is_kept

pytestmark = pytest.mark.loop
SERVER = """
import asyncio, sys
import jobs
from functools import partial
from onrecord.store.limits import Limits
from onrecord.store.pool import Pool

async def main():
    async with Pool(2, jobs.prepare) as pool:
        print((await pool.fetch("1", jobs.process, Limits())).decode(), flush=True)
        print((await pool.fetch("1", jobs.process, Limits())).decode(), flush=True)
        await pool.fetch("1", jobs.spin, Limits(None, None))

asyncio.run(main())
"""


def pooled(
    use: Callable[[Pool], Awaitable[object]],
    jobs: ModuleType,
    size: int = 1,
    **more: float,
) -> None:
    """Uses a pool in a loop of its own."""

    async def main() -> None:
        async with Pool(size, jobs.prepare, **more) as pool:
            await use(pool)

    asyncio.run(main())


async def soon(what: Callable[[], bool]) -> bool:
    """Whether it is so within a minute."""
    for _ in range(3000):
        if what():
            return True
        await asyncio.sleep(0.02)
    return False


def test_the_pieces_of_an_answer_come_in_order_and_whole(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        pieces = [
            piece
            async for piece in pool.run(
                "1", partial(jobs.fill, size=300_032), Limits()
            )
        ]
        assert [len(piece) for piece in pieces] == [1 << 16] * 4 + [
            300_032 - (4 << 16)
        ]
        assert b"".join(pieces) == bytes(range(256)) * (300_032 // 256)
        assert (
            await pool.fetch("1", partial(jobs.fill, size=0), Limits()) == b""
        )

    pooled(use, jobs)


def test_many_jobs_at_once_do_not_mix_their_answers(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        works = [
            partial(jobs.say, text=f"{number} " * (number * 100))
            for number in range(150)
        ]
        found = await asyncio.gather(
            *(
                pool.fetch(f"{n % 3}", work, Limits())
                for n, work in enumerate(works)
            )
        )
        assert [answer.decode() for answer in found] == [
            f"{n % 3} " + f"{n} " * (n * 100) for n in range(150)
        ]

    pooled(use, jobs, 2)


def test_what_was_prepared_stays_until_another_generation_is_asked_for(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        found = [
            await pool.fetch(name, partial(jobs.say, text="here"), Limits())
            for name in ("one", "one", "two")
        ]
        assert found == [b"one here", b"one here", b"two here"]
        assert await pool.fetch(
            "one", jobs.process, Limits()
        ) == await pool.fetch("two", jobs.process, Limits())

    pooled(use, jobs)


def test_free_works_leave_the_kept_worker_to_others(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        forever = Limits(None, None)
        async with aclosing(
            pool.run("1", jobs.spin, forever, free=True)
        ) as spinning:
            held = asyncio.create_task(anext(spinning))
            await asyncio.sleep(0.05)
            say = partial(jobs.say, text="page")
            assert await pool.fetch("1", say, Limits()) == b"1 page"
            with pytest.raises(LimitReached, match="too much to do"):
                await anext(pool.run("1", say, Limits(), free=True))
            held.cancel()
            await asyncio.wait([held])

    pooled(use, jobs, kept=1, seconds_in_line=0.1)


def test_what_runs_forever_is_stopped_in_time_and_others_go_on(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        since = time.monotonic()
        spin = asyncio.create_task(
            pool.fetch("1", jobs.spin, Limits(0.5, None))
        )
        assert (
            await pool.fetch("1", partial(jobs.say, text="quick"), Limits())
            == b"1 quick"
        )
        with pytest.raises(
            LimitReached, match=r"more than 0\.5 s and was stopped$"
        ):
            await spin
        assert time.monotonic() - since < 60
        assert (
            await pool.fetch("1", partial(jobs.say, text="again"), Limits())
            == b"1 again"
        )

    pooled(use, jobs, 2)


def test_a_memory_bound_holds_for_one_job_alone(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        before = await pool.fetch("1", jobs.process, Limits(30, 500 * MEGABYTE))
        assert (
            await pool.fetch(
                "1", partial(jobs.eat, megabytes=200), Limits(30, None)
            )
            == b"200"
        )
        assert await pool.fetch("1", jobs.process, Limits()) == before
        with pytest.raises(LimitReached, match="more than 100 MB of memory"):
            await pool.fetch(
                "1",
                partial(jobs.eat, megabytes=200),
                Limits(30, 100 * MEGABYTE),
            )
        assert (
            await pool.fetch(
                "1",
                partial(jobs.eat, megabytes=200),
                Limits(30, 500 * MEGABYTE),
            )
            == b"200"
        )

    pooled(use, jobs)


def test_a_worker_that_grew_is_replaced(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        before = await pool.fetch(
            "1", partial(jobs.keep, megabytes=10), Limits()
        )
        assert (
            await pool.fetch("1", partial(jobs.keep, megabytes=300), Limits())
            == before
        )
        assert await pool.fetch("1", jobs.process, Limits()) != before

    pooled(use, jobs)


def test_a_worker_is_gone_before_another_takes_its_place(
    jobs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    start, end = _Worker.start, _Worker.end

    async def started(first: bytes) -> _Worker:
        told.append("started")
        return await start(first)

    async def ended(worker: _Worker) -> None:
        await end(worker)
        told.append("ended")

    monkeypatch.setattr(_Worker, "start", started)
    monkeypatch.setattr(_Worker, "end", ended)

    async def use(pool: Pool) -> None:
        await pool.fetch("1", partial(jobs.keep, megabytes=300), Limits())
        await pool.fetch("1", jobs.process, Limits())

    pooled(use, jobs)
    assert told == ["started", "ended", "started", "ended"]


def test_an_error_of_ours_comes_through_and_what_was_not_yet_sent_does_not(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        before = await pool.fetch("1", jobs.process, Limits())
        with pytest.raises(BadQuery, match=r"^no such thing$"):
            [
                piece
                async for piece in pool.run("1", jobs.refuse, Limits())
                if not pytest.fail("a piece came")
            ]
        assert await pool.fetch("1", jobs.process, Limits()) == before

    pooled(use, jobs)


def test_a_bug_keeps_its_traceback(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        with pytest.raises(
            RuntimeError, match=r"(?s)jobs\.py.*ZeroDivisionError: a bug"
        ):
            await pool.fetch("1", jobs.stumble, Limits())

    pooled(use, jobs)


def test_a_worker_that_dies_in_the_middle_of_its_answer_fails_that_answer_alone(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        async with aclosing(
            pool.run("1", jobs.die, Limits(30, None))
        ) as pieces:
            assert [len(await anext(pieces)), len(await anext(pieces))] == [
                1 << 16,
                1 << 16,
            ]
            with pytest.raises(
                LimitReached, match="the query was killed from outside"
            ):
                await anext(pieces)
        assert (
            await pool.fetch("1", partial(jobs.say, text="again"), Limits())
            == b"1 again"
        )

    pooled(use, jobs)


def test_idle_workers_that_were_killed_are_replaced_unseen(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        workers = {
            int(await pool.fetch("1", jobs.process, Limits())) for _ in range(2)
        }
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        found = int(await pool.fetch("1", jobs.process, Limits()))
        assert found not in workers

    pooled(use, jobs, 2)


def test_what_ends_every_worker_that_prepares_for_it_is_told(
    jobs: ModuleType,
) -> None:
    async def main() -> None:
        async with Pool(1, jobs.end) as pool:
            with pytest.raises(
                RuntimeError, match=r"without a word \(exit 7\)"
            ):
                await pool.fetch("1", jobs.process, Limits())

    asyncio.run(main())


def test_what_a_work_prints_and_reads_is_no_part_of_an_answer(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        assert await pool.fetch("1", jobs.chat, Limits()) == b"answer ''"
        assert (
            await pool.fetch("1", partial(jobs.say, text="next"), Limits())
            == b"1 next"
        )

    pooled(use, jobs)


def test_a_worker_does_not_hear_of_ctrl_c(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        worker = int(await pool.fetch("1", jobs.process, Limits()))
        sleep = asyncio.create_task(
            pool.fetch("1", partial(jobs.sleep, seconds=0.5), Limits())
        )
        await asyncio.sleep(0.2)
        os.kill(worker, signal.SIGINT)
        assert await sleep == b"slept"

    pooled(use, jobs)


def test_who_stops_reading_ends_the_work(
    jobs: ModuleType, is_alive: Callable[[int], bool]
) -> None:
    async def use(pool: Pool) -> None:
        worker = int(await pool.fetch("1", jobs.process, Limits()))
        async with aclosing(
            pool.run("1", partial(jobs.spin, size=MEGABYTE), Limits(None, None))
        ) as pieces:
            assert len(await anext(pieces)) == 1 << 16
        assert await soon(lambda: not is_alive(worker))
        assert (
            await pool.fetch("1", partial(jobs.say, text="again"), Limits())
            == b"1 again"
        )

    pooled(use, jobs)


def test_a_slow_reader_of_a_small_answer_holds_no_worker(
    jobs: ModuleType,
) -> None:
    async def use(pool: Pool) -> None:
        async with aclosing(
            pool.run("1", partial(jobs.fill, size=MEGABYTE), Limits(60))
        ) as pieces:
            await anext(pieces)
            assert (
                await pool.fetch("1", partial(jobs.say, text="other"), Limits())
                == b"1 other"
            )
            assert sum([len(piece) async for piece in pieces]) == MEGABYTE - (
                1 << 16
            )

    pooled(use, jobs)


def test_a_reader_that_takes_its_time_costs_the_work_nothing(
    jobs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, hours = time.monotonic, [0]
    clock = SimpleNamespace(monotonic=lambda: now() + 3600 * hours[-1])
    monkeypatch.setattr("onrecord.store.pool.time", clock)
    limits = Limits(60)
    job = pickle.dumps(("1", partial(jobs.fill, size=MEGABYTE), limits))

    async def use(pool: Pool) -> None:
        size = 0
        async with pool._worker() as worker:  # noqa: SLF001  no reading ahead
            async for piece in worker.answer(job, limits, "query"):
                size += len(piece)
                hours.append(len(hours))
        assert size == MEGABYTE

    pooled(use, jobs)


def test_a_reader_that_takes_nothing_is_given_up(jobs: ModuleType) -> None:
    async def use(pool: Pool) -> None:
        async with aclosing(
            pool.run("1", partial(jobs.fill, size=8 * MEGABYTE), Limits())
        ) as pieces:
            await anext(pieces)
            assert (
                await pool.fetch("1", partial(jobs.say, text="other"), Limits())
                == b"1 other"
            )
            with pytest.raises(LimitReached, match="read too slowly"):
                [piece async for piece in pieces]

    pooled(use, jobs, patience=0.3)


def test_who_finds_too_long_a_line_is_told_at_once(
    jobs: ModuleType, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"

    async def use(pool: Pool) -> None:
        work = partial(jobs.wait, gate=str(gate))
        waiting = [
            asyncio.create_task(pool.fetch("1", work, Limits(None)))
            for _ in range(3)
        ]
        await asyncio.sleep(0.1)
        with pytest.raises(LimitReached, match="too much to do"):
            await pool.fetch("1", work, Limits())
        gate.touch()
        assert await asyncio.gather(*waiting) == [b"waited"] * 3

    pooled(use, jobs, most_waiting=2)


def test_nobody_waits_in_line_for_ever(
    jobs: ModuleType, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"

    async def use(pool: Pool) -> None:
        work = partial(jobs.wait, gate=str(gate))
        first = asyncio.create_task(pool.fetch("1", work, Limits(None)))
        await asyncio.sleep(0.1)
        with pytest.raises(LimitReached, match="too much to do"):
            await pool.fetch("1", jobs.process, Limits())
        gate.touch()
        assert await first == b"waited"

    pooled(use, jobs, seconds_in_line=0.3)


@pytest.mark.skipif(
    not is_kept(),
    reason="this system has no filter of system calls that we write",
)
def test_a_worker_reaches_no_network(
    jobs: ModuleType, endpoint: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, reached = endpoint
    reached.clear()
    ox.Store(str(tmp_path / "store")).flush()
    query = f"SELECT * {{ SERVICE <{address}> {{ ?x ?y ?z }} }}"

    async def use() -> None:
        async with Pool(1, jobs.store_at) as pool:
            with pytest.raises(RuntimeError, match="PermissionError"):
                await pool.fetch(
                    str(tmp_path / "store"),
                    partial(jobs.ask, query=query),
                    Limits(),
                )

    asyncio.run(use())
    assert reached == []


def test_a_pool_that_is_left_leaves_no_process(
    jobs: ModuleType, is_alive: Callable[[int], bool]
) -> None:
    async def main() -> list[int]:
        async with Pool(2, jobs.prepare) as pool:
            workers = [
                int(await pool.fetch("1", jobs.process, Limits()))
                for _ in range(2)
            ]
            spin = asyncio.create_task(
                pool.fetch(
                    "1",
                    partial(jobs.spin, size=MEGABYTE * 4),
                    Limits(None, None),
                )
            )
            await asyncio.sleep(0.2)
        with pytest.raises(LimitReached, match="being stopped"):
            await spin
        return workers

    assert not any(is_alive(worker) for worker in asyncio.run(main()))


@pytest.mark.skipif(
    sys.platform != "linux",
    reason="only Linux ends a busy process with its parent",
)
@pytest.mark.usefixtures("jobs")
def test_workers_end_with_a_server_that_is_killed_whatever_they_do(
    is_alive: Callable[[int], bool],
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True
    ) as server:
        workers = [int(server.stdout.readline()) for _ in range(2)]
        assert len(set(workers)) == 2
        time.sleep(0.2)
        server.kill()
    end = time.monotonic() + 60
    while any(map(is_alive, workers)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_alive, workers))


def test_a_query_on_the_command_line_imports_nothing_of_it(
    program: Path, tmp_path: Path
) -> None:
    command = [
        sys.executable,
        "-X",
        "importtime",
        str(program),
        "query",
        "ASK {}",
    ]
    found = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    imported = {
        line.rpartition("|")[2].strip() for line in found.stderr.split("\n")
    }
    assert "onrecord.store.limits" in imported
    assert not {"asyncio", "onrecord.store.pool"} & imported
